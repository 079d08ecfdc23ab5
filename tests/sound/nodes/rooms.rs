//! Echoes, rooms and walls: where they land, how they decay, and what they let through.

use super::rig::{Values, decibels, mono, numbers, numpy, power, run, stereo, words};
use crate::sound::film::{noise, sine};

fn impulse(length: usize) -> Vec<f32> {
    let mut impulse = vec![0.0; length];
    impulse[0] = 1.0;
    impulse
}

fn response(id: &str, values: &Values, length: usize) -> Vec<f32> {
    mono(&mut *stereo(id, values), &impulse(length))
}

/// A stroke of 1 kHz, some 20 ms long.
fn stroke(length: usize) -> Vec<f32> {
    let mut input = sine(48_000, length, 1000.0, 0.5);
    for (at, sample) in input.iter_mut().enumerate() {
        let turn = std::f64::consts::TAU * at as f64 / 1024.0;
        *sample *= if at < 1024 { (0.5 - 0.5 * turn.cos()) as f32 } else { 0.0 };
    }
    input
}

fn echoes(stated: &[(&str, f64)]) -> Values {
    let mut values = numbers(&[("mix", 100.0), ("high_cut", 20_000.0), ("low_cut", 20.0)]);
    values.extend(numbers(stated));
    values
}

#[test]
fn echoes_land_between_samples() {
    let input = stroke(96_000);
    let script = "
x, y = sound('x'), sound('y')
f = np.fft.rfftfreq(1 << 15, 1 / 48000)
h = np.fft.rfft(y[4000:9000], 1 << 15) / np.fft.rfft(x[:2000], 1 << 15)
band = (f > 960) & (f < 1040)
slope = np.polyfit(f[band], np.unwrap(np.angle(h[band])), 1)[0]
print(4000 / 48 - slope / (2 * np.pi) * 1000)
";
    let late = |time: f64| {
        let values = echoes(&[("time", time), ("feedback", 0.0)]);
        let out = mono(&mut *stereo("delay", &values), &input);
        numpy(script, &[("x", &input), ("y", &out)], &[])[0]
    };
    let whole = late(100.0);
    assert!((whole - 100.0).abs() < 0.05, "{whole} ms");
    assert!((late(100.01) - whole - 0.01).abs() < 0.0005);
}

#[test]
fn echoes_fall_by_the_feedback() {
    let values = echoes(&[("time", 100.0), ("feedback", 50.0)]);
    let out = mono(&mut *stereo("delay", &values), &stroke(96_000));
    let peak = |echo: usize| {
        let near = &out[echo * 4800 - 100..echo * 4800 + 1300];
        near.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()))
    };
    assert!((peak(1) - 0.5).abs() < 0.02, "{}", peak(1));
    for echo in 1..6 {
        let fall = peak(echo + 1) / peak(echo);
        assert!((fall - 0.5).abs() < 0.01, "echo {echo}: {fall}");
    }
}

#[test]
fn ping_pong_goes_from_side_to_side() {
    let mut values = numbers(&[("time", 100.0), ("feedback", 80.0), ("mix", 100.0)]);
    values.extend(words(&[("mode", "ping-pong")]));
    let input = [impulse(48_000 / 128 * 128), vec![0.0; 48_000 / 128 * 128]];
    let out = run(&mut *stereo("delay", &values), &input, None, 0);
    let heard = |channel: usize, echo: usize| {
        let from = echo * 4800 - 300;
        power(&out[channel][from..from + 1200])
    };
    for echo in 1..6 {
        let side = (echo + 1) % 2;
        assert!(heard(side, echo) > 1e-7, "echo {echo}");
        assert!(heard(1 - side, echo) < 1e-4 * heard(side, echo), "echo {echo}");
    }
}

/// Reverberation times of octave bands in seconds, by Schroeder's backward integration from -5 to -35
/// dB (ISO 3382-2); then the echo density at 100 ms (Abel and Huang 2006); then the highest line of the
/// tail's spectrum above its surroundings in dB (noise has 8).
const DECAY: &str = r"
from scipy import signal, special
h = sound('h')
for f in (500, 1000, 8000):
    sos = signal.butter(4, [f / np.sqrt(2), min(f * np.sqrt(2), 22000)], 'band', fs=48000, output='sos')
    b = signal.sosfiltfilt(sos, h)
    e = np.cumsum(b[::-1] ** 2)[::-1]
    d = 10 * np.log10(e / e[0] + 1e-30)
    i, j = np.argmax(d < -5), np.argmax(d < -35)
    print(60 / 30 * (j - i) / 48000)
w = h[4800 - 480:4800 + 480]
print(np.mean(np.abs(w) > w.std()) / special.erfc(1 / np.sqrt(2)))
n = min(32768, int(float(words[0]) * 48000 * 0.8))
t = h[4800:4800 + n] * 10 ** (3 * np.arange(n) / 48000 / float(words[0]))
p = np.convolve(np.abs(np.fft.rfft(t * np.hanning(n))) ** 2, np.ones(3) / 3, 'same')
p = p[int(100 * n / 48000):int(3000 * n / 48000)]
print(10 * np.log10((p / signal.medfilt(p, 301))[150:-150].max()))
";

#[test]
fn a_reverb_decays_as_it_says_and_is_dense() {
    for (decay, size) in [(0.6, 5.0), (1.2, 8.0), (3.0, 15.0)] {
        let values = numbers(&[
            ("decay", decay),
            ("size", size),
            ("damping", 50.0),
            ("pre_delay", 0.0),
            ("mix", 100.0),
        ]);
        let h = response("reverb", &values, ((decay * 96_000.0) as usize + 48_000) / 128 * 128);
        let found = numpy(DECAY, &[("h", &h)], &[decay.to_string()]);
        let [low, middle, high, density, line] = found[..] else { panic!("{found:?}") };
        assert!((low / decay - 1.0).abs() < 0.07, "{decay} s at 500 Hz: {low}");
        assert!((middle / decay - 1.0).abs() < 0.1, "{decay} s at 1 kHz: {middle}");
        assert!((high / decay - 0.5).abs() < 0.12, "{decay} s at 8 kHz: {high}");
        assert!(density > 0.7, "{size} m: density {density}");
        assert!(line < 18.0, "{decay} s: a line of {line} dB");
    }
}

#[test]
fn a_reverb_is_wide() {
    let values = numbers(&[("mix", 100.0)]);
    let input = noise(1, 750 * 128);
    let out = run(&mut *stereo("reverb", &values), &[input.clone(), input], None, 0);
    let product: f64 = out[0].iter().zip(&out[1]).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    let correlation = product / out[0].len() as f64 / (power(&out[0]) * power(&out[1])).sqrt();
    assert!(correlation.abs() < 0.3, "{correlation}");
    let level = decibels(power(&out[0]) / power(&noise(1, 750 * 128)));
    assert!(level.abs() < 6.0, "the room is as loud as what excites it: {level} dB");
}

#[test]
fn a_wall_lets_through_what_the_mass_law_leaves() {
    let level = |values: &Values, frequency: f64| {
        let input = sine(48_000, 375 * 128, frequency, 0.5);
        let out = mono(&mut *stereo("through", values), &input);
        decibels(power(&out[24_000..]) / power(&input[24_000..]))
    };
    let masses: [(&str, f64, &[f64]); 5] = [
        ("window", 10.0, &[250.0, 500.0, 1000.0, 1500.0]),
        ("door", 9.0, &[250.0, 500.0, 1000.0]),
        ("heavy-door", 30.0, &[100.0, 200.0, 400.0]),
        ("brick-wall", 220.0, &[60.0, 100.0]),
        ("curtain", 0.9, &[500.0, 1000.0, 4000.0, 10_000.0]),
    ];
    for (obstacle, mass, frequencies) in masses {
        for frequency in frequencies {
            let law = (20.0 * (mass * frequency).log10() - 47.0).max(0.0);
            let heard = level(&words(&[("obstacle", obstacle)]), *frequency);
            assert!((heard + law).abs() < 0.5, "{obstacle}, {frequency} Hz: {heard} for {law}");
        }
    }
    let far = numbers(&[("distance", 10.0)]);
    assert!((level(&far, 500.0) + 20.0).abs() < 0.2);
    let open = {
        let mut values = words(&[("obstacle", "brick-wall")]);
        values.extend(numbers(&[("opening", 10.0)]));
        values
    };
    assert!((level(&open, 1000.0) + 10.0).abs() < 0.2, "a tenth of the power comes in");
}
