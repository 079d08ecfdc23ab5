//! Picture and sound stay together: an hour at every rate, by a device whose time is stepped.

use super::transport::film;
use roomtone::play::screen::Intent;
use roomtone::play::transport::{Heard, Seen, Transport};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use timeline_format::{Id, Rate, Timeline};

/// A picture that remembers what it was asked for.
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

/// A device that is heard from where it was sent a while after it was, and whose clock is off by a few
/// hundredths of a percent.
#[derive(Clone)]
struct Device(Arc<Mutex<State>>);

struct State {
    now: Duration,
    sent: Option<(i64, Duration)>,
    before: f64,
    late: Duration,
    rate: f64,
}

impl Device {
    fn heard(&self) -> f64 {
        let state = self.0.lock().unwrap();
        match state.sent {
            Some((sample, at)) if state.now >= at + state.late => {
                let passed = state.now.saturating_sub(at + state.late);
                sample as f64 + passed.as_secs_f64() * state.rate
            }
            _ => state.before,
        }
    }
}

impl Heard for Device {
    fn play(&mut self, sample: i64) {
        let mut state = self.0.lock().unwrap();
        state.sent = Some((sample, state.now));
    }

    fn hold(&mut self) {}

    fn edit(&mut self, _: &Arc<Timeline>) {}

    fn sample_at(&self, _: Instant) -> Option<f64> {
        Some(self.heard())
    }
}

/// The film of the other tests with its last clip made long enough.
fn hour(rate: &str) -> Arc<Timeline> {
    let film = film(rate);
    let frames = 3700 * 60;
    let mut sequence = (**film.main().unwrap()).clone();
    let track = (*sequence.tracks[0]).clone();
    let reel = track.reel().unwrap();
    let last = timeline_format::Item { length: frames, ..reel.get(2).unwrap().clone() };
    let content = timeline_format::track::Content::Sequential(reel.splice(2..3, [last]));
    sequence.tracks.set(0, Arc::new(timeline_format::Track { content, ..track }));
    Arc::new(film.with_sequence(Id::parse("main").unwrap(), sequence))
}

#[test]
fn for_an_hour_what_is_seen_is_what_is_heard_to_half_a_frame() {
    for rate in ["24000/1001", "25", "30000/1001", "60000/1001"] {
        let exact: Rate = rate.parse().unwrap();
        let device = Device(Arc::new(Mutex::new(State {
            now: Duration::ZERO,
            sent: None,
            before: 5_000_000.0,
            late: Duration::from_millis(90),
            rate: 48_000.0 * 1.0003,
        })));
        let picture = Picture::default();
        let heard = Box::new(device.clone());
        let mut transport =
            Transport::new(&hour(rate), Box::new(picture.clone()), Some(heard)).unwrap();
        let start = Instant::now();
        transport.go(100);
        transport.play();
        let half = 0.5 * 48_000.0 / exact.ratio().to_f64();
        for refresh in 0_u64..3600 * 60 {
            let now = Duration::from_nanos(refresh * 16_666_667);
            device.0.lock().unwrap().now = now;
            let frame = transport.tick(start + now);
            assert_eq!(picture.0.load(Ordering::Relaxed), frame);
            if now < Duration::from_millis(90) {
                assert_eq!(frame, 100, "it waits until the jump is heard");
                continue;
            }
            let (first, end) = (exact.sample_of(frame, 48_000), exact.sample_of(frame + 1, 48_000));
            let off = device.heard() - (first + end) as f64 / 2.0;
            assert!(off.abs() <= half + 1.0, "{off} samples at {now:?} and {rate}");
        }
        assert!(transport.position() > 3600 * 23);
    }
}

#[test]
fn without_a_device_an_hour_is_an_hour() {
    for (rate, frames) in [("24000/1001", 86_313), ("25", 90_000), ("60000/1001", 215_784)] {
        let mut transport =
            Transport::new(&hour(rate), Box::new(Picture::default()), None).unwrap();
        transport.play();
        let start = Instant::now();
        transport.tick(start);
        assert_eq!(transport.tick(start + Duration::from_hours(1)), frames, "{rate}");
    }
}
