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

/// Lines that stay when they were read: as many as one is made of where lines become half as many.
const KEPT: usize = 4;

/// Reads lines of one plane at another subsampling.
pub(super) struct PlaneReader<'a> {
    image: &'a Image,
    index: usize,
    codes: Codes,
    size: (usize, usize),
    sub: (u8, u8),
    /// Lines that were read last, each at its number's place among so many: neighbours are made of the same ones.
    kept: [(Option<usize>, Vec<f32>); KEPT],
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
            kept: Default::default(),
            sum: Vec::new(),
        }
    }

    /// Line `y` of the plane as if it were subsampled by `(across, down)`.
    pub(super) fn line(&mut self, y: usize, (across, down): (u8, u8), out: &mut [f32]) {
        let taps = resample::lines(self.sub.1, down, y, self.size.1);
        let from = self.sub.0;
        match taps[..] {
            [(line, _)] if from == across => {
                let count = out.len().min(self.size.0);
                self.codes.read(self.coded(line), &mut out[..count]);
            }
            [(line, _)] => resample::across(self.keep(line), from, across, out),
            _ => {
                let mut sum = std::mem::take(&mut self.sum);
                self.mix(&taps, &mut sum);
                resample::across(&sum, from, across, out);
                self.sum = sum;
            }
        }
    }

    /// The sum of parts of lines.
    fn mix(&mut self, taps: &[(usize, f32)], sum: &mut Vec<f32>) {
        sum.resize(self.size.0, 0.0);
        for (nth, (line, part)) in taps.iter().enumerate() {
            resample::add(nth, sum, self.keep(*line), *part);
        }
    }

    /// A line of the plane, read if it is not there yet.
    fn keep(&mut self, line: usize) -> &[f32] {
        let (bytes, width) = (self.coded(line), self.size.0);
        let (kept, values) = &mut self.kept[line % KEPT];
        if kept.replace(line) != Some(line) {
            values.resize(width, 0.0);
            self.codes.read(bytes, values);
        }
        values
    }

    fn coded(&self, line: usize) -> &'a [u8] {
        self.image.planes[self.index].line(line, self.image.line_bytes(self.index))
    }
}
