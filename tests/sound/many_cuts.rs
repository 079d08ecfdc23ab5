//! Many cuts: what is heard is where the cuts put it, to the sample, and no cut is heard itself.

use super::film::{Film, Sound, clip, hard, id, item, noise, sine, transition};
use std::sync::Arc;
use timeline_format::mix::Layout;
use timeline_format::{Cut, Rate};

fn cut(from: &str, to: &str) -> Cut {
    Cut { from: Some(id(from)), to: Some(id(to)) }
}

#[test]
fn after_five_hundred_cuts_every_beep_is_on_its_sample() {
    for (rate, media_rate) in [("30000/1001", "30000/1001"), ("24000/1001", "25"), ("25", "24")] {
        let (exact, of_media): (Rate, Rate) = (rate.parse().unwrap(), media_rate.parse().unwrap());
        let count = 4000;
        let mut channel = vec![0.0; of_media.sample_of(count, 48_000) as usize];
        for frame in 0..count {
            channel[of_media.sample_of(frame, 48_000) as usize + 300] = 0.5;
        }
        let mut film = Film::new(rate, 48_000);
        film.video("a", media_rate, Sound::new(48_000, vec![channel]));
        let from = |number: i64| (number * 1_237) % 3900;
        let length = |number: i64| 2 + number % 7;
        let items = (0..501)
            .map(|number| item(&format!("c{number}"), length(number), hard("a", from(number))));
        film.track("t1", items.collect());
        let heard = film.bounce(Layout::Mono).channels()[0].clone();
        let mut at = 0;
        for number in 0..501 {
            let start = exact.sample_of(at, 48_000);
            let source = of_media.sample_of(from(number), 48_000);
            let first = of_media.sample_of(from(number), 48_000) + 300 - source + start;
            let place = first as usize;
            assert!(
                heard[place] > 0.4,
                "cut {number} at {rate}: {:?}",
                &heard[place - 2..place + 3]
            );
            assert!(heard[place - 1].abs() < 0.1 && heard[place + 1].abs() < 0.1, "cut {number}");
            at += length(number);
        }
    }
}

#[test]
fn a_sine_through_a_thousand_cuts_that_join_is_the_sine() {
    let mut film = Film::new("25", 48_000);
    let source = sine(48_000, 3003 * 1920, 440.0, 0.5);
    film.video("a", "25", Sound::new(48_000, vec![source.clone()]));
    let items = (0..1001).map(|number| item(&format!("c{number}"), 3, clip("a", number * 3)));
    film.track("t1", items.collect());
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    assert_eq!(heard.len(), source.len());
    let off = heard.iter().zip(&source).position(|(a, b)| a.to_bits() != b.to_bits());
    let last = source.len() - 96;
    assert!(off.is_none_or(|off| off >= last), "another bit at {off:?}");
}

#[test]
fn a_thousand_cuts_between_places_of_a_sine_leave_nothing_but_their_crossfades() {
    let mut film = Film::new("25", 48_000);
    let source = sine(48_000, 600 * 1920, 440.0, 0.5);
    film.video("a", "25", Sound::new(48_000, vec![source.clone()]));
    let from = |number: usize| 5 + number * 7919 % 580;
    let items =
        (0..1001).map(|number| item(&format!("c{number}"), 2, clip("a", from(number) as i64)));
    film.track("t1", items.collect());
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    let mut worst = 0.0_f64;
    for number in 1..1001 {
        let at = number * 3840;
        let (out, new) = ((from(number - 1) + 2) * 1920, from(number) * 1920);
        for step in 0..192 {
            let x = (step as f64 + 0.5) / 192.0 * std::f64::consts::FRAC_PI_2;
            let (out, new) = (source[out - 96 + step], source[new - 96 + step]);
            let (out, new) = (f64::from(out) * x.cos(), f64::from(new) * x.sin());
            worst = worst.max((f64::from(heard[at - 96 + step]) - out - new).abs());
        }
        let inside = at + 96..at + 3840 - 96;
        let same = &source[new + 96..new + 3840 - 96];
        if number < 1000 {
            assert!(heard[inside] == *same, "between cut {number} and the next");
        }
    }
    assert!(worst < 10_f64.powf(-90.0 / 20.0), "{} dB", 20.0 * worst.log10());
}

#[test]
fn ten_short_noises_keep_their_energy_to_the_last_sample() {
    let mut film = Film::new("24", 48_000);
    let length = 72_000;
    let noises: Vec<Vec<f32>> = (0..10).map(|seed| noise(40 + seed, length)).collect();
    for (number, channel) in noises.iter().enumerate() {
        film.video(&format!("n{number}"), "24", Sound::new(48_000, vec![channel.clone()]));
    }
    let items =
        (0..10).map(|number| item(&format!("c{number}"), 36, clip(&format!("n{number}"), 0)));
    film.track("t1", items.collect());
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    assert_eq!(heard.len(), 10 * length);
    let energy = |samples: &[f32]| samples.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>();
    for (number, channel) in noises.iter().enumerate() {
        let found = &heard[number * length..][..length];
        assert_eq!(found[96..length - 96], channel[96..length - 96], "noise {number}");
        let edge = 20.0 * 48.0;
        let tail = length - edge as usize;
        let kept = energy(&found[tail..]) / energy(&channel[tail..]);
        assert!((0.9..1.2).contains(&kept), "the last 20 ms of noise {number} keep {kept}");
    }
    let last = &heard[10 * length - 96..];
    assert!(energy(&last[..48]) > 0.0 && last.iter().rev().take(4).any(|x| *x != 0.0));
}

#[test]
fn a_crossfade_that_was_trimmed_fifty_times_sounds_as_one_made_anew() {
    let film = |splits: &[(i64, i64)]| {
        let mut film = Film::new("24", 48_000);
        film.sound("a", Sound::new(48_000, vec![noise(5, 200_000)]));
        film.sound("b", Sound::new(48_000, vec![noise(6, 200_000)]));
        let items = vec![item("c1", 40, hard("a", 0)), item("c2", 40, hard("b", 60_000))];
        let mut track = film.track("t1", items).clone();
        let mut heard = Vec::new();
        for (before, after) in splits {
            let made = Arc::new(transition(*before, *after));
            track.transitions.insert(cut("c1", "c2"), made);
            film.sequence.tracks.set(0, Arc::new(track.clone()));
            heard = film.bounce(Layout::Mono).channels()[0].clone();
        }
        heard
    };
    let splits: Vec<(i64, i64)> =
        (0..50).map(|step| (1 + step * 7 % 20, 1 + step * 5 % 20)).collect();
    let last = splits[49];
    assert_eq!(film(&splits), film(&[last]));
}
