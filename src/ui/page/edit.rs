//! The edit page: browser and inspector beside the viewers, the timeline below.

use crate::ui::app::Room;
use crate::ui::panel::named::name_edges;
use crate::ui::panel::{history, inspector, timeline, viewer};
use crate::ui::theme;
use eframe::egui::{CentralPanel, Frame, Panel, Ui};

/// Draws the page.
pub(super) fn page_ui(ui: &mut Ui, room: &mut Room) {
    let panel = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
    Panel::bottom("timeline")
        .frame(Frame::new().fill(theme::PANEL))
        .resizable(true)
        .default_size(room.kept.size("timeline", 340.0))
        .size_range(140.0..=900.0)
        .show(ui, |ui| timeline::timeline_ui(ui, room));
    super::browser_ui(ui, room);
    Panel::right("inspector")
        .frame(panel)
        .resizable(true)
        .default_size(room.kept.size("inspector", 235.0))
        .size_range(180.0..=600.0)
        .show(ui, |ui| {
            history::history_ui(ui, &mut room.desk);
            inspector::inspector_ui(ui, &mut room.desk);
        });
    CentralPanel::default()
        .frame(Frame::new().fill(theme::GROUND))
        .show(ui, |ui| viewer::viewers_ui(ui, room));
    name_edges(ui, &["timeline", "browser", "inspector"]);
}
