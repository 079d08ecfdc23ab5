//! How loud a programme is (ITU-R BS.1770-5; EBU R 128, Tech 3341 and 3342).
//!
//! Filters, gates and peaks are those of the `ebur128` crate; the sliding windows are [those](super::recent)
//! of the meter that one looks at while a film plays. The range counts ten of them a second: Tech 3342 asks
//! for windows of 3 s that overlap by two thirds at least.

use super::layout::{Speaker, speakers};
use super::range::ShortTerms;
use super::recent::{LOOKS, Recent, lufs};
use crate::signal::Samples;
use ebur128::{Channel, EbuR128, Mode};
use serde::Serialize;
use timeline_format::mix::Layout;

/// A meter of a whole programme.
pub struct Loudness {
    meter: EbuR128,
    /// Samples between two looks at the sliding windows.
    step: usize,
    /// Samples since the last look.
    since: usize,
    recent: Recent,
    momentary: f64,
    short_term: f64,
    short_terms: ShortTerms,
    channels: u32,
}

/// Milliseconds between two looks.
const LOOK_MS: u32 = 1000 / LOOKS;

impl std::fmt::Debug for Loudness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loudness").field("channels", &self.channels).finish_non_exhaustive()
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
        let step = (sample_rate / LOOKS).max(1) as usize;
        let none = f64::NEG_INFINITY;
        Some(Self {
            meter,
            step,
            since: 0,
            recent: Recent::new(),
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
            if self.since == self.step {
                self.since = 0;
                self.look();
            }
        }
    }

    fn look(&mut self) {
        let now = self.meter.loudness_window(LOOK_MS).unwrap_or(f64::NEG_INFINITY);
        let means = self.recent.take(10.0_f64.powf((now + 0.691) / 10.0));
        let [momentary, short_term] = means.whole;
        if momentary {
            self.momentary = self.momentary.max(lufs(means.momentary));
        }
        if short_term {
            self.short_term = self.short_term.max(lufs(means.short_term));
        }
        if short_term && means.count {
            self.short_terms.take(lufs(means.short_term));
        }
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
