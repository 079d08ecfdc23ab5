//! Edits and seeks while a film plays: no click, no allocation, and the bounce behind them.

use super::dice::Dice;
use super::film::{Film, Sound, bytes, clip, hard, id, item, layer, noise, sine};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use roomtone::sound::live::{self, Control, FADE, Live};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, NodeInstance, Strip};
use timeline_format::{Extra, Frames, Param};

const AHEAD: usize = 16_384;

fn mix(film: &Film) -> Mix {
    Mix::ahead(&film.timeline(), id("main"), film, Layout::Stereo, AHEAD).0
}

/// Plays `blocks` blocks of `length`, fed in between, onto `heard`.
fn play(
    control: &mut Control,
    live: &mut Live,
    length: usize,
    blocks: usize,
    heard: &mut Vec<f32>,
) {
    for _ in 0..blocks {
        control.advance();
        let mut out = Samples::silence(2, length);
        assert_no_alloc(|| live.render(&mut out));
        heard.extend_from_slice(&out.channels()[0]);
    }
}

fn node(name: &str, kind: &str) -> NodeInstance {
    NodeInstance {
        id: id(name),
        kind: kind.into(),
        bypass: false,
        values: BTreeMap::new(),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    }
}

const MINUTE: usize = 60 * 48_000;

/// A sine on one track, under a limiter that it does not reach; another track to be edited.
fn base() -> Film {
    let mut film = Film::new("24", 48_000);
    film.sound("s", Sound::new(48_000, vec![sine(48_000, MINUTE + 96_000, 440.0, 0.5)]));
    film.sound("q", Sound::new(48_000, vec![vec![0.0; 96_000]]));
    film.sound("n", Sound::new(44_100, vec![noise(4, 96_000), noise(5, 96_000)]));
    let track = film.track("t1", vec![item("c1", 62 * 24, hard("s", 0))]);
    track.header.strip.nodes.push(node("n1", "limiter"));
    film
}

/// One edit that leaves the sine as it is: silent clips, nodes with latency on the other track, and a
/// bus that the sine leads through, with a limiter of its own: everything gets later and earlier.
fn edit_elsewhere(film: &mut Film, dice: &mut Dice) {
    film.sequence.tracks.truncate(1);
    film.sequence.buses.clear();
    let count = dice.roll(4);
    let items = (0..count).map(|n| item(&format!("q{n}"), 1 + dice.roll(9) as i64, clip("q", 5)));
    let items = items.collect();
    let nodes = dice.roll(3);
    let track = film.track("t2", items);
    track.header.strip.nodes.extend((0..nodes).map(|n| node(&format!("m{n}"), "limiter")));
    for bus in 0..dice.roll(3) {
        let mut strip = Strip::default();
        strip.nodes.push(node("b", "limiter"));
        let name = format!("bus{bus}");
        let layout = Layout::Stereo;
        let made = Bus { name: name.clone(), role: None, layout, strip, extra: Extra::new() };
        film.sequence.buses.insert(id(&name), Arc::new(made));
    }
}

#[test]
fn a_minute_of_edits_elsewhere_leaves_a_sine_as_it_is() {
    let mut film = base();
    let mut dice = Dice(1);
    let (mut control, mut live) = live::start(mix(&film), 0);
    let mut heard = Vec::new();
    let mut edits = 0;
    while heard.len() < MINUTE {
        let length = 1 + dice.roll(1500) as usize;
        play(&mut control, &mut live, length, 3, &mut heard);
        if dice.roll(4) == 0 {
            edit_elsewhere(&mut film, &mut dice);
            control.replace(mix(&film));
            edits += 1;
        }
    }
    assert!(edits > 200, "{edits}");
    assert_eq!(control.missed(), 0);
    let turn = std::f64::consts::TAU * 440.0 / 48_000.0;
    let gain = 0.5_f64.sqrt() * 0.5;
    let worst = heard.iter().enumerate().skip(200).fold(0.0_f64, |worst, (index, sample)| {
        worst.max((f64::from(*sample) - gain * (turn * index as f64).sin()).abs())
    });
    assert!(worst < 3.2e-5, "{:.1} dBFS", 20.0 * worst.log10());
}

#[test]
fn behind_an_edit_is_the_bounce_of_the_new_film() {
    let mut film = base();
    let mut dice = Dice(7);
    let (mut control, mut live) = live::start(mix(&film), 0);
    let mut heard = Vec::new();
    for round in 0..40 {
        edit_elsewhere(&mut film, &mut dice);
        let gain = -f64::from(round % 7) * 3.0;
        let mut track = (*film.sequence.tracks[0]).clone();
        track.header.strip.gain = Some(Param::number(gain));
        track.header.strip.pan = Some(Param::number(f64::from(round % 5) / 4.0 - 0.5));
        film.sequence.tracks.set(0, Arc::new(track));
        let at = live.position();
        let layer = layer(
            Frames::whole(at / 2000 + 1),
            Frames::whole(9),
            clip("n", 300 * i64::from(round)),
        );
        film.free("t3", vec![("c3", layer)]);
        control.replace(mix(&film));
        play(&mut control, &mut live, 256, 40, &mut heard);
        let (from, length) = (live.position(), 2000);
        let mut out = Samples::silence(2, length);
        control.advance();
        live.render(&mut out);
        heard.extend_from_slice(&out.channels()[0]);
        let mut bounced = Samples::silence(2, length);
        let mut bounce = Mix::new(&film.timeline(), id("main"), &film, Layout::Stereo).0;
        bounce.seek(from);
        bounce.render(&mut bounced);
        assert!(bytes(&out) == bytes(&bounced), "round {round}");
        film.sequence.tracks.pop_back();
    }
    assert_eq!(control.missed(), 0);
}

/// From full to nothing within a sample would be a step of 0.35; over the fade it is spread.
#[test]
fn mute_and_solo_are_faded_and_not_cut() {
    let mut film = base();
    film.sounds.insert(id("s"), Sound::new(48_000, vec![vec![0.5; MINUTE]]));
    let (mut control, mut live) = live::start(mix(&film), 0);
    let mut heard = Vec::new();
    film.track("t2", Vec::new());
    for (track, is_muted, is_solo) in
        [(0, true, false), (0, false, false), (1, false, true), (1, false, false)]
    {
        play(&mut control, &mut live, 100, 60, &mut heard);
        let mut changed = (*film.sequence.tracks[track]).clone();
        (changed.header.strip.mute, changed.header.strip.solo) = (is_muted, is_solo);
        film.sequence.tracks.set(track, Arc::new(changed));
        control.replace(mix(&film));
    }
    play(&mut control, &mut live, 100, 60, &mut heard);
    let level = 0.5_f32 * 0.5_f32.sqrt();
    let step =
        heard[500..].windows(2).fold(0.0_f32, |most, pair| most.max((pair[1] - pair[0]).abs()));
    assert!(step > 0.5 * level / FADE as f32 && step < 1.5 * level / FADE as f32, "{step}");
    assert!((heard.last().unwrap() - level).abs() < 1e-6);
}

#[test]
fn a_seek_goes_on_elsewhere_without_a_click() {
    let film = base();
    let whole = film.bounce(Layout::Stereo);
    let (mut control, mut live) = live::start(mix(&film), 0);
    let mut heard = Vec::new();
    for (at, length) in [(1_000_000, 64), (5, 997), (2_000_003, 128), (40_000, 1)] {
        control.jump(mix(&film), at);
        play(&mut control, &mut live, length, FADE.div_ceil(length) + 2, &mut heard);
        let from = live.position() as usize;
        assert!(from as i64 > at && (from as i64) < at + 4000, "{from} after {at}");
        let mut out = Samples::silence(2, 3000);
        control.advance();
        live.render(&mut out);
        assert_eq!(out.channels()[0], whole.channels()[0][from..from + 3000]);
        heard.extend_from_slice(&out.channels()[0]);
    }
    let step =
        heard[300..].windows(2).fold(0.0_f32, |most, pair| most.max((pair[1] - pair[0]).abs()));
    assert!(step < 0.03, "a click of {step}");
}

#[test]
fn the_last_of_many_edits_counts_and_an_edit_keeps_the_place_of_a_seek() {
    let mut film = base();
    let (mut control, mut live) = live::start(mix(&film), 0);
    let mut heard = Vec::new();
    control.jump(mix(&film), 500_000);
    for gain in [-40.0, -20.0, -6.0] {
        let mut track = (*film.sequence.tracks[0]).clone();
        track.header.strip.gain = Some(Param::number(gain));
        film.sequence.tracks.set(0, Arc::new(track));
        control.replace(mix(&film));
    }
    play(&mut control, &mut live, 200, 10, &mut heard);
    let from = live.position() as usize;
    assert!(from > 500_000 && from < 510_000);
    let mut out = Samples::silence(2, 1000);
    control.advance();
    live.render(&mut out);
    assert_eq!(out.channels()[0], film.bounce(Layout::Stereo).channels()[0][from..from + 1000]);
    assert_eq!(control.missed(), 0);
}

/// A limiter that comes back over seconds from a stroke long before the seek.
fn slow_film() -> Film {
    let mut film = base();
    let mut sound = sine(48_000, MINUTE, 440.0, 0.5);
    for (index, sample) in sound.iter_mut().enumerate() {
        *sample *= if index / 9600 % 20 == 0 { 1.9 } else { 0.2 };
    }
    film.sounds.insert(id("s"), Sound::new(48_000, vec![sound]));
    let mut track = (*film.sequence.tracks[0]).clone();
    let values = [("ceiling", -24.0), ("release", 1000.0)];
    let values = values.map(|(id, value)| (id.to_owned(), Param::number(value)));
    track.header.strip.nodes[0].values = BTreeMap::from(values);
    film.sequence.tracks.set(0, Arc::new(track));
    film
}

#[test]
fn a_seek_at_once_is_the_bounce_as_soon_as_the_rest_was_run_up() {
    let film = slow_film();
    let whole = film.bounce(Layout::Stereo);
    let (mut control, mut live) = live::start(mix(&film), 0);
    let mut heard = Vec::new();
    let mut was_off = 0;
    for at in [800_000, 50_000, 1_500_001] {
        control.jump_at_once(mix(&film), at);
        play(&mut control, &mut live, 128, FADE / 128 + 2, &mut heard);
        let from = live.position() as usize;
        assert!(from as i64 > at && from as i64 <= at + 1024);
        play(&mut control, &mut live, 1000, 1, &mut heard);
        let bounced = &whole.channels()[0][from..from + 1000];
        was_off += usize::from(heard[heard.len() - 1000..] != *bounced);
        control.replace(mix(&film));
        play(&mut control, &mut live, 128, 40, &mut heard);
        let from = live.position() as usize;
        play(&mut control, &mut live, 3000, 1, &mut heard);
        assert_eq!(heard[heard.len() - 3000..], whole.channels()[0][from..from + 3000]);
    }
    assert!(was_off > 0, "the limiter's way back was there at once: nothing is tested");
    let step =
        heard[300..].windows(2).fold(0.0_f32, |most, pair| most.max((pair[1] - pair[0]).abs()));
    assert!(step < 0.03, "a click of {step}");
    assert_eq!(control.missed(), 0);
}
