//! The loudness meter: the cases of EBU Tech 3341 and 3342, and ffmpeg.

use super::film::{noise, sine};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::signal::Samples;
use roomtone::sound::loudness::{Loudness, Measured};
use std::path::Path;
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

fn softened(noise: Vec<f32>) -> Vec<f32> {
    noise.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect()
}

/// The noise falls towards half the sample rate, as sound does: at the very top, meters that look at four
/// times the rate read true peaks up to 1 dB apart. The range may differ a little: ffmpeg looks at the last three seconds ten times a second, our meter
/// once; Tech 3342 asks for 1 LU.
#[test]
fn noise_and_tones_measure_as_ffmpeg_measures_them() {
    let folder = Folder::new();
    let wave = |seed: u64| -> Vec<f32> {
        let swell = |index: usize| 0.1 + 0.8 * (index as f64 / 300_000.0).sin().abs();
        softened(noise(seed, 960_001))
            .into_iter()
            .enumerate()
            .map(|(i, s)| s * swell(i) as f32)
            .collect()
    };
    let tone = sine(RATE, 480_000, 997.0, 0.25);
    for (name, left, right) in [
        ("noise", wave(1), wave(2)),
        ("one side", wave(3), vec![0.0; 960_000]),
        ("tone", tone.clone(), tone),
    ] {
        let samples = Samples::from_channels(vec![left, right]);
        let path = folder.file("a.f32");
        let (left, right) = (&samples.channels()[0], &samples.channels()[1]);
        let pairs = left.iter().zip(right).flat_map(|(left, right)| [*left, *right]);
        std::fs::write(&path, pairs.flat_map(f32::to_le_bytes).collect::<Vec<_>>()).unwrap();
        let wav = folder.file("a.wav");
        let raw = ["-f", "f32le", "-ar", "48000", "-ac", "2", "-i", path.to_str().unwrap()];
        oracle::ffmpeg(&[&raw[..], &["-c:a", "pcm_f32le", wav.to_str().unwrap()]].concat());
        let [integrated, range, peak] = ebur128_of(&wav);
        let found = measure(&samples, Layout::Stereo);
        near(found.integrated, integrated, 0.05);
        near(found.range, range, 0.25);
        near(found.true_peak, peak, 0.2);
        assert!(found.momentary >= found.short_term, "{name}");
    }
}

#[test]
fn silence_has_no_loudness() {
    let found = measure(&Samples::silence(2, 480_000), Layout::Stereo);
    assert_eq!(found, Measured::default());
    assert_eq!(found.to_string(), "silence");
    assert!(Loudness::new(Layout::Stereo, 0).is_none());
}
