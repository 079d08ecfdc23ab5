//! A marker: where it is, how long, what it says.

use super::heading_ui;
use super::time::{length_ui, place_ui};
use crate::ui::desk::Desk;
use crate::ui::panel::field::{chosen_ui, name_ui};
use crate::ui::theme;
use eframe::egui::{TextEdit, Ui, WidgetInfo};
use egui_phosphor::regular as icon;
use timeline_format::{Frames, Id, Marker};

/// Draws a marker.
pub(super) fn marker_ui(ui: &mut Ui, desk: &mut Desk, id: Id) {
    let Some(marker) = desk.marker(id).map(|marker| Marker::clone(marker)) else { return };
    heading_ui(ui, if marker.name.is_empty() { "Marker" } else { &marker.name }, "a marker");
    if let Some(at) = place_ui(ui, desk, ("At", "The frame that it marks."), marker.at.floor()) {
        desk.adjust_marker("Move marker", id, |marker| marker.at = Frames::whole(at));
    }
    let help = "How long it is; 0 is a moment.";
    let length = marker.length.round();
    if let Some(length) = length_ui(ui, desk, ("Length", help), length, (0, false)) {
        let length = Frames::whole(length);
        desk.adjust_marker("Length of marker", id, |marker| marker.length = length);
    }
    ui.horizontal(|ui| {
        name_ui(ui, "Colour", "Its colour.", !marker.colour.is_empty());
        let words = theme::MARKERS.iter().map(|(word, _)| shown(word));
        if let Some(word) = chosen_ui(ui, "Colour", shown(&marker.colour), words) {
            let colour = if word == shown("") { String::new() } else { word.to_owned() };
            desk.adjust_marker("Colour of marker", id, |marker| marker.colour = colour);
        }
    });
    if let Some(name) = text_ui(ui, "Name", &marker.name, false) {
        desk.adjust_marker("Name of marker", id, |marker| marker.name = name);
    }
    if let Some(note) = text_ui(ui, "Note", &marker.note, true) {
        desk.adjust_marker("Note of marker", id, |marker| marker.note = note);
    }
    if ui.button(format!("{} Remove", icon::TRASH)).clicked() {
        desk.remove_marker(id);
    }
}

fn shown(colour: &str) -> &str {
    if colour.is_empty() { "usual" } else { colour }
}

fn text_ui(ui: &mut Ui, name: &str, before: &str, has_lines: bool) -> Option<String> {
    let mut text = before.to_owned();
    name_ui(ui, name, "", !before.is_empty());
    let edit = if has_lines { TextEdit::multiline } else { TextEdit::singleline };
    let response = ui.add(edit(&mut text).desired_width(f32::INFINITY).desired_rows(2));
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(true, before, &text, "")
    });
    response.changed().then_some(text)
}
