//! Compressor, gate and de-esser: their static curves and their times, against closed forms.

use super::rig::{decibels, mono, numbers, power, run, stereo};
use crate::sound::film::{noise, sine};

/// The level, in dB, of the last half second.
fn level(samples: &[f32]) -> f64 {
    decibels(power(&samples[samples.len() - 24_000..]))
}

/// A sine with so many dB of peak.
fn tone(frequency: f64, peak: f64, seconds: usize) -> Vec<f32> {
    sine(48_000, 48_000 * seconds, frequency, 10.0_f64.powf(peak / 20.0))
}

/// The curve of Giannoulis, Massberg and Reiss (2012), equation 4.
fn compressed(level: f64, threshold: f64, ratio: f64, knee: f64) -> f64 {
    let over = level - threshold;
    if 2.0 * over < -knee {
        level
    } else if 2.0 * over.abs() <= knee && knee > 0.0 {
        level + (1.0 / ratio - 1.0) * (over + knee / 2.0).powi(2) / (2.0 * knee)
    } else {
        threshold + over / ratio
    }
}

#[test]
fn a_compressor_has_its_static_curve() {
    for (ratio, knee) in [(2.5, 6.0), (4.0, 0.0), (100.0, 12.0)] {
        for peak in [-40.0, -27.0, -24.0, -22.0, -18.0, -6.0, 0.0] {
            let values = numbers(&[("ratio", ratio), ("knee", knee), ("make_up", 3.0)]);
            let input = tone(1000.0, peak, 2);
            let out = mono(&mut *stereo("compressor", &values), &input);
            let gain = level(&out) - level(&input);
            let wanted = compressed(peak, -24.0, ratio, knee) - peak + 3.0;
            assert!((gain - wanted).abs() < 0.1, "{peak} dB at {ratio}: {gain} {wanted}");
        }
    }
}

/// Where a gain has gone `1 - 1/e` of its way, in milliseconds after `from`.
fn time(gains: &[f64], from: usize) -> f64 {
    let (first, last) = (gains[from - 1], *gains.last().unwrap());
    let wanted = first + (last - first) * (1.0 - (-1.0_f64).exp());
    let is_there = |gain: &f64| (gain - first).abs() >= (wanted - first).abs();
    gains[from..].iter().position(is_there).unwrap() as f64 / 48.0
}

/// The gain in dB at every sample of a square wave.
fn gains(id: &str, values: &[(&str, f64)], input: &[f32]) -> Vec<f64> {
    let out = mono(&mut *stereo(id, &numbers(values)), input);
    let gain = |(out, input): (&f32, &f32)| decibels(f64::from(out / input).powi(2));
    out.iter().zip(input).map(gain).collect()
}

/// A square wave of 1 kHz whose level steps from one to another after a second.
fn step(before: f64, after: f64) -> Vec<f32> {
    let level = |sample: usize| if sample < 48_000 { before } else { after };
    let sign = |sample: usize| if (sample / 24).is_multiple_of(2) { 1.0 } else { -1.0 };
    (0..144_000 / 128 * 128).map(|at| (sign(at) * 10.0_f64.powf(level(at) / 20.0)) as f32).collect()
}

#[test]
fn attack_and_release_take_their_time() {
    for (attack, release) in [(10.0, 120.0), (30.0, 60.0), (5.0, 250.0)] {
        let values = [("attack", attack), ("release", release), ("knee", 0.0), ("ratio", 4.0)];
        let down = time(&gains("compressor", &values, &step(-40.0, -4.0)), 48_000);
        assert!((down / attack - 1.0).abs() < 0.05, "attack {attack} ms: {down}");
        let up = time(&gains("compressor", &values, &step(-4.0, -40.0)), 48_000);
        assert!(((up - 5.0) / release - 1.0).abs() < 0.05, "release {release} ms: {up}");
    }
}

#[test]
fn look_ahead_acts_before_the_peak() {
    let out = |look_ahead| {
        let values = numbers(&[("look_ahead", look_ahead), ("attack", 1.0), ("ratio", 100.0)]);
        let mut compressor = stereo("compressor", &values);
        let late = compressor.latency();
        let heard = mono(&mut *compressor, &step(-40.0, 0.0));
        heard[48_000 + late..].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()))
    };
    assert!(out(0.0) > 0.9);
    let limited = 20.0 * f64::from(out(5.0)).log10();
    assert!(limited < -23.0 + 0.5, "{limited}");
}

#[test]
fn a_key_is_measured_instead() {
    let quiet = vec![noise(1, 96_000 / 128 * 128); 2];
    let loud = vec![tone(500.0, 0.0, 2); 2];
    let nothing = vec![vec![0.0; 96_000]; 2];
    let values = numbers(&[("threshold", -20.0), ("ratio", 4.0), ("knee", 0.0)]);
    let heard = |key: Option<&[Vec<f32>]>| {
        let out = run(&mut *stereo("compressor", &values), &quiet, key, 0);
        level(&out[0]) - level(&quiet[0])
    };
    assert!((heard(Some(&loud)) + 15.0).abs() < 0.1);
    assert_eq!(heard(Some(&nothing)), 0.0);
    assert!(heard(None) < -5.0);
}

#[test]
fn channels_are_turned_down_together() {
    let input = [tone(1000.0, -6.0, 1), tone(300.0, -40.0, 1)];
    let out = run(&mut *stereo("compressor", &numbers(&[])), &input, None, 0);
    let fall = |channel: usize| level(&out[channel]) - level(&input[channel]);
    assert!((fall(0) - fall(1)).abs() < 0.05 && fall(0) < -10.0);
}

#[test]
fn a_gate_has_its_curve_and_its_two_thresholds() {
    for (peak, wanted) in [(-30.0, 0.0), (-51.0, -6.0), (-90.0, -20.0)] {
        let values = numbers(&[("range", 20.0), ("hysteresis", 4.0)]);
        let input = tone(1000.0, peak, 2);
        let gain = level(&mono(&mut *stereo("gate", &values), &input)) - level(&input);
        assert!((gain - wanted).abs() < 0.1, "{peak} dB: {gain}");
    }
    let values = [("range", 20.0), ("hysteresis", 4.0), ("ratio", 100.0)];
    let between = gains("gate", &values, &step(-30.0, -47.0));
    assert!(between.last().unwrap().abs() < 0.01, "it stays open");
    let rising = gains("gate", &values, &step(-60.0, -47.0));
    assert!((rising.last().unwrap() + 20.0).abs() < 0.01, "it stays closed");
    let closing = gains("gate", &values, &step(-30.0, -60.0));
    assert!(closing[48_000 + 70 * 48].abs() < 0.01, "it holds");
    let release = time(&closing, 48_000) - 80.0;
    assert!((release / 150.0 - 1.0).abs() < 0.05, "{release} ms");
}

#[test]
fn a_de_esser_softens_what_is_sharp_and_leaves_the_rest() {
    let values = numbers(&[("threshold", -30.0), ("ratio", 4.0), ("range", 12.0)]);
    let fall =
        |input: &[f32]| level(&mono(&mut *stereo("de_esser", &values), input)) - level(input);
    assert_eq!(fall(&tone(300.0, -6.0, 1)), 0.0);
    let sharp = fall(&tone(10_000.0, -6.0, 1));
    assert!((-12.2..-7.0).contains(&sharp), "{sharp} dB");
    let mixed: Vec<f32> =
        tone(300.0, -6.0, 1).iter().zip(tone(9000.0, -12.0, 1)).map(|(a, b)| a + b).collect();
    let out = mono(&mut *stereo("de_esser", &values), &mixed);
    let script = "
x, y = sound('x')[24000:], sound('y')[24000:]
w = np.hanning(len(x))
for f in (300, 9000):
    e = np.exp(-2j * np.pi * f / 48000 * np.arange(len(x))) * w
    print(20 * np.log10(abs((y * e).sum()) / abs((x * e).sum())))
";
    let lines = super::rig::numpy(script, &[("x", &mixed), ("y", &out)], &[]);
    assert!(lines[0].abs() < 0.1 && lines[1] < -6.0, "{lines:?}");
}
