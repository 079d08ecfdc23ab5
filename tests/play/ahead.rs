//! Reading ahead, counted in decoded frames: each is decoded once where there is room for it, and what lies
//! beyond a cut is decoded before the cut comes, whichever way one comes to it.

use super::films::Dice;
use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use roomtone::play::screen::{Intent, Screen};
use roomtone::play::transport::Transport;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Timeline;

const LONG: Duration = Duration::from_secs(30);
/// Bytes of a picture.
const PICTURE: usize = 128 * 72 * 3 / 2;
/// Room for all there is.
const PLENTY: usize = 64 << 20;

/// A film, and the folder of its media.
struct Film {
    folder: Folder,
    timeline: Arc<Timeline>,
}

/// A media: its name, how many frames it has, from one key frame to the next, and options.
type Media<'a> = (&'a str, usize, u32, &'a str);
/// A clip: its media, first frame and length.
type Clip<'a> = (&'a str, i64, i64);

fn film(test: &str, all: &[Media<'_>], cut: &[Clip<'_>]) -> Option<Film> {
    if !oracle::have("ffmpeg", test) {
        return None;
    }
    let folder = Folder::new();
    let mut media = Map::new();
    for (name, count, group, options) in all {
        let raw = barcode::raw(folder.path(), *count);
        let coding = format!("-c:v libx264 -preset ultrafast -g {group} {options}");
        let path = barcode::coded(&raw, &format!("{name}.mp4"), "25", &coding);
        media.insert((*name).to_owned(), described(&path));
    }
    let timeline = Arc::new(document(&media, cut, "128x72"));
    Some(Film { folder, timeline })
}

fn described(path: &Path) -> Value {
    let mut row = serde_json::to_value(roomtone::media::probe(path).unwrap()).unwrap();
    row["path"] = json!(path.file_name().unwrap().to_str().unwrap());
    row
}

fn document(media: &Map<String, Value>, cut: &[Clip<'_>], raster: &str) -> Timeline {
    let clips = cut.iter().enumerate().map(|(number, (media, first, length))| {
        (format!("c{number}"), json!({"media": media, "in": first, "length": length}))
    });
    let clips: Map<String, Value> = clips.collect();
    let mut order: Vec<String> = clips.keys().cloned().collect();
    order.push(String::new());
    let text = json!({
        "format": 2, "min_reader": 2,
        "settings": {"raster": raster, "rate": "25", "sound": 48000, "main": "main"},
        "media": media, "clips": clips, "tracks": {"v1": {"kind": "picture", "order": order}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}
    });
    let (timeline, problems) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    timeline
}

impl Film {
    fn screen(&self, budget: usize) -> Screen {
        Screen::open(&self.timeline, self.folder.path(), budget).unwrap()
    }
}

fn see(screen: &Screen, frame: i64, intent: Intent) {
    screen.show(frame, intent);
    screen.wait_exact(frame, LONG).unwrap();
}

fn decoded(screen: &Screen) -> u64 {
    screen.counts().decoded
}

/// Key frames that are decoded beside, to be seen at once: they are not counted, and not decoded again.
const PEEKS: u64 = 2;

/// Waits until so many frames are decoded, and then a while: no more may come.
#[track_caller]
fn decodes(screen: &Screen, count: u64) {
    let start = Instant::now();
    let wait = |millis| crossbeam::channel::after(Duration::from_millis(millis)).recv().unwrap();
    while decoded(screen) < count - PEEKS {
        assert!(start.elapsed() < LONG, "{} of {count} frames are decoded", decoded(screen));
        wait(5);
    }
    wait(100);
    assert!(decoded(screen) <= count, "{} and not {count}, each once", decoded(screen));
}

#[test]
fn a_drag_backwards_decodes_each_group_of_pictures_once() {
    let media = [("a", 400, 100, "-bf 0")];
    let Some(film) = film("a drag backwards", &media, &[("a", 0, 400)]) else { return };
    let screen = film.screen(PLENTY);
    (0..400).rev().for_each(|frame| see(&screen, frame, Intent::Drag { speed: -25.0 }));
    decodes(&screen, 400);
    (0..400).step_by(7).for_each(|frame| see(&screen, frame, Intent::Drag { speed: 175.0 }));
    assert!(decoded(&screen) <= 400, "what was decoded is there");
}

#[test]
fn a_drag_backwards_with_little_room_decodes_no_more_than_it_must() {
    let media = [("a", 400, 50, "-bf 0")];
    let Some(film) = film("little room", &media, &[("a", 0, 400)]) else { return };
    let screen = film.screen(PICTURE * 200 * 4 / 3);
    (0..400).rev().for_each(|frame| see(&screen, frame, Intent::Drag { speed: -25.0 }));
    assert!(decoded(&screen) <= 500, "a quarter more at most: {:?}", screen.counts());
}

/// Two shots of media whose one key frame is the first: the second is cut into at its 120th frame.
const LATE: [Clip<'_>; 2] = [("a", 0, 150), ("b", 120, 60)];

fn late(test: &str) -> Option<Film> {
    film(test, &[("a", 310, 500, "-bf 0"), ("b", 310, 500, "-bf 0")], &LATE)
}

#[test]
fn before_a_cut_the_next_shot_is_decoded_up_to_it() {
    let Some(film) = late("a cut ahead") else { return };
    let screen = film.screen(PLENTY);
    let play = Intent::Play { speed: 1.0 };
    see(&screen, 60, play);
    decodes(&screen, 61 + 48 + 121);
    (61..150).for_each(|frame| see(&screen, frame, play));
    let before = decoded(&screen);
    assert!(before >= 150 + 121 - PEEKS, "the shot behind the cut is ready: {before}");
    (150..210).for_each(|frame| see(&screen, frame, play));
    decodes(&screen, 150 + 180);
}

#[test]
fn before_a_cut_the_shot_ahead_of_it_is_decoded_when_one_plays_backwards() {
    let Some(film) = late("a cut behind") else { return };
    let screen = film.screen(PLENTY);
    let play = Intent::Play { speed: -1.0 };
    see(&screen, 190, play);
    decodes(&screen, 161 + 150);
    (0..190).rev().for_each(|frame| see(&screen, frame, play));
    assert!(decoded(&screen) <= 161 + 150, "all that is shown was decoded before the cut");
}

#[test]
fn a_short_shot_is_decoded_once_wherever_one_begins() {
    let media = [("a", 130, 500, "-bf 0"), ("b", 130, 30, "-bf 0")];
    let cut = [("a", 0, 130), ("b", 0, 130)];
    let Some(film) = film("short shots", &media, &cut) else { return };
    for (start, intent) in [
        (70, Intent::Rest),
        (70, Intent::Drag { speed: 30.0 }),
        (70, Intent::Drag { speed: -30.0 }),
        (205, Intent::Rest),
    ] {
        let screen = film.screen(PLENTY);
        see(&screen, start, intent);
        let shot = if start < 130 { 0..130 } else { 130..260 };
        let begun = Instant::now();
        while decoded(&screen) < 130 - PEEKS {
            assert!(begun.elapsed() < LONG, "{intent:?}: {:?}", screen.counts());
            crossbeam::channel::after(Duration::from_millis(5)).recv().unwrap();
        }
        let mut dice = Dice(4);
        for _ in 0..60 {
            let frame = shot.start + 40 + dice.below(50);
            see(&screen, frame, Intent::Drag { speed: dice.below(200) as f64 - 100.0 });
        }
        let all = decoded(&screen);
        assert!(all <= 130 + 130, "{intent:?}: {all} frames of two shots of 130");
    }
}

#[test]
fn a_short_shot_with_frames_that_lean_on_later_ones_is_decoded_while_one_rests_and_never_again() {
    let media = [("a", 130, 500, "-preset veryfast -bf 3")];
    let Some(film) = film("a short shot that leans", &media, &[("a", 0, 130)]) else { return };
    let screen = film.screen(PLENTY);
    see(&screen, 90, Intent::Rest);
    let (mut before, mut same) = (0, 0);
    while same < 20 {
        crossbeam::channel::after(Duration::from_millis(20)).recv().unwrap();
        let now = decoded(&screen);
        same = if now == before { same + 1 } else { 0 };
        before = now;
    }
    assert!((130 - PEEKS..=390).contains(&before), "{before}");
    let mut dice = Dice(9);
    for _ in 0..100 {
        see(&screen, dice.below(130), Intent::Drag { speed: dice.below(200) as f64 - 100.0 });
    }
    assert_eq!(decoded(&screen), before);
}

#[test]
fn a_shot_that_takes_most_of_the_room_is_decoded_whole_too() {
    let media = [("a", 81, 500, "-bf 0")];
    let Some(film) = film("most of the room", &media, &[("a", 0, 81)]) else { return };
    let screen = film.screen(PICTURE * 120 * 4 / 3);
    see(&screen, 0, Intent::Rest);
    see(&screen, 40, Intent::Rest);
    decodes(&screen, 81);
    (0..81).rev().for_each(|frame| see(&screen, frame, Intent::Drag { speed: -25.0 }));
    assert!(decoded(&screen) <= 81);
}

#[test]
fn a_long_group_of_full_size_plays_with_nothing_left_out() {
    if !oracle::have("ffmpeg", "a long group of full size") {
        return;
    }
    let folder = Folder::new();
    let path = folder.file("a.mp4");
    let source = ["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=25:d=4", "-pix_fmt", "yuv420p"];
    let coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "250"];
    oracle::ffmpeg(&[&source[..], &coding, &[path.to_str().unwrap()]].concat());
    let media = Map::from_iter([("a".to_owned(), described(&path))]);
    let timeline = Arc::new(document(&media, &[("a", 0, 100)], "1920x1080"));
    let screen = Arc::new(Screen::open(&timeline, folder.path(), 256 << 20).unwrap());
    let mut transport = Transport::new(&timeline, Box::new(Arc::clone(&screen)), None).unwrap();
    transport.play();
    let start = Instant::now();
    for refresh in 0..200 {
        let frame = transport.tick(start + Duration::from_millis(refresh * 20));
        screen.wait_exact(frame, LONG).unwrap();
    }
    assert_eq!((transport.position(), transport.dropped()), (99, 0));
    assert!((100 - PEEKS..=100).contains(&decoded(&screen)), "each frame once");
}
