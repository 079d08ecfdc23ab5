//! What is known of a line: all of it under the pointer, the first of it below the browser.

use super::rating;
use crate::ui::desk::{Desk, Line, Thing, facts_of};
use crate::ui::panel::words::fitted_ui;
use crate::ui::theme;
use eframe::egui::{Align2, Grid, Label, RichText, Sense, Ui, vec2};
use std::sync::Arc;
use timeline_format::{Id, Media, Source};

/// How high the lines below the browser are.
pub(super) const HEIGHT: f32 = 50.0;
/// How wide the card under the pointer is.
const CARD: f32 = 360.0;

/// Draws everything that is known of a line.
pub(super) fn card_ui(ui: &mut Ui, desk: &Desk, line: &Line) {
    ui.set_max_width(CARD);
    ui.label(RichText::new(&line.name).strong());
    let note = note_of(desk, line.thing);
    if !note.is_empty() {
        ui.label(RichText::new(note).color(theme::QUIET));
    }
    if let Thing::Take { .. } = line.thing {
        let rank = line.rank.map_or(String::new(), |rank| format!(", number {rank} of its shot"));
        ui.label(format!("{} {}{rank}", rating::sign(line.state), rating::label(line.state)));
    }
    if line.is_missing {
        ui.label(RichText::new("It is not where the film says.").color(theme::WARNING));
    }
    if let Some(media) = line.media.and_then(|id| media_of(desk, id)) {
        Grid::new("facts").num_columns(2).spacing(vec2(8.0, 2.0)).show(ui, |ui| {
            for (name, value) in facts_of(&media) {
                ui.label(RichText::new(name).color(theme::QUIET));
                ui.add(Label::new(value).wrap());
                ui.end_row();
            }
            figures_ui(ui, desk, line.media);
        });
    }
    let hand = match line.thing {
        Thing::Take { .. } => "Double click: choose it. Drag: lay it on a track.",
        Thing::Shot(_) | Thing::Media(_) => "Double click: append. Drag: lay it on a track.",
    };
    ui.label(RichText::new(hand).color(theme::FAINT));
}

/// What the pictures of a media say in numbers, a row of a grid each.
pub(super) fn figures_ui(ui: &mut Ui, desk: &Desk, media: Option<Id>) {
    for (measure, value) in media.map_or(&[][..], |media| desk.figures(media)) {
        ui.label(RichText::new(measure.label).color(theme::QUIET)).on_hover_text(measure.help);
        let value = format!("{value:.digits$} {}", measure.unit, digits = measure.digits);
        ui.label(value.trim_end());
        ui.end_row();
    }
}

/// Draws the first of what is known of what was taken up last.
pub(super) fn details_ui(ui: &mut Ui, desk: &Desk) {
    let (place, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT - 4.0), Sense::hover());
    ui.painter().hline(place.x_range(), place.top(), (1.0, theme::LINE));
    let Some(media) = media_in_hand(desk) else { return };
    let facts = facts_of(&media);
    let has = |names: &[&str]| {
        let found = facts.iter().filter(|(name, _)| names.contains(&name.as_str()));
        found.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let said = |name: &str, word: &str| {
        let value = has(&[name]);
        if value.is_empty() { value } else { format!("{word}{value}") }
    };
    let came = [said("seed", "seed "), said("model", ""), said("prompt", "")];
    let came: Vec<String> = came.into_iter().filter(|words| !words.is_empty()).collect();
    let rows = [
        (has(&["Size", "Rate", "Length"]), theme::TEXT),
        (has(&["Colour", "Alpha", "Sound"]), theme::QUIET),
        (came.join(" - "), theme::QUIET),
    ];
    let painter = ui.painter_at(place);
    let mut top = place.left_top() + vec2(1.0, 3.0);
    for (words, colour) in rows.into_iter().filter(|(words, _)| !words.is_empty()) {
        let look = (theme::words(theme::SMALL), colour);
        fitted_ui(&painter, (top, Align2::LEFT_TOP), &words, look, place.right() - top.x);
        top.y += 14.0;
    }
}

fn media_in_hand(desk: &Desk) -> Option<Arc<Media>> {
    let film = desk.film()?.now();
    let of_shot = |shot: &Id| film.shots.get(shot)?.chosen().map(|take| take.media);
    let of_take = |(shot, take): (Id, Id)| {
        let takes = &film.shots.get(&shot)?.takes;
        takes.iter().find(|known| known.id == take).map(|take| take.media)
    };
    let media = desk.take.and_then(of_take).or_else(|| match &desk.source.as_ref()?.source {
        Source::Media(media) => Some(*media),
        Source::Shot(shot) => of_shot(shot),
        Source::Sequence(_) | Source::Generator(_) => None,
    });
    media_of(desk, media?)
}

fn media_of(desk: &Desk, id: Id) -> Option<Arc<Media>> {
    desk.film()?.now().media.get(&id).cloned()
}

fn note_of(desk: &Desk, thing: Thing) -> String {
    let shot_of = |shot: &Id| desk.film()?.now().shots.get(shot);
    let note = match thing {
        Thing::Shot(shot) => shot_of(&shot).map(|shot| shot.note.clone()),
        Thing::Take { shot, take } => shot_of(&shot).and_then(|shot| {
            let found = shot.takes.iter().find(|known| known.id == take);
            found.map(|take| take.note.clone())
        }),
        Thing::Media(_) => None,
    };
    note.unwrap_or_default()
}
