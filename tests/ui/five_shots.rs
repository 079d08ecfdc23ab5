//! Five shots at a true display: brought in, cut with two dissolves, trimmed, undone, made again, copied, played
//! and delivered by a pointer and keys as a window system has them.
//!
//! Where things lie is looked up in a twin of the window that is as large, has no display, and is led by the
//! same hand; what came of it is looked up in the film that the true program keeps.

use super::hands::Mouse;
use super::killed::newest;
use super::rig::Window;
use super::screen::{Display, Running, SIZE, can_be, wait};
use super::whole_film::{SHOTS, delivered, lengths, rushes, transitions};
use crate::support::folder::Folder;
use crate::support::{oracle, program};
use eframe::egui::{Pos2, pos2, vec2};
use std::path::PathBuf;
use timeline_format::Timeline;

/// Points that a frame is wide before anybody zooms.
const SCALE: f32 = 2.0;

/// The true program, its display and its film; and the twin.
struct Both {
    folder: Folder,
    display: Display,
    program: Running,
    twin: Window,
}

impl Both {
    fn open() -> Self {
        let folder = rushes();
        let display = Display::start(folder.path());
        let program = display.open(&folder.file("film.roomtone"));
        let twin = Window::at_pace(rushes(), "film.roomtone", SIZE);
        Self { folder, display, program, twin }
    }

    fn path(&self) -> PathBuf {
        self.folder.file("film.roomtone")
    }

    /// The film as the true program keeps it.
    fn film(&self) -> Timeline {
        newest(&self.path()).0
    }

    /// Presses keys in both: as xdotool names them, and as the twin does.
    fn press(&mut self, keys: &[(&str, &str)]) {
        for (theirs, own) in keys {
            self.display.press(&[theirs]);
            Display::rest();
            self.twin.keys(own);
        }
    }

    fn click_at(&mut self, at: Pos2) {
        self.display.click(at);
        Mouse(&mut self.twin).click_at(at);
    }

    #[track_caller]
    fn click(&mut self, label: &str) {
        let at = self.twin.place_of(label);
        self.click_at(at);
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.display.drag(from, to);
        self.twin.drag(from, to);
    }

    /// The place of a frame on the picture track, a little below the transitions.
    fn on_track(&mut self, frame: f32) -> Pos2 {
        let place = Mouse(&mut self.twin).on_track("V1", frame, SCALE);
        pos2(place.x, place.y + 16.0)
    }

    /// Waits until the true program's film is so, and holds the twin's against it.
    #[track_caller]
    fn wait(&self, what: &str, is_so: impl Fn(&Timeline) -> bool) {
        wait(what, || is_so(&self.film()));
        assert!(is_so(&self.twin.now()), "{what}: the twin has {:?}", lengths(&self.twin.now()));
        self.display.picture(&what.replace(' ', "-"));
    }
}

fn is_cut(film: &Timeline, clips: &[i64], dissolves: usize) -> bool {
    lengths(film) == clips && transitions(film) == dissolves
}

/// Brings the shots in, and lays them: some by a key, some by a drag.
fn lay(both: &mut Both) {
    both.press(&[("ctrl+i", "Ctrl+I"), ("Down", "Down"), ("Return", "Enter")]);
    both.press(&[("ctrl+a", "Ctrl+A")]);
    both.display.picture("the dialog");
    both.press(&[("Return", "Enter")]);
    both.twin.until("the media", |app| app.film().unwrap().media.len() == SHOTS.len());
    both.twin.steps(2);
    both.wait("the media", |film| film.media.len() == SHOTS.len());
    let mut end = 0.0;
    for (number, name) in SHOTS.iter().enumerate() {
        let line = both.twin.place_of(name);
        if number % 2 == 0 {
            both.click_at(line);
            both.press(&[("period", ".")]);
        } else {
            let to = both.on_track(end) + vec2(3.0, 0.0);
            both.drag(line, to);
        }
        let laid = number + 1;
        both.wait(&format!("{laid} shots laid"), |film| lengths(film).len() == laid);
        end = both.twin.now().main().unwrap().length() as f32;
    }
    both.wait("five shots", |film| is_cut(film, &[75, 75, 50, 75, 75], 0));
}

/// Lays two dissolves, and trims by the edge of a clip and by a key.
fn trim(both: &mut Both) {
    for (number, cut) in [75.0, 275.0].into_iter().enumerate() {
        let at = both.on_track(cut);
        both.click_at(at);
        both.press(&[("ctrl+d", "Ctrl+D")]);
        both.wait(&format!("{} dissolves", number + 1), |film| transitions(film) == number + 1);
    }
    both.press(&[("b", "B")]);
    let tail = both.on_track(350.0) + vec2(-2.0, 0.0);
    both.drag(tail, tail + vec2(-20.0 * SCALE, 0.0));
    both.wait("the last one trimmed", |film| is_cut(film, &[75, 75, 50, 75, 55], 2));
    let tail = both.on_track(150.0) + vec2(-2.0, 0.0);
    both.drag(tail, tail + vec2(-15.0 * SCALE, 0.0));
    both.press(&[("v", "V")]);
    both.wait("two trimmed", |film| is_cut(film, &[75, 60, 50, 75, 55], 2));
}

/// Takes everything back, and makes it again; copies a clip, and takes that back.
fn undo(both: &mut Both) {
    let steps = 1 + SHOTS.len() + 2 + 2;
    (0..steps).for_each(|_| both.press(&[("ctrl+z", "Ctrl+Z")]));
    both.wait("nothing left", |film| film.media.is_empty() && lengths(film).is_empty());
    (0..steps).for_each(|_| both.press(&[("ctrl+shift+z", "Ctrl+Shift+Z")]));
    both.wait("made again", |film| is_cut(film, &[75, 60, 50, 75, 55], 2));
    let at = both.on_track(160.0);
    both.click_at(at);
    both.press(&[("ctrl+c", "Ctrl+C"), ("End", "End"), ("ctrl+v", "Ctrl+V")]);
    both.wait("a copy behind the last", |film| is_cut(film, &[75, 60, 50, 75, 55, 50], 2));
    both.press(&[("ctrl+z", "Ctrl+Z")]);
    both.wait("the copy taken back", |film| is_cut(film, &[75, 60, 50, 75, 55], 2));
}

/// How many pixels of two pictures differ.
fn differ(one: &image::RgbaImage, two: &image::RgbaImage) -> usize {
    one.pixels().zip(two.pixels()).filter(|(a, b)| a != b).count()
}

#[test]
fn five_shots_are_cut_and_delivered_at_a_true_display() {
    let test = "five_shots_are_cut_and_delivered_at_a_true_display";
    if !can_be(test) || !oracle::have("ffmpeg", test) {
        return;
    }
    let mut both = Both::open();
    lay(&mut both);
    trim(&mut both);
    undo(&mut both);
    both.press(&[("Home", "Home"), ("ctrl+s", "Ctrl+S")]);
    let path = both.path();
    wait("the saved film", || {
        is_cut(&roomtone::project::open(&path).unwrap().0, &[75, 60, 50, 75, 55], 2)
    });
    let before = both.display.picture("at the start");
    both.display.press(&["space"]);
    wait("a film that plays", || differ(&before, &both.display.picture("playing")) > 2000);
    both.display.press(&["space"]);
    both.press(&[("shift+2", "Shift+2")]);
    both.display.picture("the mixer");
    both.press(&[("shift+3", "Shift+3")]);
    both.click("Archive FFV1");
    both.display.picture("before the delivery");
    both.display.click(both.twin.place_like("Deliver the film"));
    wait("the delivery", || delivered(&path).exists());
    both.display.picture("delivered");
    program::done(
        both.folder.path(),
        "verify film.roomtone film-archive-ffv1.mkv --preset archive-ffv1",
    );
    let probe = ["-v", "error", "-count_frames", "-select_streams", "v", "-show_entries"];
    let fields = ["stream=nb_read_frames,width,height,r_frame_rate", "-of", "csv=p=0"];
    let file = delivered(&path).display().to_string();
    let counted = oracle::output("ffprobe", &[&probe[..], &fields, &[file.as_str()]].concat());
    assert_eq!(String::from_utf8(counted).unwrap().trim(), "320,180,25/1,315");
    both.press(&[("shift+1", "Shift+1")]);
    both.display.picture("the end");
    both.display.press(&["ctrl+q"]);
    wait("the end", || both.program.0.try_wait().unwrap().is_some());
    assert!(both.program.0.wait().unwrap().success(), "{}", both.display.said());
}
