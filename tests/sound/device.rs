//! A film at its device: the bounce, whatever the device asks for, and wherever it goes.

use super::film::{Film, Sound, bytes, hard, id, item, noise, sine};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use roomtone::sound::device::{Capture, Clock, Edge, Form, Gate, Null, Output};
use roomtone::sound::live::{self, Control};
use roomtone::workers;
use std::time::{Duration, Instant};
use timeline_format::mix::Layout;

const SECOND: usize = 48_000;
/// Samples until the gate is open.
const OPEN: usize = 240;

fn film() -> Film {
    let mut film = Film::new("24", SECOND as u32);
    let second = || noise(3, 3 * SECOND);
    film.sound("n", Sound::new(SECOND as u32, vec![second(), noise(4, 3 * SECOND)]));
    film.sound("s", Sound::new(SECOND as u32, vec![sine(SECOND as u32, 3 * SECOND, 1000.0, 0.5)]));
    film.track("t1", vec![item("c1", 24, hard("n", 0)), item("c2", 24, hard("s", 0))]);
    film
}

fn edge(film: &Film, end: i64) -> (Control, Edge, Clock, Gate) {
    let mix = Mix::ahead(&film.timeline(), id("main"), film, Layout::Stereo, 16_384).0;
    let (control, live) = live::start(mix, 0);
    let gate = Gate::until(end);
    let (edge, clock) = Edge::new(live, SECOND as u32, Layout::Stereo, &gate);
    (control, edge, clock, gate)
}

/// What `edge` gives in blocks of these lengths, taken in turns, channel by channel.
fn give(control: &mut Control, edge: &mut Edge, lengths: &[usize], total: usize) -> Samples {
    let channels = edge.form().channels;
    let mut heard = vec![Vec::new(); channels];
    for length in lengths.iter().cycle() {
        while control.advance() {}
        let mut out = vec![0.0; length * channels];
        assert_no_alloc(|| edge.fill(&mut out, Duration::ZERO));
        for frame in out.chunks_exact(channels) {
            heard.iter_mut().zip(frame).for_each(|(heard, sample)| heard.push(*sample));
        }
        if heard[0].len() >= total {
            break;
        }
    }
    heard.iter_mut().for_each(|channel| channel.truncate(total));
    Samples::from_channels(heard)
}

fn after(samples: &Samples, from: usize) -> Samples {
    Samples::from_channels(samples.channels().iter().map(|all| all[from..].to_vec()).collect())
}

#[test]
fn a_device_hears_the_bounce_whatever_lengths_it_asks_for() {
    let film = film();
    let bounce = after(&film.bounce(Layout::Stereo), OPEN);
    for lengths in [&[64][..], &[1], &[441], &[512], &[4096], &[17, 1, 1000, 128]] {
        let (mut control, mut edge, ..) = edge(&film, i64::MAX);
        let heard = give(&mut control, &mut edge, lengths, 2 * SECOND);
        assert!(bytes(&after(&heard, OPEN)) == bytes(&bounce), "{lengths:?}");
    }
}

#[test]
fn a_device_of_another_rate_and_layout_hears_the_same_film() {
    let film = film();
    let (mut control, mut edge, ..) = edge(&film, i64::MAX);
    edge.suit(Form { rate: 44_100, channels: 1 });
    let heard = give(&mut control, &mut edge, &[333], 2 * 44_100);
    let (peak, rest) = tone(&heard.channels()[0][50_000..50_000 + 68 * 441], 44_100);
    assert!((peak - 0.5).abs() < 0.001, "mono by BS.775 from both sides at -3 dB: {peak}");
    assert!(rest < -100.0, "{rest:.1} dB");
}

/// The peak of a tone of 1 kHz in whole cycles of it, and the level in dB of all else beside it.
fn tone(samples: &[f32], rate: u32) -> (f64, f64) {
    let turn = std::f64::consts::TAU * 1000.0 / f64::from(rate);
    let part = |phase: fn(f64) -> f64| {
        let sum: f64 =
            samples.iter().zip(0..).map(|(x, n)| f64::from(*x) * phase(turn * f64::from(n))).sum();
        2.0 * sum / samples.len() as f64
    };
    let (sine, cosine) = (part(f64::sin), part(f64::cos));
    let peak = sine.hypot(cosine);
    let rest = samples.iter().zip(0..).map(|(x, n)| {
        let angle = turn * f64::from(n);
        (f64::from(*x) - sine * angle.sin() - cosine * angle.cos()).powi(2)
    });
    let rest = (rest.sum::<f64>() / samples.len() as f64).sqrt();
    (peak, 20.0 * (rest / peak).log10())
}

#[test]
fn the_gate_holds_the_film_without_a_click_and_lets_it_go_on_where_it_was() {
    let film = film();
    let (mut control, mut edge, clock, gate) = edge(&film, i64::MAX);
    give(&mut control, &mut edge, &[480], SECOND + 4800);
    gate.shut();
    let fading = give(&mut control, &mut edge, &[480], 960);
    let shut = give(&mut control, &mut edge, &[480], 4800);
    assert!(shut.channels()[0].iter().all(|sample| *sample == 0.0));
    let held = clock.now().unwrap();
    give(&mut control, &mut edge, &[480], 4800);
    assert_eq!(clock.now(), Some(held), "a clock that stands");
    gate.open();
    let opening = give(&mut control, &mut edge, &[480], 4800);
    let steps = [&fading, &opening].map(|heard| {
        let steps = heard.channels()[0].windows(2).map(|pair| (pair[1] - pair[0]).abs());
        steps.fold(0.0, f32::max)
    });
    assert!(steps.iter().all(|step| *step < 0.055), "a sine of 1 kHz steps by 0.046: {steps:?}");
    let bounce = film.bounce(Layout::Stereo);
    let start = (held as usize) + OPEN;
    let (heard, made) = (&opening.channels()[0][OPEN..], &bounce.channels()[0][start..]);
    assert!(heard.iter().zip(made).all(|(heard, made)| heard == made), "the next sample follows");
}

#[test]
fn a_film_ends_where_it_is_told_to() {
    let film = film();
    let (mut control, mut edge, clock, gate) = edge(&film, 24_001);
    let heard = give(&mut control, &mut edge, &[500], 30_000);
    assert!(heard.channels()[0][24_000] != 0.0 && gate.has_ended());
    assert!(heard.channels()[0][24_001..].iter().all(|sample| *sample == 0.0));
    assert!(clock.now().unwrap() >= 24_001.0);
}

/// Waits until `is_so`, for some seconds at most.
#[track_caller]
fn until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(20), "it did not come to be");
        std::thread::yield_now();
    }
}

#[test]
fn a_film_goes_on_without_its_device_and_comes_back_to_it() {
    let film = film();
    let (mut control, edge, clock, gate) = edge(&film, i64::MAX);
    while control.advance() {}
    let device = Capture::new(Some(Form { rate: 44_100, channels: 2 }));
    let output = Output::open(Box::new(device.clone()), edge, &gate).unwrap();
    assert_eq!(output.form(), Form { rate: 44_100, channels: 2 });
    assert_eq!(device.take(441).unwrap().len(), 882);
    let before = clock.now().unwrap();
    device.plug(false);
    until(|| device.take(1).is_none());
    until(|| clock.now().unwrap() > before + 5000.0);
    device.plug(true);
    until(|| device.take(1).is_some());
    let lines = output.told().lines();
    assert!(lines.len() == 2 && lines[0].contains("capture is away"), "{lines:?}");
    assert!(lines[1].contains("is back: 44100 Hz, 2 channels"), "{lines:?}");
}

/// Feeds a film until the test is over.
fn feeding(mut control: Control) -> workers::Worker<()> {
    let feed = move |stop: &workers::Stop| {
        while !stop.is_raised() {
            while control.advance() {}
            std::thread::yield_now();
        }
    };
    workers::start("feeding", feed).unwrap()
}

/// What a device is given on a channel in so many seconds of its own, some milliseconds at a time.
fn take(device: &Capture, form: Form, channel: usize, seconds: f64) -> Vec<f32> {
    let block = form.rate as usize / 100;
    let mut heard = Vec::new();
    while (heard.len() as f64) < seconds * f64::from(form.rate) {
        let frames = device.take(block).unwrap();
        assert_eq!(frames.len(), block * form.channels);
        heard.extend(frames.iter().skip(channel).step_by(form.channels));
        std::thread::park_timeout(Duration::from_millis(1));
    }
    heard
}

#[test]
fn a_device_that_comes_back_as_another_hears_the_film_at_its_new_rate() {
    let mut film = Film::new("24", SECOND as u32);
    let channels = vec![sine(SECOND as u32, 60 * SECOND, 1000.0, 0.5), noise(3, 60 * SECOND)];
    film.sound("s", Sound::new(SECOND as u32, channels));
    film.track("t1", vec![item("c1", 59 * 24, hard("s", 0))]);
    let (control, edge, clock, gate) = edge(&film, i64::MAX);
    let _feeding = feeding(control);
    let forms = [(44_100, 2), (96_000, 2), (192_000, 6), (48_000, 2)];
    let forms = forms.map(|(rate, channels)| Form { rate, channels });
    let device = Capture::new(Some(forms[0]));
    let output = Output::open(Box::new(device.clone()), edge, &gate).unwrap();
    for (number, form) in forms.into_iter().enumerate() {
        let heard = take(&device, form, 0, 0.6);
        let start = form.rate as usize / 5;
        let (peak, rest) = tone(&heard[start..start + form.rate as usize / 4], form.rate);
        assert!((peak - 0.5).abs() < 0.001, "{form:?}: {peak}");
        assert!(rest < -100.0, "{form:?}: {rest:.1} dB");
        let before = clock.now().unwrap();
        let Some(next) = forms.get(number + 1) else { continue };
        device.become_another(*next);
        device.plug(false);
        until(|| device.take(1).is_none());
        until(|| clock.now().unwrap() > before + 2400.0);
        device.plug(true);
        until(|| device.take(1).is_some());
        let Form { rate, channels } = *next;
        let line = output.told().lines().pop().unwrap();
        assert!(line.contains(&format!("is back: {rate} Hz, {channels} channels")), "{line}");
    }
    let bounce = film.bounce(Layout::Stereo);
    let is_whole = |_| {
        let heard = take(&device, forms[3], 1, 0.01);
        let from = (clock.now().unwrap() as usize).saturating_sub(24_000);
        let near = &bounce.channels()[1][from..from + 48_000];
        near.windows(heard.len()).any(|window| window == heard)
    };
    assert!((0..50).any(is_whole), "at the film's own rate: its bits");
}

/// A device that wants a sample every 21 microseconds: no machine of ours wakes a thread so often.
#[test]
fn samples_that_come_late_are_counted() {
    let film = film();
    let (control, edge, _, gate) = edge(&film, i64::MAX);
    let _feeding = feeding(control);
    let _output = Output::open(Box::new(Null::of_period(1)), edge, &gate).unwrap();
    until(|| gate.underruns() > 2);
}

#[test]
fn a_device_that_stops_to_ask_without_a_word_is_noticed_and_found_again() {
    let film = film();
    let (control, edge, clock, gate) = edge(&film, i64::MAX);
    let _feeding = feeding(control);
    let device = Capture::new(None).with_patience(Duration::from_millis(1500));
    let output = Output::open(Box::new(device.clone()), edge, &gate).unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(2500) {
        assert!(device.take(64).is_some(), "it asks, and is left alone");
        std::thread::park_timeout(Duration::from_millis(5));
    }
    assert!(output.told().lines().is_empty(), "{:?}", output.told().lines());
    let before = clock.now().unwrap();
    until(|| !output.told().lines().is_empty());
    let lines = output.told().lines();
    assert!(lines[0].contains("capture is away (it has asked for nothing for"), "{lines:?}");
    until(|| clock.now().unwrap() > before + 4800.0);
    until(|| device.take(64).is_some());
    until(|| output.told().lines().len() > 1);
    let lines = output.told().lines();
    assert!(lines[1].contains("is back: 48000 Hz, 2 channels"), "{lines:?}");
}

#[test]
fn a_device_that_is_not_there_is_an_error_that_says_so() {
    let film = film();
    let (_control, edge, _, gate) = edge(&film, i64::MAX);
    let device = Capture::new(None);
    device.plug(false);
    let failed = Output::open(Box::new(device), edge, &gate).unwrap_err();
    assert_eq!(failed.to_string(), "it is unplugged");
}

#[test]
fn the_null_device_keeps_the_pace_of_the_clock() {
    let film = film();
    let (mut control, edge, clock, gate) = edge(&film, i64::MAX);
    while control.advance() {}
    let _output = Output::open(Box::new(Null::of_period(128)), edge, &gate).unwrap();
    until(|| clock.now().is_some());
    let (start, from) = (Instant::now(), clock.now().unwrap());
    until(|| start.elapsed() > Duration::from_millis(300));
    let moved = clock.now().unwrap() - from;
    let due = start.elapsed().as_secs_f64() * 48_000.0;
    let late = gate.underruns() as f64 * 4800.0;
    assert!((moved - due).abs() < 2400.0 + late, "{moved} samples in the time of {due}");
}
