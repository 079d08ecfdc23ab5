//! Side inputs: what hears what, and what is left of it in stems.

use super::film::{Film, Sound, hard, id, item, noise};
use roomtone::signal::Samples;
use roomtone::sound::{Mix, Stem, stems};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, NodeInstance, Strip};
use timeline_format::{Extra, Id, Param, Role, Track};

/// The key is heard in samples 10,000 to 20,000 of a second of music at [`MUSIC`].
pub const KEY: std::ops::Range<usize> = 10_000..20_000;
pub const LENGTH: usize = 48_000;
pub const MUSIC: f32 = 0.5;

fn duck(input: &str, from: &str) -> NodeInstance {
    let values = [("depth", 12.0), ("hold", 100.0), ("fade", 50.0)];
    let values = values.map(|(id, value)| (id.to_owned(), Param::number(value)));
    NodeInstance {
        id: id("n1"),
        kind: "duck".into(),
        bypass: false,
        values: BTreeMap::from(values),
        wires: BTreeMap::from([(input.to_owned(), id(from))]),
        extra: Extra::new(),
    }
}

fn bus(name: &str, role: Option<Role>) -> Arc<Bus> {
    let strip = Strip::default();
    Arc::new(Bus { name: name.into(), role, layout: Layout::Mono, strip, extra: Extra::new() })
}

/// Music that gives way to dialogue: `from` is what the node hears.
pub fn film(from: &str) -> Film {
    let mut film = Film::new("25", 48_000);
    let mut speech = vec![0.0; LENGTH];
    speech[KEY].copy_from_slice(&noise(3, KEY.len()));
    film.sound("dx", Sound::new(48_000, vec![speech]));
    film.sound("mx", Sound::new(48_000, vec![vec![MUSIC; LENGTH]]));
    film.sequence.buses.insert(id("main"), bus("Main", None));
    film.sequence.buses.insert(id("bd"), bus("Dialogue", Some(Role::Dialogue)));
    film.sequence.buses.insert(id("bm"), bus("Music", Some(Role::Music)));
    let speech = film.track("td", vec![item("c1", 25, hard("dx", 0))]);
    speech.header.role = Some(Role::Dialogue);
    let music = film.track("tm", vec![item("c2", 25, hard("mx", 0))]);
    music.header.role = Some(Role::Music);
    music.header.strip.nodes.push(duck("key", from));
    film
}

pub fn change(film: &mut Film, track: usize, change: impl FnOnce(&mut Track)) {
    let mut changed = (*film.sequence.tracks[track]).clone();
    change(&mut changed);
    film.sequence.tracks.set(track, Arc::new(changed));
}

fn stem(film: &Film, role: Role) -> Vec<f32> {
    let stem = Stem::Role(Some(role));
    let (mut mix, problems) = Mix::stem(&film.timeline(), id("main"), film, Layout::Mono, stem);
    assert!(problems.is_empty(), "{problems:?}");
    let mut out = Samples::silence(1, LENGTH);
    mix.render(&mut out);
    out.channels()[0].clone()
}

/// The gain that the music ought to have: the mean over the fade of what is wanted, which is low
/// wherever a sample of the last hold passed the threshold.
pub fn expected(key: &[f32]) -> Vec<f64> {
    let (hold, fade, low) = (4800, 2400, 10.0_f64.powf(-12.0 / 20.0));
    let mut open_until = 0;
    let wanted: Vec<f64> = key
        .iter()
        .enumerate()
        .map(|(index, sample)| {
            if sample.abs() > 0.01 {
                open_until = index + hold;
            }
            if index < open_until { low } else { 1.0 }
        })
        .collect();
    let at = |index: i64| usize::try_from(index).map_or(1.0, |index| wanted[index]);
    (0..key.len() as i64)
        .map(|index| (index - fade + 1..=index).map(at).sum::<f64>() / fade as f64)
        .collect()
}

#[test]
fn music_gives_way_to_the_track_or_bus_that_it_hears() {
    for from in ["td", "bd"] {
        let film = film(from);
        let key = film.sounds[&id("dx")].samples.channels()[0].clone();
        let music = stem(&film, Role::Music);
        for (index, (music, gain)) in music.iter().zip(expected(&key)).enumerate() {
            assert!(
                (f64::from(*music) - gain * f64::from(MUSIC)).abs() < 1e-5,
                "{from} at {index}"
            );
        }
    }
}

#[test]
fn stems_with_side_inputs_add_up_to_the_mix() {
    for from in ["td", "bd"] {
        let film = film(from);
        let whole = film.bounce(Layout::Mono);
        let mut sum = vec![0.0_f32; LENGTH];
        for stem in stems(&film.sequence) {
            let (mut mix, _) = Mix::stem(&film.timeline(), id("main"), &film, Layout::Mono, stem);
            let mut out = Samples::silence(1, LENGTH);
            mix.render(&mut out);
            sum.iter_mut().zip(&out.channels()[0]).for_each(|(sum, sample)| *sum += sample);
        }
        for (sum, whole) in sum.iter().zip(&whole.channels()[0]) {
            assert!((sum - whole).abs() < 1e-6, "{from}");
        }
    }
}

#[test]
fn a_muted_key_is_not_heard_and_one_that_solos_leave_out_is() {
    let mut film = film("td");
    change(&mut film, 0, |track| track.header.strip.mute = true);
    assert!(stem(&film, Role::Music).iter().all(|sample| (sample - MUSIC).abs() == 0.0));
    change(&mut film, 0, |track| track.header.strip.mute = false);
    change(&mut film, 1, |track| track.header.strip.solo = true);
    let solo = film.bounce(Layout::Mono).channels()[0].clone();
    assert_eq!(solo, stem(&film, Role::Music));
}

#[test]
fn a_node_in_between_does_not_make_the_key_early() {
    let mut film = film("td");
    let plain = film.bounce(Layout::Mono);
    change(&mut film, 1, |track| {
        let mut limiter = duck("key", "td");
        (limiter.id, limiter.kind) = (id("n0"), "limiter".into());
        limiter.values = BTreeMap::from([("ceiling".to_owned(), Param::number(0.0))]);
        limiter.wires.clear();
        track.header.strip.nodes.insert(0, limiter);
    });
    let late = film.bounce(Layout::Mono);
    for (late, plain) in late.channels()[0][200..].iter().zip(&plain.channels()[0][200..]) {
        assert!((late - plain).abs() < 1e-6, "{late} {plain}");
    }
}

#[test]
fn wires_that_lead_nowhere_are_problems() {
    let wired = |input: &str, from: &str| {
        let mut film = film("td");
        change(&mut film, 1, |track| track.header.strip.nodes = vec![duck(input, from)]);
        let (_, problems) = Mix::new(&film.timeline(), id("main"), &film, Layout::Mono);
        problems.iter().map(|problem| (problem.code, problem.to_string())).collect::<Vec<_>>()
    };
    assert!(wired("key", "bd").is_empty());
    for (input, from, said) in [
        ("ear", "td", "no input called \"ear\""),
        ("key", "gone", "is not there"),
        ("key", "tm", "hears this one itself"),
        ("key", "main", "hears this one itself"),
    ] {
        let problems = wired(input, from);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].0 == "sound-wire" && problems[0].1.contains(said), "{problems:?}");
    }
}

#[test]
fn two_strips_that_hear_each_other_are_a_problem_and_still_sound() {
    let mut film = film("td");
    change(&mut film, 0, |track| {
        let mut node = duck("key", "tm");
        node.id = Id::parse("n2").unwrap();
        track.header.strip.nodes.push(node);
    });
    let (mut mix, problems) = Mix::new(&film.timeline(), id("main"), &film, Layout::Mono);
    assert_eq!(problems.iter().filter(|problem| problem.code == "sound-wire").count(), 1);
    let mut out = Samples::silence(1, 1000);
    mix.render(&mut out);
    assert_eq!(out.channels()[0][500], MUSIC);
}

#[test]
fn a_seek_into_a_fade_is_the_bounce() {
    let film = film("bd");
    let whole = film.bounce(Layout::Mono);
    let mut mix = film.mix(Layout::Mono);
    for at in [11_000, 25_300, 9_990, 24_000, 40_000, 0] {
        mix.seek(at);
        let mut out = Samples::silence(1, 3000);
        mix.render(&mut out);
        let from = at as usize;
        assert_eq!(out.channels()[0], whole.channels()[0][from..from + 3000], "{at}");
    }
}
