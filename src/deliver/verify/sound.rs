//! The sound: quarter second by quarter second against the film's own, by cross-correlation.

use super::verdict::{Findings, Kind};
use crate::deliver::Error;
use crate::deliver::presets::Preset;
use crate::ffmpeg::Facts;
use crate::play::Programme;
use crate::signal::Samples;

/// Samples around a segment that are searched for its true place.
const REACH: usize = 4096;
/// Samples that a smoothed one is the mean of: what codecs keep of a waveform lies low.
const SMOOTH: usize = 8;
/// The least correlation of sound that is the film's.
const LEAST: f64 = 0.8;
/// The most that level may be off: 1 dB. A codec that keeps `c` of a noise, the rest of which costs more than
/// it has to give, is best off with its level at `c` too (N. Wiener, 1949): as much lower may it lie.
const GAIN: std::ops::RangeInclusive<f64> = 0.891..=1.122;
/// Below this, -80 dBFS, the film is silent.
const SILENT: f64 = 1e-4;
/// Half a step of 24 bits, and what float adds to it.
const STEP: f32 = 0.51 / 8_388_608.0;

/// The sound of a delivery, as it comes.
pub(super) struct Sounds {
    is_lossless: bool,
    segment: usize,
    found: Vec<Vec<f32>>,
    /// The sample that the first of `found` is.
    from: i64,
    count: i64,
    film: i64,
    ticks: Option<(i64, i64)>,
}

/// What one channel of a segment is.
#[derive(Debug, PartialEq)]
enum Heard {
    Right,
    Moved(i64),
    Louder(f64),
    Unlike,
}

impl Sounds {
    pub(super) fn new(programme: &dyn Programme, facts: &Facts, preset: Option<&Preset>) -> Self {
        let channels = facts.sound.as_ref().map_or(0, |sound| sound.channels);
        let sound = preset.and_then(|preset| preset.sound.as_ref());
        Self {
            is_lossless: sound.is_some_and(|sound| sound.codec.is_lossless()),
            segment: (programme.sample_rate() / 4).max(1) as usize,
            found: vec![vec![0.0; REACH]; channels],
            from: -(REACH as i64),
            count: 0,
            film: 0,
            ticks: facts.sound.as_ref().map(|sound| sound.ticks),
        }
    }

    /// How many samples have come.
    pub(super) const fn count(&self) -> i64 {
        self.count
    }

    pub(super) fn take(
        &mut self,
        programme: &mut dyn Programme,
        at: Option<i64>,
        samples: &Samples,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        self.check_time(programme, at, findings);
        self.count += samples.length() as i64;
        for (all, new) in self.found.iter_mut().zip(samples.channels()) {
            all.extend_from_slice(new);
        }
        while self.count >= self.film + (self.segment + REACH) as i64 {
            let left = programme.samples() - self.film;
            let length = self.segment.min(usize::try_from(left).unwrap_or(0));
            if length == 0 {
                break;
            }
            self.compare(programme, length, findings)?;
        }
        Ok(())
    }

    /// Whether a piece is heard when its first sample is due, to a tick of its stream.
    fn check_time(&self, programme: &dyn Programme, at: Option<i64>, findings: &mut Findings) {
        let (Some(at), Some((ticks, seconds))) = (at, self.ticks) else { return };
        if self.count >= programme.samples() {
            return;
        }
        let rate = i128::from(programme.sample_rate().max(1));
        let (ticks, seconds) = (i128::from(ticks.max(1)), i128::from(seconds));
        let off = i128::from(at) * seconds * rate - i128::from(self.count) * ticks;
        let tolerated = if ticks == rate { 0 } else { seconds * rate };
        if off.abs() > tolerated {
            let samples = off / ticks;
            let word = if samples > 0 { "late" } else { "early" };
            let frame = programme.rate().frame_of_sample(self.count, programme.sample_rate());
            let what = format!("sound stamped {} samples {word}", samples.abs());
            findings.add_range(Kind::Sync, Some(frame), Some(frame + 1), what);
        }
    }

    /// Compares what is left, and the lengths; `stated` is what the container says.
    pub(super) fn finish(
        mut self,
        programme: &mut dyn Programme,
        stated: Option<i64>,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let total = programme.samples();
        let most = if self.is_lossless { total } else { total + REACH as i64 };
        if self.count < total || self.count > most {
            let what = format!("has {} samples, and the film {total}", self.count);
            findings.add(Kind::SoundLength, None, what);
        } else if let Some(stated) = stated.filter(|&stated| stated != total) {
            let what = format!("says it has {stated} samples, and the film {total}");
            findings.add(Kind::SoundLength, None, what);
        }
        for channel in &mut self.found {
            channel.resize(channel.len() + REACH, 0.0);
        }
        let end = self.count.min(total);
        while self.film < end {
            let length = self.segment.min((end - self.film) as usize);
            self.compare(programme, length, findings)?;
        }
        findings.heard(self.film);
        Ok(())
    }

    /// Compares the next `length` samples, which have come with [`REACH`] more on both sides.
    fn compare(
        &mut self,
        programme: &mut dyn Programme,
        length: usize,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let frame = programme.rate().frame_of_sample(self.film, programme.sample_rate());
        let mut film = Samples::silence(programme.layout().channels(), length);
        let made = programme.sound(&mut film);
        made.map_err(|failed| Error::of_film(&*programme, frame, &failed))?;
        let last = self.film + length as i64 - 1;
        let until = programme.rate().frame_of_sample(last, programme.sample_rate()) + 1;
        let skip = (self.film - REACH as i64 - self.from) as usize;
        let worst = self
            .found
            .iter()
            .zip(film.channels())
            .map(|(found, film)| {
                heard(film, &found[skip..skip + length + 2 * REACH], self.is_lossless)
            })
            .enumerate()
            .find(|(_, heard)| *heard != Heard::Right);
        if let Some((channel, heard)) = worst {
            let (kind, what) = heard.say(channel + 1);
            findings.add_range(kind, Some(frame), Some(until), what);
        }
        self.film += length as i64;
        let gone = (self.film - REACH as i64 - self.from).max(0) as usize;
        for channel in &mut self.found {
            channel.drain(..gone.min(channel.len()));
        }
        self.from += gone as i64;
        Ok(())
    }
}

impl Heard {
    fn say(&self, channel: usize) -> (Kind, String) {
        match self {
            Self::Right | Self::Unlike => {
                (Kind::Sound, format!("sound unlike the film's in channel {channel}"))
            }
            Self::Moved(by) => {
                let word = if *by > 0 { "late" } else { "early" };
                (Kind::Sync, format!("sound {} samples {word}", by.abs()))
            }
            Self::Louder(by) => {
                (Kind::Sound, format!("sound {by:+.1} dB off in channel {channel}"))
            }
        }
    }
}

/// What `found`, which has [`REACH`] samples more on both sides, is of `film`.
fn heard(film: &[f32], found: &[f32], is_lossless: bool) -> Heard {
    let middle = &found[REACH..REACH + film.len()];
    let near = |film: f32, found: f32| (film.clamp(-1.0, 1.0) - found).abs() <= STEP + 1.0 / 8e6;
    if is_lossless && film.iter().zip(middle).all(|(&film, &found)| near(film, found)) {
        return Heard::Right;
    }
    let level = rms(film);
    if level < SILENT {
        return if rms(middle) < 10.0 * SILENT { Heard::Right } else { Heard::Unlike };
    }
    let (film, found) = (smooth(film), smooth(found));
    let (here, gain) = correlation(&film, &found, 0, 1);
    if here < 0.995 {
        let (best, by) = search(&film, &found);
        if by != 0 && best > LEAST && best > here + 0.005 {
            return Heard::Moved(by);
        }
    }
    if here < LEAST || is_lossless {
        return Heard::Unlike;
    }
    let level = gain / here;
    let is_near = level <= *GAIN.end() && level >= *GAIN.start() * here;
    let is_right = GAIN.contains(&gain) || is_near && is_even(&film, &found[REACH..]);
    if is_right { Heard::Right } else { Heard::Louder(20.0 * level.abs().log10()) }
}

/// Whether what `found` lacks of `film` is lacking throughout, and not in a hole.
fn is_even(film: &[f32], found: &[f32]) -> bool {
    const PARTS: usize = 10;
    let length = (film.len() / PARTS).max(1);
    let audible = rms(film) / 4.0;
    let pairs = film.chunks(length).zip(found.chunks(length));
    let mut levels = pairs.map(|(film, found)| (rms(film), rms(&found[..film.len()])));
    levels.all(|(film, found)| film < audible || found > 0.5 * film)
}

fn rms(samples: &[f32]) -> f64 {
    let squares: f64 = samples.iter().map(|&sample| f64::from(sample).powi(2)).sum();
    (squares / samples.len().max(1) as f64).sqrt()
}

/// Means over [`SMOOTH`] samples, from each sample on.
fn smooth(samples: &[f32]) -> Vec<f32> {
    let mean = |run: &[f32]| run.iter().sum::<f32>() / SMOOTH as f32;
    let mut smooth: Vec<f32> = samples.windows(SMOOTH).map(mean).collect();
    smooth.resize(samples.len(), 0.0);
    smooth
}

/// Correlation and gain of `found` over `film` where it lies `by` samples late; every `step`-th
/// sample is looked at.
fn correlation(film: &[f32], found: &[f32], by: i64, step: usize) -> (f64, f64) {
    let from = (REACH as i64 + by) as usize;
    let (mut cross, mut own, mut other) = (0.0, 0.0, 0.0);
    let usable = film.len().saturating_sub(SMOOTH).max(1);
    for (film, found) in film[..usable].iter().zip(&found[from..]).step_by(step) {
        let (film, found) = (f64::from(*film), f64::from(*found));
        cross += film * found;
        own += film * film;
        other += found * found;
    }
    if own <= 0.0 || other <= 0.0 {
        return (0.0, 0.0);
    }
    (cross / (own * other).sqrt(), cross / own)
}

/// The place where `film` is found best: coarse over every 4th sample, then fine.
fn search(film: &[f32], found: &[f32]) -> (f64, i64) {
    let reach = (REACH - SMOOTH) as i64;
    let best = |range: &mut dyn Iterator<Item = i64>, step: usize| {
        range
            .map(|by| (correlation(film, found, by, step).0, by))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.abs().cmp(&a.1.abs())))
            .unwrap_or((0.0, 0))
    };
    let (_, near) = best(&mut (-reach..=reach).step_by(2), 16);
    best(&mut (near - 4..=near + 4).filter(|by| by.abs() <= reach).chain([0]), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(length: usize) -> Vec<f32> {
        let mut state = 1_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        let raw: Vec<f32> = (0..length + 16).map(|_| next()).collect();
        raw.windows(16).map(|run| run.iter().sum::<f32>() / 16.0).take(length).collect()
    }

    fn moved(by: i64, gain: f32) -> Heard {
        let whole = noise(12_000 + 2 * REACH);
        let film = &whole[REACH..REACH + 12_000];
        let at = |index: usize| (index as i64 - by).rem_euclid(whole.len() as i64) as usize;
        let found: Vec<f32> = (0..whole.len()).map(|index| whole[at(index)] * gain).collect();
        heard(film, &found, false)
    }

    #[test]
    fn sound_that_moved_is_found_to_the_sample() {
        assert_eq!(moved(0, 1.0), Heard::Right);
        for by in [-4000, -1024, -7, 7, 1024, 2112] {
            assert_eq!(moved(by, 1.0), Heard::Moved(by));
        }
    }

    #[test]
    fn sound_that_is_louder_or_another_is_told() {
        assert_eq!(moved(0, 1.1), Heard::Right);
        assert!(matches!(moved(0, 2.0), Heard::Louder(by) if (by - 6.02).abs() < 0.01));
        assert!(matches!(moved(0, 0.85), Heard::Louder(by) if (by + 1.41).abs() < 0.01));
        let film: Vec<f32> = noise(9000).into_iter().rev().collect();
        let other = noise(9000 + 2 * REACH);
        assert_eq!(heard(&film, &other, false), Heard::Unlike);
        assert_eq!(heard(&vec![0.0; 900], &vec![0.0; 900 + 2 * REACH], false), Heard::Right);
    }

    #[test]
    fn noise_of_which_a_codec_kept_a_part_is_right_and_may_not_be_louder() {
        let (whole, mut other) = (noise(12_000 + 2 * REACH), noise(12_000 + 2 * REACH));
        other.reverse();
        let film = &whole[REACH..REACH + 12_000];
        let kept = |kept: f32, level: f32| {
            let lost = (1.0 - kept * kept).sqrt();
            let pairs = whole.iter().zip(&other);
            let found: Vec<f32> = pairs.map(|(a, b)| level * (kept * a + lost * b)).collect();
            heard(film, &found, false)
        };
        assert_eq!(kept(0.88, 0.88), Heard::Right);
        assert_eq!(kept(0.88, 1.0), Heard::Right);
        let mut holed = whole.clone();
        holed[REACH + 3000..REACH + 5400].fill(0.0);
        assert!(matches!(heard(film, &holed, false), Heard::Louder(_)));
        assert!(matches!(kept(0.88, 0.7), Heard::Louder(by) if by < -2.0));
        assert!(matches!(kept(0.88, 1.3), Heard::Louder(by) if by > 1.5));
    }
}
