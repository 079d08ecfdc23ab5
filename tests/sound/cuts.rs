//! What happens at cuts, to the sample.

use super::film::{Film, Sound, clip, hard, id, item, noise, sine, transition};
use std::sync::Arc;
use timeline_format::mix::Layout;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{Cut, Item, Reel};

fn cut(from: &str, to: &str) -> Cut {
    Cut { from: Some(id(from)), to: Some(id(to)) }
}

fn difference(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |most, (a, b)| most.max((a - b).abs()))
}

#[test]
fn a_sine_through_a_cut_leaves_nothing_outside_the_declick() {
    let mut film = Film::new("25", 48_000);
    film.sound("a", Sound::new(48_000, vec![sine(48_000, 96_000, 440.0, 0.5)]));
    film.track("t1", vec![item("c1", 10, clip("a", 5000)), item("c2", 10, clip("a", 40_137))]);
    let heard = &film.bounce(Layout::Mono).channels()[0].clone();
    let source = film.sounds[&id("a")].samples.channels()[0].clone();
    let at = 19_200;
    assert_eq!(heard[96..at - 96], source[5096..5000 + at - 96]);
    assert_eq!(heard[at + 96..2 * at - 96], source[40_137 + 96..40_137 + at - 96]);
    let step = heard.windows(2).fold(0.0_f32, |most, pair| most.max((pair[1] - pair[0]).abs()));
    assert!(step < 0.045, "a click of {step}");
    for (index, sample) in heard[at - 96..at + 96].iter().enumerate() {
        let x = (index as f64 + 0.5) / 192.0 * std::f64::consts::FRAC_PI_2;
        let (out, new) = (source[5000 + at - 96 + index], source[40_137 - 96 + index]);
        let expected = f64::from(out) * x.cos() + f64::from(new) * x.sin();
        assert!((f64::from(*sample) - expected).abs() < 1e-6);
    }
}

#[test]
fn a_through_edit_changes_no_bit() {
    for (rate, sample_rate) in [("24", 48_000), ("30000/1001", 48_000), ("25", 44_100)] {
        let sound = Sound::new(sample_rate, vec![noise(1, 200_000), noise(2, 200_000)]);
        let bounce = |lengths: &[i64]| {
            let mut film = Film::new(rate, 48_000);
            film.video("a", rate, sound.clone());
            let mut from = 3;
            let items = lengths.iter().enumerate().map(|(index, length)| {
                from += length;
                item(&format!("c{index}"), *length, clip("a", from - length))
            });
            film.track("t1", items.collect());
            film.bounce(Layout::Stereo)
        };
        assert_eq!(bounce(&[40]), bounce(&[1, 7, 2, 13, 1, 16]), "{rate} {sample_rate}");
    }
}

#[test]
fn a_crossfade_keeps_the_power_of_two_sounds() {
    let mut film = Film::new("24", 48_000);
    film.sound("a", Sound::new(48_000, vec![noise(5, 96_000)]));
    film.sound("b", Sound::new(48_000, vec![noise(6, 96_000)]));
    let track =
        film.track("t1", vec![item("c1", 10, hard("a", 0)), item("c2", 10, hard("b", 30_000))]);
    track.transitions.insert(cut("c1", "c2"), Arc::new(transition(3, 4)));
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    let (a, b) = (&film.sounds[&id("a")].samples, &film.sounds[&id("b")].samples);
    let (first, length) = (7 * 2000, 7 * 2000);
    for index in 0..length {
        let x = (index as f64 + 0.5) / length as f64 * std::f64::consts::FRAC_PI_2;
        let out = f64::from(a.channels()[0][first + index]) * x.cos();
        let new = f64::from(b.channels()[0][30_000 - 3 * 2000 + index]) * x.sin();
        assert!((f64::from(heard[first + index]) - out - new).abs() < 1e-6, "{index}");
    }
    assert_eq!(heard[..first], a.channels()[0][..first]);
}

#[test]
fn sound_follows_the_dissolve_of_its_picture() {
    let film = |own: bool| {
        let mut film = Film::new("24", 48_000);
        for (name, seed) in [("a", 5), ("b", 6)] {
            film.video(name, "24", Sound::new(48_000, vec![noise(seed, 96_000)]));
        }
        let linked = |media, from, link| {
            let mut clip = hard(media, from);
            clip.link = Some(id(link));
            clip
        };
        let items = |first, second| {
            vec![item(first, 10, linked("a", 0, "l1")), item(second, 10, linked("b", 12, "l2"))]
        };
        let reel: Reel = items("v1", "v2").into_iter().collect();
        let picture = film.tracks("p", TrackKind::Picture, Content::Sequential(reel));
        if !own {
            picture.transitions.insert(cut("v1", "v2"), Arc::new(transition(3, 4)));
        }
        let sound = film.track("s", items("c1", "c2"));
        if own {
            sound.transitions.insert(cut("c1", "c2"), Arc::new(transition(3, 4)));
        }
        film.bounce(Layout::Mono)
    };
    assert_eq!(film(false), film(true));
}

#[test]
fn a_file_that_is_played_whole_is_left_as_it_is() {
    let mut film = Film::new("24", 48_000);
    film.sound("a", Sound::new(48_000, vec![noise(9, 20_000)]));
    film.track(
        "t1",
        vec![Item::gap(id("g"), 2), item("c1", 10, clip("a", 0)), item("c2", 3, clip("a", 5000))],
    );
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    let source = film.sounds[&id("a")].samples.channels()[0].clone();
    assert_eq!(heard[4000..23_900], source[..19_900]);
    assert!(difference(&heard[..4000], &[0.0; 4000]) == 0.0);
    assert!(heard[29_999].abs() < 1e-3, "it is cut in the middle, and faded");
}
