//! Gains, pans, fades and buses against numpy, and routing.

use super::film::{Film, Sound, bytes, clip, hard, id, item, layer, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::signal::Samples;
use roomtone::sound::{Mix, Stem, stems};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, PanLaw, Send, Strip};
use timeline_format::parameter::{Curve, Ease, Follow, Key, Value};
use timeline_format::{Extra, Fade, FadeShape, Frames, Param, Role};

fn bus(name: &str, layout: Layout, role: Option<Role>) -> Bus {
    let strip = Strip::default();
    Bus { name: name.into(), role, layout, strip, extra: Extra::new() }
}

fn moving(keys: &[(i64, f64)]) -> Param {
    let keys = keys.iter().map(|(at, value)| Key {
        at: Frames::whole(*at),
        value: Value::Number(*value),
        ease: Ease::Linear,
    });
    Param::Animated(Curve { keys: keys.collect(), follow: Follow::Clip })
}

/// Three layers with everything that a number can say of them.
fn layered() -> Film {
    let mut film = Film::new("25", 48_000);
    for (name, seed) in [("a", 1), ("b", 2)] {
        let sound = Sound::new(48_000, vec![noise(seed, 96_000), noise(seed + 10, 96_000)]);
        film.sound(name, sound);
    }
    film.sound("m", Sound::new(48_000, vec![noise(3, 96_000)]));
    let mut first = hard("a", 1000);
    first.sound.gain = Some(moving(&[(5, -20.0), (15, 3.0)]));
    first.sound.fade_in = Some(Fade { length: Frames::whole(4), shape: FadeShape::EqualPower });
    let mut second = hard("b", 0);
    second.sound.fade_out = Some(Fade { length: Frames::whole(8), shape: FadeShape::Exponential });
    let track = film.track("t1", vec![item("c1", 25, first)]);
    track.header.strip.pan = Some(Param::number(0.5));
    track.header.strip.pan_law = PanLaw::Balance;
    let track = film.free("t2", vec![("c2", layer(Frames::whole(3), Frames::whole(20), second))]);
    track.header.strip.gain = Some(Param::number(-6.0));
    let mut third = hard("m", 500);
    third.sound.pan = Some(moving(&[(0, -1.0), (25, 1.0)]));
    film.track("t3", vec![item("c3", 25, third)]);
    film
}

const NUMPY: &str = r#"
import sys, numpy as np
folder = sys.argv[1]
load = lambda name: np.fromfile(f"{folder}/{name}", "<f4").astype(np.float64)
a, b, m = load("a").reshape(2, -1), load("b").reshape(2, -1), load("m")
n = 48000
i = np.arange(n)
frame = i * 25 / 48000
db = lambda x: 10 ** (x / 20)
out = np.zeros((2, n))
gain = db(np.interp(frame, [5, 15], [-20, 3]))
gain = gain * np.where(i < 7680, np.sin((i + 0.5) / 7680 * np.pi / 2), 1)
out += a[:, 1000:1000 + n] * gain * np.array([[0.5], [1.0]])
j = np.arange(38400)
x = 1 - (j - (38400 - 15360) + 0.5) / 15360
fade = np.where(j >= 38400 - 15360, 10 ** ((x - 1) * 3), 1)
out[:, 5760:5760 + 38400] += b[:, :38400] * fade * db(-6)
angle = (np.interp(frame, [0, 25], [-1, 1]) + 1) * np.pi / 4
out += m[500:500 + n] * np.stack([np.cos(angle), np.sin(angle)])
print(abs(out - load("out").reshape(2, -1)).max(), abs(out).max())
"#;

#[test]
fn a_mix_is_what_numpy_makes_of_the_same_numbers() {
    let film = layered();
    let folder = Folder::new();
    for (name, sound) in &film.sounds {
        std::fs::write(folder.file(name.as_str()), bytes(&sound.samples)).unwrap();
    }
    std::fs::write(folder.file("out"), bytes(&film.bounce(Layout::Stereo))).unwrap();
    let said = oracle::python(NUMPY, &[folder.path().to_str().unwrap()]);
    let said = String::from_utf8(said).unwrap();
    let numbers: Vec<f64> = said.split_whitespace().map(|word| word.parse().unwrap()).collect();
    assert!(numbers[0] < 1e-6 && numbers[1] > 0.5, "{said}");
}

#[test]
fn stems_add_up_to_the_mix() {
    let mut film = layered();
    for (track, role) in [(0, Role::Dialogue), (1, Role::Music)] {
        let mut changed = (*film.sequence.tracks[track]).clone();
        changed.header.role = Some(role);
        film.sequence.tracks.set(track, Arc::new(changed));
    }
    let stems = stems(&film.sequence);
    let expected = [None, Some(Role::Dialogue), Some(Role::Music)].map(Stem::Role);
    assert_eq!(stems, expected);
    let whole = film.bounce(Layout::Stereo);
    let mut sum = vec![vec![0.0_f64; whole.length()]; 2];
    for stem in stems {
        let (mut mix, _) = Mix::stem(&film.timeline(), id("main"), &film, Layout::Stereo, stem);
        let mut out = Samples::silence(2, whole.length());
        mix.render(&mut out);
        for (sum, channel) in sum.iter_mut().zip(out.channels()) {
            sum.iter_mut().zip(channel).for_each(|(sum, sample)| *sum += f64::from(*sample));
        }
    }
    for (sum, whole) in sum.iter().flatten().zip(whole.channels().iter().flatten()) {
        assert!((sum - f64::from(*whole)).abs() < 1e-6);
    }
}

/// A film of constants: track `a` plays 1, `b` 0.5, both mono, one second.
fn constants() -> Film {
    let mut film = Film::new("25", 48_000);
    for (name, level) in [("a", 1.0), ("b", 0.5)] {
        film.sound(name, Sound::new(48_000, vec![vec![level; 96_000]]));
        film.track(&format!("t{name}"), vec![item(&format!("c{name}"), 25, hard(name, 0))]);
    }
    film
}

fn change(film: &mut Film, track: usize, change: impl FnOnce(&mut Strip)) {
    let mut changed = (*film.sequence.tracks[track]).clone();
    change(&mut changed.header.strip);
    film.sequence.tracks.set(track, Arc::new(changed));
}

fn level(film: &Film, layout: Layout) -> Vec<f32> {
    let heard = film.bounce(layout);
    heard.channels().iter().map(|channel| channel[1000]).collect()
}

fn is_near(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}

#[test]
fn mute_and_solo_decide_who_is_heard() {
    let mut film = constants();
    assert_eq!(level(&film, Layout::Mono), [1.5]);
    change(&mut film, 0, |strip| strip.solo = true);
    assert_eq!(level(&film, Layout::Mono), [1.0]);
    change(&mut film, 0, |strip| strip.mute = true);
    assert_eq!(level(&film, Layout::Mono), [0.0]);
    change(&mut film, 0, |strip| *strip = Strip::default());
    change(&mut film, 1, |strip| {
        strip.gain = Some(Param::Constant(Value::Text("off".into())));
    });
    assert_eq!(level(&film, Layout::Mono), [1.0]);
}

#[test]
fn strips_lead_to_their_bus_and_copies_to_others() {
    let mut film = constants();
    let half = 0.5_f32.sqrt();
    film.sequence.buses.insert(id("main"), Arc::new(bus("Main", Layout::FiveOne, None)));
    let mut music = bus("Music", Layout::Stereo, Some(Role::Music));
    music.strip.gain = Some(Param::number(20.0 * 0.5_f64.log10()));
    film.sequence.buses.insert(id("mx"), Arc::new(music));
    assert_eq!(level(&film, Layout::FiveOne), [0.0, 0.0, 1.5, 0.0, 0.0, 0.0]);
    assert!(is_near(&level(&film, Layout::Stereo), &[1.5 * half, 1.5 * half]));
    let mut track = (*film.sequence.tracks[1]).clone();
    track.header.role = Some(Role::Music);
    film.sequence.tracks.set(1, Arc::new(track));
    let side = 0.5 * half * 0.5;
    assert!(is_near(&level(&film, Layout::FiveOne), &[side, side, 1.0, 0.0, 0.0, 0.0]));
    change(&mut film, 0, |strip| {
        strip.mute = true;
        strip.sends.push(Send { to: id("mx"), gain: None, pre: true });
    });
    let side = 1.5 * half * 0.5;
    assert!(is_near(&level(&film, Layout::FiveOne), &[side, side, 0.0, 0.0, 0.0, 0.0]));
    change(&mut film, 0, |strip| strip.sends[0].pre = false);
    let side = 0.5 * half * 0.5;
    assert!(is_near(&level(&film, Layout::FiveOne), &[side, side, 0.0, 0.0, 0.0, 0.0]));
}

#[test]
fn a_circle_of_buses_is_a_problem_and_still_sounds() {
    let mut film = constants();
    film.sequence.buses.insert(id("main"), Arc::new(bus("Main", Layout::Mono, None)));
    for (name, to) in [("x", "y"), ("y", "x")] {
        let mut bus = bus(name, Layout::Mono, None);
        bus.strip.output = Some(id(to));
        bus.strip.sends.push(Send { to: id("nowhere"), gain: None, pre: false });
        film.sequence.buses.insert(id(name), Arc::new(bus));
    }
    change(&mut film, 0, |strip| strip.output = Some(id("y")));
    let (mut mix, problems) = Mix::new(&film.timeline(), id("main"), &film, Layout::Mono);
    let mut out = Samples::silence(1, 2000);
    mix.render(&mut out);
    assert_eq!(out.channels()[0][1000], 1.5);
    assert_eq!(problems.iter().filter(|problem| problem.code == "sound-route").count(), 3);
}

#[test]
fn a_sequence_within_another_sounds_as_it_does_alone() {
    let mut film = layered();
    let inner = film.timeline();
    let alone = film.bounce(Layout::Stereo);
    let mut outer = Film::new("24", 48_000);
    outer.sounds = std::mem::take(&mut film.sounds);
    outer.timeline.media = inner.media.clone();
    let nested = Arc::clone(&inner.sequences[&id("main")]);
    outer.timeline.sequences.insert(id("inner"), nested);
    let mut clip = clip("a", 0);
    clip.source = timeline_format::Source::Sequence(id("inner"));
    outer.track("t1", vec![item("c1", 24, clip)]);
    assert_eq!(outer.bounce(Layout::Stereo), alone);
}

#[test]
fn what_cannot_be_heard_is_a_problem() {
    let mut film = constants();
    film.track("t9", vec![item("c9", 3, clip("gone", 0))]);
    let mut circle = clip("a", 0);
    circle.source = timeline_format::Source::Sequence(id("main"));
    film.track("t8", vec![item("c8", 3, circle)]);
    film.sounds.remove(&id("b"));
    let (_, problems) = Mix::new(&film.timeline(), id("main"), &film, Layout::Mono);
    let codes: BTreeMap<_, _> = problems.iter().map(|p| (p.code, p.to_string())).collect();
    let known: Vec<_> = codes.keys().copied().collect();
    assert_eq!(known, ["sound-media-silent", "sound-media-unknown", "sound-sequence-circle"]);
    assert!(codes["sound-media-silent"].contains("clip cb"), "{codes:?}");
}
