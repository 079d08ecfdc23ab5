//! Pictures of the film as textures of the window: converted once, on the processor, exactly as
//! `roomtone frame` converts them.

use super::desk::Desk;
use crate::picture::{WORKING, convert};
use crate::play::screen::{Name, Of};
use crate::signal::{Image, PixelFormat};
use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most small pictures that are kept as textures.
const MOST: usize = 600;

/// A texture that shows a picture, and the picture that it shows.
#[derive(Default)]
pub(super) struct Texture {
    shown: Option<(Arc<Image>, TextureHandle)>,
}

impl Texture {
    /// The texture of `image`.
    pub(super) fn of(&mut self, context: &Context, image: &Arc<Image>) -> TextureHandle {
        if let Some((known, texture)) = &self.shown
            && Arc::ptr_eq(known, image)
        {
            return texture.clone();
        }
        let pixels = pixels_of(image);
        let texture = match self.shown.take() {
            Some((_, mut texture)) => {
                texture.set(pixels, TextureOptions::LINEAR);
                texture
            }
            None => context.load_texture("picture", pixels, TextureOptions::LINEAR),
        };
        self.shown = Some((Arc::clone(image), texture.clone()));
        texture
    }
}

impl std::fmt::Debug for Texture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texture").field("is_empty", &self.shown.is_none()).finish()
    }
}

/// Small pictures of media and takes as textures, those that were drawn lately.
pub(super) struct Textures {
    kept: BTreeMap<Name, (u64, TextureHandle)>,
    clock: u64,
    most: usize,
}

impl Default for Textures {
    fn default() -> Self {
        Self::of_most(MOST)
    }
}

impl Textures {
    /// Keeps so many at most.
    pub(super) const fn of_most(most: usize) -> Self {
        Self { kept: BTreeMap::new(), clock: 0, most }
    }

    /// The texture of a frame of a media or a take at about `size`, when it is at hand: else it is made
    /// meanwhile.
    pub(super) fn of(
        &mut self,
        context: &Context,
        desk: &Desk,
        (of, frame, size): (Of, i64, (u32, u32)),
    ) -> Option<TextureHandle> {
        let name = desk.name_of_picture(of, frame, size)?;
        if let Some(texture) = self.known(name) {
            return Some(texture);
        }
        let image = desk.picture(of, frame, size)?;
        let texture = context.load_texture("small", pixels_of(&image), TextureOptions::LINEAR);
        if self.kept.len() >= self.most {
            let oldest = self.kept.iter().min_by_key(|(_, (used, _))| *used);
            oldest.map(|(name, _)| *name).and_then(|name| self.kept.remove(&name));
        }
        self.kept.insert(name, (self.clock, texture.clone()));
        Some(texture)
    }

    /// The texture of this name, if it was drawn lately.
    fn known(&mut self, name: Name) -> Option<TextureHandle> {
        self.clock += 1;
        let (used, texture) = self.kept.get_mut(&name)?;
        *used = self.clock;
        Some(texture.clone())
    }
}

impl std::fmt::Debug for Textures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} textures", self.kept.len())
    }
}

/// A picture as the pixels of a window.
pub(super) fn pixels_of(image: &Image) -> ColorImage {
    let rgb = convert::to(image, PixelFormat::RGB8, WORKING);
    let size = [rgb.width as usize, rgb.height as usize];
    let mut pixels = Vec::with_capacity(size[0] * size[1]);
    let lines = rgb.lines(2).zip(rgb.lines(0)).zip(rgb.lines(1));
    for ((red, green), blue) in lines {
        let colours = red.iter().zip(green).zip(blue);
        pixels.extend(
            colours
                .map(|((red, green), blue)| eframe::egui::Color32::from_rgb(*red, *green, *blue)),
        );
    }
    ColorImage::new(size, pixels)
}
