//! Other speeds, measured: distortion and noise, what folds down, and against scipy.

use super::film::{Film, Sound, hard, item, noise, sine};
use super::nodes::numpy;
use timeline_format::Ratio;
use timeline_format::mix::Layout;

/// A second and a half of a sound, played at `top / bottom` of its speed.
fn at_speed(channel: Vec<f32>, (top, bottom): (i128, i128)) -> Vec<f32> {
    let mut film = Film::new("24", 48_000);
    film.sound("a", Sound::new(48_000, vec![channel]));
    let mut clip = hard("a", 0);
    clip.speed = Ratio::new(top, bottom).unwrap();
    film.track("t1", vec![item("c1", 36, clip)]);
    film.bounce(Layout::Mono).channels()[0].clone()
}

/// What is not the tone, beside it, in dB: distortion, noise and all.
const REST: &str = "
y = sound('y')[2000:2000 + 65536] * np.kaiser(65536, 24)
p = np.abs(np.fft.rfft(y)) ** 2
at = int(np.argmax(p))
tone = p[max(0, at - 14):at + 15].sum()
print(10 * np.log10((p[14:].sum() - tone) / tone))
";

#[test]
fn a_tone_at_another_speed_is_a_tone() {
    for speed in [(4, 5), (5, 4), (3, 2), (1, 3), (24, 25), (-7, 8), (2, 1)] {
        let input = sine(48_000, 48_000 * 4, 997.0, 0.7);
        let rest = numpy(REST, &[("y", &at_speed(input, speed))], &[])[0];
        assert!(rest < -110.0, "{speed:?}: {rest} dB");
    }
}

#[test]
fn what_would_fold_down_is_gone() {
    for (speed, frequency) in [((2, 1), 14_000.0), ((3, 2), 18_000.0), ((4, 1), 9000.0)] {
        let heard = at_speed(sine(48_000, 48_000 * 7, frequency, 0.7), speed);
        let middle = &heard[4000..60_000];
        let power: f64 = middle.iter().map(|sample| f64::from(*sample).powi(2)).sum();
        let level = 10.0 * (power / middle.len() as f64 / 0.245 + 1e-30).log10();
        assert!(level < -90.0, "{speed:?}: {level} dB");
    }
}

#[test]
fn other_speeds_are_those_of_scipy() {
    let script = "
from scipy import signal
x, y, top, bottom = sound('x'), sound('y'), int(words[0]), int(words[1])
taps = signal.firwin(4001, 0.97 / max(top, bottom), window=('kaiser', 14))
z = signal.resample_poly(x, bottom, top, window=taps)[:len(y)]
y, z = y[4000:-4000] * np.hanning(len(y) - 8000), z[4000:-4000] * np.hanning(len(y) - 8000)
band = slice(0, int(len(y) / 2 * 0.8 * min(top / bottom, bottom / top)))
rest = np.abs(np.fft.rfft(y - z)[band]) ** 2
print(10 * np.log10(rest.sum() / (np.abs(np.fft.rfft(z)[band]) ** 2).sum()))
";
    for (top, bottom) in [(5, 4), (3, 2), (2, 3), (1, 2)] {
        let input = noise(11, 48_000 * 4);
        let heard = at_speed(input.clone(), (top, bottom));
        let words = [top.to_string(), bottom.to_string()];
        let rest = numpy(script, &[("x", &input), ("y", &heard)], &words)[0];
        assert!(rest < -70.0, "{top}/{bottom}: {rest} dB");
    }
}
