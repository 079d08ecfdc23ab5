//! The ducker: its threshold on loudness against a closed form and scipy, its look-ahead against itself.

use super::rig::{Values, node, numbers, numpy, run, stereo, words};
use crate::sound::film::{noise, sine};
use roomtone::sound::quantum::QUANTUM;

const SECOND: usize = 48_000;

fn settings(stated: &[(&str, f64)], measure: &str) -> Values {
    let mut values = numbers(stated);
    values.extend(words(&[("measure", measure)]));
    values
}

/// The gain at every sample of a ducker that hears `key`.
fn gains(values: &Values, key: &[Vec<f32>]) -> Vec<f32> {
    let mut duck = stereo("duck", values);
    let ones = vec![vec![1.0; key[0].len()]; 2];
    run(&mut *duck, &ones, Some(key), 0).swap_remove(0)
}

/// A tone of so many dBFS in both channels is as many LUFS loud. It passes a threshold 10 dB below as soon
/// as it fills a tenth of the window of 0.4 s, and until it fills less.
#[test]
fn loudness_passes_the_threshold_when_the_window_is_full_enough() {
    let key = &settings(
        &[("threshold", -30.0), ("depth", 12.0), ("hold", 0.0), ("fade", 1.0)],
        "loudness",
    );
    let (start, length) = (10_000, SECOND);
    let mut tone = vec![0.0; start];
    tone.extend(sine(SECOND as u32, length, 997.0, 0.1));
    tone.resize(3 * SECOND, 0.0);
    let gains = gains(key, &[tone.clone(), tone]);
    let is_low = |gain: &f32| *gain < 0.6;
    let first = gains.iter().position(is_low).unwrap();
    let last = gains.iter().rposition(is_low).unwrap();
    let (opens, shuts) = (start + SECOND / 25, start + length + SECOND * 36 / 100);
    assert!(first.abs_diff(opens) < 100, "it opens at {first}, not {opens}");
    assert!(last.abs_diff(shuts) < 100, "it shuts at {last}, not {shuts}");
    assert!(gains[first + 100..last - 100].iter().all(|gain| (gain - 0.2512).abs() < 1e-3));
    assert!(gains[last + 100..].iter().all(|gain| *gain == 1.0));
}

const MOMENTARY: &str = "
from scipy.signal import lfilter
key = [sound('left'), sound('right')]
b, a = [1.53512485958697, -2.69169619940638, 1.19839281085285], [1, -1.69065929318241, .73248077421585]
h, g = [1, -2, 1], [1, -1.99004745483398, .99007225036621]
power = sum(lfilter(h, g, lfilter(b, a, x)) ** 2 for x in key)
window = 19200
mean = np.cumsum(np.concatenate([np.zeros(window), power]))
mean = (mean[window:] - mean[:-window]) / window
is_open = -0.691 + 10 * np.log10(mean + 1e-30) > -34
hold, fade, low = 4800, 2400, 10 ** (-9 / 20)
last = np.maximum.accumulate(np.where(is_open, np.arange(len(power)), -10 ** 9))
wanted = np.where(np.arange(len(power)) - last < hold, low, 1.0)
gain = np.cumsum(np.concatenate([np.ones(fade), wanted]))
gain = (gain[fade:] - gain[:-fade]) / fade
print(*gain[::50])
";

#[test]
fn ducking_by_loudness_is_what_scipy_makes_of_it() {
    let values = settings(
        &[("threshold", -34.0), ("depth", 9.0), ("hold", 100.0), ("fade", 50.0)],
        "loudness",
    );
    let length = 4 * SECOND / QUANTUM * QUANTUM;
    let mut key = [noise(1, length), noise(2, length)];
    for channel in &mut key {
        for (at, sample) in channel.iter_mut().enumerate() {
            let level = [0.001, 0.2, 0.02, 0.0, 0.05, 0.3, 0.0, 0.0][at * 8 / length];
            *sample *= level;
        }
    }
    let wanted = numpy(MOMENTARY, &[("left", &key[0]), ("right", &key[1])], &[]);
    let gains = gains(&values, &key);
    let low = gains.iter().filter(|gain| **gain < 0.4).count();
    assert!((20_000..length - 20_000).contains(&low), "it opens and shuts: {low}");
    for (index, wanted) in wanted.iter().enumerate() {
        let gain = f64::from(gains[index * 50]);
        assert!((gain - wanted).abs() < 2e-3, "sample {}: {gain} {wanted}", index * 50);
    }
}

#[test]
fn loudness_forgets_what_is_long_ago_to_the_bit() {
    let values = settings(&[("threshold", -40.0), ("hold", 50.0), ("fade", 20.0)], "loudness");
    let mut duck = stereo("duck", &values);
    let memory = duck.memory().next_multiple_of(QUANTUM) + QUANTUM;
    let length = memory + 64 * QUANTUM;
    let key = |seed| {
        let mut key = noise(seed, length);
        key.iter_mut().enumerate().for_each(|(at, it)| *it *= (at as f32 / 9000.0).sin() * 0.03);
        key
    };
    let ones = |length: usize| vec![vec![1.0; length]; 2];
    let key = [key(1), key(2)];
    let whole = run(&mut *duck, &ones(length), Some(&key), 0);
    duck.reset();
    let late = 16 * QUANTUM;
    let part = [key[0][late..].to_vec(), key[1][late..].to_vec()];
    let part = run(&mut *duck, &ones(length - late), Some(&part), late);
    assert!(whole[0][late + memory..] == part[0][memory..]);
    assert_eq!(node("duck").sides.len(), 1);
}

#[test]
fn a_look_ahead_is_the_same_gain_on_a_sound_that_is_late() {
    let plain = numbers(&[("hold", 20.0), ("fade", 30.0)]);
    let mut ahead = plain.clone();
    ahead.extend(numbers(&[("look_ahead", 37.5)]));
    let late = 1800;
    let length = 200 * QUANTUM;
    let mut key = vec![0.0; length];
    key[7000..9000].fill(0.5);
    let key = vec![key; 2];
    let gains = gains(&plain, &key);
    let input = noise(3, length);
    let mut duck = stereo("duck", &ahead);
    assert_eq!(duck.latency(), late);
    let heard = run(&mut *duck, &[input.clone(), input.clone()], Some(&key), 0).swap_remove(0);
    assert!(heard[..late].iter().all(|sample| *sample == 0.0));
    for at in late..length {
        assert!((heard[at] - input[at - late] * gains[at]).abs() < 1e-7, "{at}");
    }
}
