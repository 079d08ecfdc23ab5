//! The correct page: the film large, where the faults of the clip in hand are below it; the faults of the film on the
//! left, the repairs of the clip on the right.

use crate::ui::app::Room;
use crate::ui::panel::named::name_edges;
use crate::ui::panel::{correcting, viewer};
use crate::ui::theme;
use eframe::egui::{CentralPanel, Frame, Panel, Ui};

/// Draws the page.
pub(super) fn page_ui(ui: &mut Ui, room: &mut Room) {
    let panel = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
    Panel::left("faults")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("faults", 280.0))
        .size_range(200.0..=600.0)
        .show(ui, |ui| correcting::faults_ui(ui, &mut room.desk, &mut room.correcting));
    Panel::right("repairs")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("repairs", 320.0))
        .size_range(220.0..=700.0)
        .show(ui, |ui| correcting::repairs_ui(ui, &mut room.desk, &room.correcting));
    Panel::bottom("fault-strip")
        .frame(panel)
        .resizable(false)
        .exact_size(correcting::STRIP + 2.0 * theme::GAP)
        .show(ui, |ui| correcting::strip_ui(ui, &mut room.desk));
    CentralPanel::default().frame(Frame::new().fill(theme::GROUND)).show(ui, |ui| {
        correcting::brush_ui(ui, &mut room.desk);
        viewer::program_alone_ui(ui, room);
    });
    name_edges(ui, &["faults", "repairs"]);
}
