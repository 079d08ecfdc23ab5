//! How loud strips are behind their faders: tracks and buses, through edits.

use super::film::{Film, Sound, hard, id, item, sine};
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use roomtone::sound::live::{self, Control};
use std::sync::Arc;
use timeline_format::Param;

/// Two tracks with a tone of half scale, the second 20 dB lower by its fader.
fn two() -> Film {
    let mut film = Film::new("25", 48_000);
    let tone = sine(48_000, 96_000, 1000.0, 0.5);
    film.sound("a", Sound::new(48_000, vec![tone.clone(), tone]));
    film.track("t1", vec![item("c1", 50, hard("a", 0))]);
    let track = film.track("t2", vec![item("c2", 50, hard("a", 0))]);
    track.header.strip.gain = Some(Param::number(-20.0));
    film
}

#[test]
fn a_strip_shows_what_comes_out_of_its_fader() {
    let film = two();
    let timeline = film.timeline();
    let mut mix = Mix::playing(&film.score(&timeline)).0;
    mix.render(&mut Samples::silence(2, 72_000));
    let levels = &mix.gauges().levels;
    for (strip, peak) in [("t1", 0.5), ("t2", 0.05)] {
        let level = &levels[&id(strip)];
        assert!((level.take_peak() - peak).abs() < 0.001, "{strip}");
        let rms = level.rms() / peak * 2.0_f32.sqrt();
        assert!((rms - 1.0).abs() < 0.02, "{strip}: {rms}");
    }
    mix.seek(0);
    assert_eq!(mix.gauges().levels[&id("t1")].rms(), 0.0, "a seek forgets");
}

#[test]
fn an_edit_elsewhere_leaves_a_strip_its_level() {
    let mut film = two();
    let timeline = film.timeline();
    let (mut control, mut live) = live::start(Mix::playing(&film.score(&timeline)).0, 0);
    let before = control.gauges().levels[&id("t1")].clone();
    let mut out = Samples::silence(2, 512);
    let mut play = |control: &mut Control, film: &Film| {
        let timeline = film.timeline();
        for _ in 0..60 {
            control.advance();
            control.tend(&film.score(&timeline));
            live.render(&mut out);
        }
    };
    play(&mut control, &film);
    assert!(before.rms() > 0.2, "{}", before.rms());
    let tracks = &mut film.sequence.tracks;
    let place = tracks.iter().position(|track| track.id == id("t2")).unwrap();
    Arc::make_mut(tracks.get_mut(place).unwrap()).header.strip.gain = Some(Param::number(-3.0));
    let timeline = film.timeline();
    assert!(control.edit(&film.score(&timeline)).is_empty());
    play(&mut control, &film);
    let after = control.gauges().levels[&id("t1")].clone();
    let wanted = 0.5 / 2.0_f32.sqrt();
    assert!((after.rms() - wanted).abs() < 0.02, "{}", after.rms());
    assert!((before.rms() - after.rms()).abs() < 1e-6, "it is the very needle");
    let other = control.gauges().levels[&id("t2")].rms() / wanted;
    assert!((other - 10.0_f32.powf(-3.0 / 20.0)).abs() < 0.05, "{other}");
}
