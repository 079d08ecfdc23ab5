//! What repairs change: the film beside itself as it was before them, or how far both are apart.

use super::compare::line_ui;
use super::picture::{self, fitted, full_size, picture_ui};
use super::{nothing_ui, overlay, size_of};
use crate::ui::app::Room;
use crate::ui::desk::{Mode, Proof, TIMES, Viewer};
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{Rect, Response, Sense, Stroke, Ui, WidgetType, pos2};
use std::sync::Arc;

/// Draws it.
pub(super) fn proof_ui(ui: &Ui, room: &mut Room, place: Rect, response: &Response) {
    let (Some(shown), Some(raster)) = (room.desk.shown(), room.desk.raster()) else {
        return nothing_ui(ui, place, "No picture yet");
    };
    let full = full_size(ui, raster);
    let is_wipe = room.desk.viewing.mode == Mode::BeforeWipe;
    let seen = room.desk.viewing.sight(Viewer::Program).lay(place, full);
    let line = is_wipe.then(|| line_ui(ui, room, seen, place));
    let sight = room.desk.viewing.sight(Viewer::Program);
    picture::heed(ui, response, sight, (place, full));
    let drawn = sight.lay(place, full);
    let proof = room.desk.proof().filter(|_| !room.desk.is_playing());
    let film = room.viewers.program.of(ui.ctx(), &shown.image);
    picture_ui(ui, &film, drawn, place);
    let Some(proof) = proof else {
        return overlay::sign_ui(ui, drawn.intersect(place), "what repairs change is worked out");
    };
    match line {
        Some(line) => before_ui(ui, room, &proof, (line, drawn, place)),
        None => difference_ui(ui, room, &proof, (drawn, place)),
    }
}

/// The film as it was, on the right of a line.
fn before_ui(ui: &Ui, room: &mut Room, proof: &Proof, (line, drawn, place): (f32, Rect, Rect)) {
    let x = drawn.left() + drawn.width() * line;
    let behind = Rect::from_min_max(pos2(x, drawn.top()), drawn.max).intersect(place);
    let before = room.viewers.other.of(ui.ctx(), &proof.before);
    picture_ui(ui, &before, fitted(full_size(ui, size_of(&proof.before)), drawn), behind);
    let stroke = Stroke::new(1.5, theme::ACCENT);
    ui.painter_at(place).vline(x, drawn.intersect(place).y_range(), stroke);
    overlay::sign_ui(ui, behind, "before");
}

/// How far both are apart, and how much of that lies outside of the masks.
fn difference_ui(ui: &Ui, room: &mut Room, proof: &Arc<Proof>, (drawn, place): (Rect, Rect)) {
    let texture = room.viewers.other.of(ui.ctx(), &proof.difference);
    picture_ui(ui, &texture, drawn, place);
    let words = words(proof);
    overlay::sign_ui(ui, drawn.intersect(place), &words);
    let spot = Rect::from_min_size(drawn.min, eframe::egui::vec2(1.0, 1.0));
    let label = ui.interact(spot, ui.id().with("proof"), Sense::hover());
    drop(named(label, WidgetType::Label, &words));
}

fn words(proof: &Proof) -> String {
    let Proof { changed, outside, all, everywhere, .. } = proof;
    let masks = match everywhere {
        0 => format!("{outside} outside of the masks"),
        1 => "one repair works everywhere".to_owned(),
        count => format!("{count} repairs work everywhere"),
    };
    format!("{changed} of {all} pixels changed, {masks}; {TIMES} times")
}
