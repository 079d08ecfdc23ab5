//! How loud a programme is (ITU-R BS.1770-5; EBU R 128, Tech 3341 and 3342).
//!
//! Sliding windows are looked at every 100 ms, the range's too: Tech 3342 asks for windows of 3 s that
//! overlap by two thirds at least, and meters for ten values a second (Tech 3341, 2.4).

use super::layout::{Speaker, speakers};
use super::range::ShortTerms;
use crate::signal::Samples;
use ebur128::{Channel, EbuR128, Mode};
use serde::Serialize;
use timeline_format::mix::Layout;

/// A meter of a whole programme.
pub struct Loudness {
    meter: EbuR128,
    /// Samples between two looks at the sliding windows: a tenth of a second.
    step: usize,
    /// Samples since the last look.
    since: usize,
    heard: u64,
    /// The weighted powers of the last tenths of a second.
    tenths: [f64; TENTHS],
    momentary: f64,
    short_term: f64,
    short_terms: ShortTerms,
    channels: u32,
}

/// Tenths of a second in the longest window.
const TENTHS: usize = 30;

impl std::fmt::Debug for Loudness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loudness").field("heard", &self.heard).finish_non_exhaustive()
    }
}

/// What a meter found. A figure is absent where there was nothing to measure: silence, or too short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measured {
    /// Of the whole, gated, in LUFS.
    pub integrated: Option<f64>,
    /// The loudness range, in LU; it needs 3 seconds.
    pub range: Option<f64>,
    /// The highest true peak of any channel, at four times the rate, in dBTP.
    pub true_peak: Option<f64>,
    /// The loudest 0.4 seconds, in LUFS.
    pub momentary: Option<f64>,
    /// The loudest 3 seconds, in LUFS.
    pub short_term: Option<f64>,
}

impl Loudness {
    /// A meter; `None` for a sample rate that it cannot measure (below 16 or above 2.8 million).
    pub fn new(layout: Layout, sample_rate: u32) -> Option<Self> {
        let channels = layout.channels() as u32;
        let mode = Mode::M | Mode::S | Mode::I | Mode::TRUE_PEAK;
        let mut meter = EbuR128::new(channels, sample_rate, mode).ok()?;
        let map: Vec<Channel> = speakers(layout).iter().copied().map(channel_of).collect();
        meter.set_channel_map(&map).ok()?;
        let step = (sample_rate / 10).max(1) as usize;
        let none = f64::NEG_INFINITY;
        Some(Self {
            meter,
            step,
            since: 0,
            heard: 0,
            tenths: [0.0; TENTHS],
            momentary: none,
            short_term: none,
            short_terms: ShortTerms::default(),
            channels,
        })
    }

    /// Hears the next samples, in the order of the layout.
    pub fn hear(&mut self, samples: &Samples) {
        let mut done = 0;
        while done < samples.length() {
            let count = (self.step - self.since).min(samples.length() - done);
            let block: Vec<&[f32]> =
                samples.channels().iter().map(|channel| &channel[done..done + count]).collect();
            let heard = self.meter.add_frames_planar_f32(&block);
            debug_assert!(heard.is_ok(), "as many channels as the layout has");
            done += count;
            self.since += count;
            self.heard += count as u64;
            if self.since == self.step {
                self.since = 0;
                self.look();
            }
        }
    }

    fn look(&mut self) {
        let windows = (self.heard / self.step as u64) as usize;
        let tenth = self.meter.loudness_window(100).unwrap_or(f64::NEG_INFINITY);
        self.tenths[windows % TENTHS] = 10.0_f64.powf((tenth + 0.691) / 10.0);
        if windows >= 4 {
            self.momentary = self.momentary.max(self.last(windows, 4));
        }
        if windows >= TENTHS {
            let now = self.last(windows, TENTHS);
            self.short_term = self.short_term.max(now);
            self.short_terms.take(now);
        }
    }

    /// The loudness of the last tenths of a second, in LUFS.
    fn last(&self, windows: usize, tenths: usize) -> f64 {
        let places = (0..tenths).map(|back| (windows - back) % TENTHS);
        let power = places.map(|place| self.tenths[place]).sum::<f64>() / tenths as f64;
        10.0 * power.log10() - 0.691
    }

    /// What was found so far.
    pub fn measured(&self) -> Measured {
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        let peaks = (0..self.channels).filter_map(|channel| self.meter.true_peak(channel).ok());
        let peak = 20.0 * peaks.fold(0.0, f64::max).log10();
        let integrated = self.meter.loudness_global().ok().and_then(finite);
        Measured {
            integrated,
            range: self.short_terms.range(),
            true_peak: finite(peak),
            momentary: finite(self.momentary),
            short_term: finite(self.short_term),
        }
    }
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.integrated, self.range, self.true_peak) {
            (Some(integrated), Some(range), Some(peak)) => {
                write!(f, "{integrated:.1} LUFS, range {range:.1} LU, true peak {peak:.1} dBTP")
            }
            (Some(integrated), None, Some(peak)) => {
                write!(f, "{integrated:.1} LUFS, true peak {peak:.1} dBTP")
            }
            (_, _, Some(peak)) => {
                write!(f, "too quiet or too short for LUFS, true peak {peak:.1} dBTP")
            }
            _ => write!(f, "silence"),
        }
    }
}

const fn channel_of(speaker: Speaker) -> Channel {
    match speaker {
        Speaker::Left => Channel::Left,
        Speaker::Right => Channel::Right,
        Speaker::Centre => Channel::Center,
        Speaker::Low => Channel::Unused,
        Speaker::LeftSurround | Speaker::LeftBack => Channel::LeftSurround,
        Speaker::RightSurround | Speaker::RightBack => Channel::RightSurround,
        Speaker::CentreBack => Channel::Mp180,
    }
}
