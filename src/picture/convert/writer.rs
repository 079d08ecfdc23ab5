//! Lines of red, green and blue into the planes of the result.

use super::matrix::Luma;
use super::primaries::{self, Matrix3};
use super::{Band, Job, Lines, is_same_light, matrix_of, resample};
use crate::light;
use signal::{AlphaMode, Model};
use std::ops::Range;

/// One line of the source on its way.
struct Line {
    channels: [Vec<f32>; 4],
}

impl Line {
    fn new(width: usize) -> Self {
        Self { channels: std::array::from_fn(|_| vec![1.0; width]) }
    }

    fn colours(&mut self) -> [&mut [f32]; 3] {
        let [red, green, blue, _] = &mut self.channels;
        [red, green, blue]
    }

    fn all(&mut self) -> [&mut [f32]; 4] {
        self.channels.each_mut().map(|channel| &mut channel[..])
    }
}

impl Job<'_> {
    /// Fills a band by way of red, green and blue.
    pub(super) fn fill(&self, mut band: Band<'_>, lines: &mut dyn Lines) {
        let (width, height) = (self.image.width as usize, self.image.height as usize);
        let last = height.min(band.first + super::BAND);
        let down = self.down(1);
        let reach = if down == 0 { 0 } else { 1 << (down - 1) };
        let mut line = Line::new(width);
        let mut chroma = Chroma::new(self, width, band.first..last);
        let luma = Luma::of(matrix_of(self.colour));
        for y in band.first.saturating_sub(reach)..height.min(last + reach) {
            lines.line(y, line.all());
            self.colour_line(&mut line);
            if !matches!(self.format.model, Model::Rgb) {
                luma.forward(line.colours());
                chroma.keep(y, &line);
            }
            if y >= band.first && y < last {
                self.write_whole(y, &line, &mut band);
            }
            chroma.write(self, y, &mut band);
        }
    }

    /// Writes the planes of full size: luma, grey, or red, green and blue; and alpha.
    fn write_whole(&self, y: usize, line: &Line, band: &mut Band<'_>) {
        let row = y - band.first;
        let [first, second, third, alpha] = &line.channels;
        let mut write = |plane: usize, values: &[f32], dither: [f32; 8]| {
            let stride = self.stride(plane);
            let out = &mut band.planes[plane][row * stride..][..stride];
            self.codes(plane).write(values, &dither, out);
        };
        match self.format.model {
            Model::Rgb => {
                for (plane, values) in [second, third, first].into_iter().enumerate() {
                    write(plane, values, self.dither(y));
                }
            }
            _ => write(0, first, self.dither(y)),
        }
        if self.format.alpha {
            write(self.format.planes() - 1, alpha, self.dither(y));
        }
    }

    /// Alpha and light: from the source's to the result's.
    fn colour_line(&self, line: &mut Line) {
        let has_alpha = self.image.format.alpha;
        let new_light = !is_same_light(self.image.colour, self.colour);
        let mut is_straight = self.image.alpha == AlphaMode::Straight;
        if has_alpha && !is_straight && (self.format.alpha || new_light) {
            divide(line);
            is_straight = true;
        }
        if new_light {
            let matrix = primaries::between(self.image.colour.primaries, self.colour.primaries);
            relight(line, (self.image.colour.transfer, self.colour.transfer), matrix.as_ref());
        }
        if has_alpha && is_straight && !self.format.alpha {
            let [red, green, blue, alpha] = &mut line.channels;
            for channel in [red, green, blue] {
                for (value, alpha) in channel.iter_mut().zip(&*alpha) {
                    *value *= alpha;
                }
            }
        }
    }
}

fn divide(line: &mut Line) {
    let [red, green, blue, alpha] = &mut line.channels;
    for channel in [red, green, blue] {
        for (value, alpha) in channel.iter_mut().zip(&*alpha) {
            *value = if *alpha > 0.0 { *value / alpha } else { *value };
        }
    }
}

fn relight(
    line: &mut Line,
    (from, to): (signal::Transfer, signal::Transfer),
    matrix: Option<&Matrix3>,
) {
    line.colours().into_iter().for_each(|channel| light::decode(from, channel));
    if let Some(matrix) = matrix {
        apply(matrix, line.colours());
    }
    line.colours().into_iter().for_each(|channel| light::encode(to, channel));
}

/// Multiplies every pixel by `matrix`.
pub(crate) fn apply(matrix: &Matrix3, [red, green, blue]: [&mut [f32]; 3]) {
    let m = matrix.map(|row| row.map(|value| value as f32));
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            for ((red, green), blue) in red.iter_mut().zip(green).zip(blue) {
                let of = |row: [f32; 3]| row[0] * *red + row[1] * *green + row[2] * *blue;
                let mixed = m.map(of);
                [*red, *green, *blue] = mixed;
            }
        },
    );
}

/// Chroma of the lines of a band, made small across, waiting to be made small down: those that the next row needs.
struct Chroma {
    across: u8,
    down: u8,
    width: usize,
    /// Rows that are still to be written.
    rows: Range<usize>,
    /// The lines that came last, each at its number's place among them.
    kept: [Vec<f32>; 2],
    sum: Vec<f32>,
}

impl Chroma {
    /// The chroma of `lines`; there is none in pictures of another kind.
    fn new(job: &Job<'_>, width: usize, lines: Range<usize>) -> Self {
        let Model::Yuv { across, down } = job.format.model else {
            let none = || Vec::new();
            return Self {
                across: 0,
                down: 0,
                width: 0,
                rows: 0..0,
                kept: [none(), none()],
                sum: none(),
            };
        };
        let width = width.div_ceil(1 << across);
        let rows = (lines.start >> down)..lines.end.div_ceil(1 << down);
        let kept = [0, 1].map(|_| vec![0.0; width << (down + 1)]);
        Self { across, down, width, rows, kept, sum: vec![0.0; width] }
    }

    /// Where line `y` waits.
    const fn place(&self, y: usize) -> Range<usize> {
        let start = y % (2 << self.down) * self.width;
        start..start + self.width
    }

    fn keep(&mut self, y: usize, line: &Line) {
        if self.width == 0 {
            return;
        }
        let place = self.place(y);
        for (kept, values) in self.kept.iter_mut().zip(&line.channels[1..3]) {
            resample::across(values, 0, self.across, &mut kept[place.clone()]);
        }
    }

    /// Writes the rows whose last line is `y`.
    fn write(&mut self, job: &Job<'_>, y: usize, band: &mut Band<'_>) {
        while !self.rows.is_empty() {
            let row = self.rows.start;
            let taps = resample::lines(0, self.down, row, job.image.height as usize);
            if taps.last().is_some_and(|(last, _)| *last > y) {
                return;
            }
            (1..3).for_each(|plane| self.write_row(job, (plane, row), &taps, band));
            self.rows.start += 1;
        }
    }

    fn write_row(
        &mut self,
        job: &Job<'_>,
        (plane, row): (usize, usize),
        taps: &[(usize, f32)],
        band: &mut Band<'_>,
    ) {
        let kept = &self.kept[plane - 1];
        for (nth, (line, part)) in taps.iter().enumerate() {
            let line = &kept[self.place(*line)];
            resample::add(nth, &mut self.sum, line, *part);
        }
        let stride = job.stride(plane);
        let out = &mut band.planes[plane][(row - (band.first >> self.down)) * stride..][..stride];
        job.codes(plane).write(&self.sum, &job.dither(row), out);
    }
}
