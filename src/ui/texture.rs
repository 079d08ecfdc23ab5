//! Pictures of the film as textures of the window: converted once, on the processor, exactly as
//! `roomtone frame` converts them.

use crate::picture::{WORKING, convert};
use crate::play::screen::Of;
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

/// Which small picture: of what, its frame, the size that it was asked for at.
pub(super) type Small = (Of, i64, (u32, u32));

/// Small pictures of media and takes as textures, those that were drawn lately.
#[derive(Default)]
pub(super) struct Textures {
    kept: BTreeMap<Small, Kept>,
    clock: u64,
}

struct Kept {
    used: u64,
    image: Arc<Image>,
    texture: TextureHandle,
}

impl Textures {
    /// The texture of a small picture, which is `image` now; where that is not at hand, the one that was
    /// drawn before.
    pub(super) fn of(
        &mut self,
        context: &Context,
        name: Small,
        image: Option<Arc<Image>>,
    ) -> Option<TextureHandle> {
        self.clock += 1;
        let used = self.clock;
        if let Some(kept) = self.kept.get_mut(&name)
            && image.as_ref().is_none_or(|image| Arc::ptr_eq(image, &kept.image))
        {
            kept.used = used;
            return Some(kept.texture.clone());
        }
        let image = image?;
        let texture = context.load_texture("small", pixels_of(&image), TextureOptions::LINEAR);
        if self.kept.len() >= MOST {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used);
            oldest.map(|(name, _)| *name).and_then(|name| self.kept.remove(&name));
        }
        self.kept.insert(name, Kept { used, image, texture: texture.clone() });
        Some(texture)
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
