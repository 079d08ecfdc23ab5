//! The sound page: the picture, the mixer, the place one is in (or the node that is chosen) and the meters
//! above; the timeline below, with what the mix is like under it.

use crate::ui::app::Room;
use crate::ui::panel::named::name_edges;
use crate::ui::panel::{meters, mixer, places, timeline, viewer};
use crate::ui::theme;
use eframe::egui::{CentralPanel, Frame, Panel, Ui};

/// Draws the page.
pub(super) fn page_ui(ui: &mut Ui, room: &mut Room) {
    let panel = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
    Panel::bottom("timeline")
        .frame(Frame::new().fill(theme::PANEL))
        .resizable(true)
        .default_size(room.kept.size("timeline", 380.0))
        .size_range(140.0..=900.0)
        .show(ui, |ui| timeline::timeline_ui(ui, room));
    Panel::right("meters").frame(panel).default_size(room.kept.size("meters", 210.0)).show(
        ui,
        |ui| {
            meters::meters_ui(ui, &mut room.desk, &mut room.mixer.meters);
        },
    );
    Panel::right("node").frame(panel).default_size(room.kept.size("node", 270.0)).show(ui, |ui| {
        if room.mixer.has_node() {
            mixer::node_ui(ui, &mut room.desk, &mut room.mixer);
        } else {
            places::places_ui(ui, &mut room.desk);
        }
    });
    Panel::left("picture")
        .frame(Frame::new().fill(theme::GROUND))
        .default_size(room.kept.size("picture", 420.0))
        .show(ui, |ui| {
            viewer::program_ui(ui, room);
        });
    CentralPanel::default().frame(panel).show(ui, |ui| {
        mixer::mixer_ui(ui, &mut room.desk, &mut room.mixer);
    });
    name_edges(ui, &["timeline", "meters", "node", "picture"]);
}
