//! What scopes are drawn on: counts that become brightness, levels, marks.

use super::Size;
use ::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};

/// What is below black and above white of what is seen, as a part of white.
const BEYOND: f32 = 0.05;

/// A line or a point that a scope is read by, from the left and from above, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A level.
    Level {
        /// From above.
        at: f32,
        /// What it says.
        label: &'static str,
    },
    /// A small box about a point.
    Target {
        /// The point.
        at: [f32; 2],
        /// What it says.
        label: &'static str,
    },
    /// A line between two points.
    Line {
        /// From.
        from: [f32; 2],
        /// To.
        to: [f32; 2],
        /// What it says.
        label: &'static str,
    },
}

/// How far from above a coded value lies.
pub(super) fn level(value: f32) -> f32 {
    1.0 - (value + BEYOND) / (1.0 + 2.0 * BEYOND)
}

/// The levels at which waveforms are read.
pub(super) fn levels() -> Vec<Mark> {
    let all = [(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100")];
    all.map(|(value, label)| Mark::Level { at: level(value), label }).to_vec()
}

/// A colour, 0 to 1.
pub(super) type Tint = [f32; 3];

/// How often something fell on each pixel.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    size: Size,
    counts: Vec<u32>,
}

impl Counts {
    pub(super) fn new(size: Size) -> Self {
        Self { size, counts: vec![0; size.width * size.height] }
    }

    /// Counts a place, from the left and from above, 0 to 1; what lies beyond counts at the edge.
    #[inline(always)]
    pub(super) fn add(&mut self, [x, y]: [f32; 2]) {
        let Size { width, height } = self.size;
        let column = ((x * width as f32) as usize).min(width - 1);
        let row = ((y * height as f32) as usize).min(height - 1);
        self.counts[row * width + column] += 1;
    }

    /// Brightness: by the logarithm of how often, so that single pixels are seen beside thousands.
    pub(super) fn bright(&self) -> Vec<f32> {
        let most = self.counts.iter().copied().max().unwrap_or(0).max(1);
        let most = (f64::from(most) * 0.5).max(4.0).ln_1p() as f32;
        let bright = |count: &u32| {
            if *count == 0 { 0.0 } else { (0.15 + 0.85 * (*count as f32).ln_1p() / most).min(1.0) }
        };
        self.counts.iter().map(bright).collect()
    }
}

/// A picture of 8 bits from a colour of every pixel.
pub(super) fn image_of(size: Size, pixels: impl Iterator<Item = Tint>) -> Image {
    let count = size.width * size.height;
    let mut planes = [0; 3].map(|_| Vec::with_capacity(count));
    for pixel in pixels.take(count) {
        for (plane, channel) in planes.iter_mut().zip([1, 2, 0]) {
            plane.push((pixel[channel].clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
        }
    }
    planes.iter_mut().for_each(|plane| plane.resize(count, 0));
    Image {
        width: size.width as u32,
        height: size.height as u32,
        format: PixelFormat::RGB8,
        colour: Colour::SRGB,
        alpha: AlphaMode::Straight,
        planes: planes.into_iter().map(|plane| Plane::packed(plane, size.width)).collect(),
    }
}

/// A picture with its marks in grey.
pub(super) fn with_marks(image: &Image, marks: &[Mark]) -> Image {
    let (width, height) = (image.width as usize, image.height as usize);
    let mut planes: Vec<Vec<u8>> = (0..3)
        .map(|plane| image.planes[plane].bytes().get(..width * height).unwrap_or(&[]).to_vec())
        .collect();
    let mut dot = |[x, y]: [f32; 2]| {
        let column = ((x * width as f32) as usize).min(width.saturating_sub(1));
        let row = ((y * height as f32) as usize).min(height.saturating_sub(1));
        for plane in &mut planes {
            if let Some(code) = plane.get_mut(row * width + column) {
                *code = (*code).max(96);
            }
        }
    };
    let far = width.max(height);
    let mut line = |from: [f32; 2], to: [f32; 2]| {
        for step in 0..=far {
            let part = step as f32 / far as f32;
            dot([0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis])));
        }
    };
    for mark in marks {
        match mark {
            Mark::Level { at, .. } => line([0.0, *at], [1.0, *at]),
            Mark::Line { from, to, .. } => line(*from, *to),
            Mark::Target { at: [x, y], .. } => {
                let half = [4.0 / width as f32, 4.0 / height as f32];
                let corner = |right: f32, down: f32| [x + right * half[0], y + down * half[1]];
                let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
                for pair in corners.windows(2) {
                    line(corner(pair[0].0, pair[0].1), corner(pair[1].0, pair[1].1));
                }
            }
        }
    }
    let planes = planes.into_iter().map(|plane| Plane::packed(plane, width)).collect();
    Image { planes, ..image.clone() }
}
