//! A film that is led by hand: forwards, backwards, at any speed, without a click.

use super::film::{Film, Sound, hard, item, noise, sine};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use roomtone::sound::live::{self, Control, FADE, Live};
use timeline_format::mix::Layout;

const SECOND: usize = 48_000;

fn film(sound: Sound) -> Film {
    let mut film = Film::new("24", SECOND as u32);
    film.sound("s", sound);
    film.track("t1", vec![item("c1", 39 * 24, hard("s", 0))]);
    film
}

fn tone(frequency: f64) -> Film {
    film(Sound::new(SECOND as u32, vec![sine(SECOND as u32, 40 * SECOND, frequency, 0.5)]))
}

struct Tape {
    control: Control,
    live: Live,
}

impl Tape {
    /// At `sample`, ready to be led.
    fn at(film: &Film, sample: i64) -> Self {
        let timeline = film.timeline();
        let score = film.score(&timeline);
        let (mut control, live) = live::start(Mix::playing(&score).0, sample);
        assert!(control.tend(&score));
        Self { control, live }
    }

    /// The next samples, in blocks as a device asks for them.
    fn take(&mut self, length: usize) -> Vec<f32> {
        let mut heard = Vec::new();
        while heard.len() < length {
            self.control.advance();
            let mut out = Samples::silence(2, 64);
            assert_no_alloc(|| self.live.render(&mut out));
            heard.extend_from_slice(&out.channels()[0]);
        }
        heard
    }
}

fn power(samples: &[f32]) -> f64 {
    samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / samples.len() as f64
}

/// How much of the samples is a sine of this frequency: its peak, and the power of all else beside its own.
fn share(samples: &[f32], frequency: f64) -> (f64, f64) {
    let turn = std::f64::consts::TAU * frequency / SECOND as f64;
    let part = |phase: fn(f64) -> f64| {
        let all = samples.iter().zip(0..);
        let sum: f64 = all.map(|(x, n)| f64::from(*x) * phase(turn * f64::from(n))).sum();
        2.0 * sum / samples.len() as f64
    };
    let peak = part(f64::sin).hypot(part(f64::cos));
    let own = peak * peak / 2.0;
    (peak, (power(samples) - own).max(0.0) / own)
}

fn sharpest(samples: &[f32]) -> f32 {
    let bends = samples.windows(3).map(|w| (w[2] - 2.0 * w[1] + w[0]).abs());
    bends.fold(0.0, f32::max)
}

#[test]
fn at_its_own_speed_it_is_the_film_and_backwards_its_reversal() {
    let film = film(Sound::new(44_100, vec![noise(1, 40 * 44_100), noise(2, 40 * 44_100)]));
    let whole = film.bounce(Layout::Stereo);
    let whole = &whole.channels()[0];
    for speed in [1.0, -1.0] {
        let mut tape = Tape::at(&film, 10 * SECOND as i64);
        tape.control.shuttle(speed);
        tape.take(FADE);
        let from = tape.live.position();
        assert_ne!(from, 10 * SECOND as i64);
        let heard = tape.take(2 * SECOND);
        let expected: Vec<f32> = (0..heard.len() as i64)
            .map(|step| whole[(from + step * speed as i64) as usize])
            .collect();
        assert!(heard == expected, "{speed}");
        assert_eq!(tape.control.missed(), 0);
    }
}

#[test]
fn the_pitch_follows_the_speed_and_what_would_fold_back_is_left_out() {
    let level = 0.5 * 0.5_f64.sqrt();
    for (speed, from, most) in [
        (2.0, 440.0, 1e-6),
        (-2.0, 440.0, 1e-6),
        (0.5, 440.0, 1e-5),
        (-3.7, 300.0, 1e-5),
        (7.9, 200.0, 1e-5),
        (1.01, 1000.0, 1e-5),
    ] {
        let mut tape = Tape::at(&tone(from), 20 * SECOND as i64);
        tape.control.shuttle(speed);
        tape.take(2 * FADE);
        let heard = tape.take(SECOND / 2);
        let (peak, rest) = share(&heard, from * f64::abs(speed));
        assert!((peak / level - 1.0).abs() < 0.01, "{speed}: {peak}");
        assert!(rest < most, "{speed}: {rest}");
    }
    let mut tape = Tape::at(&tone(10_000.0), 20 * SECOND as i64);
    tape.control.shuttle(4.0);
    tape.take(2 * FADE);
    let heard = tape.take(SECOND / 2);
    let left = 10.0 * (power(&heard) / (level * level / 2.0)).log10();
    assert!(left < -60.0, "40 kHz at {left} dB");
}

#[test]
fn a_pointer_is_heard_soon_and_falls_silent_where_it_stays() {
    let mut tape = Tape::at(&tone(440.0), 10 * SECOND as i64);
    tape.control.scrub(10 * SECOND as i64);
    let before = tape.take(4800);
    assert!(before[FADE + 64..].iter().all(|sample| *sample == 0.0), "it stands");
    let mut heard = Vec::new();
    for hand in [14_400, -14_400, 30_000] {
        let start = heard.len();
        let pointer = tape.live.position() + hand;
        tape.control.scrub(pointer);
        heard.extend(tape.take(SECOND));
        let first = heard[start..].iter().position(|sample| sample.abs() > 0.01);
        assert!(first.is_some_and(|first| first < 1440), "{first:?}");
        assert!((tape.live.position() - pointer).abs() <= 1, "it is there");
        assert!(heard[heard.len() - 4800..].iter().all(|sample| *sample == 0.0), "it stands");
    }
    let fastest = 0.5 * (std::f32::consts::TAU * 440.0 * 4.0 / SECOND as f32).powi(2);
    assert!(sharpest(&heard) < fastest, "{} {fastest}", sharpest(&heard));
    assert_eq!(tape.control.missed(), 0);
}

#[test]
fn too_fast_is_silent_and_the_film_still_goes_by() {
    let mut tape = Tape::at(&tone(100.0), 2 * SECOND as i64);
    tape.control.shuttle(1.0);
    tape.take(4800);
    tape.control.shuttle(32.0);
    let heard = tape.take(SECOND / 2);
    assert!(heard[12_000..].iter().all(|sample| *sample == 0.0));
    let from = tape.live.position();
    tape.take(4800);
    assert!((tape.live.position() - from - 32 * 4800).abs() <= 32, "at 32 times its speed");
    tape.control.shuttle(-1.0);
    let heard = tape.take(SECOND);
    let (peak, rest) = share(&heard[SECOND / 2..], 100.0);
    assert!((peak / 0.5 / 0.5_f64.sqrt() - 1.0).abs() < 0.01 && rest < 1e-6, "{peak} {rest}");
}

#[test]
fn let_go_of_it_plays_on_where_it_is_without_a_click() {
    let film = tone(440.0);
    let timeline = film.timeline();
    let mut tape = Tape::at(&film, 10 * SECOND as i64);
    let mut heard = tape.take(1000);
    tape.control.scrub(10 * SECOND as i64);
    heard.extend(tape.take(1000));
    tape.control.scrub(11 * SECOND as i64);
    heard.extend(tape.take(9600));
    tape.control.tend(&film.score(&timeline));
    let place = tape.control.position();
    tape.control.go(place);
    heard.extend(tape.take(FADE));
    let from = tape.live.position() as usize;
    assert!(!tape.control.is_led() && (from as i64 - place).abs() < 1000, "{from} {place}");
    let bounce = film.bounce(Layout::Stereo);
    let played = tape.take(4800);
    assert_eq!(played[..], bounce.channels()[0][from..from + played.len()]);
    heard.extend(played);
    assert!(sharpest(&heard) < 0.03, "{}", sharpest(&heard));
}

#[test]
fn a_film_is_edited_while_it_is_led() {
    let mut film = tone(440.0);
    let mut tape = Tape::at(&film, 10 * SECOND as i64);
    tape.control.shuttle(-0.5);
    let mut heard = tape.take(9600);
    film.track("t2", vec![item("c2", 39 * 24, hard("s", 0))]);
    let timeline = film.timeline();
    tape.control.tend(&film.score(&timeline));
    assert!(tape.control.edit(&film.score(&timeline)).is_empty());
    heard.extend(tape.take(9600));
    assert!(tape.control.is_led() && tape.live.position() < 10 * SECOND as i64 - 9000);
    let (peak, _) = share(&heard[heard.len() - 4800..], 220.0);
    assert!((peak - 0.5_f64.sqrt()).abs() < 0.01, "both tracks: {peak}");
    assert!(sharpest(&heard) < 0.01, "{}", sharpest(&heard));
}
