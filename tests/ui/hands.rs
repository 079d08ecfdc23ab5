//! Two hands for the same work: one has only the pointer, the other only the keyboard.

use super::rig::Window;
use eframe::egui::{Event, Pos2, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::time::Duration;

/// The most presses of `Tab` until something is reached.
const FAR: usize = 400;

/// A hand that has only the pointer.
pub(super) struct Mouse<'a>(pub(super) &'a mut Window);

impl Mouse<'_> {
    /// Chooses an entry of a menu, which may have its keys behind its name.
    #[track_caller]
    pub(super) fn choose(&mut self, menu: &str, entry: &str) {
        self.click(menu);
        let is_it = |label: &str| {
            let rest = label.strip_prefix(entry).map(str::trim_start);
            rest.is_some_and(|rest| !rest.starts_with(char::is_lowercase))
        };
        let found = self.0.harness.query_all_by_label_contains(entry);
        let found = found.filter(|node| node.accesskit_node().label().is_some_and(|it| is_it(&it)));
        let places: Vec<_> = found.map(|node| node.rect().center()).collect();
        let place = *places.last().unwrap_or_else(|| panic!("{menu} has no {entry}"));
        self.click_at(place);
    }

    /// Clicks what is labelled so.
    #[track_caller]
    pub(super) fn click(&mut self, label: &str) {
        let place = self.0.place_of(label);
        self.click_at(place);
    }

    /// Clicks the first thing that has this in its label.
    #[track_caller]
    pub(super) fn click_like(&mut self, part: &str) {
        let place = self.0.place_like(part);
        self.click_at(place);
    }

    /// Clicks a place.
    pub(super) fn click_at(&mut self, place: Pos2) {
        self.0.harness.hover_at(place);
        self.0.steps(1);
        self.0.harness.drag_at(place);
        self.0.steps(1);
        self.0.harness.drop_at(place);
        self.0.steps(3);
    }

    /// Drags from a place to another.
    pub(super) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.0.drag(from, to);
    }

    /// The place of a frame on the timeline, at the height of a track's name.
    #[track_caller]
    pub(super) fn on_track(&self, track: &str, frame: f32, scale: f32) -> Pos2 {
        let ruler = self.0.harness.get_by_label("Playhead").rect();
        pos2(ruler.left() + frame * scale, self.0.place_of(&format!("Target {track}")).y)
    }
}

/// A hand that has only the keyboard.
pub(super) struct Keyboard<'a>(pub(super) &'a mut Window);

impl Keyboard<'_> {
    /// Presses keys as they are written: `Ctrl+Z`.
    pub(super) fn press(&mut self, keys: &str) {
        self.0.keys(keys);
    }

    /// Types words.
    pub(super) fn write(&mut self, words: &str) {
        self.0.harness.event(Event::Text(words.into()));
        self.0.steps(3);
    }

    /// Asks the palette for a command.
    pub(super) fn command(&mut self, words: &str) {
        self.press("Ctrl+Shift+P");
        self.write(words);
        self.press("Enter");
    }

    /// Goes on with `Tab` until what is labelled so has the keyboard.
    #[track_caller]
    pub(super) fn reach(&mut self, label: &str) {
        for _ in 0..FAR {
            if self.0.harness.query_all_by_label(label).any(|node| node.is_focused()) {
                return;
            }
            self.press("Tab");
        }
        panic!("the keyboard does not reach {label}");
    }
}

impl Window {
    /// Where the first thing lies that has this in its label.
    #[track_caller]
    pub(super) fn place_like(&self, part: &str) -> Pos2 {
        let mut found = self.harness.query_all_by_label_contains(part);
        found.next().unwrap_or_else(|| panic!("nothing is called {part}")).rect().center()
    }

    /// Draws until nothing in the window changes any more: pictures of media come by and by.
    #[track_caller]
    pub(super) fn settle(&mut self) -> image::RgbaImage {
        let mut before = self.harness.render().unwrap();
        let mut same = 0;
        for _ in 0..400 {
            crossbeam::channel::after(Duration::from_millis(15)).recv().unwrap();
            self.steps(3);
            let now = self.harness.render().unwrap();
            same = if now == before { same + 1 } else { 0 };
            if same == 4 {
                return now;
            }
            before = now;
        }
        panic!("the window does not come to rest");
    }
}
