//! The inspector: what is chosen, and every value of it, drawn from its description.

mod captions;
mod clip;
mod film;
mod gap;
mod grade;
mod marker;
mod mask;
mod scene;
mod time;
mod track;
mod transition;
mod value;

use crate::ui::desk::{Desk, Other};
use crate::ui::theme;
use eframe::egui::{CollapsingHeader, Grid, RichText, ScrollArea, Ui, vec2};
use timeline_format::Id;

/// Draws the inspector.
pub(in crate::ui) fn inspector_ui(ui: &mut Ui, desk: &mut Desk) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        match (desk.selection.lead(), desk.selection.other()) {
            (Some(clip), _) => clip::clip_ui(ui, desk, clip),
            (None, Some(Other::Cut(track, cut))) => transition::cut_ui(ui, desk, track, cut),
            (None, Some(Other::Gap(gap))) => gap::gap_ui(ui, desk, gap),
            (None, Some(Other::Track(track))) => track::track_ui(ui, desk, track),
            (None, Some(Other::Marker(marker))) => marker::marker_ui(ui, desk, marker),
            (None, None) => film::film_ui(ui, desk),
        }
    });
}

/// Draws the operations of the clip whose grade is in hand, and what puts others on.
pub(in crate::ui) fn operations_ui(ui: &mut Ui, desk: &mut Desk) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        if let Some(clip) = desk.graded_clip() {
            clip::effects_ui(ui, desk, clip);
        }
    });
}

/// Draws what is chosen, by its name.
fn heading_ui(ui: &mut Ui, name: &str, what: &str) {
    ui.label(RichText::new(name).strong());
    if !what.is_empty() {
        ui.label(RichText::new(what).color(theme::QUIET));
    }
}

/// Draws facts that cannot be changed here.
fn facts_ui(ui: &mut Ui, name: &str, rows: &[(&str, String)]) {
    Grid::new(name).num_columns(2).spacing(vec2(8.0, 3.0)).show(ui, |ui| {
        for (label, value) in rows {
            ui.label(RichText::new(*label).color(theme::QUIET));
            ui.label(value);
            ui.end_row();
        }
    });
}

fn section(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    CollapsingHeader::new(name).default_open(true).show(ui, add);
}

/// A section of something that there may be more of under the same name.
fn section_of(ui: &mut Ui, whose: Option<Id>, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.push_id(whose, |ui| section(ui, name, add));
}
