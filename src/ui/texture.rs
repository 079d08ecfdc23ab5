//! Pictures of the film as textures of the window: converted once, on the processor, exactly as
//! `roomtone frame` converts them.

use crate::picture::{WORKING, convert};
use crate::signal::{Image, PixelFormat};
use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions};
use std::sync::Arc;

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
