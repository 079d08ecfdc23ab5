//! The browser: shots, their takes and media of the film, found by words and ratings, laid by drag or
//! double click.

mod bar;
mod cells;
mod details;
mod duel;
mod hand;
mod picture;
mod rating;
mod rounds;
mod rows;
mod sheet;
mod take;
mod together;

pub(in crate::ui::panel) use picture::outline_ui;
pub(in crate::ui) use sheet::sheet_ui;
pub(in crate::ui) use take::take_ui;

use crate::ui::desk::{Desk, Line, Thing};
use crate::ui::texture::Textures;
use crate::ui::theme;
use eframe::egui::{RichText, ScrollArea, Ui};
use timeline_format::Source;

/// What the browser keeps between its drawings.
#[derive(Debug, Default)]
pub(in crate::ui) struct Browser {
    textures: Textures,
    /// Pictures that are looked at closely.
    large: Large,
    /// Takes that play.
    rounds: rounds::Rounds,
    /// Two takes in one frame.
    frames: together::Frames,
    /// Whether the lines that are drawn are those of the sheet.
    is_sheet: bool,
}

impl Browser {
    /// The frames that are seen of the takes on the sheet since they began to play, by media.
    pub(in crate::ui) const fn takes(
        &self,
    ) -> &std::collections::BTreeMap<timeline_format::Id, i64> {
        self.rounds.frames()
    }
}

/// A few large pictures.
#[derive(Debug)]
struct Large(Textures);

impl Default for Large {
    fn default() -> Self {
        Self(Textures::of_most(8))
    }
}

/// Draws the browser.
pub(in crate::ui) fn browser_ui(ui: &mut Ui, desk: &mut Desk, browser: &mut Browser) {
    bar::bar_ui(ui, desk);
    let lines = desk.lines();
    if lines.is_empty() {
        let is_empty = desk.film().is_some_and(|film| film.now().media.is_empty());
        let words = if is_empty {
            "Nothing here yet: drop files into this window."
        } else {
            "Nothing is like this."
        };
        ui.label(RichText::new(words).color(theme::FAINT));
    }
    let height = (ui.available_height() - details::HEIGHT).max(60.0);
    ui.allocate_ui(eframe::egui::vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        if desk.browsing.is_grid {
            let size = desk.browsing.size;
            cells::cells_ui(ui, desk, browser, (&lines, size, None));
        } else {
            rows::rows_ui(ui, desk, browser, &lines);
        }
    });
    details::details_ui(ui, desk);
}

/// Where lines are scrolled: to the one that is to be revealed, of `across` beside each other.
fn scrolled(desk: &mut Desk, lines: &[Line], (height, across): (f32, usize)) -> ScrollArea {
    let area = ScrollArea::vertical().id_salt("lines").auto_shrink(false);
    let Some(source) = desk.browsing.revealed.take() else { return area };
    let is_it = |line: &Line| match (line.thing, &source) {
        (Thing::Shot(shot), Source::Shot(wanted)) => shot == *wanted,
        (Thing::Media(media), Source::Media(wanted)) => media == *wanted,
        _ => false,
    };
    let Some(place) = lines.iter().position(is_it) else { return area };
    hand::take_up(desk, lines[place].thing);
    area.vertical_scroll_offset((place / across.max(1)) as f32 * height)
}
