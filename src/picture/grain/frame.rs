//! A frame as grain is measured in it: display-coded, in codes of 255.

use crate::WORKING;
use crate::convert;
use crate::flow::{Flow, flow};
use crate::measures::Luma;
use signal::{Depth, Image, PixelFormat, Range};

/// Pixels across the pictures in which movement is followed, at most.
const ACROSS: usize = 640;

/// A frame.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Red, green, blue and luma, line after line.
    pub(super) channels: [Vec<f32>; 4],
}

impl Frame {
    pub(super) fn of(image: &Image) -> Self {
        let made = convert::to(image, PixelFormat::RGBA_F32, WORKING);
        let (width, height) = (made.width as usize, made.height as usize);
        let plane = |index: usize| -> Vec<f32> {
            let lines = made.lines(index);
            let codes = lines.flat_map(|line| line.as_chunks::<4>().0);
            codes.map(|code| 255.0 * f32::from_ne_bytes(*code)).collect()
        };
        let [green, blue, red] = [0, 1, 2].map(plane);
        let colours = red.iter().zip(&green).zip(&blue);
        let luma =
            colours.map(|((red, green), blue)| 0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let luma = luma.collect();
        Self { width, height, channels: [red, green, blue, luma] }
    }

    /// Where everything lies in another frame, at full size.
    pub(super) fn flow_to(&self, other: &Self) -> Flow {
        match (self.small(), other.small()) {
            (Some(one), Some(other)) if one.size() == other.size() => {
                flow(&one, &other).resized(self.width, self.height)
            }
            _ => Flow::still(self.width, self.height),
        }
    }

    fn small(&self) -> Option<Luma> {
        let luma = Luma::new((self.width, self.height), self.channels[3].clone())?;
        let across = ACROSS.min(self.width);
        Some(luma.shrunk((across, (self.height * across).div_ceil(self.width.max(1)))))
    }
}

/// The step from a code of a picture to the next, in codes of 255; 0 for floats.
pub(super) fn quantum(image: &Image) -> f64 {
    if image.format.depth == Depth::F32 {
        return 0.0;
    }
    let bits = image.format.depth.bits();
    match image.colour.range {
        Range::Full => 255.0 / f64::from((1_u32 << bits) - 1),
        Range::Limited => 255.0 / (219.0 * f64::from(1_u32 << (bits - 8))),
    }
}
