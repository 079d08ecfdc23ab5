//! A gap: where it is, and how long.

use super::time::length_ui;
use super::{facts_ui, heading_ui};
use crate::ui::desk::Desk;
use eframe::egui::Ui;
use timeline_format::Id;

/// Draws a gap.
pub(super) fn gap_ui(ui: &mut Ui, desk: &mut Desk, id: Id) {
    let Some(span) = desk.span_of(id) else { return };
    heading_ui(ui, "A gap", "nothing is seen or heard of this track");
    let words = format!("{} to {}", desk.label_of(span.start), desk.label_of(span.end));
    facts_ui(ui, "gap", &[("In the cut", words)]);
    let help = "How long it is. What follows moves.";
    let length = span.end - span.start;
    if let Some(length) = length_ui(ui, desk, ("Length", help), length, (0, false)) {
        desk.adjust_gap(id, length);
    }
    if ui.button("Close it").clicked() {
        desk.close_gap(id);
    }
}
