//! Sounds made in cells of a fixed grid, of which the latest is kept.

use crate::generators::Generate;
use signal::Samples;

/// Samples in a cell.
pub(crate) const CELL: usize = 4096;

/// A sound that is made a cell at a time. A cell is a pure function of its number: what a weave keeps
/// from one to the next it keeps to save work alone.
pub(crate) trait Weave: Send + std::fmt::Debug {
    /// Adds the cell's samples, those from `from` on, to `out`: silence, [`CELL`] samples long.
    fn weave(&mut self, from: i64, out: &mut Samples);
}

/// A weave as a generator.
#[derive(Debug)]
pub(crate) struct Woven<W> {
    weave: W,
    held: Samples,
    number: Option<i64>,
}

impl<W: Weave> Woven<W> {
    /// In so many channels.
    pub(crate) fn new(weave: W, channels: usize) -> Self {
        Self { weave, held: Samples::silence(channels, CELL), number: None }
    }

    fn hold(&mut self, number: i64) {
        if self.number == Some(number) {
            return;
        }
        for channel in self.held.channels_mut() {
            channel.fill(0.0);
        }
        self.weave.weave(number * CELL as i64, &mut self.held);
        self.number = Some(number);
    }
}

impl<W: Weave> Generate for Woven<W> {
    fn fill(&mut self, at: i64, out: &mut Samples) {
        let (mut done, length) = (0, out.length());
        while done < length {
            let sample = at + done as i64;
            self.hold(sample.div_euclid(CELL as i64));
            let within = sample.rem_euclid(CELL as i64) as usize;
            let count = (CELL - within).min(length - done);
            for (to, from) in out.channels_mut().iter_mut().zip(self.held.channels()) {
                to[done..done + count].copy_from_slice(&from[within..within + count]);
            }
            done += count;
        }
    }
}

/// Multiplies each channel by factors.
pub(crate) fn apply(gains: &[f32], out: &mut Samples) {
    for channel in out.channels_mut() {
        for (sample, gain) in channel.iter_mut().zip(gains) {
            *sample *= gain;
        }
    }
}

/// The factors of left and right at a place, -1 left to 1 right, at equal power.
pub(crate) fn sides(place: f64) -> [f64; 2] {
    let angle = (place + 1.0) * std::f64::consts::FRAC_PI_4;
    [angle.cos(), angle.sin()]
}
