//! A film of three clips of one video whose frames carry their number, and where they lie on the timeline.

use super::rig::Window;
use crate::support::barcode;
use eframe::egui::{Pos2, Rect, pos2};
use egui_kittest::kittest::Queryable as _;
use image::RgbaImage;
use timeline_format::track::TrackKind;
use timeline_format::{Item, Track};

/// Frames of a clip, and the first frame that it shows.
pub(super) const LENGTH: i64 = 40;
pub(super) const FIRST: i64 = 20;

/// What a timeline looks like: where its frames lie on the screen.
pub(super) struct Lie {
    left: f32,
    frame: f32,
    /// The middle of the picture track.
    pub(super) y: f32,
}

impl Lie {
    /// The place of a frame's start on the picture track.
    pub(super) fn at(&self, frame: f32) -> Pos2 {
        pos2(self.left + frame * self.frame, self.y)
    }

    /// How wide a frame is.
    pub(super) const fn frame(&self) -> f32 {
        self.frame
    }
}

/// Three clips of 40 frames, from frame 20 of a video of 120, with their sound.
pub(super) fn with_reel() -> Window {
    let mut window = Window::empty();
    let raw = barcode::raw(window.folder.path(), 120);
    let coding = "-f lavfi -i sine=frequency=440:sample_rate=48000 -shortest -c:v libx264 -qp 0 \
                  -g 12 -c:a aac";
    let path = barcode::coded(&raw, "counted.mp4", "25", coding);
    window.drop_file(path);
    window.until("the media", |app| app.film().unwrap().media.len() == 1);
    window.steps(2);
    window.click("counted.mp4");
    (0..2).for_each(|_| window.keys("Shift+Right"));
    window.keys("I");
    (0..3).for_each(|_| window.keys("Shift+Right"));
    (0..9).for_each(|_| window.keys("Right"));
    window.keys("O");
    (0..3).for_each(|_| window.ask("overwrite"));
    assert_eq!(pictures(&window), [(40, 20), (40, 20), (40, 20)]);
    window.keys("Ctrl+Shift+A");
    window.keys("Home");
    window.keys("\\");
    window.steps(2);
    window
}

/// Where the three clips lie, as they were laid.
pub(super) fn lie(window: &Window) -> Lie {
    let found = clips(window, LENGTH);
    let frame = (found[1].center().x - found[0].center().x) / LENGTH as f32;
    let left = found[0].center().x - LENGTH as f32 / 2.0 * frame;
    Lie { left, frame, y: found[0].center().y }
}

/// The places of the clips of this length, the uppermost track first.
pub(super) fn clips(window: &Window, length: i64) -> Vec<Rect> {
    let label = format!("counted.mp4, {length} frames");
    let found = window.harness.query_all_by_label(&label);
    let mut found: Vec<Rect> = found.map(|node| node.rect()).collect();
    found.sort_by(|a, b| a.top().total_cmp(&b.top()).then(a.left().total_cmp(&b.left())));
    found
}

/// The clips of a track: their lengths and first frames; a gap's first frame is -1.
fn items(track: &Track) -> Vec<(i64, i64)> {
    let item = |item: &Item| {
        let first = item.clip.as_ref().map_or(-1, |clip| clip.source_in.floor());
        (item.length, first)
    };
    track.reel().unwrap().iter().map(item).collect()
}

fn of_kind(window: &Window, kind: TrackKind, number: usize) -> Vec<(i64, i64)> {
    let film = window.now();
    let main = film.main().unwrap();
    let mut tracks = main.tracks.iter().filter(|it| it.header.kind == kind && it.reel().is_some());
    items(tracks.nth(number).unwrap())
}

/// The clips of the lowest picture track.
pub(super) fn pictures(window: &Window) -> Vec<(i64, i64)> {
    of_kind(window, TrackKind::Picture, 0)
}

/// The clips of the picture track above it.
pub(super) fn above(window: &Window) -> Vec<(i64, i64)> {
    of_kind(window, TrackKind::Picture, 1)
}

/// The clips of the first sound track.
pub(super) fn sounds(window: &Window) -> Vec<(i64, i64)> {
    of_kind(window, TrackKind::Sound, 0)
}

/// The number that a picture within `place` carries, drawn as large as its shape lets it be.
pub(super) fn number_in(picture: &RgbaImage, place: Rect) -> usize {
    let (width, height) = (barcode::SIZE.0 as f32, barcode::SIZE.1 as f32);
    let scale = (place.width() / width).min(place.height() / height);
    let left = place.center().x - width * scale / 2.0;
    let top = place.center().y - height * scale / 2.0;
    (0..16).fold(0, |number, bit| {
        let (x, y) = ((bit % 8) as f32 * 16.0 + 8.0, (bit / 8) as f32 * 16.0 + 14.5);
        let pixel = picture.get_pixel((left + x * scale) as u32, (top + y * scale) as u32).0;
        let [r, g, b] = [0, 1, 2].map(|channel| f32::from(pixel[channel]));
        let luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        number | usize::from(luma > 120.0) << bit
    })
}
