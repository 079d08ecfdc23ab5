//! The deliver page: what for on the left, where to in the middle, the queue on the right.

use crate::ui::app::Room;
use crate::ui::panel::delivery;
use crate::ui::panel::named::name_edges;
use crate::ui::theme;
use eframe::egui::{CentralPanel, Frame, Margin, Panel, Ui};

/// Draws the page.
pub(super) fn page_ui(ui: &mut Ui, room: &mut Room) {
    let panel = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
    Panel::left("presets").frame(panel).default_size(room.kept.size("presets", 260.0)).show(
        ui,
        |ui| {
            delivery::presets_ui(ui, &mut room.wanted);
        },
    );
    Panel::right("queue").frame(panel).default_size(room.kept.size("queue", 420.0)).show(
        ui,
        |ui| {
            delivery::queue_ui(ui, &mut room.desk);
        },
    );
    let middle = Frame::new().fill(theme::GROUND).inner_margin(Margin::same(16));
    CentralPanel::default().frame(middle).show(ui, |ui| {
        delivery::order_ui(ui, &mut room.desk, &mut room.wanted);
    });
    name_edges(ui, &["presets", "queue"]);
}
