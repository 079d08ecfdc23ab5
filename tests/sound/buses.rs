//! Strips of the document: buses behind buses, sends before and behind the fader, all in time.

use super::film::{Film, Sound, hard, id, item, noise};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::{Extra, Param};

const FRAMES: i64 = 24;

fn negative(sound: &[f32]) -> Vec<f32> {
    sound.iter().map(|sample| -sample).collect()
}

/// A node that is late and leaves what is below its ceiling as it is.
fn late(name: &str, look_ahead: f64) -> NodeInstance {
    let values = [("look_ahead", look_ahead), ("ceiling", 0.0)];
    let values = values.map(|(id, value)| (id.to_owned(), Param::number(value)));
    NodeInstance {
        id: id(name),
        kind: "limiter".into(),
        bypass: false,
        values: BTreeMap::from(values),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    }
}

fn bus(film: &mut Film, name: &str, strip: Strip) {
    let layout = Layout::Stereo;
    let bus = Bus { name: name.into(), role: None, layout, strip, extra: Extra::new() };
    film.sequence.buses.insert(id(name), Arc::new(bus));
}

/// Noise on track `t1` and the same upside down on `t2`, both to the main bus.
fn film() -> Film {
    let mut film = Film::new("24", 48_000);
    let sound = [noise(1, 48_000), noise(2, 48_000)];
    let other = sound.each_ref().map(|run| negative(run));
    film.sound("a", Sound::new(48_000, sound.into()));
    film.sound("b", Sound::new(48_000, other.into()));
    bus(&mut film, "main", Strip::default());
    film.track("t1", vec![item("c1", FRAMES, hard("a", 0))]);
    film.track("t2", vec![item("c2", FRAMES, hard("b", 0))]);
    film
}

fn change(film: &mut Film, track: usize, change: impl FnOnce(&mut Strip)) {
    let mut changed = (*film.sequence.tracks[track]).clone();
    change(&mut changed.header.strip);
    film.sequence.tracks.set(track, Arc::new(changed));
}

fn loudest(film: &Film) -> f32 {
    let heard = film.bounce(Layout::Stereo);
    heard.channels().iter().flatten().fold(0.0_f32, |most, sample| most.max(sample.abs()))
}

/// Each bus is late by another time, and the sum is silence to the last bit.
#[test]
fn six_buses_deep_is_in_time_with_the_way_around_them() {
    let mut film = film();
    let names = ["b1", "b2", "b3", "b4", "b5", "b6"];
    for (index, name) in names.iter().enumerate() {
        let output = names.get(index + 1).map(|next| id(next)).or(Some(id("main")));
        let nodes = vec![late("n", 1.0 + 1.7 * index as f64)];
        bus(&mut film, name, Strip { output, nodes, ..Strip::default() });
    }
    change(&mut film, 0, |strip| strip.output = Some(id("b1")));
    assert_eq!(loudest(&film), 0.0);
    change(&mut film, 1, |strip| strip.mute = true);
    assert!(loudest(&film) > 0.4);
}

#[test]
fn sends_before_and_behind_the_fader_are_in_time() {
    for (pre, fader) in [(true, "off"), (false, "")] {
        let mut film = film();
        let strip = Strip { nodes: vec![late("n", 9.0), late("m", 2.0)], ..Strip::default() };
        bus(&mut film, "copies", strip);
        change(&mut film, 0, |strip| {
            strip.sends.push(Send { to: id("copies"), gain: Some(Param::number(0.0)), pre });
            if pre {
                strip.gain = Some(Param::Constant(timeline_format::Value::Text(fader.into())));
            } else {
                strip.gain = Some(Param::number(-6.0));
            }
        });
        change(&mut film, 1, |strip| {
            if !pre {
                let twice = 20.0 * 2.0_f64.log10() - 6.0;
                strip.gain = Some(Param::number(twice));
            }
        });
        let most = loudest(&film);
        assert!(most < 1e-6, "pre {pre}: {most}");
    }
}

/// A send from each of six buses to one, all in time: the copies add up to six.
#[test]
fn sends_from_every_depth_meet_in_time() {
    let mut film = film();
    let names = ["b1", "b2", "b3", "b4", "b5", "b6"];
    bus(&mut film, "copies", Strip::default());
    for (index, name) in names.iter().enumerate() {
        let output = names.get(index + 1).map(|next| id(next)).or(Some(id("main")));
        let sends = vec![Send { to: id("copies"), gain: None, pre: index % 2 == 0 }];
        let nodes = vec![late("n", 2.0 + index as f64)];
        bus(&mut film, name, Strip { output, nodes, sends, ..Strip::default() });
    }
    change(&mut film, 0, |strip| strip.output = Some(id("b1")));
    let seven = 20.0 * 7.0_f64.log10();
    change(&mut film, 1, |strip| strip.gain = Some(Param::number(seven)));
    let most = loudest(&film);
    assert!(most < 2e-6, "{most}");
}
