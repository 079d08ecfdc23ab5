//! The nodes of a place: its room, and what stands between it and what is outside.

use super::row_ui;
use crate::sound::nodes;
use crate::ui::desk::{Desk, PlacePart};
use crate::ui::panel::field::{Field, sign_ui};
use crate::ui::theme;
use eframe::egui::{RichText, Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::mix::NodeInstance;
use timeline_format::{Id, Location};

/// Draws the nodes of a part of a place.
pub(super) fn part_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    (place, part): (Id, PlacePart),
    (label, location): (&str, &Location),
) {
    ui.label(RichText::new(label).color(theme::QUIET));
    for node in part.of(location) {
        node_ui(ui, desk, (place, part), node);
    }
    let menu = ui.menu_button(format!("{} Node", icon::PLUS), |ui| {
        for known in nodes::ALL {
            if ui.button(known.label).on_hover_text(known.help).clicked() {
                desk.furnish(place, part, known.id);
                ui.close();
            }
        }
    });
    let words = format!("Add a node: {label}");
    menu.response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &words));
}

fn node_ui(ui: &mut Ui, desk: &mut Desk, (place, part): (Id, PlacePart), node: &NodeInstance) {
    let known = nodes::find(&node.kind);
    let label = known.map_or(node.kind.as_str(), |known| known.label);
    ui.horizontal(|ui| {
        if sign_ui(ui, icon::TRASH, false, &format!("Remove {label}")).clicked() {
            desk.remove_place_node((place, part, node.id));
        }
        ui.label(label);
    });
    for parameter in known.map_or(&[][..], |known| known.parameters) {
        let stated = node.values.get(parameter.id);
        let value = stated.map(|param| param.at(desk.position() as f64));
        let name = (place, part, node.id);
        match row_ui(ui, parameter, label, value.as_ref(), stated.is_some()) {
            Field::Same => {}
            Field::Set(value) => desk.turn_place_node(name, parameter.id, Some(value)),
            Field::Reset => desk.turn_place_node(name, parameter.id, None),
        }
    }
}
