//! The lines of a PNG file, added up as they are unpacked: blocks of pixels become their means.

use crate::media::stated::open_png;
use png::{BitDepth, ColorType};
use std::path::Path;
use timeline_format::Ratio;

/// Sums are kept in 16 bits: of so many lines at most.
const LINES: usize = 255;

/// The means of a picture's blocks.
#[derive(Debug)]
pub(super) struct Means {
    /// The picture's size, in pixels.
    pub(super) size: (u32, u32),
    /// Blocks across and down.
    pub(super) blocks: (u32, u32),
    /// Red, green and blue, or grey; then alpha.
    pub(super) planes: Vec<Vec<u8>>,
    /// Whether the last is alpha.
    pub(super) has_alpha: bool,
    /// Width of a pixel over its height, where the file says it, as FFmpeg takes that.
    pub(super) aspect: Option<Ratio>,
}

/// Reads a file to blocks of which at least `across` lie beside each other; `None` where it is none that is
/// read so, is no larger than that, or is broken.
pub(super) fn read(path: &Path, across: u32) -> Option<Means> {
    let mut png = open_png(path)?;
    let info = png.info();
    let is_plain = info.trns.is_none() && !info.interlaced && info.animation_control.is_none();
    let bytes = match info.bit_depth {
        BitDepth::Eight => 1,
        BitDepth::Sixteen => 2,
        _ => return None,
    };
    let (channels, has_alpha) = match info.color_type {
        ColorType::Grayscale => (1, false),
        ColorType::Rgb => (3, false),
        ColorType::Rgba => (4, true),
        ColorType::GrayscaleAlpha | ColorType::Indexed => return None,
    };
    let size = info.size();
    let aspect = info
        .pixel_dims
        .filter(|pixels| i32::try_from(pixels.xppu.max(pixels.yppu)).is_ok())
        .and_then(|pixels| Ratio::new(i128::from(pixels.xppu), i128::from(pixels.yppu)));
    let side = ((size.0 / across.max(1)) as usize).min(LINES);
    if !is_plain || side < 2 || !super::is_sane(size) {
        return None;
    }
    let blocks = (size.0.div_ceil(side as u32), size.1.div_ceil(side as u32));
    let mut sums = Sums::new(side, channels, size.0 as usize);
    while let Some(line) = png.next_row().ok()? {
        if bytes == 1 {
            sums.add(line.data().iter().copied());
        } else {
            sums.add(line.data().chunks_exact(2).map(|two| two[0]));
        }
    }
    let planes = sums.finished();
    let is_whole = planes.iter().all(|plane| plane.len() == (blocks.0 * blocks.1) as usize);
    is_whole.then_some(Means { size, blocks, planes, has_alpha, aspect })
}

/// Lines that are being added up.
struct Sums {
    side: usize,
    channels: usize,
    /// What the lines of a row of blocks come to, channel by channel of each pixel.
    line: Vec<u16>,
    count: usize,
    planes: Vec<Vec<u8>>,
}

impl Sums {
    fn new(side: usize, channels: usize, width: usize) -> Self {
        let line = vec![0; channels * width];
        Self { side, channels, line, count: 0, planes: vec![Vec::new(); channels] }
    }

    fn add(&mut self, line: impl Iterator<Item = u8>) {
        self.line.iter_mut().zip(line).for_each(|(sum, code)| *sum += u16::from(code));
        self.count += 1;
        if self.count == self.side {
            self.close();
        }
    }

    /// Ends a row of blocks.
    fn close(&mut self) {
        for block in self.line.chunks(self.side * self.channels) {
            let pixels = block.len() / self.channels;
            let count = (pixels * self.count) as u32;
            for (channel, plane) in self.planes.iter_mut().enumerate() {
                let sums = block.iter().skip(channel).step_by(self.channels);
                let sum: u32 = sums.map(|sum| u32::from(*sum)).sum();
                plane.push(((sum + count / 2) / count.max(1)) as u8);
            }
        }
        self.line.fill(0);
        self.count = 0;
    }

    fn finished(mut self) -> Vec<Vec<u8>> {
        if self.count > 0 {
            self.close();
        }
        self.planes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_means_and_those_at_the_edges_of_what_is_there() {
        let (width, height) = (7_usize, 5_usize);
        let code =
            |x: usize, y: usize, channel: usize| ((x * 31 + y * 17 + channel * 90) % 251) as u8;
        let mut sums = Sums::new(3, 3, width);
        for y in 0..height {
            sums.add((0..width).flat_map(|x| (0..3).map(move |channel| code(x, y, channel))));
        }
        let planes = sums.finished();
        for (channel, plane) in planes.iter().enumerate() {
            assert_eq!(plane.len(), 3 * 2);
            for (place, found) in plane.iter().enumerate() {
                let (left, top) = (place % 3 * 3, place / 3 * 3);
                let (right, bottom) = ((left + 3).min(width), (top + 3).min(height));
                let all = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
                let codes: Vec<f64> = all.map(|(x, y)| f64::from(code(x, y, channel))).collect();
                let mean = codes.iter().sum::<f64>() / codes.len() as f64;
                assert!((mean - f64::from(*found)).abs() <= 0.5, "{channel} {place}");
            }
        }
    }
}
