//! Edits and seeks while a film plays: no click, no allocation, and the bounce behind them.

use super::dice::Dice;
use super::film::{Film, Sound, clip, hard, id, item, layer, noise, sine};
use super::player::{Player, step};
use roomtone::sound::live::FADE;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, NodeInstance, Strip};
use timeline_format::{Extra, Frames, Param};

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

/// The film with another strip of its first track.
fn change(film: &mut Film, change: impl FnOnce(&mut Strip)) {
    let mut track = (*film.sequence.tracks[0]).clone();
    change(&mut track.header.strip);
    film.sequence.tracks.set(0, Arc::new(track));
}

#[test]
fn a_minute_of_edits_elsewhere_leaves_a_sine_as_it_is() {
    let mut film = base();
    let bounce = film.bounce(Layout::Stereo);
    let mut dice = Dice(1);
    let mut player = Player::new(&film);
    let (mut edits, mut made) = (0, 0);
    while player.heard.len() < MINUTE {
        let length = 1 + dice.roll(1500) as usize;
        for _ in 0..3 {
            player.prepare(&film);
            player.take(length);
        }
        if dice.roll(4) == 0 {
            made += usize::from(player.control.is_exact());
            edit_elsewhere(&mut film, &mut dice);
            player.edit(&film);
            edits += 1;
        }
    }
    assert!(edits > 200 && made > 150, "{made} of {edits} edits were made before the next one");
    assert_eq!(player.control.missed(), 0);
    let whole = &bounce.channels()[0];
    let wrong = player.heard.iter().zip(whole).position(|(heard, made)| heard != made);
    assert_eq!(wrong, None, "{edits} edits");
    let turn = std::f64::consts::TAU * 440.0 / 48_000.0;
    let gain = 0.5_f64.sqrt() * 0.5;
    let worst =
        player.heard.iter().enumerate().skip(200).fold(0.0_f64, |worst, (index, sample)| {
            worst.max((f64::from(*sample) - gain * (turn * index as f64).sin()).abs())
        });
    assert!(worst < 1e-6, "{:.1} dBFS", 20.0 * worst.log10());
}

#[test]
fn behind_an_edit_is_the_bounce_of_the_new_film() {
    let mut film = base();
    let mut dice = Dice(7);
    let mut player = Player::new(&film);
    for round in 0..40 {
        edit_elsewhere(&mut film, &mut dice);
        change(&mut film, |strip| {
            strip.gain = Some(Param::number(-f64::from(round % 7) * 3.0));
            strip.pan = Some(Param::number(f64::from(round % 5) / 4.0 - 0.5));
        });
        let (at, from) = (player.live.position(), 300 * i64::from(round));
        let layer = layer(Frames::whole(at / 2000 + 1), Frames::whole(9), clip("n", from));
        film.free("t3", vec![("c3", layer)]);
        player.edit(&film);
        player.play_until_exact(&film, 256);
        assert!(player.live.position() < at + 12_000, "round {round}: the layer has passed");
        player.is_the_bounce(&film);
        film.sequence.tracks.pop_back();
    }
    assert_eq!(player.control.missed(), 0);
}

/// From full to nothing within a sample would be a step of 0.35; over the fade it is spread.
#[test]
fn mute_and_solo_are_faded_and_not_cut() {
    let mut film = base();
    film.sounds.insert(id("s"), Sound::new(48_000, vec![vec![0.5; MINUTE]]));
    film.track("t2", Vec::new());
    let mut player = Player::new(&film);
    player.play_until_exact(&film, 100);
    let level = 0.5_f32 * 0.5_f32.sqrt();
    for (track, is_muted, is_solo, wanted) in [
        (0, true, false, 0.0),
        (0, false, false, level),
        (1, false, true, 0.0),
        (1, false, false, level),
    ] {
        let mut changed = (*film.sequence.tracks[track]).clone();
        (changed.header.strip.mute, changed.header.strip.solo) = (is_muted, is_solo);
        film.sequence.tracks.set(track, Arc::new(changed));
        let from = player.heard.len() - 1;
        player.edit(&film);
        player.play_until_exact(&film, 100);
        let step = step(&player.heard[from..]) * FADE as f32 / level;
        assert!(step > 0.5 && step < 1.5, "{step} times the step of a straight line");
        assert!((player.heard.last().unwrap() - wanted).abs() < 1e-6);
    }
    assert_eq!(player.control.missed(), 0);
}

#[test]
fn a_seek_goes_on_elsewhere_without_a_click() {
    let film = base();
    let whole = film.bounce(Layout::Stereo);
    let mut player = Player::new(&film);
    player.play(&film, 4800, 64);
    for (at, length) in [(1_000_000, 64), (5, 997), (2_000_003, 128), (40_000, 1)] {
        player.control.go(at);
        player.take(length);
        assert_eq!(player.control.position(), at + length as i64, "heard at once");
        player.play_until_exact(&film, length);
        let from = player.live.position() as usize;
        assert!(from as i64 > at && (from as i64) < at + 12_000, "{from} after {at}");
        player.prepare(&film);
        let out = player.take(3000);
        assert_eq!(out.channels()[0], whole.channels()[0][from..from + 3000]);
    }
    let step = step(&player.heard[300..]);
    assert!(step < 0.03, "a click of {step}");
    assert_eq!(player.control.missed(), 0);
}

#[test]
fn the_last_of_many_edits_counts_and_an_edit_keeps_the_place_of_a_seek() {
    let mut film = base();
    let mut player = Player::new(&film);
    player.control.go(500_000);
    for gain in [-40.0, -20.0, -6.0] {
        change(&mut film, |strip| strip.gain = Some(Param::number(gain)));
        player.edit(&film);
    }
    player.play_until_exact(&film, 200);
    let from = player.live.position();
    assert!(from > 500_000 && from < 520_000, "{from}");
    player.is_the_bounce(&film);
    assert_eq!(player.control.missed(), 0);
}

/// A limiter that comes back over seconds from a stroke long before the seek.
fn slow_film() -> Film {
    let mut film = base();
    let mut sound = sine(48_000, MINUTE, 440.0, 0.5);
    for (index, sample) in sound.iter_mut().enumerate() {
        *sample *= if index / 9600 % 20 == 0 { 1.9 } else { 0.2 };
    }
    film.sounds.insert(id("s"), Sound::new(48_000, vec![sound]));
    let values = [("ceiling", -24.0), ("release", 1000.0)];
    let values = values.map(|(id, value)| (id.to_owned(), Param::number(value)));
    change(&mut film, |strip| strip.nodes[0].values = BTreeMap::from(values));
    film
}

#[test]
fn a_seek_at_once_is_the_bounce_as_soon_as_the_rest_was_run_up() {
    let film = slow_film();
    let whole = film.bounce(Layout::Stereo);
    let mut player = Player::new(&film);
    let mut was_off = 0;
    for at in [800_000, 50_000, 1_500_001] {
        player.play_until_exact(&film, 128);
        player.control.go(at);
        player.take(FADE);
        assert_eq!(player.live.position(), at + FADE as i64, "heard at once");
        let from = at as usize + FADE;
        player.control.advance();
        let out = player.take(1000);
        was_off += usize::from(out.channels()[0] != whole.channels()[0][from..from + 1000]);
        player.play_until_exact(&film, 128);
        let from = player.live.position() as usize;
        player.prepare(&film);
        let out = player.take(3000);
        assert_eq!(out.channels()[0], whole.channels()[0][from..from + 3000]);
    }
    assert!(was_off > 0, "the limiter's way back was there at once: nothing is tested");
    let step = step(&player.heard[300..]);
    assert!(step < 0.03, "a click of {step}");
    assert_eq!(player.control.missed(), 0);
}
