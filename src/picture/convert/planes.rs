//! Planes that keep their meaning: only range, depth and subsampling change, each plane by itself.

use super::codes::Codes;
use super::{Band, Job, is_same_kind, is_same_light, resample};
use signal::{AlphaMode, Image, Model};

impl Job<'_> {
    /// Whether every plane of the result is made of the same plane of the source alone.
    pub(super) fn keeps_planes(&self) -> bool {
        let (image, target) = (self.image, (self.format, self.colour));
        let keeps_alpha = !image.format.alpha || (self.format.alpha && is_straight(image));
        keeps_alpha
            && is_same_light(image.colour, self.colour)
            && is_same_kind((image.format, image.colour), target)
    }

    /// Fills a band from the planes of the source.
    pub(super) fn rescale(&self, band: Band<'_>) {
        let image = self.image;
        for (index, bytes) in band.planes.into_iter().enumerate() {
            let stride = self.stride(index);
            let alpha = self.format.planes() - 1;
            let is_alpha = self.format.alpha && index == alpha;
            let target = self.codes(index);
            let (width, _) = self.format.plane_size(index, image.width, image.height);
            let mut reader = PlaneReader::new(image, index);
            let mut line = vec![1.0; width as usize];
            let sub = match self.format.model {
                Model::Yuv { across, down } if index == 1 || index == 2 => (across, down),
                _ => (0, 0),
            };
            let first = band.first >> sub.1;
            for (row, out) in bytes.chunks_exact_mut(stride.max(1)).enumerate() {
                if !is_alpha || image.format.alpha {
                    reader.line(first + row, sub, &mut line);
                }
                target.write(&line, &self.dither(first + row), out);
            }
        }
    }

    /// The codes of plane `index` of the result.
    pub(super) fn codes(&self, index: usize) -> Codes {
        codes_of(self.format, self.colour, index)
    }
}

/// The codes of plane `index`: alpha is full range.
pub(crate) fn codes_of(format: signal::PixelFormat, colour: signal::Colour, index: usize) -> Codes {
    if format.alpha && index + 1 == format.planes() {
        return Codes::of(format.depth, signal::Range::Full, false);
    }
    let is_chroma = matches!(format.model, Model::Yuv { .. }) && index > 0;
    Codes::of(format.depth, colour.range, is_chroma)
}

fn is_straight(image: &Image) -> bool {
    image.alpha == AlphaMode::Straight
}

/// Reads lines of one plane at another subsampling.
pub(super) struct PlaneReader<'a> {
    image: &'a Image,
    index: usize,
    codes: Codes,
    size: (usize, usize),
    sub: (u8, u8),
    line: Vec<f32>,
    sum: Vec<f32>,
}

impl<'a> PlaneReader<'a> {
    pub(super) fn new(image: &'a Image, index: usize) -> Self {
        let index = index.min(image.planes.len().saturating_sub(1));
        let (width, height) = image.format.plane_size(index, image.width, image.height);
        let sub = match image.format.model {
            Model::Yuv { across, down } if index == 1 || index == 2 => (across, down),
            _ => (0, 0),
        };
        Self {
            image,
            index,
            codes: codes_of(image.format, image.colour, index),
            size: (width as usize, height as usize),
            sub,
            line: vec![0.0; width as usize],
            sum: vec![0.0; width as usize],
        }
    }

    /// Line `y` of the plane as if it were subsampled by `(across, down)`.
    pub(super) fn line(&mut self, y: usize, (across, down): (u8, u8), out: &mut [f32]) {
        let taps = resample::lines(self.sub.1, down, y, self.size.1);
        if let [(line, _)] = taps[..] {
            self.read(line);
            if self.sub.0 == across {
                let count = out.len().min(self.line.len());
                out[..count].copy_from_slice(&self.line[..count]);
                return;
            }
            return resample::across(&self.line, self.sub.0, across, out);
        }
        self.sum.fill(0.0);
        for (line, part) in taps {
            self.read(line);
            resample::add(&mut self.sum, &self.line, part);
        }
        resample::across(&self.sum, self.sub.0, across, out);
    }

    fn read(&mut self, line: usize) {
        let bytes = self.image.line_bytes(self.index);
        self.codes.read(self.image.planes[self.index].line(line, bytes), &mut self.line);
    }
}
