//! Where a recording may start over so that nobody hears it.
//!
//! A loop ends with a crossfade from its last samples to its first, at equal power. It is not heard where both
//! sound alike: their levels, band by band, are those of the same moment of the same sound. And it keeps its
//! level where they have nothing in common: the very places are chosen so that what is left of a hum meets
//! itself a quarter of a turn later.

use super::sources::SoundFile;
use realfft::RealFftPlanner;
use signal::Samples;

/// Where a recording starts over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoopPoints {
    /// The first sample that is played.
    pub start: i64,
    /// The first that is not.
    pub end: i64,
    /// How far both ends of the crossfade differ, as the root of the mean square over bands and moments, in dB.
    pub apart: f64,
}

/// The longest that is looked at, in seconds.
const LONGEST: i64 = 600;
/// Moments in a second.
const MOMENTS: usize = 20;
/// Samples of a spectrum.
const WINDOW: usize = 2048;
/// Bands of a spectrum: octaves of its lines.
const BANDS: usize = 10;
/// Places that are tried at either end.
const TRIED: usize = 240;
/// The part of a recording at either end in which a loop may begin or end.
const ENDS: f64 = 0.35;
/// What it costs, in dB squared, to leave all of a recording out.
const SHORT: f64 = 6.0;

/// The best places of a recording to start over with a crossfade of so many samples; `None` where it is too
/// short for that.
pub fn loop_points(file: &mut dyn SoundFile, fade: i64) -> Option<LoopPoints> {
    let rate = i64::from(file.rate());
    let length = file.length().min(LONGEST * rate);
    let hop = file.rate() as usize / MOMENTS;
    let fade = fade.max(hop as i64);
    if length < 4 * fade || length < rate || hop == 0 {
        return None;
    }
    let sound = mono(file, length);
    let moments = bands(&sound, hop);
    let span = (fade as usize / hop).max(1);
    let (start, end, apart) = alike(&moments, span)?;
    let (start, end) = ((start * hop) as i64, (end * hop) as i64);
    let end = unlike(&sound, (start, end), fade, hop as i64);
    Some(LoopPoints { start, end, apart })
}

/// All channels together.
fn mono(file: &mut dyn SoundFile, length: i64) -> Vec<f32> {
    let channels = file.channels().max(1);
    let mut sound = Vec::with_capacity(length as usize);
    while (sound.len() as i64) < length {
        let count = (length - sound.len() as i64).min(1 << 16) as usize;
        let mut block = Samples::silence(channels, count);
        file.read(sound.len() as i64, &mut block);
        let sum = |at: usize| block.channels().iter().map(|channel| channel[at]).sum::<f32>();
        sound.extend((0..count).map(|at| sum(at) / channels as f32));
    }
    sound
}

/// The levels of the bands at each moment, in dB.
fn bands(sound: &[f32], hop: usize) -> Vec<[f64; BANDS]> {
    let transform = RealFftPlanner::<f32>::new().plan_fft_forward(WINDOW);
    let (mut time, mut lines) = (transform.make_input_vec(), transform.make_output_vec());
    let turn = std::f32::consts::TAU / WINDOW as f32;
    let starts = (0..sound.len().saturating_sub(WINDOW)).step_by(hop);
    let moments = starts.map(|start| {
        for (index, (to, from)) in time.iter_mut().zip(&sound[start..]).enumerate() {
            *to = from * (0.5 - 0.5 * (turn * index as f32).cos());
        }
        let done = transform.process(&mut time, &mut lines);
        debug_assert!(done.is_ok(), "the buffers have the sizes that the transform states");
        std::array::from_fn(|band| {
            let power: f32 = lines[1 << band..2 << band]
                .iter()
                .map(realfft::num_complex::Complex::norm_sqr)
                .sum();
            10.0 * (f64::from(power) + 1e-9).log10()
        })
    });
    moments.collect()
}

/// The moments at which a loop begins and ends whose crossfade, `span` moments long, sounds most alike.
fn alike(moments: &[[f64; BANDS]], span: usize) -> Option<(usize, usize, f64)> {
    let count = moments.len();
    let reach = ((count as f64 * ENDS) as usize).max(1);
    let step = reach.div_ceil(TRIED).max(1);
    let distance = |start: usize, end: usize| {
        let pairs = moments[start..start + span].iter().zip(&moments[end - span..end]);
        let squares = pairs.flat_map(|(a, b)| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)));
        squares.sum::<f64>() / (span * BANDS) as f64
    };
    let ends: Vec<usize> = (count - reach..=count).step_by(step).collect();
    let mut best: Option<(f64, usize, usize, f64)> = None;
    for start in (0..reach).step_by(step) {
        for end in ends.iter().copied().filter(|end| *end >= start + 3 * span) {
            let squares = distance(start, end);
            let left_out = 1.0 - (end - start) as f64 / count as f64;
            let cost = squares + SHORT * left_out;
            if best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, start, end, squares.sqrt()));
            }
        }
    }
    best.map(|(_, start, end, apart)| (start, end, apart))
}

/// The end near `end` at which both sides of the crossfade have least in common.
fn unlike(sound: &[f32], (start, end): (i64, i64), fade: i64, hop: i64) -> i64 {
    let length = fade.min(hop * 4) as usize;
    let head = &sound[start as usize..start as usize + length];
    let power = |part: &[f32]| part.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>();
    let common = |end: i64| {
        let from = (end - fade) as usize;
        let tail = &sound[from..from + length];
        let product: f64 = head.iter().zip(tail).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
        (product / (power(head) * power(tail)).sqrt().max(1e-12)).abs()
    };
    let first = (end - hop / 2).max(start + 2 * fade);
    let last = (end + hop / 2).min(sound.len() as i64);
    let tried = (first..=last).map(|end| (common(end), end));
    tried.min_by(|one, other| one.0.total_cmp(&other.0)).map_or(end, |(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: usize = 8000;

    #[derive(Debug)]
    struct Tape(Vec<f32>);

    impl SoundFile for Tape {
        fn rate(&self) -> u32 {
            RATE as u32
        }

        fn channels(&self) -> usize {
            1
        }

        fn length(&self) -> i64 {
            self.0.len() as i64
        }

        fn read(&mut self, at: i64, out: &mut Samples) {
            let from = &self.0[at as usize..];
            out.channels_mut()[0].iter_mut().zip(from).for_each(|(to, from)| *to = *from);
        }
    }

    fn noise(length: usize) -> impl Iterator<Item = f32> {
        let mut bits = 77_u32;
        (0..length).map(move |_| {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            bits as f32 / u32::MAX as f32 - 0.5
        })
    }

    #[test]
    fn a_level_that_wanders_is_met_at_the_same_level() {
        let level = |at: usize| {
            let seconds = at as f32 / RATE as f32;
            0.1 + 0.08 * (0.7 * seconds).sin() + 0.006 * seconds
        };
        let sound: Vec<f32> = noise(12 * RATE).enumerate().map(|(at, x)| x * level(at)).collect();
        let found = loop_points(&mut Tape(sound), RATE as i64 / 2).unwrap();
        let (a, b) = (level(found.start as usize), level(found.end as usize - RATE / 2));
        let step = 20.0 * (a / b).log10();
        assert!(step.abs() < 1.5, "{found:?}: {step} dB");
        let naive = 20.0 * (level(0) / level(12 * RATE - RATE / 2)).log10();
        assert!(naive.abs() > 2.0 * step.abs(), "the whole of it steps by {naive} dB");
        assert!(found.end - found.start > 5 * RATE as i64, "{found:?}");
    }

    #[test]
    fn a_hum_meets_itself_a_quarter_of_a_turn_later() {
        let turn = std::f32::consts::TAU * 100.0 / RATE as f32;
        let sound: Vec<f32> = (0..6 * RATE).map(|at| 0.2 * (turn * at as f32).sin()).collect();
        let found = loop_points(&mut Tape(sound), RATE as i64 / 4).unwrap();
        let apart = (found.end - RATE as i64 / 4 - found.start) as f32 * 100.0 / RATE as f32;
        let quarter = (apart.fract() - 0.25).abs().min((apart.fract() - 0.75).abs());
        assert!(quarter < 0.02, "{found:?} {apart}");
    }

    #[test]
    fn what_is_too_short_has_none() {
        assert_eq!(loop_points(&mut Tape(vec![0.1; RATE]), RATE as i64 / 2), None);
    }
}
