//! One generator on the bench: a stretch of it, and what scipy says of that.

use crate::sound::nodes::numpy;
use crate::sound::nodes::words;
pub use crate::sound::nodes::{Values, numbers};
use roomtone::signal::Samples;
use roomtone::sound::Library;
use roomtone::sound::automation::Clock;
use roomtone::sound::generators::{self, Generate, Generator};
use roomtone::sound::node::Setup;
use timeline_format::mix::Layout;

pub const RATE: usize = 48_000;

/// A generator at 48 kHz; keyframes count in seconds.
pub fn built(generator: &Generator, values: &Values) -> Box<dyn Generate> {
    built_in(Library::default(), generator, values)
}

/// The same, in a film that has sounds.
pub fn built_in(library: Library<'_>, generator: &Generator, values: &Values) -> Box<dyn Generate> {
    let clock = Clock::of_sequence("1".parse().unwrap(), RATE as u32);
    (generator.build)(&Setup {
        sample_rate: RATE as u32,
        layout: Layout::Stereo,
        values,
        clock,
        content: clock,
        library,
    })
}

/// So many seconds of a generator from sample `from` on.
pub fn sounded(id: &str, stated: &[(&str, f64)], from: i64, seconds: usize) -> [Vec<f32>; 2] {
    heard(id, &numbers(stated), from, seconds)
}

/// The same, of one whose values are stated in words.
pub fn sounded_with(id: &str, stated: &[(&str, &str)], from: i64, seconds: usize) -> [Vec<f32>; 2] {
    heard(id, &words(stated), from, seconds)
}

fn heard(id: &str, values: &Values, from: i64, seconds: usize) -> [Vec<f32>; 2] {
    let generator = generators::find(id).unwrap();
    let mut out = Samples::silence(generator.channels, seconds * RATE);
    built(generator, values).fill(from, &mut out);
    let left = out.channels()[0].clone();
    let right = out.channels().last().unwrap().clone();
    [left, right]
}

/// What scipy measures of a sound: `x` and `y` are its channels, `rate` its rate, and
///
/// - `density(x)` is `(frequencies, density)`: Welch's spectrum, in mean square a Hz;
/// - `thirds(x)` is `(middles, dB)`: its levels in thirds of octaves from 50 Hz to 16 kHz;
/// - `slope(x, low, high)` is how its density falls, in dB an octave;
/// - `band(x, low, high)` is the sound of a band, `rms(x)` its level in dB;
/// - `envelope(x, rate_out)` is its height, so many times a second;
/// - `lufs(x, y)` is their loudness after ITU-R BS.1770, without gates.
pub fn measured(sound: &[Vec<f32>; 2], script: &str) -> Vec<f64> {
    numpy(&format!("{TOOLS}{script}"), &[("x", &sound[0]), ("y", &sound[1])], &[])
}

const TOOLS: &str = "
from scipy import signal
rate = 48000
x, y = sound('x'), sound('y')
def density(x, size=16384):
    return signal.welch(x, rate, nperseg=size)
def thirds(x):
    f, p = density(x)
    middles = 1000 * 2 ** (np.arange(-13, 13) / 3)
    level = lambda m: 10 * np.log10(p[(f >= m * 2 ** (-1 / 6)) & (f < m * 2 ** (1 / 6))].sum() * f[1] + 1e-30)
    return middles, np.array([level(m) for m in middles])
def slope(x, low, high):
    f, p = density(x)
    middles = low * 2 ** np.arange(0, np.log2(high / low), 1 / 3)
    mean = lambda m: p[(f >= m * 2 ** (-1 / 6)) & (f < m * 2 ** (1 / 6))].mean()
    return np.polyfit(np.log2(middles), [10 * np.log10(mean(m)) for m in middles], 1)[0]
def band(x, low, high):
    return signal.sosfilt(signal.butter(4, [low, high], 'band', fs=rate, output='sos'), x)
def rms(x):
    return 10 * np.log10(np.mean(x ** 2) + 1e-30)
def envelope(x, rate_out=200):
    hop = rate // rate_out
    count = len(x) // hop
    return np.sqrt((x[:count * hop].reshape(count, hop) ** 2).mean(axis=1))
def lufs(x, y):
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585]
    high = [1, -2, 1], [1, -1.99004745483398, 0.99007225036621]
    weighted = [signal.lfilter(*high, signal.lfilter(*shelf, z)) for z in (x, y)]
    return -0.691 + 10 * np.log10(sum(np.mean(z ** 2) for z in weighted) + 1e-30)
";
