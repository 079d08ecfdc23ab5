//! The outline of a sound: how low and how high it goes in each run of samples, finer and coarser.
//!
//! What a window draws of a sound is looked up here and nowhere else, so that a waveform shows just the
//! samples that are heard: no run is skipped and none is counted twice.

use crate::media::{Error, Sounds};
use crate::signal::Samples;
use crate::workers::Stop;
use std::path::Path;
use timeline_format::Media;

/// Samples of a run of the finest outline.
const FINEST: usize = 64;
/// Runs of an outline in one of the next.
const COARSER: usize = 8;
/// Samples that are read at a time.
const READ: usize = 1 << 16;

/// The least and the greatest sample of a run, over all channels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// The least.
    pub low: f32,
    /// The greatest.
    pub high: f32,
}

impl Reach {
    /// Of no samples.
    const NOTHING: Self = Self { low: f32::INFINITY, high: f32::NEG_INFINITY };

    fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    fn of(channels: &[Vec<f32>], from: usize, to: usize) -> Self {
        let runs = channels.iter().map(|channel| &channel[from..to]);
        runs.flatten()
            .fold(Self::NOTHING, |reach, sample| reach.with(Self { low: *sample, high: *sample }))
    }
}

/// The outline of a sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Peaks {
    rate: u32,
    length: i64,
    /// Runs of [`FINEST`] samples, then of [`COARSER`] times as many, and so on.
    levels: Vec<Vec<Reach>>,
}

impl Peaks {
    /// Measures the sound of the media at `path`; `None` where `stop` was raised before its end.
    ///
    /// # Errors
    /// Where the file has no sound, or it cannot be read.
    pub fn measure(path: &Path, media: &Media, stop: &Stop) -> Result<Option<Self>, Error> {
        let mut sounds = Sounds::open(path, media)?;
        let (rate, form) = (sounds.rate(), (sounds.channels(), sounds.length()));
        Self::measured(rate, form, |at, block| sounds.read(at, block).map(drop), stop)
    }

    /// Measures `length` samples of a sound of `channels` that `fill` gives; `None` where `stop` was raised
    /// before its end.
    pub fn of(
        rate: u32,
        (channels, length): (usize, i64),
        mut fill: impl FnMut(i64, &mut Samples),
        stop: &Stop,
    ) -> Option<Self> {
        let told: Result<_, std::convert::Infallible> = Self::measured(
            rate,
            (channels, length),
            |at, block| {
                fill(at, block);
                Ok(())
            },
            stop,
        );
        told.unwrap_or(None)
    }

    fn measured<E>(
        rate: u32,
        (channels, length): (usize, i64),
        mut fill: impl FnMut(i64, &mut Samples) -> Result<(), E>,
        stop: &Stop,
    ) -> Result<Option<Self>, E> {
        let mut block = Samples::silence(channels, READ);
        let mut finest = Vec::with_capacity((length / FINEST as i64 + 1).try_into().unwrap_or(0));
        let mut at = 0;
        while at < length {
            if stop.is_raised() {
                return Ok(None);
            }
            fill(at, &mut block)?;
            let count = (length - at).min(READ as i64) as usize;
            let runs = (0..count).step_by(FINEST);
            let reach = |from| Reach::of(block.channels(), from, (from + FINEST).min(count));
            finest.extend(runs.map(reach));
            at += count as i64;
        }
        Ok(Some(Self { rate, length, levels: levels_over(finest) }))
    }

    /// Samples a second.
    pub const fn rate(&self) -> u32 {
        self.rate
    }

    /// Its length in samples.
    pub const fn length(&self) -> i64 {
        self.length
    }

    /// How far the samples from `from` to `to` reach, to a run of the outline that is as fine as the span
    /// needs; `None` beyond the ends.
    pub fn reach(&self, from: i64, to: i64) -> Option<Reach> {
        let (from, to) = (from.clamp(0, self.length), to.clamp(0, self.length));
        if from >= to {
            return None;
        }
        let (mut level, mut run) = (0, FINEST as i64);
        while level + 1 < self.levels.len() && run * 2 * COARSER as i64 <= to - from {
            (level, run) = (level + 1, run * COARSER as i64);
        }
        let runs = self.levels.get(level)?;
        let (first, last) = ((from / run) as usize, (((to - 1) / run) + 1) as usize);
        let seen = runs.get(first..last.min(runs.len()))?;
        Some(seen.iter().fold(Reach::NOTHING, |reach, run| reach.with(*run)))
    }
}

fn levels_over(finest: Vec<Reach>) -> Vec<Vec<Reach>> {
    let mut levels = vec![finest];
    while let Some(last) = levels.last()
        && last.len() > COARSER
    {
        let merged = |runs: &[Reach]| runs.iter().fold(Reach::NOTHING, |sum, run| sum.with(*run));
        let next = last.chunks(COARSER).map(merged).collect();
        levels.push(next);
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_reaches_at_least_as_far_as_its_samples() {
        let sound: Vec<f32> =
            (0..40_000_u32).map(|n| ((n * 7919) % 2003) as f32 / 1001.5 - 1.0).collect();
        let finest = sound.chunks(FINEST).map(|run| Reach::of(&[run.to_vec()], 0, run.len()));
        let peaks = Peaks { rate: 48_000, length: 40_000, levels: levels_over(finest.collect()) };
        for (from, to) in [(0, 1), (5, 900), (100, 40_000), (39_000, 39_999), (777, 20_001)] {
            let own = Reach::of(std::slice::from_ref(&sound), from, to);
            let reach = peaks.reach(from as i64, to as i64).unwrap();
            assert!(reach.low <= own.low && reach.high >= own.high, "{from}..{to}");
        }
        let last = *sound.last().unwrap();
        let edge = peaks.reach(39_999, 50_000).unwrap();
        assert!(edge.low <= last && edge.high >= last);
        assert_eq!(peaks.reach(40_000, 40_100), None);
        assert_eq!(peaks.reach(-50, 0), None);
    }
}
