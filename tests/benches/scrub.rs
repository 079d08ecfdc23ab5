//! What a hand on the timeline waits for: `cargo bench --bench scrub -- FILM HAND...` plays hands on a
//! film and prints what each took, one line of JSON a hand. `./dev bench scrub` sets it beside its peers.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "this is a bench program")]

use roomtone::media::{Opening, Pictures, Pursuit};
use roomtone::play::screen::{Intent, Screen, usual_budget};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Timeline;

const LONG: Duration = Duration::from_secs(20);
/// A window is drawn anew so often.
const REFRESH: Duration = Duration::from_nanos(16_666_667);

fn main() {
    let words = std::env::args().skip(1).filter(|word| word != "--bench").collect::<Vec<_>>();
    let Some((film, hands)) = words.split_first() else { return };
    let film = Film::open(Path::new(film));
    for hand in hands {
        let told = match hand.as_str() {
            "random" => film.random(),
            "forward" => film.drag(300, 1, 300),
            "backward" => film.drag(900, -1, 300),
            "fast" => film.fast(250.0),
            "faster" => film.fast(800.0),
            "play" => film.play(),
            "stand-ins" => film.stand_ins(),
            "open" => film.first(),
            other => json!({"unknown": other}),
        };
        println!("{}", json!({hand.as_str(): told}));
    }
}

struct Film {
    timeline: Arc<Timeline>,
    folder: PathBuf,
}

/// Milliseconds in the middle, at the 95th of a hundred, and at most.
fn spread(mut times: Vec<Duration>) -> Value {
    times.sort();
    let at = |part: usize| {
        let place = (times.len() * part / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, |time| (time.as_secs_f64() * 10_000.0).round() / 10.0)
    };
    json!({"p50": at(50), "p95": at(95), "most": at(100)})
}

fn rest(until: Instant) {
    crossbeam::channel::at(until).recv().unwrap();
}

impl Film {
    fn open(path: &Path) -> Self {
        let (timeline, _) = timeline_format::read(&std::fs::read(path).unwrap()).unwrap();
        Self { timeline: Arc::new(timeline), folder: path.parent().unwrap().to_owned() }
    }

    fn screen(&self) -> Screen {
        Screen::open(&self.timeline, &self.folder, usual_budget()).unwrap()
    }

    fn length(&self) -> i64 {
        self.timeline.main().unwrap().length()
    }

    /// Places all over the film, each as soon as the one before is there.
    fn random(&self) -> Value {
        let screen = self.screen();
        let (mut first, mut exact, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        let is_single = self.timeline.media.len() == 1;
        let media = self.timeline.media.values().next().filter(|_| is_single);
        let mut plain = media.map(|media| Plain::open(&self.folder.join(&media.path), media));
        let mut dice = 7_u64;
        screen.show(0, Intent::Rest);
        screen.wait_exact(0, LONG);
        for _ in 0..40 {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let frame = (dice >> 33) as i64 % self.length();
            let start = Instant::now();
            screen.show(frame, Intent::Rest);
            screen.wait_any(LONG).unwrap();
            first.push(start.elapsed());
            screen.wait_exact(frame, LONG).unwrap();
            exact.push(start.elapsed());
            if let Some(plain) = &mut plain {
                screen.show(frame, Intent::Play { speed: 0.0 });
                let cost = plain.decode(frame);
                ratios.push(exact.last().unwrap().as_secs_f64() / cost.as_secs_f64());
            }
        }
        ratios.sort_by(f64::total_cmp);
        let ratio = ratios.get(ratios.len() / 2).map(|ratio| (ratio * 100.0).round() / 100.0);
        json!({"first": spread(first), "exact": spread(exact), "exact over decoding": ratio})
    }

    /// Places all over the film while the hand is fast: stand-ins are looked at.
    fn stand_ins(&self) -> Value {
        let screen = self.screen();
        screen.show(0, Intent::Rest);
        screen.wait_exact(0, LONG);
        let start = Instant::now();
        screen.make_stand_ins();
        while screen.is_making_stand_ins() {
            rest(Instant::now() + REFRESH);
        }
        let made = start.elapsed().as_secs_f64().round();
        let (mut dice, mut seen, mut very) = (9_u64, Vec::new(), 0);
        for _ in 0..100 {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let frame = (dice >> 33) as i64 % self.length();
            let start = Instant::now();
            screen.show(frame, Intent::Drag { speed: 1000.0 });
            let shown = screen.wait_any(LONG).unwrap();
            seen.push(start.elapsed());
            very += i32::from(shown.frame == frame);
        }
        json!({"the frame's stand-in": spread(seen), "of 100 the very frame": very, "seconds to make": made})
    }

    /// A hand that goes frame by frame, one a refresh, and waits for each.
    fn drag(&self, from: i64, step: i64, count: i64) -> Value {
        let screen = self.screen();
        let from = from.min(self.length() - 1);
        screen.show(from, Intent::Rest);
        screen.wait_exact(from, LONG).unwrap();
        rest(Instant::now() + Duration::from_millis(1500));
        let mut exact = Vec::new();
        for moved in 1..=count {
            let frame = (from + step * moved).clamp(0, self.length() - 1);
            let start = Instant::now();
            screen.show(frame, Intent::Drag { speed: 60.0 * step as f64 });
            screen.wait_exact(frame, LONG).unwrap();
            exact.push(start.elapsed());
            rest(start + REFRESH);
        }
        json!({"exact": spread(exact)})
    }

    /// A hand that does not wait: how many refreshes got a new picture, and how far off they were.
    fn fast(&self, speed: f64) -> Value {
        let screen = self.screen();
        let mut told = serde_json::Map::new();
        for (name, from, way) in [("forward", 100, 1.0), ("backward", self.length() - 100, -1.0)] {
            screen.show(from, Intent::Rest);
            screen.wait_exact(from, LONG).unwrap();
            rest(Instant::now() + Duration::from_millis(500));
            let (mut new, mut serial, mut off, start) = (0, 0, Vec::new(), Instant::now());
            let most = (f64::from(self.length() as i32 - 200) / speed * 60.0).min(240.0) as u32;
            for refresh in 1..=most {
                let moved = f64::from(refresh) / 60.0 * speed * way;
                let frame = from + moved as i64;
                screen.show(frame, Intent::Drag { speed: speed * way });
                rest(start + REFRESH * refresh);
                let shown = screen.latest().unwrap();
                new += i32::from(shown.serial != serial);
                serial = shown.serial;
                off.push((shown.frame - frame).abs());
            }
            off.sort_unstable();
            let share = (f64::from(new) / f64::from(most) * 1000.0).round() / 1000.0;
            told.insert(name.into(), json!({"new": share, "frames off p50": off[off.len() / 2]}));
        }
        Value::Object(told)
    }

    /// The film plays: frames that were not there when they were due.
    fn play(&self) -> Value {
        let screen = self.screen();
        let rate = self.timeline.main().unwrap().header.rate.ratio().to_f64();
        screen.show(0, Intent::Rest);
        screen.wait_exact(0, LONG).unwrap();
        rest(Instant::now() + Duration::from_millis(500));
        let (start, mut dropped) = (Instant::now(), Vec::new());
        let length = self.length().min(1000);
        for frame in 0..length {
            screen.show(frame, Intent::Play { speed: 1.0 });
            rest(start + Duration::from_secs_f64((frame + 1) as f64 / rate));
            if !screen.latest().is_some_and(|shown| shown.is_exact && shown.wanted == frame) {
                dropped.push(frame);
            }
        }
        let counts = screen.counts();
        let cost = counts.decoding.as_secs_f64() * 1000.0 / counts.decoded.max(1) as f64;
        json!({"frames": length, "dropped": dropped.len(), "which": dropped.iter().take(40).collect::<Vec<_>>(),
               "decoded": counts.decoded, "ms a decoded frame": (cost * 100.0).round() / 100.0})
    }

    /// From nothing to the first picture.
    fn first(&self) -> Value {
        let start = Instant::now();
        let screen = self.screen();
        screen.show(self.length() / 2, Intent::Rest);
        screen.wait_exact(self.length() / 2, LONG).unwrap();
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        let main = self.timeline.main().unwrap();
        let reels = main.tracks.iter().filter_map(|track| track.reel());
        let clips = reels.map(timeline_format::Reel::count).sum::<usize>();
        json!({"clips": clips, "ms": ms.round()})
    }
}

/// The same file decoded from the key frame on, every frame, and nothing else.
struct Plain(Pictures);

impl Plain {
    fn open(path: &Path, media: &timeline_format::Media) -> Self {
        let opening = Opening { budget: 0, ..Opening::default() };
        Self(Pictures::open_with(path, media, &opening).unwrap())
    }

    fn decode(&mut self, frame: i64) -> Duration {
        let start = Instant::now();
        let from = self.0.timing().group(frame).start;
        self.0.rest();
        let pursuit = Pursuit { to: frame, whole_from: from, keep_from: frame };
        while !self.0.step(pursuit, &mut |_, _| {}).unwrap() {}
        start.elapsed()
    }
}
