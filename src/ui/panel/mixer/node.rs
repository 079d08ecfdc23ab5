//! The values of the chosen node, its place in the order, and what a ducker does as keyframes.

use super::inserts::label_of;
use super::moments::{key_ui, level_now};
use super::{Mixer, named};
use crate::edit::Dial;
use crate::signal::{Kind, Parameter};
use crate::sound::nodes;
use crate::ui::desk::{Channel, Desk};
use crate::ui::panel::field::{Field, field_ui};
use crate::ui::theme;
use eframe::egui::{Button, DragValue, RichText, Ui, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::Id;
use timeline_format::mix::NodeInstance;

/// Draws the values of the chosen node.
pub(in crate::ui) fn node_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer) {
    let Some((owner, id)) = mixer.node else { return };
    let channel = desk.channels().into_iter().find(|channel| channel.owner == owner);
    let node = |channel: &Channel| channel.strip.nodes.iter().find(|it| it.id == id).cloned();
    let Some((channel, node)) = channel.and_then(|it| node(&it).map(|node| (it, node))) else {
        mixer.node = None;
        return;
    };
    values_ui(ui, desk, &channel, &node);
    if node.kind == "duck" {
        ui.separator();
        ride_ui(ui, desk, mixer, &channel, id);
    }
    ui.separator();
    order_ui(ui, desk, owner, id);
}

fn order_ui(ui: &mut Ui, desk: &mut Desk, owner: Id, node: Id) {
    ui.horizontal(|ui| {
        for (sign, words, by) in [(icon::ARROW_UP, "Earlier", -1), (icon::ARROW_DOWN, "Later", 1)] {
            let button = ui.button(format!("{sign} {words}"));
            named(&button, WidgetType::Button, words);
            if button.on_hover_text("Moves it in the order of its strip").clicked() {
                desk.move_node_by(owner, node, by);
            }
        }
        let away = ui.button(format!("{} Take it off", icon::TRASH));
        named(&away, WidgetType::Button, "Take it off");
        if away.clicked() {
            desk.remove_node(owner, node);
        }
    });
}

fn values_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel, node: &NodeInstance) {
    let Some(known) = nodes::find(&node.kind) else {
        let kind = &node.kind;
        ui.label(format!("{kind} is not known here: it is kept, and heard through unchanged"));
        return;
    };
    ui.label(RichText::new(format!("{} of {}", known.label, channel.name)).strong());
    ui.label(RichText::new(known.help).color(theme::QUIET));
    for parameter in known.parameters {
        ui.horizontal(|ui| value_ui(ui, desk, channel, node, parameter));
    }
}

/// One value, at the playhead where it moves.
fn value_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    channel: &Channel,
    node: &NodeInstance,
    parameter: &Parameter,
) {
    let dial = Dial::Node(node.id, parameter.id.to_owned());
    let param = dial.stated(&channel.strip);
    let value = param.map(|param| param.at(desk.position() as f64));
    let name = format!("{} of {} on {}", parameter.label, label_of(node), channel.name);
    match field_ui(ui, parameter, value.as_ref(), param.is_some()) {
        Field::Same => {}
        Field::Set(value) => desk.turn(&name, channel.owner, &dial, value),
        Field::Reset => desk.set_back(channel.owner, &dial),
    }
    if let Kind::Number { default, .. } = parameter.kind {
        let now = if param.is_some() { level_now(desk, channel, &dial) } else { default };
        key_ui(ui, desk, channel, &dial, &name, now);
    }
}

/// What a ducker does, as keyframes that one can edit.
fn ride_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer, channel: &Channel, node: Id) {
    let ride = desk.ride(channel.owner, node).filter(|_| desk.are_rides_known());
    let is_ready = ride.as_ref().is_some_and(|ride| !ride.is_flat());
    let words = match &ride {
        None => "What it does is being worked out ...".to_owned(),
        Some(ride) if ride.is_flat() => "It never turns the level.".to_owned(),
        Some(ride) => {
            let deepest = ride.points().iter().map(|(_, level)| *level).fold(0.0, f64::min);
            format!("It turns the level down to {deepest:.1} dB.")
        }
    };
    ui.label(RichText::new(words).color(theme::QUIET));
    ui.horizontal(|ui| {
        let write = Button::new(format!("{} Write as keyframes", icon::BEZIER_CURVE));
        let write = ui.add_enabled(is_ready, write);
        named(&write, WidgetType::Button, "Write as keyframes");
        let help =
            "Puts a gain with keyframes ahead of it, which does what it does, and bypasses it";
        if write.on_hover_text(help).clicked() {
            desk.write_ride(channel.owner, node, mixer.tolerance);
        }
        let drag = DragValue::new(&mut mixer.tolerance).range(0.05..=3.0).speed(0.01);
        let drag = ui.add(drag.max_decimals(2).prefix("true to ").suffix(" dB"));
        named(&drag, WidgetType::DragValue, "How true the keyframes are");
    });
}
