//! Matched room tone: learned while somebody speaks, held against what it did not hear.

use super::rig::{RATE, Values, built_in, measured, numbers};
use crate::sound::film::{Film, Sound, noise};
use roomtone::signal::Samples;
use roomtone::sound::Library;
use roomtone::sound::generators;
use timeline_format::{Param, Value};

const SECONDS: usize = 30;

/// A room: noise that falls, a hum at 100 Hz, the right channel half its own.
fn room(seed: u64) -> [Vec<f32>; 2] {
    let (one, other) = (noise(seed, SECONDS * RATE), noise(seed + 1, SECONDS * RATE));
    let mut low = [0.0_f32; 2];
    let mut channels = [Vec::new(), Vec::new()];
    for (at, (a, b)) in one.iter().zip(&other).enumerate() {
        low[0] += 0.04 * (a - low[0]);
        low[1] += 0.04 * (0.7 * a + 0.7 * b - low[1]);
        let turn = std::f64::consts::TAU * 100.02 * at as f64 / RATE as f64;
        let hum = 1e-3 * turn.sin() as f32;
        channels[0].push(0.02 * low[0] + 1e-4 * a + hum);
        channels[1].push(0.02 * low[1] + 1e-4 * b + 0.5 * hum);
    }
    channels
}

/// Somebody who speaks six tenths of the time, 30 dB above the room.
fn speech(room: &[Vec<f32>; 2]) -> Vec<Vec<f32>> {
    let voice = noise(99, SECONDS * RATE);
    let speaks = |at: usize| at % RATE < RATE * 6 / 10;
    let said = |channel: &Vec<f32>| {
        let mut low = 0.0_f32;
        let add = |(at, (sample, voice)): (usize, (&f32, &f32))| {
            low += 0.2 * (voice - low);
            if speaks(at) { sample + 0.3 * low } else { *sample }
        };
        channel.iter().zip(&voice).enumerate().map(add).collect()
    };
    room.iter().map(said).collect()
}

fn matched(recording: Vec<Vec<f32>>) -> [Vec<f32>; 2] {
    matched_at(recording, 0.0)
}

fn matched_at(recording: Vec<Vec<f32>>, gain: f64) -> [Vec<f32>; 2] {
    let mut film = Film::new("24", RATE as u32);
    film.sound("a", Sound::new(RATE as u32, recording));
    let mut values: Values = numbers(&[("to", 10.0), ("gain", gain)]);
    values.insert("like".into(), Param::Constant(Value::Text("a".into())));
    let generator = generators::find("matched_tone").unwrap();
    let mut out = Samples::silence(2, SECONDS * RATE);
    built_in(Library::of(&film), generator, &values).fill(7_000_000, &mut out);
    [out.channels()[0].clone(), out.channels()[1].clone()]
}

/// Levels in thirds of octaves: learned from ten seconds with speech, against the whole of the same room
/// without it, of another seed.
#[test]
fn it_is_the_room_without_what_was_said() {
    let tone = matched(speech(&room(3)));
    let other = room(500);
    for side in 0..2 {
        let script = "
_, a = thirds(x)
_, b = thirds(y)
d = a - b
print(np.sqrt(np.mean(d ** 2)), np.abs(d).max())
";
        let off = measured(&[tone[side].clone(), other[side].clone()], script);
        assert!(off[0] <= 1.0 && off[1] <= 2.0, "channel {side}: {off:?}");
    }
}

#[test]
fn its_hum_stands_where_it_was_and_its_sides_are_as_alike() {
    let script = "
f, p = density(x, 1 << 17)
near = np.abs(f - 100.02) < 3
at = f[near][np.argmax(p[near])]
print(at, 20 * np.log10(np.sqrt(2 * p[np.abs(f - at) < 1.2].sum() * f[1])))
f, c = signal.csd(x, y, rate, nperseg=4096)
g = lambda z: signal.welch(z, rate, nperseg=4096)[1]
c = np.real(c) / np.sqrt(g(x) * g(y))
print(c[(f > 300) & (f < 1200)].mean())
";
    let ours = measured(&matched(speech(&room(3))), script);
    let real = measured(&room(3), script);
    assert!((ours[0] - 100.02).abs() < 0.4, "{ours:?}");
    assert!((ours[1] - real[1]).abs() < 1.0, "{ours:?} {real:?}");
    assert!((ours[2] - real[2]).abs() < 0.1, "{ours:?} {real:?}");
}

/// Where the room ends and the tone begins there is no step: half a decibel of loudness at most.
#[test]
fn a_splice_is_as_loud_on_both_sides() {
    let room = room(3);
    let tone = matched(room.to_vec());
    let loudness = |sound: &[Vec<f32>; 2]| measured(sound, "print(lufs(x, y))")[0];
    let step = loudness(&tone) - loudness(&room);
    assert!(step.abs() < 0.5, "{step}");
}

#[test]
fn its_gain_is_a_gain_and_without_a_recording_it_is_silent() {
    let room = room(3);
    let (tone, quiet) = (matched(room.to_vec()), matched_at(room.to_vec(), -6.0));
    let factor = 10.0_f32.powf(-0.3);
    let off = tone[0].iter().zip(&quiet[0]).map(|(tone, quiet)| (tone * factor - quiet).abs());
    assert!(off.fold(0.0, f32::max) < 1e-7);
    let [none, _] = super::rig::sounded("matched_tone", &[], 0, 1);
    assert!(none.iter().all(|sample| *sample == 0.0));
}
