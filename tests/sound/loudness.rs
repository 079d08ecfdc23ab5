//! The loudness meter: the cases of EBU Tech 3341 and 3342, and ffmpeg.

use super::film::{noise, sine};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::play::{Offline, Programme as _};
use roomtone::signal::Samples;
use roomtone::sound::loudness::{Loudness, Measured};
use std::path::Path;
use std::sync::Arc;
use timeline_format::mix::Layout;

const RATE: u32 = 48_000;

fn measure(samples: &Samples, layout: Layout) -> Measured {
    let mut meter = Loudness::new(layout, RATE).unwrap();
    let mut at = 0;
    for length in (1..).map(|n: usize| n * 7919 % 20_011 + 1) {
        let to = (at + length).min(samples.length());
        let part = samples.channels().iter().map(|channel| channel[at..to].to_vec());
        meter.hear(&Samples::from_channels(part.collect()));
        at = to;
        if at == samples.length() {
            break;
        }
    }
    meter.measured()
}

/// A sine of 1 kHz in phase in both channels: levels in dBFS, each for some seconds.
fn steps(levels: &[(f64, f64)]) -> Samples {
    let mut channel: Vec<f32> = Vec::new();
    for (level, seconds) in levels {
        let length = (seconds * f64::from(RATE)) as usize;
        let start = channel.len();
        let peak = 10.0_f64.powf(level / 20.0);
        channel.extend_from_slice(&sine(RATE, start + length, 1000.0, peak)[start..]);
    }
    Samples::from_channels(vec![channel.clone(), channel])
}

#[track_caller]
fn near(found: Option<f64>, wanted: f64, tolerance: f64) {
    let found = found.unwrap();
    assert!((found - wanted).abs() <= tolerance, "{found}, not {wanted}");
}

#[test]
fn the_cases_of_tech_3341_have_their_loudness() {
    for level in [-23.0, -33.0] {
        let found = measure(&steps(&[(level, 20.0)]), Layout::Stereo);
        for value in [found.integrated, found.momentary, found.short_term] {
            near(value, level, 0.1);
        }
    }
    for case in [
        &[(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)][..],
        &[(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)],
        &[(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)],
    ] {
        near(measure(&steps(case), Layout::Stereo).integrated, -23.0, 0.1);
    }
    let ninth: Vec<_> = [(-20.0, 1.34), (-30.0, 1.66)].repeat(5);
    near(measure(&steps(&ninth), Layout::Stereo).short_term, -23.0, 0.1);
    let twelfth: Vec<_> = [(-20.0, 0.18), (-30.0, 0.22)].repeat(25);
    near(measure(&steps(&twelfth), Layout::Stereo).momentary, -23.0, 0.1);
}

/// Cases 10 and 13: a tone as long as a window, wherever it begins.
#[test]
fn a_tone_as_long_as_a_window_has_its_level_wherever_it_begins() {
    for number in 0..20 {
        let silent = |unit: f64| (-200.0, unit * f64::from(number));
        let long = measure(&steps(&[silent(0.15), (-23.0, 3.0), (-200.0, 1.0)]), Layout::Stereo);
        near(long.short_term, -23.0, 0.1);
        let short = measure(&steps(&[silent(0.02), (-23.0, 0.4), (-200.0, 1.0)]), Layout::Stereo);
        near(short.momentary, -23.0, 0.1);
    }
}

/// Case 6: surrounds count 1.5 dB more, low frequency effects not at all.
#[test]
fn surrounds_weigh_more_and_low_frequency_effects_nothing() {
    let level = |level: f64| sine(RATE, 20 * RATE as usize, 1000.0, 10.0_f64.powf(level / 20.0));
    let (front, centre, side) = (level(-28.0), level(-24.0), level(-30.0));
    let channels = vec![front.clone(), front, centre, level(-6.0), side.clone(), side];
    let found = measure(&Samples::from_channels(channels), Layout::FiveOne);
    near(found.integrated, -23.0, 0.1);
    near(found.true_peak, -6.0, 0.4);
}

#[test]
fn the_cases_of_tech_3342_have_their_range() {
    for (levels, range) in [
        (&[-20.0, -30.0][..], 10.0),
        (&[-20.0, -15.0], 5.0),
        (&[-40.0, -20.0], 20.0),
        (&[-50.0, -35.0, -20.0, -35.0, -50.0], 15.0),
    ] {
        let levels: Vec<_> = levels.iter().map(|level| (*level, 20.0)).collect();
        near(measure(&steps(&levels), Layout::Stereo).range, range, 1.0);
    }
}

/// Cases 15 to 19: peaks between samples, faded in as a step is a peak of its own.
#[test]
fn true_peaks_lie_between_samples() {
    for (cycle, degrees, peak, wanted) in [
        (4.0, 0.0, 0.5, -6.0),
        (4.0, 45.0, 0.5, -6.0),
        (6.0, 60.0, 0.5, -6.0),
        (8.0, 67.5, 0.5, -6.0),
        (4.0, 45.0, 1.41, 3.0),
    ] {
        let sample = |index: usize| {
            let turn = index as f64 / cycle + degrees / 360.0;
            let fade = (index as f64 / 2400.0).min((48_000 - index) as f64 / 2400.0).min(1.0);
            (peak * fade * (turn * std::f64::consts::TAU).sin()) as f32
        };
        let channel: Vec<f32> = (0..48_000).map(sample).collect();
        let found = measure(&Samples::from_channels(vec![channel]), Layout::Mono).true_peak;
        let off = found.unwrap() - wanted;
        assert!((-0.4..=0.2).contains(&off), "{degrees}: {found:?}, not {wanted}");
    }
}

/// A packet of waves within a thousand samples that reaches full scale at one place, which may lie between two
/// samples, and has nothing above 9 kHz: it is as high however it is sampled.
pub fn packet(place: f64) -> Vec<f32> {
    let sample = |index: usize| {
        let away = index as f64 - place;
        let inside = (0.5 + 0.5 * (away / 500.0 * std::f64::consts::PI).cos()).powi(2);
        let height = if away.abs() < 500.0 { inside } else { 0.0 };
        (height * (away / 6.0 * std::f64::consts::TAU).cos()) as f32
    };
    (0..48_000).map(sample).collect()
}

/// Cases 20 to 23.
#[test]
fn a_peak_is_found_on_every_quarter_between_two_samples() {
    for quarter in 0..4 {
        let channel = packet(24_000.0 + f64::from(quarter) / 4.0);
        let found = measure(&Samples::from_channels(vec![channel]), Layout::Mono).true_peak;
        assert!((-0.4..=0.2).contains(&found.unwrap()), "{quarter}: {found:?}");
    }
}

/// Integrated loudness, range and true peak of a file, as ffmpeg's filter sums them up.
pub fn ebur128_of(path: &Path) -> [f64; 3] {
    let arguments = ["-hide_banner", "-nostdin", "-i", path.to_str().unwrap()];
    let filter =
        ["-filter_complex", "ebur128=peak=true:framelog=verbose:metadata=1,ametadata=print:file=-"];
    let out =
        oracle::output("ffmpeg", &[&arguments[..], &filter, &["-f", "null", "/dev/null"]].concat());
    let said = String::from_utf8(out).unwrap();
    let last = |key: &str| -> f64 {
        let found = said.lines().rev().find_map(|line| line.strip_prefix(key));
        found.unwrap_or_else(|| panic!("ffmpeg says no {key}")).parse().unwrap()
    };
    let peaks = ["lavfi.r128.true_peaks_ch0=", "lavfi.r128.true_peaks_ch1="].map(last);
    let peak = 20.0 * peaks[0].max(peaks[1]).log10();
    [last("lavfi.r128.I="), last("lavfi.r128.LRA="), peak]
}

/// Noise that falls towards half the sample rate, as sound does: at the very top, meters that look at
/// four times the rate read true peaks up to 1 dB apart.
fn noises(seed: u64, level: impl Fn(f64) -> f64, seconds: usize) -> Vec<f32> {
    let raw = noise(seed, seconds * RATE as usize + 1);
    let soft = raw.windows(2).map(|pair| 0.5 * f64::from(pair[0] + pair[1]));
    soft.enumerate().map(|(i, s)| (s * level(i as f64 / f64::from(RATE))) as f32).collect()
}

/// The range by Tech 3342's own words, and with the ranks that ffmpeg takes: `round(n p)` of `n` values,
/// counted from 1, where Tech 3342 takes `round((n - 1) p)` counted from 0, the one after it.
const RANGES: &str = r#"
import sys, numpy as np
from scipy.signal import lfilter
x = np.fromfile(sys.argv[1], "<f4").astype(float).reshape(-1, 2).T
shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, .73248077421585]
high = [1, -2, 1], [1, -1.99004745483398, .99007225036621]
power = (lfilter(*high, lfilter(*shelf, x)) ** 2).sum(0)
total = np.concatenate([[0], np.cumsum(power)])
ends = np.arange(144000, len(total), 4800)
mean = (total[ends] - total[ends - 144000]) / 144000
level = -0.691 + 10 * np.log10(np.maximum(mean, 1e-30))
gate = -0.691 + 10 * np.log10(mean[level >= -70].mean()) - 20
kept = np.sort(level[level >= max(gate, -70)])
n = len(kept)
print(kept[int((n - 1) * .95 + .5)] - kept[int((n - 1) * .1 + .5)])
print(kept[int(n * .95 + .5) - 1] - kept[int(n * .1 + .5) - 1])
"#;

/// Ours and ffmpeg's figures of the same samples; ffmpeg sorts levels into steps of 0.01 LU.
fn compare(name: &str, samples: &Samples) {
    let folder = Folder::new();
    let path = folder.file("a.f32");
    let (left, right) = (&samples.channels()[0], &samples.channels()[1]);
    let pairs = left.iter().zip(right).flat_map(|(left, right)| [*left, *right]);
    std::fs::write(&path, pairs.flat_map(f32::to_le_bytes).collect::<Vec<_>>()).unwrap();
    let wav = folder.file("a.wav");
    let raw = ["-f", "f32le", "-ar", "48000", "-ac", "2", "-i", path.to_str().unwrap()];
    oracle::ffmpeg(&[&raw[..], &["-c:a", "pcm_f32le", wav.to_str().unwrap()]].concat());
    let [integrated, range, peak] = ebur128_of(&wav);
    let said = String::from_utf8(oracle::python(RANGES, &[path.to_str().unwrap()])).unwrap();
    let by_rank: Vec<f64> = said.lines().map(|line| line.parse().unwrap()).collect();
    assert!((by_rank[1] - range).abs() < 0.03, "{name}: ffmpeg says {range}, not {said}");
    let found = measure(samples, Layout::Stereo);
    for (found, wanted, tolerance) in [
        (found.integrated, integrated, 0.05),
        (found.range, by_rank[0], 1e-3),
        (found.true_peak, peak, 0.2),
    ] {
        let found = found.unwrap_or_else(|| panic!("{name} has no figure"));
        assert!((found - wanted).abs() <= tolerance, "{name}: {found}, not {wanted}");
    }
    assert!(found.momentary >= found.short_term, "{name}");
}

#[test]
fn noise_and_tones_measure_as_ffmpeg_measures_them() {
    let swell = |time: f64| 0.1 + 0.8 * (time / 6.25).sin().abs();
    let steps = |time: f64| [0.9, 0.02, 0.3, 0.001, 0.08][(time / 1.7) as usize % 5];
    let decay = |time: f64| 0.9 * (-time / 4.0).exp();
    let tone = sine(RATE, 480_000, 997.0, 0.25);
    for (name, left, right) in [
        ("a swell", noises(1, swell, 20), noises(2, swell, 20)),
        ("one side", noises(3, swell, 20), vec![0.0; 960_000]),
        ("steps", noises(4, steps, 60), noises(5, steps, 60)),
        ("a decay", noises(6, decay, 40), noises(7, decay, 40)),
        ("a tone", tone.clone(), tone),
    ] {
        compare(name, &Samples::from_channels(vec![left, right]));
    }
}

#[test]
fn the_sample_film_measures_as_ffmpeg_measures_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/before-morning");
    let document = std::fs::read(folder.join("film.roomtone")).unwrap();
    let film = Arc::new(timeline_format::read(&document).unwrap().0);
    let length = film.main().unwrap().length();
    let mut offline = Offline::open(&film, &folder, 0..length).unwrap();
    let mut samples = Samples::silence(2, offline.samples() as usize);
    offline.sound(&mut samples).unwrap();
    compare("the sample film", &samples);
}

#[test]
fn silence_has_no_loudness() {
    let found = measure(&Samples::silence(2, 480_000), Layout::Stereo);
    assert_eq!(found, Measured::default());
    assert_eq!(found.to_string(), "silence");
    assert!(Loudness::new(Layout::Stereo, 0).is_none());
}
