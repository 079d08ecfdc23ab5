//! What is heard where a transition needs more than a file has.

use super::film::{Film, Sound, hard, id, item, noise, sine, transition};
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use std::f64::consts::FRAC_PI_2;
use std::sync::Arc;
use timeline_format::mix::Layout;
use timeline_format::track::{Content, TrackKind};
use timeline_format::transition::Handles;
use timeline_format::{Cut, Ratio, Reel};

/// Samples of a frame, of a clip and of the half of its transition.
const FRAME: i64 = 2000;
const CLIP: i64 = 10 * FRAME;
const HALF: i64 = 3 * FRAME;

fn cut(from: &str, to: &str) -> Cut {
    Cut { from: Some(id(from)), to: Some(id(to)) }
}

/// Two files of ten frames, used whole, with six frames of transition between them.
fn film(handles: Handles, sounds: [Vec<f32>; 2]) -> Film {
    let mut film = Film::new("24", 48_000);
    for (name, sound) in ["a", "b"].into_iter().zip(sounds) {
        film.video(name, "24", Sound::new(48_000, vec![sound]));
    }
    let track = film.track("t1", vec![item("c1", 10, hard("a", 0)), item("c2", 10, hard("b", 0))]);
    let over = timeline_format::Transition { handles, ..transition(3, 3) };
    track.transitions.insert(cut("c1", "c2"), Arc::new(over));
    film
}

fn sources() -> [Vec<f32>; 2] {
    [noise(5, CLIP as usize), noise(6, CLIP as usize)]
}

fn heard(film: &Film) -> Vec<f32> {
    film.bounce(Layout::Mono).channels()[0].clone()
}

/// The equal-power gains of the outgoing and the incoming clip, `index` samples into the transition.
fn gains(index: i64) -> (f64, f64) {
    let x = (index as f64 + 0.5) / (2 * HALF) as f64 * FRAC_PI_2;
    (x.cos(), x.sin())
}

#[test]
fn a_mirror_plays_backwards_past_the_end_and_before_the_beginning() {
    let [a, b] = sources();
    let heard = heard(&film(Handles::Mirror, sources()));
    let fold = |sound: &[f32], at: i64| {
        let at = if at < 0 { -1 - at } else { at };
        let at = if at >= CLIP { 2 * CLIP - 1 - at } else { at };
        f64::from(sound[at as usize])
    };
    for index in 0..2 * HALF {
        let at = CLIP - HALF + index;
        let (out, new) = gains(index);
        let expected = fold(&a, at) * out + fold(&b, at - CLIP) * new;
        assert!((f64::from(heard[at as usize]) - expected).abs() < 1e-6, "{index}");
    }
}

#[test]
fn a_mirrored_clip_may_run_backwards_itself() {
    let mut film = film(Handles::Mirror, sources());
    let mut track = (*film.sequence.tracks[0]).clone();
    let mut second = hard("b", 0);
    second.speed = Ratio::whole(-1);
    let reel: Reel =
        vec![item("c1", 10, hard("a", 0)), item("c2", 10, second)].into_iter().collect();
    track.content = Content::Sequential(reel);
    film.sequence.tracks.set(0, track.into());
    let (heard, [a, b]) = (heard(&film), sources());
    for index in 0..HALF {
        let (out, new) = gains(index);
        let ahead = f64::from(b[(CLIP - HALF + index) as usize]);
        let expected = f64::from(a[(CLIP - HALF + index) as usize]) * out + ahead * new;
        assert!((f64::from(heard[(CLIP - HALF + index) as usize]) - expected).abs() < 1e-6);
    }
}

/// A sine of 480 Hz that lasts ten frames, spread over thirteen, has 480 * 10 / 13 Hz.
#[test]
fn a_slow_clip_is_spread_over_its_handles_as_its_picture_is() {
    let tone = sine(48_000, CLIP as usize, 480.0, 0.5);
    let heard = heard(&film(Handles::Slow, [tone, vec![0.0; CLIP as usize]]));
    let step = (CLIP - 1) as f64 / (CLIP + HALF - 1) as f64;
    for at in (1000..CLIP - HALF).chain(CLIP - HALF..CLIP + HALF - 1000) {
        let gain = if at < CLIP - HALF { 1.0 } else { gains(at - CLIP + HALF).0 };
        let turn = std::f64::consts::TAU * 480.0 / 48_000.0 * at as f64 * step;
        let expected = 0.5 * turn.sin() * gain;
        assert!((f64::from(heard[at as usize]) - expected).abs() < 2e-5, "{at}");
    }
}

#[test]
fn a_frozen_picture_is_silent_and_the_end_of_its_sound_does_not_click() {
    let ones = vec![1.0; CLIP as usize];
    let film = film(Handles::Freeze, [ones, vec![0.0; CLIP as usize]]);
    let heard = heard(&film);
    let end = CLIP as usize;
    assert!(heard[end..].iter().all(|sample| *sample == 0.0));
    let (before, _) = gains(HALF - 97);
    assert!((f64::from(heard[end - 97]) - before).abs() < 1e-6);
    let step = heard.windows(2).fold(0.0_f32, |most, pair| most.max((pair[1] - pair[0]).abs()));
    assert!(step < 0.012, "a click of {step}");
}

#[test]
fn handles_that_are_there_are_played_whatever_a_transition_says() {
    let bounce = |handles| {
        let mut film = film(handles, [noise(5, 96_000), noise(6, 96_000)]);
        let mut track = (*film.sequence.tracks[0]).clone();
        let items = vec![item("c1", 10, hard("a", 4)), item("c2", 10, hard("b", 4))];
        track.content = Content::Sequential(items.into_iter().collect());
        film.sequence.tracks.set(0, track.into());
        heard(&film)
    };
    let real = bounce(Handles::Real);
    for handles in [Handles::Freeze, Handles::Mirror, Handles::Slow] {
        assert_eq!(bounce(handles), real, "{handles:?}");
    }
}

#[test]
fn linked_sound_takes_the_handles_of_its_picture() {
    for handles in [Handles::Freeze, Handles::Mirror, Handles::Slow] {
        let own = film(handles, sources());
        let mut linked = film(handles, sources());
        let mut track = (*linked.sequence.tracks[0]).clone();
        let over = std::mem::take(&mut track.transitions);
        let link = |media: &str, link: &str| {
            let mut clip = hard(media, 0);
            clip.link = Some(id(link));
            clip
        };
        let items = |first, second| -> Reel {
            let (a, b) = (link("a", "l1"), link("b", "l2"));
            vec![item(first, 10, a), item(second, 10, b)].into_iter().collect()
        };
        track.content = Content::Sequential(items("c1", "c2"));
        linked.sequence.tracks.set(0, track.into());
        let reel = Content::Sequential(items("v1", "v2"));
        let picture = linked.tracks("p", TrackKind::Picture, reel);
        picture.transitions.insert(cut("v1", "v2"), over.values().next().unwrap().clone());
        assert_eq!(heard(&linked), heard(&own), "{handles:?}");
    }
}

#[test]
fn real_handles_that_are_short_are_a_problem() {
    let film = film(Handles::Real, sources());
    let (mut mix, problems) = Mix::new(&film.timeline(), id("main"), &film, Layout::Mono);
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["sound-short-handle"; 2]);
    let mut out = Samples::silence(1, 2 * CLIP as usize);
    mix.render(&mut out);
    assert!(out.channels()[0].iter().all(|sample| sample.is_finite()));
}
