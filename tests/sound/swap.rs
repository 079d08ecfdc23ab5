//! A film that is edited while it plays: what was not touched goes on bit for bit, what was is faded, and
//! behind it is the bounce.

use super::dice::Dice;
use super::film::{Film, Sound, hard, id, item, noise, sine};
use super::player::{Player, step};
use roomtone::signal::Samples;
use roomtone::sound::live::FADE;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::{Extra, Id, Param, Track};

const SECOND: usize = 48_000;
/// Samples after which an edit without latency has been made: what is new comes in, then the fade.
const MADE: usize = 1024 + FADE + 256;

fn node(name: &str, kind: &str, values: &[(&str, f64)]) -> NodeInstance {
    let values = values.iter().map(|(id, value)| ((*id).to_owned(), Param::number(*value)));
    NodeInstance {
        id: id(name),
        kind: kind.into(),
        bypass: false,
        values: values.collect(),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    }
}

fn bus(strip: Strip) -> Arc<Bus> {
    let layout = Layout::Stereo;
    Arc::new(Bus { name: "bus".into(), role: None, layout, strip, extra: Extra::new() })
}

fn change(film: &mut Film, track: usize, change: impl FnOnce(&mut Track)) {
    let mut changed = (*film.sequence.tracks[track]).clone();
    change(&mut changed);
    film.sequence.tracks.set(track, Arc::new(changed));
}

/// Strokes through an equalizer and a compressor, into a reverb; beside them a track of silence, which
/// leads to the main bus alone.
fn base() -> Film {
    let mut film = Film::new("24", SECOND as u32);
    let mut strokes = sine(SECOND as u32, 40 * SECOND, 440.0, 0.4);
    for (index, sample) in strokes.iter_mut().enumerate() {
        *sample *= (-((index % 19_000) as f32) / 9000.0).exp();
    }
    film.sound("s", Sound::new(SECOND as u32, vec![strokes]));
    film.sound("q", Sound::new(SECOND as u32, vec![vec![0.0; 96_000]]));
    film.sound("n", Sound::new(44_100, vec![noise(4, 96_000), noise(5, 96_000)]));
    film.sequence.buses.insert(id("main"), bus(Strip::default()));
    let nodes = vec![node("r", "reverb", &[])];
    let output = Some(id("main"));
    film.sequence.buses.insert(id("room"), bus(Strip { nodes, output, ..Strip::default() }));
    let track = film.track("t1", vec![item("c1", 40 * 24, hard("s", 0))]);
    let strip = &mut track.header.strip;
    strip.nodes.push(node("e", "eq", &[("low_gain", 4.0), ("high_gain", -3.0)]));
    strip.nodes.push(node("c", "compressor", &[("threshold", -30.0), ("ratio", 4.0)]));
    strip.sends.push(Send { to: id("room"), gain: None, pre: false });
    film
}

/// One edit of the silent track: other clips, gains, sends, nodes without a memory, another bus.
fn edit_elsewhere(film: &mut Film, dice: &mut Dice) {
    film.sequence.tracks.truncate(1);
    film.sequence.buses.remove(&id("more"));
    let items =
        (0..dice.roll(4)).map(|n| item(&format!("q{n}"), 1 + dice.roll(90) as i64, hard("q", 5)));
    let items: Vec<_> = items.collect();
    let has_more = dice.roll(2) == 0;
    if has_more {
        let strip = Strip { output: Some(id("main")), ..Strip::default() };
        film.sequence.buses.insert(id("more"), bus(strip));
    }
    let strip = &mut film.track("t2", items).header.strip;
    strip.gain = Some(Param::number(-(dice.roll(30) as f64)));
    strip.pan = Some(Param::number(dice.between(-1.0, 1.0)));
    strip.mute = dice.roll(5) == 0;
    for number in 0..dice.roll(3) {
        let gain = dice.between(-9.0, 9.0);
        strip.nodes.push(node(&format!("m{number}"), "gain", &[("gain", gain)]));
    }
    if has_more {
        strip.sends.push(Send { to: id("more"), gain: None, pre: dice.roll(2) == 0 });
    }
}

#[test]
fn through_two_hundred_edits_elsewhere_every_sample_is_the_bounce() {
    let mut film = base();
    let bounce = film.bounce(Layout::Stereo);
    let mut dice = Dice(3);
    let mut player = Player::new(&film);
    let mut edits = 0;
    while player.heard.len() < 30 * SECOND {
        let length = 1 + dice.roll(9000) as usize;
        player.play(&film, length, 1 + dice.roll(700) as usize);
        edit_elsewhere(&mut film, &mut dice);
        player.edit(&film);
        edits += 1;
    }
    assert!(edits >= 200, "{edits}");
    assert_eq!(player.control.missed(), 0);
    let whole = &bounce.channels()[0];
    let wrong = player.heard.iter().zip(whole).position(|(heard, made)| heard != made);
    assert_eq!(wrong, None, "{edits} edits");
}

#[test]
fn what_was_edited_is_faded_and_then_the_bounce() {
    let mut film = Film::new("24", SECOND as u32);
    film.sound("s", Sound::new(SECOND as u32, vec![vec![0.5; 60 * SECOND]]));
    film.sound("t", Sound::new(SECOND as u32, vec![vec![-0.3; 60 * SECOND]]));
    film.track("t1", vec![item("c1", 1400, hard("s", 0))]);
    let mut player = Player::new(&film);
    player.play(&film, 5000, 100);
    let edits: [fn(&mut Track); 6] = [
        |track| track.header.strip.gain = Some(Param::number(-6.0)),
        |track| track.header.strip.pan = Some(Param::number(-0.5)),
        |track| track.header.strip.nodes.push(node("g", "gain", &[("gain", -9.0)])),
        |track| track.header.strip.mute = true,
        |track| track.header.strip.mute = false,
        |track| {
            track.content = Film::new("24", 48_000)
                .track("t", vec![item("c2", 1300, hard("t", 0))])
                .content
                .clone();
        },
    ];
    for edit in edits {
        change(&mut film, 0, edit);
        player.edit(&film);
        player.play(&film, MADE, 64);
        assert!(player.control.is_exact());
        player.is_the_bounce(&film);
    }
    let step = step(&player.heard[500..]);
    let most = 0.8 * 0.5_f32.sqrt() / FADE as f32;
    assert!(step > 0.2 * most && step < 1.2 * most, "{step} {most}");
    assert_eq!(player.control.missed(), 0);
}

#[test]
fn what_remembers_is_made_exact_behind_an_edit_and_a_seek() {
    let mut film = base();
    film.track("t2", vec![item("n1", 900, hard("n", 0))]);
    let mut player = Player::new(&film);
    for round in 0..6 {
        change(&mut film, 1, |track| {
            track.header.strip.gain = Some(Param::number(-6.0 - f64::from(round)));
            track.header.strip.sends = vec![Send { to: id("room"), gain: None, pre: false }];
        });
        if round % 2 == 0 {
            player.edit(&film);
        } else {
            player.edit(&film);
            player.control.go(200_000 * i64::from(round));
        }
        player.play(&film, MADE, 64);
        let mut waited = 0;
        while !player.control.is_exact() {
            player.play(&film, 480, 480);
            waited += 480;
            assert!(waited < 20 * SECOND, "round {round}");
        }
        player.play(&film, 2 * FADE, 128);
        let from = player.live.position();
        let mut bounced = Samples::silence(2, 2000);
        let mut bounce = film.mix(Layout::Stereo);
        bounce.seek(from);
        bounce.render(&mut bounced);
        let out = player.take(2000);
        let pairs = out.channels()[0].iter().zip(&bounced.channels()[0]);
        let worst = pairs.fold(0.0_f32, |most, (a, b)| most.max((a - b).abs()));
        assert!(worst < 2e-6, "round {round}: {worst}");
    }
    assert_eq!(player.control.missed(), 0);
}

#[test]
fn a_seek_is_the_bounce_from_its_fade_on_where_nothing_sounds_on() {
    let mut film = Film::new("24", SECOND as u32);
    film.sound("n", Sound::new(44_100, vec![noise(4, 30 * 44_100), noise(5, 30 * 44_100)]));
    film.track("t1", vec![item("c1", 29 * 24, hard("n", 0))]);
    let mut player = Player::new(&film);
    let mut dice = Dice(9);
    for _ in 0..30 {
        let sample = dice.roll(28 * SECOND as u64) as i64;
        player.control.go(sample);
        player.take(FADE);
        assert_eq!(player.live.position(), sample + FADE as i64, "heard at once");
        player.is_the_bounce(&film);
        player.play(&film, 100 + dice.roll(3000) as usize, 64);
    }
    assert_eq!(player.control.missed(), 0);
}

#[test]
fn an_edit_of_latencies_is_a_crossfade_and_then_the_bounce() {
    let mut film = base();
    let tone = sine(SECOND as u32, 40 * SECOND, 440.0, 0.4);
    film.sounds.insert(id("s"), Sound::new(SECOND as u32, vec![tone]));
    let mut player = Player::new(&film);
    for round in 0..4 {
        change(&mut film, 0, |track| match round % 2 {
            0 => track.header.strip.nodes = vec![node("l", "limiter", &[])],
            _ => track.header.strip.nodes.clear(),
        });
        film.sequence.buses.remove(&id("room"));
        change(&mut film, 0, |track| track.header.strip.sends.clear());
        player.edit(&film);
        player.play(&film, 9600, 64);
        assert!(player.control.is_exact());
        player.is_the_bounce(&film);
    }
    let bends = player.heard[500..].windows(3).map(|w| (w[2] - 2.0 * w[1] + w[0]).abs());
    let bend = bends.fold(0.0, f32::max);
    assert!(bend < 0.02, "{bend}");
}

#[test]
fn an_underrun_falls_silent_softly_and_comes_back_softly_while_the_film_goes_on() {
    let mut film = Film::new("24", SECOND as u32);
    film.sound("s", Sound::new(SECOND as u32, vec![vec![0.5; 60 * SECOND]]));
    film.track("t1", vec![item("c1", 1400, hard("s", 0))]);
    let mut player = Player::new(&film);
    while player.control.advance() {}
    player.take(2 * SECOND);
    let missed = player.control.missed();
    assert!(missed > 0 && player.live.position() == 2 * SECOND as i64, "{missed}");
    assert_eq!(player.heard.last(), Some(&0.0));
    while player.control.advance() {
        player.take(128);
    }
    player.play(&film, SECOND, 480);
    let level = 0.5 * 0.5_f32.sqrt();
    assert!((player.heard.last().unwrap() - level).abs() < 1e-6);
    let step = step(&player.heard[500..]);
    assert!(step < 1.01 * level / 240.0, "{step}");
}

#[test]
fn edits_and_seeks_do_not_pile_anything_up() {
    let mut film = base();
    let mut dice = Dice(8);
    let mut player = Player::new(&film);
    let open = |film: &Film, name: &str| {
        Arc::strong_count(&film.sounds[&Id::parse(name).unwrap()].samples)
    };
    for round in 0..120 {
        change(&mut film, 0, |track| {
            track.header.strip.gain = Some(Param::number(-(dice.roll(20) as f64)));
            let length = 900 + dice.roll(50) as i64;
            track.content = Film::new("24", 48_000)
                .track("t", vec![item("c1", length, hard("s", 0))])
                .content
                .clone();
        });
        edit_elsewhere(&mut film, &mut dice);
        player.edit(&film);
        if round % 5 == 0 {
            player.control.go(dice.roll(20 * SECOND as u64) as i64);
        }
        player.play(&film, 500 + dice.roll(3000) as usize, 128);
        assert!(open(&film, "s") <= 5, "{} readers in round {round}", open(&film, "s"));
    }
}
