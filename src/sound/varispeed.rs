//! Other speeds, forwards and backwards, as a tape machine: by a windowed sinc.
//!
//! Positions are exact fractions of a sample. Where they fall on samples and nothing must be filtered
//! away, the samples themselves are given: backwards at normal speed is exact.

use super::kernel::kaiser_sinc;
use super::sources::SoundFile;
use signal::Samples;
use timeline_format::Ratio;

/// Zero crossings on either side of the kernel's middle.
const HALF: usize = 32;
/// Table entries between two of them: read with a straight line in between, right to -118 dB.
const FINE: usize = 1024;
/// Outputs computed from one piece of the source.
const PIECE: usize = 128;
/// The fastest speed that is heard.
pub(super) const FASTEST: i64 = 64;

/// The kernel for one speed.
#[derive(Debug)]
pub(super) struct Varispeed {
    /// Source samples an output.
    step: Ratio,
    /// How much wider than at normal speed the kernel is: at least 1.
    width: f64,
    table: Vec<f64>,
}

impl Varispeed {
    pub(super) fn new(step: Ratio) -> Self {
        let speed = step.to_f64().abs();
        let width = if speed > 1.0 { speed / 0.95 } else { 1.0 };
        let entry = |index| kaiser_sinc(index as f64 / FINE as f64, HALF as f64, 1.0, 10.0);
        Self { step, width, table: (0..=HALF * FINE + 1).map(entry).collect() }
    }

    /// Fills `out` with the outputs from `at` on, where output 0 is sample `origin` of `file`.
    pub(super) fn read(&self, file: &mut dyn SoundFile, origin: i64, at: i64, out: &mut Samples) {
        let reach = (HALF as f64 * self.width).ceil() as i64 + 1;
        let mut done = 0;
        while done < out.length() {
            let count = PIECE.min(out.length() - done);
            let first = at + done as i64;
            let ends = [self.position(first).0, self.position(first + count as i64 - 1).0];
            let low = ends[0].min(ends[1]).saturating_sub(reach);
            let length = (ends[0].max(ends[1]).saturating_add(reach) - low + 1) as usize;
            let mut source = Samples::silence(out.channel_count(), length);
            file.read(origin.saturating_add(low), &mut source);
            for (to, from) in out.channels_mut().iter_mut().zip(source.channels()) {
                for (output, to) in (first..).zip(&mut to[done..done + count]) {
                    let (whole, part) = self.position(output);
                    *to = self.between(from, (whole - low) as usize, part);
                }
            }
            done += count;
        }
    }

    /// The source's sample before output `output`, and how far behind it that lies, 0 to 1.
    fn position(&self, output: i64) -> (i64, f64) {
        let bottom = i128::from(self.step.denominator());
        let top = i128::from(output) * i128::from(self.step.numerator());
        let whole = top.div_euclid(bottom) as i64;
        (whole, top.rem_euclid(bottom) as f64 / bottom as f64)
    }

    fn between(&self, from: &[f32], whole: usize, part: f64) -> f32 {
        if part == 0.0 && self.width == 1.0 {
            return from[whole];
        }
        let reach = (HALF as f64 * self.width) as usize;
        let first = whole.saturating_sub(reach);
        let last = (whole + reach + 1).min(from.len() - 1);
        let sum: f64 = (first..=last)
            .map(|index| {
                let distance = (index as f64 - whole as f64 - part).abs() / self.width;
                f64::from(from[index]) * self.kernel(distance)
            })
            .sum();
        (sum / self.width) as f32
    }

    fn kernel(&self, distance: f64) -> f64 {
        let place = distance * FINE as f64;
        let index = place as usize;
        match (self.table.get(index), self.table.get(index + 1)) {
            (Some(here), Some(next)) => here + (next - here) * (place - index as f64),
            _ => 0.0,
        }
    }
}
