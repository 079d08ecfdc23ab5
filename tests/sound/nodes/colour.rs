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

#[test]
fn tape_bends_as_the_hyperbolic_tangent() {
    let input = sine(48_000, 48_000 / 128 * 128, 100.0, 0.8);
    let mut saturation = stereo("saturation", &numbers(&[("drive", 12.0)]));
    let late = saturation.latency();
    let out = mono(&mut *saturation, &input);
    let drive = 10.0_f64.powf(12.0 / 20.0);
    for at in 9600..20_000 {
        let wanted = (f64::from(input[at]) * drive).tanh() / drive;
        assert!((f64::from(out[at + late]) - wanted).abs() < 1e-3, "{at}");
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
