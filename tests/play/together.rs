//! Picture and sound stay together for an hour: a real room of sound at a device whose clock goes as fast as
//! the test takes its samples, and the transport that follows what is heard there. Nothing waits for an hour.

use roomtone::play::Room;
use roomtone::play::screen::Intent;
use roomtone::play::transport::{Seen, Transport};
use roomtone::sound::device::{Capture, Form};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use timeline_format::{Rate, Timeline};

/// The pitch of what is heard: each sample tells which one it is.
const PITCH: f64 = 7.0;
/// Refreshes after which the level of what is heard is known.
const KNOWN: u64 = 5 * REFRESHES;
/// Refreshes of the screen in a second, and in the hour.
const REFRESHES: u64 = 60;
const HOUR: u64 = 3600 * REFRESHES;
/// Where it begins to play.
const FIRST: i64 = 100;

/// A screen that shows at once whatever it is asked for.
#[derive(Clone, Default)]
struct Picture(Arc<AtomicI64>);

impl Seen for Picture {
    fn show(&mut self, frame: i64, _: Intent) {
        self.0.store(frame, Ordering::Relaxed);
    }

    fn edit(&mut self, _: &Arc<Timeline>) {}

    fn is_shown(&self, _: i64) -> bool {
        true
    }
}

/// More than an hour of a colour, over a tone.
fn film(rate: Rate, sound: u32) -> Arc<Timeline> {
    let length = rate.frame_of_sample(i64::from(sound) * 3660, sound);
    let tone = json!({"kind": "tone", "values": {
        "frequency": PITCH, "level": -6
    }});
    let text = json!({
        "format": 1, "min_reader": 1,
        "settings": {"raster": "16x16", "rate": rate, "sound": sound, "main": "main"},
        "clips": {
            "c": {"length": length, "generator": {"kind": "colour"}},
            "t": {"length": length, "generator": tone}
        },
        "tracks": {
            "v1": {"kind": "picture", "order": ["c", ""]},
            "a1": {"kind": "sound", "order": ["t", ""]}
        },
        "sequences": {"main": {"rate": rate, "tracks": ["v1", "a1", ""]}}
    });
    let (film, problems) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(film)
}

/// What sample `at` of the film sounds like, at any place between two samples.
fn tone(at: f64, rate: u32) -> f64 {
    let turns = (at * PITCH / f64::from(rate)).fract();
    (turns * std::f64::consts::TAU).sin()
}

/// How loud a tone is heard: by its samples, and by those that it has at full scale.
#[derive(Default)]
struct Level {
    both: f64,
    full: f64,
}

impl Level {
    fn take(&mut self, heard: f64, full: f64) {
        (self.both, self.full) = (self.both + heard * full, self.full + full * full);
    }

    fn now(&self) -> f64 {
        self.both / self.full
    }
}

/// A film that plays to a device of this test.
struct Hall {
    room: Arc<Room>,
    device: Capture,
    transport: Transport,
    picture: Picture,
    rate: Rate,
    sound: u32,
    form: Form,
    start: Instant,
}

impl Hall {
    fn open(rate: &str, sound: u32, device_rate: u32) -> Self {
        let rate: Rate = rate.parse().unwrap();
        let film = film(rate, sound);
        let form = Form { rate: device_rate, channels: 2 };
        let device = Capture::new(Some(form));
        let here = std::path::Path::new(".");
        let room = Room::open(&film, here, 0..i64::MAX / 4, Box::new(device.clone())).unwrap();
        let (room, picture) = (Arc::new(room), Picture::default());
        room.gate().shut();
        let heard = Box::new(Arc::clone(&room));
        let transport = Transport::new(&film, Box::new(picture.clone()), Some(heard)).unwrap();
        Self { room, device, transport, picture, rate, sound, form, start: Instant::now() }
    }

    /// Plays from [`FIRST`] on; time begins when that is heard. How many frames were taken until then.
    fn play(&mut self) -> u64 {
        self.transport.go(FIRST);
        self.transport.play();
        let there = self.rate.sample_of(FIRST, self.sound) as f64;
        let patience = Instant::now();
        for taken in 1.. {
            assert!(patience.elapsed() < Duration::from_mins(1), "it does not begin");
            self.device.take_at(1, self.start);
            let heard = self.room.clock().sample_at(self.start).unwrap();
            if (heard - there).abs() < 0.1 * f64::from(self.sound) {
                return taken;
            }
            std::thread::yield_now();
        }
        unreachable!("it was taken for ever")
    }

    /// How far the middle of the picture that is seen is from what is heard, in frames; and the film's sample
    /// that is heard.
    fn together(&mut self, now: Instant) -> (f64, f64) {
        let frame = self.transport.tick(now);
        assert_eq!(self.picture.0.load(Ordering::Relaxed), frame);
        let heard = self.room.clock().sample_at(now).unwrap();
        let edges = [frame, frame + 1].map(|frame| self.rate.sample_of(frame, self.sound) as f64);
        let length = f64::from(self.sound) / self.rate.ratio().to_f64();
        ((edges[0].midpoint(edges[1]) - heard) / length, heard)
    }
}

/// Leaves those who read and mix the time to get ahead of what is taken.
fn pause() {
    crossbeam::channel::after(Duration::from_millis(5)).recv().unwrap();
}

fn mean(of: &[f64]) -> f64 {
    of.iter().sum::<f64>() / of.len() as f64
}

/// Plays for an hour, and holds picture, clock and samples against each other at each refresh. Where samples are
/// taken faster than they can be made there are some that are missed, and said to be: those behind them are
/// where they belong again.
fn hold_for_an_hour(rate: &str, sound: u32, device_rate: u32) {
    let what = format!("{rate} frames, {sound} samples, a device of {device_rate}");
    let mut hall = Hall::open(rate, sound, device_rate);
    hall.play();
    let period = hall.form.rate as usize / REFRESHES as usize;
    let one_sample = 1.0 / (f64::from(sound) / hall.rate.ratio().to_f64());
    let mut offs = Vec::with_capacity(HOUR as usize);
    let (mut first, mut level, mut unread) = (None, Level::default(), 0);
    for refresh in 0..HOUR {
        let now = hall.start + Duration::from_nanos(refresh * 1_000_000_000 / REFRESHES);
        let samples = hall.device.take_at(period, now).unwrap();
        let (off, heard) = hall.together(now);
        assert!(off.abs() <= 0.5 + one_sample, "{off} frames at {refresh}: {what}");
        offs.push(off);
        let began = *first.get_or_insert(heard);
        let passed = refresh as f64 / REFRESHES as f64 * f64::from(sound);
        assert!((heard - began - passed).abs() < 2.0, "the clock is off at {refresh}: {what}");
        let (now, full) = (f64::from(samples[0]), tone(heard, sound));
        match refresh {
            0..REFRESHES => pause(),
            REFRESHES..KNOWN => {
                level.take(now, full);
                pause();
            }
            _ if (now - level.now() * full).abs() > 1e-3 => {
                unread += 1;
                assert!(unread < HOUR / 100, "{unread} refreshes have other samples: {what}");
                pause();
            }
            _ => {}
        }
    }
    let minute = 60 * REFRESHES as usize;
    let (early, late) = (mean(&offs[..minute]), mean(&offs[offs.len() - minute..]));
    assert!((late - early).abs() < 0.02, "it drifts from {early} to {late} frames: {what}");
    assert!((0.2..0.6).contains(&level.now()), "it is as loud as {}: {what}", level.now());
    assert!(unread == 0 || hall.room.missed() > 0, "{unread} refreshes have other samples: {what}");
    assert!(hall.transport.position() > FIRST + 3590 * 23, "{what}");
}

#[test]
fn for_an_hour_at_23_976_picture_and_samples_are_half_a_frame_apart_at_most() {
    hold_for_an_hour("24000/1001", 48_000, 48_000);
}

#[test]
fn for_an_hour_at_29_97_picture_and_samples_are_half_a_frame_apart_at_most() {
    hold_for_an_hour("30000/1001", 44_100, 44_100);
}

#[test]
fn for_an_hour_at_a_device_of_another_rate_picture_and_samples_stay_together() {
    hold_for_an_hour("30000/1001", 48_000, 44_100);
}
