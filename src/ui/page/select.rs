//! The select page: the browser, every take of the shot in hand, and the take that is looked at.

use crate::ui::app::Room;
use crate::ui::panel::named::name_edges;
use crate::ui::panel::{browser, viewer};
use crate::ui::theme;
use eframe::egui::{CentralPanel, Frame, Panel, Ui};

/// Draws the page.
pub(super) fn page_ui(ui: &mut Ui, room: &mut Room) {
    let panel = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
    super::browser_ui(ui, room);
    Panel::right("take")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("take", 560.0))
        .size_range(300.0..=1400.0)
        .show(ui, |ui| {
            Panel::bottom("about-take")
                .frame(Frame::new())
                .resizable(true)
                .default_size(room.kept.size("about-take", 300.0))
                .size_range(80.0..=600.0)
                .show(ui, |ui| browser::take_ui(ui, &mut room.desk));
            CentralPanel::default()
                .frame(Frame::new().fill(theme::GROUND))
                .show(ui, |ui| viewer::source_alone_ui(ui, room));
        });
    CentralPanel::default()
        .frame(panel)
        .show(ui, |ui| browser::sheet_ui(ui, &mut room.desk, &mut room.browser));
    name_edges(ui, &["browser", "take", "about-take"]);
}
