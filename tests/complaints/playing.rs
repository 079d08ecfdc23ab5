//! A film that is edited, sought and led while it plays, ten thousand times: nothing freezes, the sound never
//! jumps, the picture goes on and is the right one, and nothing piles up.

use crate::play::Dice;
use crate::support::folder::Folder;
use roomtone::edit::{self, Edge, Edited, Manner, Move, Razor, Refused, Ripple, Roll, Scope, Trim};
use roomtone::play::screen::Screen;
use roomtone::play::transport::{Transport, Way};
use roomtone::play::{Offline, Programme as _, Room};
use roomtone::sound::device::Capture;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use timeline_format::{Id, IdSource, Timeline};

/// Clips of the picture and of the sound that goes with it, and their length.
const CLIPS: usize = 40;
const LENGTH: i64 = 25;
/// What a person does in all.
const DEEDS: usize = 10_000;
/// Samples of the device in a turn.
const PERIOD: usize = 480;
/// The sharpest bend of the sound from one sample over the next to the one after: a click is a tenth and more.
const BEND: f32 = 0.02;
/// Bytes that pictures may take.
const BUDGET: usize = 4 << 20;
const LONG: Duration = Duration::from_mins(1);

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Clips of a colour each, linked to tones of a pitch each, over a tone that goes through.
fn film() -> Timeline {
    let tone = |pitch: usize| json!({"kind": "tone", "values": {"frequency": pitch, "level": -18}});
    let mut clips = Map::new();
    for number in 0..CLIPS {
        let grey = number as f64 / CLIPS as f64;
        let colour = json!({"kind": "colour", "values": {"colour": [grey, 0.5, 1.0 - grey, 1]}});
        let (link, length) = (format!("l{number}"), LENGTH);
        let picture = json!({"length": length, "in": 100, "generator": colour, "link": link});
        let sound =
            json!({"length": length, "in": 100, "generator": tone(80 + number), "link": link});
        clips.insert(format!("v{number}"), picture);
        clips.insert(format!("s{number}"), sound);
    }
    let through = json!({"length": CLIPS as i64 * LENGTH, "generator": tone(60)});
    clips.insert("through".into(), through);
    let order = |letter: &str| -> Vec<Value> {
        let names = (0..CLIPS).map(|number| json!(format!("{letter}{number}")));
        names.chain([json!("")]).collect()
    };
    let text = json!({
        "format": 1, "min_reader": 1,
        "settings": {"raster": "64x36", "rate": "25", "sound": 48000, "main": "main"},
        "clips": clips,
        "tracks": {
            "v1": {"kind": "picture", "order": order("v")},
            "v2": {"kind": "picture", "order": [""]},
            "a1": {"kind": "sound", "order": order("s")},
            "a2": {"kind": "sound", "order": ["through", ""], "sync_free": true}
        },
        "sequences": {"main": {"rate": "25", "tracks": ["v1", "v2", "a1", "a2", ""]}}
    });
    let (film, problems) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    film
}

/// A film on a screen and at a device, and a person who never rests.
struct Restless {
    folder: Folder,
    begun: Arc<Timeline>,
    film: Arc<Timeline>,
    /// Every film that there was.
    films: Vec<Weak<Timeline>>,
    screen: Arc<Screen>,
    room: Arc<Room>,
    device: Capture,
    transport: Transport,
    dice: Dice,
    ids: IdSource,
    /// The moment of the device's clock.
    now: Instant,
    last: [f32; 2],
    sharpest: f32,
    edits: usize,
}

impl Restless {
    fn new(seed: u64) -> Self {
        let (folder, film) = (Folder::new(), Arc::new(film()));
        let device = Capture::new(None);
        let endless = 0..i64::MAX / 4;
        let boxed = Box::new(device.clone());
        let room = Arc::new(Room::open(&film, folder.path(), endless, boxed).unwrap());
        room.gate().shut();
        let screen = Arc::new(Screen::open(&film, folder.path(), BUDGET).unwrap());
        let (seen, heard) = (Box::new(Arc::clone(&screen)), Box::new(Arc::clone(&room)));
        let transport = Transport::new(&film, seen, Some(heard)).unwrap();
        Self {
            folder,
            begun: Arc::clone(&film),
            film,
            films: Vec::new(),
            screen,
            room,
            device,
            transport,
            dice: Dice(seed),
            ids: IdSource::seeded(seed),
            now: Instant::now(),
            last: [0.0; 2],
            sharpest: 0.0,
            edits: 0,
        }
    }

    /// A turn: the device takes a period, the window is drawn.
    fn turn(&mut self) -> i64 {
        let samples = self.device.take_at(PERIOD, self.now).unwrap();
        for sample in samples.iter().step_by(2) {
            let bend = (sample - 2.0 * self.last[1] + self.last[0]).abs();
            self.sharpest = self.sharpest.max(bend);
            self.last = [self.last[1], *sample];
        }
        self.now += Duration::from_secs_f64(PERIOD as f64 / 48_000.0);
        let frame = self.transport.tick(self.now);
        assert!((0..=self.transport.length()).contains(&frame), "{frame}");
        frame
    }

    /// A clip of the picture or of the sound, as it may be.
    fn some_clip(&mut self) -> Option<Id> {
        let main = Arc::clone(self.film.main()?);
        let track = main.tracks.get([0, 1, 2][self.dice.below(3) as usize])?.clone();
        let reel = track.reel()?;
        let index = self.dice.below(reel.count().max(1) as i64) as usize;
        reel.get(index).filter(|item| !item.is_gap()).map(|item| item.id)
    }

    /// An edit, if it can be made; mostly a clip that is moved.
    fn edit(&mut self) -> Option<Result<Edited, Refused>> {
        let (clip, by) = (self.some_clip()?, self.dice.below(41) - 20);
        let (film, scope) = (Arc::clone(&self.film), Scope::of(id("main")));
        let edge = if by % 2 == 0 { Edge::Head } else { Edge::Tail };
        let at = self.transport.position();
        let track = (self.dice.below(4) == 0).then(|| id("v2"));
        let manner = if self.dice.below(3) == 0 { Manner::Insert } else { Manner::Overwrite };
        let movement = Move { clips: vec![clip], by, track, manner };
        let (which, ids) = (self.dice.below(12), &mut self.ids);
        Some(match which {
            0..=4 => edit::move_clips(&film, scope, &movement, ids),
            5 => edit::trim(&film, scope, &Trim { clip, edge, by }, ids),
            6 => edit::ripple_trim(&film, scope, &Trim { clip, edge, by }, ids),
            7 => edit::roll(&film, scope, &Roll { clip, edge, by }, ids),
            8 => edit::razor(&film, scope, &Razor { at, tracks: None }, ids),
            9 => edit::lift_clips(&film, scope, &[clip], ids),
            10 => edit::remove_clips(&film, scope, &[clip], Ripple::Follow, ids),
            _ => edit::set_disabled(&film, scope, (&[clip], by > 0), ids),
        })
    }

    fn take(&mut self, film: Arc<Timeline>) {
        self.films.push(Arc::downgrade(&film));
        self.transport.edit(&film);
        self.film = film;
        self.edits += 1;
    }

    /// One thing that a person does.
    fn do_something(&mut self, edits: i64) {
        let length = self.transport.length().max(1);
        let place = self.dice.below(length);
        match self.dice.below(12 + edits) {
            0 | 1 => self.transport.go(place),
            2 => self.transport.scrub_to(place, self.now),
            3 => self.transport.end_scrub(),
            4 => self.transport.shuttle(Way::Forward),
            5 => self.transport.shuttle(Way::Backward),
            6 => self.transport.shuttle_slowly(Way::Forward),
            7 => self.transport.pause(),
            8 => self.transport.step(place % 20 - 10),
            9 => self.take(Arc::clone(&self.begun)),
            10 | 11 => self.transport.play(),
            _ => {
                if let Some(Ok(edited)) = self.edit() {
                    self.take(Arc::new(edited.timeline));
                }
            }
        }
    }

    /// Has the film play at its own speed, and holds that it goes on, in sound and in picture, and that the
    /// picture is the one that a delivery has there.
    fn goes_on(&mut self, deed: usize) {
        self.transport.end_scrub();
        self.transport.pause();
        let from = self.dice.below((self.transport.length() - 20).max(1));
        self.transport.go(from);
        self.transport.play();
        let patience = Instant::now();
        while self.turn() < from + 5 {
            assert!(patience.elapsed() < LONG, "it is frozen at {} after {deed}", self.turn());
            std::thread::yield_now();
        }
        self.transport.pause();
        let frame = self.transport.position();
        let shown = self.screen.wait_exact(frame, LONG).unwrap();
        let length = self.film.main().unwrap().length();
        let mut offline = Offline::open(&self.film, self.folder.path(), 0..length).unwrap();
        let delivered = offline.picture(frame).unwrap();
        assert!(shown.image.same_as(&delivered), "frame {frame} after {deed}");
        assert!(self.screen.counts().bytes <= BUDGET, "{:?}", self.screen.counts());
    }

    /// Films that something still holds.
    fn held(&self) -> usize {
        let begun = Arc::as_ptr(&self.begun);
        let others = self.films.iter().filter(|film| film.as_ptr() != begun);
        others.filter(|film| film.strong_count() > 0).count()
    }
}

/// Does so many things while the film plays; `edits` is how many of them are edits: of 12 and as many.
fn live_through(seed: u64, deeds: usize, edits: i64) -> Restless {
    let mut restless = Restless::new(seed);
    restless.transport.play();
    for deed in 0..deeds {
        restless.do_something(edits);
        for _ in 0..2 {
            restless.turn();
        }
        if deed % 200 == 199 {
            restless.goes_on(deed);
        }
        assert!(restless.sharpest < BEND, "a click of {} at {deed}", restless.sharpest);
    }
    restless.goes_on(deeds);
    restless
}

#[test]
fn ten_thousand_seeks_speeds_and_edits_while_it_plays_freeze_nothing_and_click_nowhere() {
    let restless = live_through(1, DEEDS, 12);
    assert!(restless.edits > DEEDS / 4, "{} edits", restless.edits);
    assert!(restless.sharpest > 1e-5, "it was heard: {}", restless.sharpest);
    let patience = Instant::now();
    while restless.held() > 4 {
        assert!(patience.elapsed() < LONG, "{} films are held", restless.held());
        std::thread::yield_now();
    }
    assert_eq!(restless.room.unread(), Vec::<String>::new());
}

/// A clip that a hand moves while the film plays through it, a frame at a time, to and fro.
#[test]
fn a_clip_that_is_moved_while_it_plays_stops_neither_picture_nor_sound() {
    let mut restless = Restless::new(7);
    restless.transport.play();
    let patience = Instant::now();
    while restless.turn() < 3 {
        assert!(patience.elapsed() < LONG, "it does not begin");
        crossbeam::channel::after(Duration::from_millis(5)).recv().unwrap();
    }
    let (scope, begun) = (Scope::of(id("main")), Arc::clone(&restless.begun));
    let (mut shown, mut frames) = (0, Vec::new());
    for step in 0..400_i64 {
        let by = 20 - (step % 80 - 40).abs();
        let movement =
            Move { clips: vec![id("v2")], by, track: Some(id("v2")), manner: Manner::Overwrite };
        let edited = edit::move_clips(&begun, scope, &movement, &mut restless.ids).unwrap();
        restless.take(Arc::new(edited.timeline));
        let before = restless.transport.position();
        frames.push(restless.turn());
        assert!(restless.transport.is_rolling(), "step {step}");
        let now = restless.transport.position();
        assert!((before..=before + 1).contains(&now), "it jumps from {before} to {now}");
        shown += usize::from(restless.screen.latest().is_some_and(|it| it.frame >= now - 5));
        std::thread::yield_now();
    }
    let passed = frames.last().unwrap() - frames[0];
    assert!((98..=102).contains(&passed), "400 turns of 10 ms are 100 frames, not {passed}");
    assert!(restless.sharpest < BEND, "a click of {}", restless.sharpest);
    assert!(shown > 0, "something is seen meanwhile");
    restless.goes_on(400);
}
