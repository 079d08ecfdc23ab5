//! A picture's signal: display-coded red, green and blue of its pixels, or of one in several.

use crate::convert::{Lines as _, Reader};
use ::signal::Image;

/// BT.709's weights of red, green and blue in luma (ITU-R BT.709-6, 3.2).
const WEIGHTS: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// The signal of a picture.
#[derive(Debug, Clone)]
pub struct Signal {
    width: usize,
    height: usize,
    planes: [Vec<f32>; 3],
}

impl Signal {
    /// Of `image`, so that no more than `most` pixels are taken across and down: every so many, evenly.
    pub fn of(image: &Image, most: [usize; 2]) -> Self {
        let size = [image.width as usize, image.height as usize];
        let step = [0, 1].map(|axis| size[axis].div_ceil(most[axis].max(1)).max(1));
        let count = [0, 1].map(|axis| size[axis].div_ceil(step[axis]));
        let mut planes = [0; 3].map(|_| Vec::with_capacity(count[0] * count[1]));
        let mut reader = Reader::new(image);
        let mut line = [0; 4].map(|_| vec![1.0_f32; size[0]]);
        for y in (step[1] / 2..size[1]).step_by(step[1]) {
            reader.line(y, line.each_mut().map(|channel| &mut channel[..]));
            for (plane, channel) in planes.iter_mut().zip(&line) {
                plane.extend(channel.iter().skip(step[0] / 2).step_by(step[0]));
            }
        }
        let width = (step[0] / 2..size[0]).step_by(step[0]).count();
        let height = planes[0].len().checked_div(width).unwrap_or(0);
        Self { width, height, planes }
    }

    /// Of every pixel of `image`.
    pub fn whole(image: &Image) -> Self {
        Self::of(image, [usize::MAX; 2])
    }

    /// How many pixels there are across.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// How many there are down.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The values of red, green or blue, line by line.
    pub(crate) fn plane(&self, channel: usize) -> &[f32] {
        &self.planes[channel]
    }

    /// Every pixel.
    pub(super) fn pixels(&self) -> impl Iterator<Item = [f32; 3]> {
        let [red, green, blue] = &self.planes;
        red.iter().zip(green).zip(blue).map(|((red, green), blue)| [*red, *green, *blue])
    }

    /// The luma of every pixel.
    pub(super) fn luma(&self) -> Vec<f32> {
        self.pixels().map(luma).collect()
    }
}

/// The luma of a pixel.
pub(super) fn luma([red, green, blue]: [f32; 3]) -> f32 {
    WEIGHTS[0] * red + WEIGHTS[1] * green + WEIGHTS[2] * blue
}

/// The least, mean and greatest of numbers; zeros where there are none.
pub(super) fn spread(numbers: &[f32]) -> [f64; 3] {
    if numbers.is_empty() {
        return [0.0; 3];
    }
    let least = numbers.iter().fold(f32::INFINITY, |least, it| least.min(*it));
    let most = numbers.iter().fold(f32::NEG_INFINITY, |most, it| most.max(*it));
    let sum: f64 = numbers.iter().map(|it| f64::from(*it)).sum();
    [f64::from(least), sum / numbers.len() as f64, f64::from(most)]
}
