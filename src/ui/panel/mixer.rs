//! The mixer: a strip for every sound track and bus, with its nodes, sends, position and level.

use super::field::{Field, field_ui};
use super::needle::{Needle, needle_ui};
use crate::sound::nodes;
use crate::ui::desk::{Channel, Desk};
use crate::ui::theme;
use eframe::egui::{
    Align, Button, DragValue, Frame, Label, Layout, Margin, RichText, ScrollArea, Slider,
    SliderOrientation, Ui, vec2,
};
use egui_phosphor::regular as icon;
use std::collections::BTreeMap;
use std::time::Instant;
use timeline_format::mix::NodeInstance;
use timeline_format::{Id, Param};

/// How wide a strip is.
const STRIP: f32 = 118.0;
/// How high the part of a strip is that begins with its pan: it stands on one line for all.
const LEVEL: f32 = super::needle::HEIGHT + 134.0;
/// The lowest level of a fader, in dB.
const LOWEST: f64 = -72.0;

/// What is chosen on the mixer.
#[derive(Debug, Default)]
pub(in crate::ui) struct Mixer {
    /// The strip and node whose values are shown.
    node: Option<(Id, Id)>,
    /// What is shown of the levels, by strip.
    needles: BTreeMap<Id, Needle>,
}

/// Draws the strips.
pub(in crate::ui) fn mixer_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer) {
    let channels = desk.channels();
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            for channel in &channels {
                strip_ui(ui, desk, mixer, channel, &channels);
            }
            let button = Button::new(format!("{} Bus", icon::PLUS));
            if ui.add(button).on_hover_text("Add a bus").clicked() {
                desk.add_bus();
            }
        });
    });
}

fn strip_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer, channel: &Channel, all: &[Channel]) {
    let fill = if channel.is_bus { theme::RAISED } else { theme::PANEL };
    let frame = Frame::new().fill(fill).inner_margin(Margin::same(6)).corner_radius(theme::CORNER);
    frame.show(ui, |ui| {
        ui.set_width(STRIP);
        ui.set_min_height(ui.available_height() - 14.0);
        ui.push_id(channel.owner, |ui| {
            ui.vertical(|ui| {
                let height = (ui.available_height() - LEVEL).max(2.0 * theme::ROW);
                let inserts = ScrollArea::vertical().max_height(height).auto_shrink(false);
                inserts.min_scrolled_height(height).show(ui, |ui| {
                    nodes_ui(ui, desk, mixer, channel);
                    ui.separator();
                    sends_ui(ui, desk, channel, all);
                });
                ui.separator();
                level_ui(ui, desk, mixer, channel);
                ui.add(Label::new(RichText::new(&channel.name).strong()).truncate());
                if channel.is_bus && !channel.is_main {
                    let help = format!("Take {} away", channel.name);
                    if ui.small_button(icon::TRASH).on_hover_text(help).clicked() {
                        desk.remove_bus(channel.owner);
                    }
                }
            });
        });
    });
}

fn nodes_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer, channel: &Channel) {
    let owner = channel.owner;
    for node in &channel.strip.nodes {
        let label = nodes::find(&node.kind).map_or(node.kind.as_str(), |known| known.label);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let sign = if node.bypass { icon::CIRCLE } else { icon::CHECK_CIRCLE };
            let help = if node.bypass { "Let it work" } else { "Bypass it" };
            if ui.add(Button::new(sign).frame(false)).on_hover_text(help).clicked() {
                desk.toggle_bypass(owner, node.id);
            }
            let is_chosen = mixer.node == Some((owner, node.id));
            let colour = if node.bypass { theme::FAINT } else { theme::TEXT };
            let text = RichText::new(label).color(colour);
            if ui.selectable_label(is_chosen, text).clicked() {
                mixer.node = (!is_chosen).then_some((owner, node.id));
            }
        });
    }
    ui.menu_button(format!("{} Node", icon::PLUS), |ui| {
        for node in nodes::ALL {
            if ui.button(node.label).on_hover_text(node.help).clicked() {
                desk.put_node(owner, node.id);
                ui.close();
            }
        }
    });
}

fn sends_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel, all: &[Channel]) {
    let name_of = |id: Id| {
        let found = all.iter().find(|other| other.owner == id);
        found.map_or_else(|| id.to_string(), |other| other.name.clone())
    };
    for send in &channel.strip.sends {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let mut level = send.gain.as_ref().map_or(0.0, |gain| gain.number_at(0.0, 0.0));
            let before = level;
            let drag = DragValue::new(&mut level).range(LOWEST..=12.0).speed(0.2).suffix(" dB");
            ui.add(drag).on_hover_text(format!("Send to {}", name_of(send.to)));
            if level != before {
                desk.set_send(channel.owner, send.to, level);
            }
            ui.add(Label::new(RichText::new(name_of(send.to)).size(theme::SMALL)).truncate());
            if ui
                .add(Button::new(icon::X).frame(false))
                .on_hover_text("Take this send away")
                .clicked()
            {
                desk.remove_send(channel.owner, send.to);
            }
        });
    }
    ui.menu_button(format!("{} Send", icon::PLUS), |ui| {
        for bus in all.iter().filter(|bus| bus.is_bus && bus.owner != channel.owner) {
            if ui.button(&bus.name).clicked() {
                desk.set_send(channel.owner, bus.owner, -12.0);
                ui.close();
            }
        }
    });
}

fn level_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer, channel: &Channel) {
    let owner = channel.owner;
    let number =
        |param: &Option<Param>| param.as_ref().map_or(0.0, |param| param.number_at(0.0, 0.0));
    let is_moving = channel.strip.gain.as_ref().is_some_and(Param::is_animated);
    let mut pan = number(&channel.strip.pan);
    let pan_before = pan;
    let drag =
        DragValue::new(&mut pan).range(-1.0..=1.0).speed(0.01).max_decimals(2).prefix("pan ");
    ui.add(drag);
    if pan != pan_before {
        desk.set_strip("Pan", owner, |strip| strip.pan = Some(Param::number(pan)));
    }
    let mut gain = number(&channel.strip.gain).max(LOWEST);
    let before = gain;
    ui.horizontal(|ui| {
        ui.spacing_mut().slider_width = super::needle::HEIGHT;
        let fader = Slider::new(&mut gain, LOWEST..=12.0)
            .orientation(SliderOrientation::Vertical)
            .show_value(false);
        let response = ui.add_enabled(!is_moving, fader);
        response.widget_info(|| {
            let words = format!("Level of {}", channel.name);
            eframe::egui::WidgetInfo::labeled(eframe::egui::WidgetType::Slider, true, words)
        });
        if response.double_clicked() {
            gain = 0.0;
        }
        let needle = mixer.needles.entry(owner).or_default();
        needle.follow(desk.level(owner), Instant::now());
        needle_ui(ui, needle, &channel.name, (LOWEST as f32, 12.0));
        ui.vertical(|ui| {
            let mute = Button::new("M").selected(channel.strip.mute).min_size(vec2(26.0, 22.0));
            if ui.add(mute).on_hover_text(format!("Mute {}", channel.name)).clicked() {
                desk.set_strip("Mute", owner, |strip| strip.mute = !strip.mute);
            }
            let solo = Button::new("S").selected(channel.strip.solo).min_size(vec2(26.0, 22.0));
            if ui.add(solo).on_hover_text(format!("Solo {}", channel.name)).clicked() {
                desk.set_strip("Solo", owner, |strip| strip.solo = !strip.solo);
            }
        });
    });
    ui.add(DragValue::new(&mut gain).range(LOWEST..=12.0).speed(0.1).max_decimals(1).suffix(" dB"));
    if gain != before {
        desk.set_strip("Level", owner, |strip| strip.gain = Some(Param::number(gain)));
    }
}

/// Draws the values of the chosen node.
pub(in crate::ui) fn node_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer) {
    let Some((owner, id)) = mixer.node else {
        ui.label(
            RichText::new("Choose a node of a strip to set what it does.").color(theme::FAINT),
        );
        return;
    };
    let channel = desk.channels().into_iter().find(|channel| channel.owner == owner);
    let found = channel.and_then(|channel| channel.strip.nodes.into_iter().find(|it| it.id == id));
    let Some(node) = found else {
        mixer.node = None;
        return;
    };
    values_ui(ui, desk, owner, &node);
    ui.add_space(theme::GAP);
    if ui.button(format!("{} Take it off", icon::TRASH)).clicked() {
        desk.remove_node(owner, id);
    }
}

fn values_ui(ui: &mut Ui, desk: &mut Desk, owner: Id, node: &NodeInstance) {
    let Some(known) = nodes::find(&node.kind) else {
        ui.label(format!(
            "{} is not known here: it is kept, and heard through unchanged",
            node.kind
        ));
        return;
    };
    ui.label(RichText::new(known.label).strong());
    ui.label(RichText::new(known.help).color(theme::QUIET));
    for parameter in known.parameters {
        let param = node.values.get(parameter.id);
        let value = param.map(|param| param.at(0.0));
        match field_ui(ui, parameter, value.as_ref(), param.is_some()) {
            Field::Same => {}
            Field::Set(value) => desk.set_node_value(owner, node.id, parameter.id, Some(value)),
            Field::Reset => desk.set_node_value(owner, node.id, parameter.id, None),
        }
    }
}
