//! What a ducker does, worked out ahead of time: the gains that it gives, and the keyframes that are
//! heard as it is.

use super::film::{Film, id};
use super::keys::{KEY, LENGTH, MUSIC, change, expected, film};
use roomtone::edit::{self, Scope};
use roomtone::sound::{Ride, Unridden, ride};
use roomtone::workers::Stop;
use timeline_format::mix::Layout;
use timeline_format::{IdSource, Param, Timeline};

const AHEAD: usize = 4800;

fn ridden(film: &Film, tolerance: f64) -> Ride {
    let timeline = film.timeline();
    let range = 0..LENGTH as i64;
    ride(&film.score(&timeline), (id("tm"), id("n1")), range, tolerance, &Stop::new()).unwrap()
}

/// The gain that the music ought to have, which gives way `ahead` samples before it has to.
fn wanted(film: &Film, ahead: usize) -> Vec<f64> {
    let mut key = film.sounds[&id("dx")].samples.channels()[0].clone();
    key.extend(vec![0.0; ahead]);
    expected(&key)[ahead..].to_vec()
}

fn look_ahead(film: &mut Film) {
    change(film, 1, |track| {
        let values = &mut track.header.strip.nodes[0].values;
        values.insert("look_ahead".into(), Param::number(100.0));
    });
}

fn decibels(gain: f64) -> f64 {
    20.0 * gain.log10()
}

#[test]
fn a_ride_is_what_the_ducker_does_to_a_tolerance() {
    for from in ["td", "bd"] {
        for (ahead, tolerance) in [(0, 0.02), (0, 0.25), (AHEAD, 0.1), (0, 1.0)] {
            let mut film = film(from);
            if ahead > 0 {
                look_ahead(&mut film);
            }
            let ride = ridden(&film, tolerance);
            for (sample, gain) in (0..).zip(wanted(&film, ahead)) {
                let apart = (ride.at(sample) - decibels(gain)).abs();
                assert!(apart <= tolerance + 1e-3, "{from} {ahead} {sample}: {apart} dB");
            }
            let most = (30.0 / tolerance.sqrt()) as usize;
            assert!(ride.points().len() < most, "{} points", ride.points().len());
        }
    }
}

#[test]
fn a_ride_asks_for_nothing_but_the_key() {
    let mut film = film("td");
    let plain = ridden(&film, 0.1);
    film.sounds.remove(&id("mx"));
    change(&mut film, 1, |track| track.header.strip.mute = true);
    assert_eq!(ridden(&film, 0.1), plain, "what gives way is silent, or muted");
    change(&mut film, 0, |track| track.header.strip.mute = true);
    assert!(ridden(&film, 0.1).is_flat(), "and so is the key");
}

#[test]
fn what_turns_no_level_has_no_ride() {
    let film = film("td");
    let timeline = film.timeline();
    let score = film.score(&timeline);
    let ask = |strip, node, stop: &Stop| {
        ride(&score, (id(strip), id(node)), 0..1000, 0.1, stop).unwrap_err()
    };
    assert_eq!(ask("td", "n1", &Stop::new()), Unridden::NoGains);
    assert_eq!(ask("tm", "n2", &Stop::new()), Unridden::NoGains);
    let stop = Stop::new();
    stop.raise();
    assert_eq!(ask("tm", "n1", &stop), Unridden::Stopped);
}

/// The film with the ride of its ducker written into it.
fn written(film: &Film, tolerance: f64) -> Timeline {
    let curve = ridden(film, tolerance).curve("25".parse().unwrap(), 48_000).unwrap();
    let ids = &mut IdSource::seeded(1);
    let write = (id("tm"), id("n1"), curve);
    edit::write_ride(&film.timeline(), Scope::of(id("main")), write, ids).unwrap().timeline
}

#[test]
fn a_written_ride_is_heard_as_the_ducker_is() {
    for ahead in [0, AHEAD] {
        let mut ducked = film("bd");
        if ahead > 0 {
            look_ahead(&mut ducked);
        }
        let tolerance = 0.25;
        let mut baked = film("bd");
        let timeline = written(&ducked, tolerance);
        baked.sequence = (**timeline.main().unwrap()).clone();
        let (one, other) = (ducked.bounce(Layout::Mono), baked.bounce(Layout::Mono));
        let speech = &ducked.sounds[&id("dx")].samples.channels()[0];
        let music = |heard: &[f32], at: usize| f64::from(heard[at] - speech[at]);
        for at in 0..LENGTH {
            let (one, other) = (music(&one.channels()[0], at), music(&other.channels()[0], at));
            let apart = decibels(one / other).abs();
            assert!(apart <= tolerance + 2e-3, "{ahead} {at}: {one} {other}");
        }
    }
}

#[test]
fn a_look_ahead_gives_way_before_the_key_and_makes_nothing_late() {
    let mut film = film("bd");
    look_ahead(&mut film);
    let heard = film.bounce(Layout::Mono);
    let speech = film.sounds[&id("dx")].samples.channels()[0].clone();
    for (at, gain) in wanted(&film, AHEAD).into_iter().enumerate() {
        let wanted = f64::from(speech[at]) + gain * f64::from(MUSIC);
        let apart = (f64::from(heard.channels()[0][at]) - wanted).abs();
        assert!(apart < 1e-5, "{at}: {apart}");
    }
    let first = heard.channels()[0].iter().position(|sample| (sample - MUSIC).abs() > 1e-4);
    assert!(first.is_some_and(|first| KEY.start - AHEAD <= first && first < KEY.start - 4000));
}
