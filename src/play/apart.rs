//! A frame of two versions of a film, and where and how far they are apart: what effects change, sample for sample.

use super::offline::Offline;
use super::programme::{Failed, Programme as _};
use crate::picture::{WORKING, convert};
use crate::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};
use std::path::Path;
use std::sync::Arc;
use timeline_format::Timeline;

/// A frame of two versions of a film.
#[derive(Debug, Clone)]
pub struct Apart {
    /// The frame of the first.
    pub one: Arc<Image>,
    /// The frame of the other.
    pub other: Arc<Image>,
    /// Pixels across.
    pub width: usize,
    /// For every pixel, whether any of its samples differs by however little.
    pub differs: Vec<bool>,
    /// How far red, green and blue are apart, display-coded.
    by: [Vec<f32>; 3],
}

impl Apart {
    /// Frame `frame` of the main sequences of two versions of a film whose document lies in `folder`.
    ///
    /// # Errors
    /// Where one of them has no main sequence, or its frame cannot be made.
    pub fn of(
        (one, other): (&Arc<Timeline>, &Arc<Timeline>),
        folder: &Path,
        frame: i64,
    ) -> Result<Self, Failed> {
        let picture = |film: &Arc<Timeline>| {
            let length = film.main().map_or(0, |main| main.length());
            Offline::open(film, folder, 0..length)?.picture(frame)
        };
        Ok(Self::between(picture(one)?, picture(other)?))
    }

    /// Two pictures of one size.
    pub fn between(one: Arc<Image>, other: Arc<Image>) -> Self {
        let [a, b] = [&one, &other].map(|image| convert::to(image, PixelFormat::RGBA_F32, WORKING));
        let width = a.width as usize;
        let mut differs = vec![false; width * a.height as usize];
        let mut by: [Vec<f32>; 3] = std::array::from_fn(|_| vec![0.0; differs.len()]);
        for (nth, (plane, other)) in a.planes.iter().zip(&b.planes).enumerate() {
            let pairs =
                plane.bytes().as_chunks::<4>().0.iter().zip(other.bytes().as_chunks::<4>().0);
            for (place, (one, other)) in pairs.enumerate().take(differs.len()) {
                if one == other {
                    continue;
                }
                differs[place] = true;
                if let Some(by) = by.get_mut(nth) {
                    by[place] = (f32::from_ne_bytes(*one) - f32::from_ne_bytes(*other)).abs();
                }
            }
        }
        Self { one, other, width, differs, by }
    }

    /// How many pixels differ.
    pub fn count(&self) -> usize {
        self.differs.iter().filter(|differs| **differs).count()
    }

    /// How far they are apart in each colour, so many times as large, 8 bits a sample; what differs by less than one of
    /// them is one. Pixels of which `is_marked` says so by their place are red.
    pub fn picture(&self, times: f32, is_marked: impl Fn(usize) -> bool) -> Image {
        let code = |nth: usize, place: usize| {
            if !self.differs[place] {
                return 0;
            }
            if is_marked(place) {
                return if nth == 0 { u8::MAX } else { 0 };
            }
            ((self.by[nth][place] * times * 255.0).round()).clamp(1.0, 255.0) as u8
        };
        let plane = |nth: usize| {
            let codes = (0..self.differs.len()).map(|place| code(nth, place)).collect();
            Plane::packed(codes, self.width)
        };
        let planes = (0..3).map(plane).collect();
        let (format, colour, alpha) = (PixelFormat::RGB8, Colour::SRGB, AlphaMode::Straight);
        let (width, height) = (self.one.width, self.one.height);
        Image { width, height, format, colour, alpha, planes }
    }
}
