//! The composite page: the layers on the left, the film with its handles in the middle, what is chosen on the right,
//! the timeline below.

use crate::ui::app::Room;
use crate::ui::panel::named::name_edges;
use crate::ui::panel::{correcting, inspector, layers, timeline, viewer};
use crate::ui::theme;
use eframe::egui::{CentralPanel, Frame, Panel, Ui};

/// Draws the page.
pub(super) fn page_ui(ui: &mut Ui, room: &mut Room) {
    let panel = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
    Panel::bottom("timeline")
        .frame(Frame::new().fill(theme::PANEL))
        .resizable(true)
        .default_size(room.kept.size("timeline", 260.0))
        .size_range(140.0..=900.0)
        .show(ui, |ui| timeline::timeline_ui(ui, room));
    Panel::left("layers")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("layers", 300.0))
        .size_range(200.0..=600.0)
        .show(ui, |ui| layers::layers_ui(ui, &mut room.desk));
    Panel::right("inspector")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("inspector", 260.0))
        .size_range(180.0..=600.0)
        .show(ui, |ui| inspector::inspector_ui(ui, &mut room.desk));
    CentralPanel::default().frame(Frame::new().fill(theme::GROUND)).show(ui, |ui| {
        correcting::brush_ui(ui, &mut room.desk);
        viewer::program_alone_ui(ui, room);
    });
    name_edges(ui, &["timeline", "layers", "inspector"]);
}
