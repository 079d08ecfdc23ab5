//! The transport: one position, and what moves it. Time is stepped by hand.

use roomtone::play::screen::Intent;
use roomtone::play::transport::{Heard, Seen, Transport, Way};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use timeline_format::{Ratio, Timeline};

/// What was asked of the picture and of the sound, in order.
#[derive(Debug, Default, Clone)]
pub struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn tell(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct Picture {
    told: Told,
    lags: bool,
}

impl Seen for Picture {
    fn show(&mut self, frame: i64, intent: Intent) {
        let word = match intent {
            Intent::Rest => "rest".to_owned(),
            Intent::Drag { .. } => "drag".to_owned(),
            Intent::Play { speed } => format!("play {speed}"),
        };
        self.told.tell(format!("{word} at {frame}"));
    }

    fn edit(&mut self, _: &Arc<Timeline>) {
        self.told.tell("picture edited".into());
    }

    fn is_shown(&self, _: i64) -> bool {
        !self.lags
    }
}

struct Sound(Told);

impl Heard for Sound {
    fn play(&mut self, sample: i64) {
        self.0.tell(format!("sound from {sample}"));
    }

    fn hold(&mut self) {
        self.0.tell("silence".into());
    }

    fn edit(&mut self, _: &Arc<Timeline>) {
        self.0.tell("sound edited".into());
    }

    fn sample_at(&self, _: Instant) -> Option<f64> {
        None
    }

    fn scrub_to(&mut self, sample: i64) {
        self.0.tell(format!("scrub {sample}"));
    }

    fn end_scrub(&mut self) {
        self.0.tell("scrub ends".into());
    }
}

/// A film of clips of 40, 25 and 35 frames, a free title at 50, and markers at 10 and 60.
pub fn film(rate: &str) -> Arc<Timeline> {
    let clip = |length: i64| json!({"length": length, "generator": {"kind": "colour"}});
    let text = json!({
        "format": 2, "min_reader": 2,
        "settings": {"raster": "64x36", "rate": rate, "sound": 48000, "main": "main"},
        "clips": {"a": clip(40), "b": clip(25), "c": clip(35),
                  "t": {"track": "v2", "at": 50, "length": 5, "generator": {"kind": "colour"}}},
        "tracks": {"v1": {"kind": "picture", "order": ["a", "b", "c", ""]},
                   "v2": {"kind": "picture", "free": true}},
        "markers": {"main/m1": {"at": 10}, "main/m2": {"at": 60}},
        "sequences": {"main": {"rate": rate, "tracks": ["v1", "v2", ""]}}
    });
    let (timeline, problems) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(timeline)
}

struct Rig {
    transport: Transport,
    told: Told,
    start: Instant,
}

impl Rig {
    fn new(lags: bool) -> Self {
        let told = Told::default();
        let picture = Picture { told: told.clone(), lags };
        let sound = Sound(told.clone());
        let film = film("25");
        let transport = Transport::new(&film, Box::new(picture), Some(Box::new(sound))).unwrap();
        told.take();
        Self { transport, told, start: Instant::now() }
    }

    fn at(&mut self, milliseconds: u64) -> i64 {
        self.transport.tick(self.start + Duration::from_millis(milliseconds))
    }
}

#[test]
fn it_plays_by_the_clock_and_holds_at_the_last_frame() {
    let mut rig = Rig::new(false);
    rig.transport.play();
    assert_eq!(rig.told.take(), ["sound from 0", "play 1 at 0"]);
    assert_eq!([0, 39, 40, 79, 400, 3999].map(|at| rig.at(at)), [0, 0, 1, 1, 10, 99]);
    assert!(rig.transport.is_rolling());
    assert_eq!(rig.at(4000), 99);
    assert!(!rig.transport.is_rolling());
    assert_eq!(rig.told.take().last().unwrap(), "rest at 99");
    rig.transport.toggle();
    assert_eq!(rig.transport.position(), 0);
}

#[test]
fn holding_stays_and_stopping_goes_back() {
    let mut rig = Rig::new(false);
    rig.transport.go(20);
    rig.transport.toggle();
    rig.at(0);
    rig.at(400);
    rig.transport.toggle();
    assert_eq!(rig.transport.position(), 30);
    assert_eq!(rig.told.take()[1..3], ["sound from 38400", "play 1 at 20"]);
    rig.transport.play();
    rig.at(1000);
    rig.at(1200);
    rig.transport.stop();
    assert_eq!(rig.transport.position(), 30);
}

#[test]
fn frames_that_were_due_and_not_seen_are_counted() {
    let mut rig = Rig::new(false);
    rig.transport.play();
    for at in [0, 40, 80, 240] {
        rig.at(at);
    }
    assert_eq!(rig.transport.dropped(), 3);
    let mut late = Rig::new(true);
    late.transport.play();
    for at in [0, 40, 80] {
        late.at(at);
    }
    assert_eq!(late.transport.dropped(), 2);
}

#[test]
fn marks_hold_playing_and_loop_it() {
    let mut rig = Rig::new(false);
    rig.transport.marks_mut().mark_in(10);
    rig.transport.marks_mut().mark_out(14);
    rig.transport.play_in_to_out();
    assert_eq!([0, 160, 199, 200].map(|at| rig.at(at)), [10, 14, 14, 14]);
    assert!(!rig.transport.is_rolling());
    rig.transport.set_looping(true);
    rig.transport.play();
    assert_eq!([1000, 1160, 1200, 1210, 1250].map(|at| rig.at(at)), [14, 10, 10, 10, 11]);
}

#[test]
fn around_an_edit_it_plays_and_comes_back() {
    let mut rig = Rig::new(false);
    rig.transport.go(70);
    rig.transport.play_around(65);
    assert_eq!(rig.at(0), 15);
    assert_eq!(rig.at(3000), 90);
    assert_eq!(rig.at(3400), 70);
    assert!(!rig.transport.is_rolling());
}

#[test]
fn each_press_of_j_and_l_doubles_and_k_creeps() {
    let mut rig = Rig::new(false);
    rig.transport.go(50);
    for expected in [1, 2, 4, 8, 16, 32, 32] {
        rig.transport.shuttle(Way::Forward);
        assert_eq!(rig.transport.speed(), Ratio::whole(expected));
    }
    rig.transport.shuttle(Way::Backward);
    rig.transport.shuttle(Way::Backward);
    rig.at(0);
    assert_eq!([20, 40, 200, 1500].map(|at| rig.at(at)), [49, 48, 40, 0]);
    assert!(!rig.transport.is_rolling());
    rig.transport.creep(Way::Forward);
    assert_eq!([2000, 2100, 2160, 2320].map(|at| rig.at(at)), [1, 1, 2, 3]);
    rig.transport.pause();
    assert_eq!(rig.transport.position(), 3);
}

#[test]
fn edits_markers_and_what_is_typed_are_places_to_go() {
    let mut rig = Rig::new(false);
    let mut go = |verb: fn(&mut Transport)| {
        verb(&mut rig.transport);
        rig.transport.position()
    };
    let edits = [40, 50, 55, 65, 100, 100].map(|_| go(Transport::next_edit));
    assert_eq!(edits, [40, 50, 55, 65, 100, 100]);
    assert_eq!([0; 5].map(|_| go(Transport::previous_edit)), [65, 55, 50, 40, 0]);
    assert_eq!([0; 3].map(|_| go(Transport::next_marker)), [10, 60, 60]);
    assert_eq!([0; 2].map(|_| go(Transport::previous_marker)), [10, 10]);
    let typed = ["58", "+10", "-1:00", "00:00:02:10", "1:05", "+500", "0"];
    let places = typed.map(|text| {
        rig.transport.go_to(text).unwrap();
        rig.transport.position()
    });
    assert_eq!(places, [58, 68, 43, 60, 30, 100, 0]);
    assert!(rig.transport.go_to("one").is_err());
    rig.transport.step_seconds(2);
    rig.transport.step(-3);
    assert_eq!(rig.transport.position(), 47);
}

#[test]
fn a_hand_that_drags_is_seen_and_heard_and_rests() {
    let mut rig = Rig::new(false);
    let start = rig.start;
    let at = |milliseconds| start + Duration::from_millis(milliseconds);
    rig.transport.scrub_to(10, at(0));
    rig.transport.scrub_to(12, at(20));
    assert_eq!(rig.told.take(), ["drag at 10", "scrub 19200", "drag at 12", "scrub 23040"]);
    rig.at(100);
    assert_eq!(rig.told.take(), Vec::<String>::new());
    rig.at(200);
    assert_eq!(rig.told.take(), ["rest at 12"]);
    rig.transport.end_scrub();
    assert_eq!(rig.told.take(), ["scrub ends", "rest at 12"]);
}

#[test]
fn an_edit_goes_to_both_halves_and_a_shorter_film_is_not_left() {
    let mut rig = Rig::new(false);
    rig.transport.go(90);
    rig.transport.play();
    rig.at(0);
    rig.told.take();
    let mut short = (*film("25")).clone();
    let main = timeline_format::Id::parse("main").unwrap();
    let mut sequence = (**short.main().unwrap()).clone();
    let track = (*sequence.tracks[0]).clone();
    let reel = track.reel().unwrap().splice(2..3, []);
    let content = timeline_format::track::Content::Sequential(reel);
    sequence.tracks.set(0, Arc::new(timeline_format::Track { content, ..track }));
    short = short.with_sequence(main, sequence);
    rig.transport.edit(&Arc::new(short));
    assert_eq!(rig.told.take(), ["picture edited", "sound edited"]);
    assert_eq!(rig.transport.position(), 65);
    assert_eq!(rig.at(40), 64);
    assert!(!rig.transport.is_rolling());
}
