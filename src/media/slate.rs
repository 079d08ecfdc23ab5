//! A slate: the picture that stands for media that is missing or broken, with its name on it.

use crate::media::letters;
use crate::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};

/// The dark and the light of the ground's stripes, and the letters, in sRGB: green, blue, red.
const GROUND: [[u8; 3]; 2] = [[38, 42, 44], [48, 52, 56]];
const INK: [u8; 3] = [222, 230, 236];
const MARK: [u8; 3] = [120, 60, 226];

/// A slate of `width` by `height` pixels that says `title` and, smaller, `text`.
///
/// Letters that the built-in ones lack are shown as boxes. Sizes from 1 to 32768 work.
pub fn slate(title: &str, text: &str, width: u32, height: u32) -> Image {
    let (width, height) = (width.clamp(1, 32768), height.clamp(1, 32768));
    let mut canvas = Canvas::striped(width as usize, height as usize);
    canvas.frame();
    let middle = canvas.height / 2;
    let large = canvas.scale_of(title, 20);
    let small = canvas.scale_of(text, 34);
    canvas.write(title, middle.saturating_sub(large * letters::HEIGHT), large);
    canvas.write(text, middle + large * 2, small);
    canvas.image(width, height)
}

/// Pixels of a caption's height.
const CAPTION: usize = 2 * letters::HEIGHT + 8;

/// A strip of `width` pixels that says `text`, to lie under a small picture; what does not fit is cut off.
pub fn caption(text: &str, width: u32) -> Image {
    let width = width.clamp(1, 32768);
    let mut canvas = Canvas::striped(width as usize, CAPTION);
    canvas.fill(0, 0, width as usize, CAPTION, GROUND[0]);
    let scale = if text.chars().count() * letters::STEP * 2 <= width as usize { 2 } else { 1 };
    canvas.write(text, (CAPTION - scale * letters::HEIGHT) / 2, scale);
    canvas.image(width, CAPTION as u32)
}

struct Canvas {
    width: usize,
    height: usize,
    planes: [Vec<u8>; 3],
}

impl Canvas {
    fn striped(width: usize, height: usize) -> Self {
        let stripe = (height / 12).max(2);
        let planes = std::array::from_fn(|plane| {
            let pixels = (0..width * height).map(|at| (at % width, at / width));
            pixels.map(|(x, y)| GROUND[(x + y) / stripe % 2][plane]).collect()
        });
        Self { width, height, planes }
    }

    fn fill(&mut self, x: usize, y: usize, width: usize, height: usize, colour: [u8; 3]) {
        let (start, end) = (x.min(self.width), (x + width).min(self.width));
        for line in y.min(self.height)..(y + height).min(self.height) {
            for (plane, value) in self.planes.iter_mut().zip(colour) {
                plane[line * self.width + start..line * self.width + end].fill(value);
            }
        }
    }

    /// A border, so that nobody takes a slate for a shot.
    fn frame(&mut self) {
        let thick = (self.height / 60).max(1);
        let (width, height) = (self.width, self.height);
        self.fill(0, 0, width, thick, MARK);
        self.fill(0, height.saturating_sub(thick), width, thick, MARK);
        self.fill(0, 0, thick, height, MARK);
        self.fill(width.saturating_sub(thick), 0, thick, height, MARK);
    }

    /// Pixels a dot, so that `text` fits and is at most one part in `most` of the height.
    fn scale_of(&self, text: &str, most: usize) -> usize {
        let dots = (text.chars().count() * letters::STEP).max(1);
        let fits = self.width * 9 / 10 / dots;
        fits.min(self.height / most / 2).max(1)
    }

    fn write(&mut self, text: &str, top: usize, scale: usize) {
        let most = (self.width / (letters::STEP * scale)).max(1);
        let text = text.chars().take(most).collect::<Vec<_>>();
        let left = self.width.saturating_sub(text.len() * letters::STEP * scale) / 2;
        for (at, letter) in text.into_iter().enumerate() {
            for (row, dots) in letters::shape(letter).into_iter().enumerate() {
                for column in (0..5).filter(|column| dots >> (4 - column) & 1 == 1) {
                    let x = left + (at * letters::STEP + column) * scale;
                    self.fill(x, top + row * scale, scale, scale, INK);
                }
            }
        }
    }

    fn image(self, width: u32, height: u32) -> Image {
        let stride = self.width;
        Image {
            width,
            height,
            format: PixelFormat::RGB8,
            colour: Colour::SRGB,
            alpha: AlphaMode::Straight,
            planes: self.planes.map(|plane| Plane::packed(plane, stride)).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_as_wide_as_its_picture_and_says_its_name() {
        let named = caption("take_03.png", 320);
        assert_eq!((named.width, named.height), (320, 22));
        assert!(!named.same_as(&caption("take_04.png", 320)));
        assert!(caption("take_03.png", 1).width == 1 && caption("", 64).width == 64);
    }

    #[test]
    fn a_slate_has_any_size_and_shows_its_name() {
        for (width, height) in [(1, 1), (2, 9), (128, 72), (1920, 1080), (9, 300)] {
            let image = slate("shot_010 take 3", "file is missing", width, height);
            assert_eq!((image.width, image.height, image.planes.len()), (width, height, 3));
            assert_eq!(image.planes[0].bytes().len(), (width * height) as usize);
        }
        let named = slate("one", "", 320, 180);
        assert!(!named.same_as(&slate("two", "", 320, 180)));
        assert!(named.same_as(&slate("ONE", "", 320, 180)));
    }
}
