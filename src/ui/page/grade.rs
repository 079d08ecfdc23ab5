//! The grade page: the film large, the gallery of stills and its clips as strips below; wheels and curves under them, looks on the left,
//! scopes and every operation of the clip in hand on the right.

use crate::ui::app::Room;
use crate::ui::panel::named::name_edges;
use crate::ui::panel::{grading, inspector, viewer};
use crate::ui::theme;
use eframe::egui::{CentralPanel, Frame, Panel, Ui};

/// Draws the page.
pub(super) fn page_ui(ui: &mut Ui, room: &mut Room) {
    let panel = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
    Panel::right("grade-side")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("grade-side", 330.0))
        .size_range(220.0..=700.0)
        .show(ui, |ui| side_ui(ui, room));
    Panel::left("looks")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("looks", 190.0))
        .size_range(130.0..=400.0)
        .show(ui, |ui| grading::looks_ui(ui, &mut room.desk, &mut room.grading));
    Panel::bottom("grade-tools")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("grade-tools", 250.0))
        .size_range(170.0..=600.0)
        .show(ui, |ui| tools_ui(ui, room));
    Panel::bottom("strip")
        .frame(panel)
        .resizable(false)
        .exact_size(grading::STRIP + 2.0 * theme::GAP)
        .show(ui, |ui| grading::clips_ui(ui, &mut room.desk, &mut room.grading));
    if !room.desk.stills().is_empty() {
        Panel::bottom("gallery")
            .frame(panel)
            .resizable(false)
            .exact_size(grading::GALLERY + 2.0 * theme::GAP)
            .show(ui, |ui| grading::stills_ui(ui, &mut room.desk, &mut room.grading));
    }
    CentralPanel::default()
        .frame(Frame::new().fill(theme::GROUND))
        .show(ui, |ui| viewer::program_ui(ui, room));
    name_edges(ui, &["grade-side", "looks", "grade-tools"]);
}

fn tools_ui(ui: &mut Ui, room: &mut Room) {
    Panel::right("curves")
        .frame(Frame::new())
        .resizable(true)
        .default_size(room.kept.size("curves", 300.0))
        .size_range(160.0..=700.0)
        .show(ui, |ui| grading::curves_ui(ui, &mut room.desk, &mut room.grading));
    CentralPanel::default()
        .frame(Frame::new())
        .show(ui, |ui| grading::wheels_ui(ui, &mut room.desk, &mut room.grading));
    name_edges(ui, &["curves"]);
}

fn side_ui(ui: &mut Ui, room: &mut Room) {
    Panel::top("scopes")
        .frame(Frame::new())
        .resizable(true)
        .default_size(room.kept.size("scopes", 400.0))
        .size_range(160.0..=900.0)
        .show(ui, |ui| grading::scopes_ui(ui, &room.desk, &mut room.grading));
    CentralPanel::default().frame(Frame::new()).show(ui, |ui| {
        inspector::operations_ui(ui, &mut room.desk);
    });
    name_edges(ui, &["scopes"]);
}
