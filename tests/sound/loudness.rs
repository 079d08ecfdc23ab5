//! The loudness meter beside ffmpeg's, and beside libebur128's port.

use super::ebu::measure;
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

fn stereo() -> Loudness {
    Loudness::new(Layout::Stereo, RATE).unwrap()
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
    let found = measure(samples, stereo());
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
    let found = measure(&Samples::silence(2, 480_000), stereo());
    assert_eq!(found, Measured::default());
    assert_eq!(found.to_string(), "silence");
    assert!(Loudness::new(Layout::Stereo, 0).is_none());
}

/// At other sample rates and with as many channels, the port of libebur128 measures the same; it looks for true
/// peaks at four times the rate, which we do at eight times.
#[test]
fn another_meter_measures_the_same_at_every_rate() {
    for (rate, layout) in [
        (22_050, Layout::Mono),
        (44_100, Layout::Stereo),
        (48_000, Layout::FiveOne),
        (96_000, Layout::SevenOne),
    ] {
        let count = layout.channels();
        let swell = |time: f64| 0.05 + 0.8 * (time / 3.1).sin().abs();
        let sound: Vec<_> = (0..count).map(|seed| noises(seed as u64 + 20, swell, 12)).collect();
        let mode = ebur128::Mode::I | ebur128::Mode::TRUE_PEAK;
        let mut other = ebur128::EbuR128::new(count as u32, rate, mode).unwrap();
        if count == 8 {
            use ebur128::Channel::{Center, Left, LeftSurround, Right, RightSurround, Unused};
            let sides = [LeftSurround, RightSurround, LeftSurround, RightSurround];
            other.set_channel_map(&[&[Left, Right, Center, Unused], &sides[..]].concat()).unwrap();
        }
        let channels: Vec<&[f32]> = sound.iter().map(Vec::as_slice).collect();
        other.add_frames_planar_f32(&channels).unwrap();
        let peaks = (0..count as u32).map(|channel| other.true_peak(channel).unwrap());
        let peak = 20.0 * peaks.fold(0.0, f64::max).log10();
        let meter = Loudness::new(layout, rate).unwrap();
        let found = measure(&Samples::from_channels(sound), meter);
        let apart = found.integrated.unwrap() - other.loudness_global().unwrap();
        assert!(apart.abs() < 0.01, "{rate} {layout:?}: {apart} LU");
        let apart = found.true_peak.unwrap() - peak;
        assert!((-0.3..=0.3).contains(&apart), "{rate} {layout:?}: {apart} dB");
    }
}

/// The lengths in which samples come, and the threads, change nothing.
#[test]
fn every_figure_is_the_same_in_blocks_of_any_length() {
    let sound = Samples::from_channels(vec![noises(31, |_| 0.4, 9), noises(32, |_| 0.5, 9)]);
    let in_blocks = |length: usize| {
        let mut meter = stereo();
        for at in (0..sound.length()).step_by(length) {
            let to = (at + length).min(sound.length());
            let part = sound.channels().iter().map(|channel| channel[at..to].to_vec());
            meter.hear(&Samples::from_channels(part.collect()));
        }
        meter.measured()
    };
    let whole = in_blocks(sound.length());
    for length in [37, 128, 1920, 16_384, 65_537] {
        assert_eq!(in_blocks(length), whole, "{length}");
    }
}
