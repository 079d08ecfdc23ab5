//! Pictures made on the spot, and media that give them.

use roomtone::picture::Sources;
use roomtone::signal::{AlphaMode, Colour, Depth, Image, PixelFormat, Plane};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::{Frames, Id};

pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Media by id, each a list of frames.
#[derive(Default)]
pub struct Shelf(pub BTreeMap<Id, Vec<Arc<Image>>>);

impl Shelf {
    pub fn with(mut self, media: &str, frames: Vec<Image>) -> Self {
        self.0.insert(id(media), frames.into_iter().map(Arc::new).collect());
        self
    }
}

impl Sources for Shelf {
    fn resolve(&self, media: Id, at: Frames) -> i64 {
        let count = self.0.get(&media).map_or(1, Vec::len) as i64;
        at.floor().clamp(0, count - 1)
    }

    fn frame(&self, media: Id, frame: i64) -> Arc<Image> {
        Arc::clone(&self.0[&media][frame as usize])
    }
}

/// An image of codes from a function of plane, column and line.
pub fn image(
    (width, height): (u32, u32),
    format: PixelFormat,
    colour: Colour,
    code: impl Fn(usize, u32, u32) -> f64,
) -> Image {
    let plane = |index: usize| {
        let (wide, high) = format.plane_size(index, width, height);
        let mut bytes = Vec::new();
        for (x, y) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))) {
            let code = code(index, x, y);
            match format.depth {
                Depth::U8 => bytes.push(code as u8),
                Depth::F32 => bytes.extend((code as f32).to_ne_bytes()),
                _ => bytes.extend((code as u16).to_ne_bytes()),
            }
        }
        Plane::packed(bytes, wide as usize * format.depth.bytes())
    };
    let planes = (0..format.planes()).map(plane).collect();
    Image { width, height, format, colour, alpha: AlphaMode::Straight, planes }
}

/// The codes of a plane.
pub fn codes(image: &Image, index: usize) -> Vec<f64> {
    let lines = image.lines(index).flat_map(|line| match image.format.depth {
        Depth::U8 => line.iter().map(|code| f64::from(*code)).collect::<Vec<_>>(),
        Depth::F32 => line
            .as_chunks::<4>()
            .0
            .iter()
            .map(|code| f64::from(f32::from_ne_bytes(*code)))
            .collect(),
        _ => line
            .as_chunks::<2>()
            .0
            .iter()
            .map(|code| f64::from(u16::from_ne_bytes(*code)))
            .collect(),
    });
    lines.collect()
}

/// Numbers that look like chance, 0 to 1, from a place.
pub fn noise(index: usize, x: u32, y: u32) -> f64 {
    let mut bits = (index as u64) << 40 | u64::from(x) << 20 | u64::from(y);
    bits = (bits ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ bits >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}
