//! Convolution against scipy, and the model of a room against its formulas.

use super::rig::{build_in, node, numbers, numpy, run, stereo, words};
use crate::sound::film::{Film, Sound, id, noise};
use roomtone::sound::Library;
use timeline_format::mix::Layout;
use timeline_format::{Param, Value};

#[test]
fn convolution_is_that_of_scipy_for_any_length() {
    let input = [noise(1, 150 * 128), noise(2, 150 * 128)];
    let script = "
from scipy import signal
for c in (0, 1):
    y = signal.fftconvolve(sound(f'x{c}'), sound(f'h{c}'))[:len(sound('y0'))]
    print(np.abs(y - sound(f'y{c}')).max() / np.abs(y).max())
";
    for length in [1, 127, 128, 129, 4096, 4097, 6000, 13_001] {
        let mut film = Film::new("24", 48_000);
        let fading = |seed: u64| -> Vec<f32> {
            let fall = |at: usize| (-3.0 * at as f32 / length as f32).exp();
            noise(seed, length).iter().enumerate().map(|(at, s)| s * fall(at)).collect()
        };
        let h = vec![fading(3), fading(4)];
        film.sound("hall", Sound::new(48_000, h.clone()));
        let mut values = numbers(&[("mix", 100.0)]);
        values.extend(words(&[("levelling", "as-is"), ("impulse", "hall")]));
        let library = Library::of(&film);
        let node = node("convolution");
        let mut hall = build_in(library, node, &values, Layout::Stereo, 48_000);
        assert_eq!(hall.latency(), 0);
        let out = run(&mut *hall, &input, None, 3 * 128);
        let sounds: [(&str, &[f32]); 6] = [
            ("x0", &input[0]),
            ("x1", &input[1]),
            ("h0", &h[0]),
            ("h1", &h[1]),
            ("y0", &out[0]),
            ("y1", &out[1]),
        ];
        for apart in numpy(script, &sounds, &[]) {
            assert!(apart < 1e-6, "{length} samples: {apart}");
        }
    }
}

#[test]
fn an_impulse_response_of_another_rate_is_converted() {
    let mut film = Film::new("24", 48_000);
    let mut h = vec![0.0; 9600];
    h[4800] = 1.0;
    film.sound("hall", Sound::new(96_000, vec![h]));
    let mut values = numbers(&[("mix", 100.0)]);
    values.extend(words(&[("impulse", "hall")]));
    let library = Library::of(&film);
    let mut hall = build_in(library, node("convolution"), &values, Layout::Stereo, 48_000);
    let mut input = vec![vec![0.0; 64 * 128]; 2];
    input[0][10] = 1.0;
    let out = run(&mut *hall, &input, None, 0);
    let peak = (0..out[0].len()).max_by(|a, b| out[0][*a].total_cmp(&out[0][*b]));
    assert_eq!(peak, Some(2410));
}

#[test]
fn a_missing_impulse_response_is_a_problem_and_changes_nothing() {
    let mut film = Film::new("24", 48_000);
    film.sound("a", Sound::new(48_000, vec![noise(1, 48_000)]));
    let track = film
        .track("t1", vec![crate::sound::film::item("c1", 20, crate::sound::film::hard("a", 0))]);
    track.header.strip.nodes.push(timeline_format::mix::NodeInstance {
        id: id("n1"),
        kind: "convolution".into(),
        bypass: false,
        values: [("impulse".to_owned(), Param::Constant(Value::Text("nowhere".into())))].into(),
        wires: std::collections::BTreeMap::new(),
        extra: timeline_format::Extra::new(),
    });
    let (_, problems) =
        roomtone::sound::Mix::new(&film.timeline(), id("main"), &film, Layout::Stereo);
    assert!(problems.iter().any(|problem| problem.code == "sound-node-media"), "{problems:?}");
}

/// Octave bands' decay by Schroeder's integration over the tail, then the level in dB of each arrival of
/// the first order beside the direct sound, less what the formula says.
const ROOM: &str = r"
from scipy import signal
h = sound('h')
for f in (1000, 8000):
    sos = signal.butter(4, [f / np.sqrt(2), f * np.sqrt(2)], 'band', fs=48000, output='sos')
    b = signal.sosfiltfilt(sos, h)[4000:]
    e = np.cumsum(b[::-1] ** 2)[::-1]
    d = 10 * np.log10(e / e[0] + 1e-30)
    i, j = np.argmax(d < -3), np.argmax(d < -23)
    print(3 * (j - i) / 48000)
size = np.array([5.0, 6.5, 2.8])
distance = 2.5
source = np.array([size[0] * 0.47, (size[1] - distance) * 0.44, size[2] * 0.45])
listener = np.array([size[0] * 0.5, source[1] + distance, size[2] * 0.47])
direct = np.linalg.norm(source - listener)
fine = signal.resample(h[:4096], 8 * 4096)
def level(seconds):
    at = int(seconds * 48000 * 8)
    return np.abs(fine[at - 4:at + 5]).max()
first = level(direct / 343)
for axis in range(3):
    for wall in (0, size[axis]):
        image = source.copy()
        image[axis] = 2 * wall - image[axis]
        away = np.linalg.norm(image - listener)
        print(20 * np.log10(level(away / 343) / first / (direct / away * np.sqrt(0.8))))
";

#[test]
fn a_room_has_its_first_reflections_and_eyrings_decay() {
    let values = numbers(&[("mix", 100.0), ("absorption", 20.0), ("absorption_high", 30.0)]);
    let node = node("room");
    let mut room = super::rig::build(node, &values, Layout::Mono, 48_000);
    let mut input = vec![vec![0.0; 512 * 128]];
    input[0][0] = 1.0;
    let h = run(&mut *room, &input, None, 0).swap_remove(0);
    let found = numpy(ROOM, &[("h", &h)], &[]);
    let (volume, surface) = (5.0 * 6.5 * 2.8, 2.0 * (5.0 * 6.5 + 6.5 * 2.8 + 2.8 * 5.0));
    let eyring = |absorbed: f64, air: f64| {
        0.161 * volume / (-surface * (1.0 - absorbed).ln() + 4.0 * air * volume)
    };
    let [middle, high] = [eyring(0.2, 0.0011), eyring(0.3, 0.024)];
    assert!((found[0] / middle - 1.0).abs() < 0.1, "1 kHz: {} s for {middle}", found[0]);
    assert!((found[1] / high - 1.0).abs() < 0.12, "8 kHz: {} s for {high}", found[1]);
    for level in &found[2..] {
        assert!(level.abs() < 2.5, "{found:?}");
    }
}

#[test]
fn a_room_is_the_same_room_each_time_and_wide() {
    let values = numbers(&[("mix", 100.0)]);
    let mut input = vec![vec![0.0; 400 * 128]; 2];
    (input[0][0], input[1][0]) = (1.0, 1.0);
    let one = run(&mut *stereo("room", &values), &input, None, 0);
    assert!(one == run(&mut *stereo("room", &values), &input, None, 0));
    assert!(one[0] != one[1]);
}
