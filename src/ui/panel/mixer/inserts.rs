//! The nodes of a strip in their order: bypassed, chosen, dragged to another place, and what they hear.

use super::{Mixer, named};
use crate::sound::node::Side;
use crate::sound::nodes;
use crate::ui::desk::{Channel, Desk};
use crate::ui::theme;
use eframe::egui::{Button, Response, RichText, Sense, Stroke, Ui, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::Id;
use timeline_format::mix::NodeInstance;

/// A node that is dragged.
#[derive(Debug, Clone, Copy)]
struct Carried {
    owner: Id,
    node: Id,
}

/// Draws the nodes.
pub(super) fn inserts_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    mixer: &mut Mixer,
    channel: &Channel,
    all: &[Channel],
) {
    for (place, node) in channel.strip.nodes.iter().enumerate() {
        let response = insert_ui(ui, desk, mixer, channel, node);
        drop_ui(ui, desk, channel, place, &response);
        if let Some(known) = nodes::find(&node.kind) {
            for side in known.sides {
                wire_ui(ui, desk, channel, node, side, all);
            }
        }
    }
    let menu = ui.menu_button(format!("{} Node", icon::PLUS), |ui| {
        for node in nodes::ALL {
            if ui.button(node.label).on_hover_text(node.help).clicked() {
                desk.put_node(channel.owner, node.id);
                ui.close();
            }
        }
    });
    named(&menu.response, WidgetType::Button, &format!("Add a node to {}", channel.name));
}

/// What a node is called.
pub(super) fn label_of(node: &NodeInstance) -> &str {
    nodes::find(&node.kind).map_or(node.kind.as_str(), |known| known.label)
}

fn insert_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    mixer: &mut Mixer,
    channel: &Channel,
    node: &NodeInstance,
) -> Response {
    let (owner, label) = (channel.owner, label_of(node));
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let sign = if node.bypass { icon::CIRCLE } else { icon::CHECK_CIRCLE };
        let help = if node.bypass { "Let it work" } else { "Bypass it" };
        let bypass = ui.add(Button::new(sign).frame(false)).on_hover_text(help);
        named(&bypass, WidgetType::Button, &format!("Bypass {label} of {}", channel.name));
        if bypass.clicked() {
            desk.toggle_bypass(owner, node.id);
        }
        let is_chosen = mixer.node == Some((owner, node.id));
        let colour = if node.bypass { theme::FAINT } else { theme::TEXT };
        let text = RichText::new(label).color(colour);
        let name = Button::selectable(is_chosen, text).sense(Sense::click_and_drag()).truncate();
        let response = ui.add(name);
        if response.clicked() {
            mixer.node = (!is_chosen).then_some((owner, node.id));
            if node.kind == "meter" {
                mixer.meters.look_at(mixer.node);
            }
        }
        response
    });
    let response = row.inner;
    named(&response, WidgetType::SelectableLabel, &format!("{label} of {}", channel.name));
    response.dnd_set_drag_payload(Carried { owner, node: node.id });
    response.context_menu(|ui| order_ui(ui, desk, owner, node.id));
    response.on_hover_text("Click to set what it does; drag it to another place in the order")
}

/// The ways to another place in the order.
fn order_ui(ui: &mut Ui, desk: &mut Desk, owner: Id, node: Id) {
    for (words, by) in [("Earlier", -1), ("Later", 1)] {
        if ui.button(words).clicked() {
            desk.move_node_by(owner, node, by);
            ui.close();
        }
    }
    if ui.button("Take it off").clicked() {
        desk.remove_node(owner, node);
        ui.close();
    }
}

/// Takes in a node of the same strip that is dropped above or below this one.
fn drop_ui(ui: &Ui, desk: &mut Desk, channel: &Channel, place: usize, row: &Response) {
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
    let is_below = pointer.y > row.rect.center().y;
    let Some(carried) = row.dnd_hover_payload::<Carried>() else { return };
    if carried.owner != channel.owner {
        return;
    }
    let y = if is_below { row.rect.bottom() } else { row.rect.top() };
    ui.painter().hline(row.rect.x_range(), y, Stroke::new(2.0, theme::ACCENT));
    if let Some(dropped) = row.dnd_release_payload::<Carried>() {
        let from = channel.strip.nodes.iter().position(|node| node.id == dropped.node);
        let to = place + usize::from(is_below);
        let is_further = from.is_some_and(|from| from < to);
        desk.move_node(channel.owner, dropped.node, to - usize::from(is_further));
    }
}

/// What a side input hears.
fn wire_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    channel: &Channel,
    node: &NodeInstance,
    side: &Side,
    all: &[Channel],
) {
    let heard = node.wires.get(side.id);
    let name = heard.map(|id| name_of(all, *id));
    let words = name.clone().unwrap_or_else(|| "nothing".to_owned());
    let colour = if heard.is_none() { theme::WARNING } else { theme::QUIET };
    let text = RichText::new(format!("{} {}: {words}", icon::ARROW_BEND_DOWN_RIGHT, side.label));
    let button = Button::new(text.size(theme::SMALL).color(colour)).truncate();
    let (owner, id) = (channel.owner, node.id);
    let menu = eframe::egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        if heard.is_some() && ui.button("Nothing").clicked() {
            desk.wire(owner, id, side.id, None);
            ui.close();
        }
        let may_be = |from: &&Channel| desk.may_hear(owner, from.owner);
        let may_be: Vec<&Channel> = all.iter().filter(may_be).collect();
        for from in may_be {
            let entry = ui.selectable_label(heard == Some(&from.owner), &from.name);
            let words = format!("Hear {}", from.name);
            named(&entry, WidgetType::SelectableLabel, &words);
            if entry.clicked() {
                desk.wire(owner, id, side.id, Some(from.owner));
                ui.close();
            }
        }
    });
    let words = format!("{} of {} on {}", side.label, label_of(node), channel.name);
    named(&menu.0, WidgetType::ComboBox, &words);
    menu.0.on_hover_text(format!("{} Now: {}.", side.help, name.as_deref().unwrap_or("nothing")));
}

/// What a strip is called.
pub(super) fn name_of(all: &[Channel], id: Id) -> String {
    let found = all.iter().find(|channel| channel.owner == id);
    found.map_or_else(|| id.to_string(), |channel| channel.name.clone())
}
