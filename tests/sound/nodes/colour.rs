//! Saturation and noise reduction: what they add and what they take, measured by numpy.

use super::rig::{decibels, mono, numbers, numpy, power, stereo, words};
use crate::sound::film::{noise, sine};

/// The level in dB, beside the tone, of everything that is neither the tone nor an overtone of it.
const ALIASES: &str = "
y, f = sound('y')[8192:8192 + 65536], float(words[0])
p = np.abs(np.fft.rfft(y * np.blackman(65536))) ** 2
bin = f * 65536 / 48000
keep = np.ones(len(p), bool)
for k in range(0, 60):
    at = int(round(k * bin))
    if at < len(p): keep[max(0, at - 6):at + 7] = False
print(10 * np.log10(p[keep].max() / p[int(round(bin)) - 3:int(round(bin)) + 4].max()))
";

#[test]
fn saturation_makes_overtones_and_no_aliases() {
    let frequency = 48_000.0 * 6827.0 / 65_536.0;
    let input = sine(48_000, 75_008, frequency, 0.5);
    for (curve, drive, most) in
        [("tape", 12.0, -90.0), ("tube", 12.0, -80.0), ("hard", 12.0, -45.0)]
    {
        let mut values = numbers(&[("drive", drive)]);
        values.extend(words(&[("curve", curve)]));
        let out = mono(&mut *stereo("saturation", &values), &input);
        let alias = numpy(ALIASES, &[("y", &out)], &[frequency.to_string()])[0];
        assert!(alias < most, "{curve}: {alias} dB");
    }
}

#[test]
fn saturation_leaves_what_is_quiet() {
    let input = sine(48_000, 48_000 / 128 * 128, 1000.0, 1e-4);
    for curve in ["tape", "tube", "hard"] {
        let out = mono(&mut *stereo("saturation", &words(&[("curve", curve)])), &input);
        let gain = decibels(power(&out[9600..]) / power(&input[9600..]));
        assert!(gain.abs() < 0.01, "{curve}: {gain} dB");
    }
}

/// What a curve makes of a low tone, beside the curve itself: what lies above half the rate is so little that
/// both are alike.
fn bends(curve: &str, most: f64, wanted: impl Fn(f64) -> f64) {
    let input = sine(48_000, 48_000 / 128 * 128, 100.0, 0.8);
    for decibels in [0.0, 6.0, 12.0, 20.0] {
        let mut values = numbers(&[("drive", decibels)]);
        values.extend(words(&[("curve", curve)]));
        let mut saturation = stereo("saturation", &values);
        let late = saturation.latency();
        let out = mono(&mut *saturation, &input);
        let drive = 10.0_f64.powf(decibels / 20.0);
        for at in 9600..20_000 {
            let wanted = wanted(f64::from(input[at]) * drive) / drive;
            let apart = (f64::from(out[at + late]) - wanted).abs();
            assert!(apart < most, "{curve} at {decibels} dB: {apart} at {at}");
        }
    }
}

#[test]
fn tape_bends_as_the_hyperbolic_tangent() {
    bends("tape", 1e-4, f64::tanh);
}

/// The tangent from a point off its middle, of slope 1 there.
#[test]
fn a_tube_bends_one_way_more_than_the_other() {
    let middle = 0.35_f64.tanh();
    let tube = |x: f64| ((0.9 * x + 0.35).tanh() - middle) / (0.9 * (1.0 - middle * middle));
    bends("tube", 1e-4, tube);
    assert!(tube(1.0) + tube(-1.0) < -0.05, "uneven: even overtones");
}

/// The amplitudes of the overtones of a tone of 100 Hz, up to 15 kHz, of ours and of the curve's own: computed
/// a thousand times as fast.
const OVERTONES: &str = "
y, drive = sound('y')[9600:9600 + 4800], float(words[0])
ours = np.abs(np.fft.rfft(y))[10:1501:10] / 2400
x = 0.8 * np.sin(2 * np.pi * np.arange(480000) / 480000)
theirs = np.abs(np.fft.rfft(np.clip(x * drive, -1, 1) / drive))[1:151] / 240000
print(np.abs(ours - theirs).max())
";

#[test]
fn hard_clips_with_the_overtones_of_a_clipped_tone() {
    let input = sine(48_000, 48_000 / 128 * 128, 100.0, 0.8);
    for decibels in [0.0, 6.0, 12.0, 20.0] {
        let mut values = numbers(&[("drive", decibels)]);
        values.extend(words(&[("curve", "hard")]));
        let out = mono(&mut *stereo("saturation", &values), &input);
        let drive = 10.0_f64.powf(decibels / 20.0).to_string();
        let apart = numpy(OVERTONES, &[("y", &out)], &[drive])[0];
        assert!(apart < 2e-5, "{decibels} dB: {apart}");
    }
}

#[test]
fn noise_falls_by_the_reduction_and_a_tone_stays() {
    let length = 1500 * 128;
    let quiet: Vec<f32> = noise(3, length).iter().map(|sample| sample * 0.01).collect();
    let values = numbers(&[("reduction", 15.0)]);
    let out = mono(&mut *stereo("denoise", &values), &quiet);
    let fall = decibels(power(&out[96_000..]) / power(&quiet[96_000..]));
    assert!((-15.5..-12.0).contains(&fall), "{fall} dB");
    let bursts = |at: usize| if (at / 24_000).is_multiple_of(2) { 0.0 } else { 1.0 };
    let tone: Vec<f32> = sine(48_000, length, 1500.0, 0.3)
        .iter()
        .enumerate()
        .map(|(at, s)| s * bursts(at))
        .collect();
    let mixed: Vec<f32> = quiet.iter().zip(&tone).map(|(a, b)| a + b).collect();
    let mut denoise = stereo("denoise", &values);
    let late = denoise.latency();
    let out = mono(&mut *denoise, &mixed);
    let inside = 24_000 * 5 + 6000..24_000 * 6 - 6000;
    let between = 24_000 * 6 + 8000..24_000 * 7 - 4000;
    let later = |range: &std::ops::Range<usize>| range.start + late..range.end + late;
    let kept = decibels(power(&out[later(&inside)]) / power(&tone[inside]));
    assert!(kept.abs() < 0.5, "{kept} dB");
    let gone = decibels(power(&out[later(&between)]) / power(&quiet[between]));
    assert!(gone < -10.0, "{gone} dB");
}

/// The same in numpy, from the paper's outline: smoothed powers, their least within two halves of a search, and
/// Wiener's gain; the greatest distance of its samples from ours.
const TWIN: &str = "
x, y = sound('x'), sound('y')
reduction, sensitivity = float(words[0]), float(words[1])
hop, length = 256, 1024
search = int(np.ceil(0.6 * 48000 / hop))
window = np.sin(np.pi * np.arange(length) / length)
lowest, over = 10 ** (-reduction / 20), 2 * 10 ** (sensitivity / 10)
bins = length // 2 + 1
power, gain = np.zeros(bins), np.ones(bins)
now, before = np.full(bins, 1e38), np.full(bins, 1e38)
heard = np.concatenate([np.zeros(length), x])
out = np.zeros(len(heard) + length)
for m in range(len(x) // hop):
    if m % search == 0:
        now, before = np.full(bins, 1e38), now
    start = (m + 1) * hop
    s = np.fft.rfft(heard[start:start + length] * window)
    p = np.abs(s) ** 2
    power = p + 0.8 * (power - p)
    now = np.minimum(now, power)
    floor = np.minimum(now, before) * over
    wanted = np.maximum(1 - floor / np.maximum(np.maximum(power, p), 1e-30), lowest)
    gain = wanted + 0.6 * (gain - wanted)
    out[start:start + length] += np.fft.irfft(s * gain) * window / 2
print(np.abs(out[:len(y)] - y).max())
";

#[test]
fn noise_reduction_is_its_twin_to_the_sample() {
    let length = 1500 * 128;
    let bursts = |at: usize| if (at / 20_000).is_multiple_of(2) { 0.0 } else { 0.2 };
    let hiss = noise(8, length).into_iter().map(|sample| sample * 0.02);
    let tone = sine(48_000, length, 700.0, 1.0).into_iter().enumerate();
    let tone = tone.map(|(at, sample)| sample * bursts(at));
    let input: Vec<f32> = hiss.zip(tone).map(|(a, b)| a + b).collect();
    for (reduction, sensitivity) in [(12.0, 6.0), (40.0, 0.0), (20.0, 18.0)] {
        let values = numbers(&[("reduction", reduction), ("sensitivity", sensitivity)]);
        let out = mono(&mut *stereo("denoise", &values), &input);
        let words = [reduction.to_string(), sensitivity.to_string()];
        let apart = numpy(TWIN, &[("x", &input), ("y", &out)], &words)[0];
        assert!(apart < 2e-6, "{reduction} dB, {sensitivity} dB: {apart}");
    }
}
