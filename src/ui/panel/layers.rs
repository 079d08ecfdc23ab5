//! The layers that are seen at the playhead, the uppermost first: how each is laid on what is below, and what is
//! done to it.

use crate::edit::{Automated, Target};
use crate::picture::placement::PARAMETERS;
use crate::picture::{effects, masks};
use crate::signal::Parameter;
use crate::ui::desk::{Desk, LayerSeen};
use crate::ui::panel::field::{Field, sign_ui, value_ui};
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{Frame, RichText, ScrollArea, Sense, Ui, WidgetType};
use egui_phosphor::regular as icon;

/// Draws the layers.
pub(in crate::ui) fn layers_ui(ui: &mut Ui, desk: &mut Desk) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Layers").strong());
        for (kind, words) in [
            ("adjustment", "Add adjustment"),
            ("particles", "Add particles"),
            ("camera", "Add camera"),
        ] {
            let sign = match kind {
                "adjustment" => icon::SLIDERS_HORIZONTAL,
                "particles" => icon::SPARKLE,
                _ => icon::VIDEO_CAMERA,
            };
            if sign_ui(ui, sign, false, words).clicked() {
                desk.add_layer(kind);
            }
        }
    });
    let layers = desk.layers_seen();
    if layers.is_empty() {
        ui.label(RichText::new("Nothing is seen at the playhead").color(theme::QUIET));
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        layers.iter().for_each(|layer| layer_ui(ui, desk, layer));
    });
}

fn layer_ui(ui: &mut Ui, desk: &mut Desk, layer: &LayerSeen) {
    let is_chosen = desk.selection.has(layer.clip);
    let fill = if is_chosen { theme::CHOSEN } else { theme::GROUND };
    ui.push_id(layer.clip, |ui| {
        Frame::new()
            .fill(fill)
            .inner_margin(6.0)
            .outer_margin(2.0)
            .corner_radius(theme::CORNER)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                head_ui(ui, desk, layer);
                laid_ui(ui, desk, layer);
                done_ui(ui, desk, layer);
            });
    });
}

fn head_ui(ui: &mut Ui, desk: &mut Desk, layer: &LayerSeen) {
    ui.horizontal(|ui| {
        let sign = if layer.is_on { icon::EYE } else { icon::EYE_SLASH };
        let words = format!("Layer {} is seen", layer.name);
        if sign_ui(ui, sign, layer.is_on, &words).clicked() {
            desk.selection.choose([layer.clip]);
            desk.toggle_enabled();
        }
        let label = ui.add(
            eframe::egui::Label::new(RichText::new(&layer.name).strong())
                .truncate()
                .sense(Sense::click()),
        );
        let label = named(label, WidgetType::Button, &format!("Layer {}", layer.name));
        if label.clicked() {
            desk.selection.choose([layer.clip]);
        }
        ui.label(RichText::new(&layer.track).color(theme::FAINT));
    });
}

/// Blend, opacity and depth.
fn laid_ui(ui: &mut Ui, desk: &mut Desk, layer: &LayerSeen) {
    ui.horizontal(|ui| {
        for id in ["blend", "opacity", "depth"] {
            let Some(parameter) = parameter(id) else { continue };
            let value = Automated::Clip(layer.clip, Target::Placement(id.to_owned()));
            let of = [value];
            let Some(reading) = desk.read(parameter, &of) else { continue };
            let name = format!("{} of {}", parameter.label, layer.name);
            if id != "blend" {
                ui.label(RichText::new(parameter.label).color(theme::QUIET));
            }
            if let Field::Set(value) = value_ui(ui, parameter, &name, Some(&reading.value), false) {
                desk.set_values(&name, &of, &value);
            }
        }
    });
}

fn parameter(id: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|known| known.id == id)
}

/// The effects and the masks, each of which can be switched off.
fn done_ui(ui: &mut Ui, desk: &mut Desk, layer: &LayerSeen) {
    let Some(clip) = desk.clip(layer.clip).cloned() else { return };
    for effect in &clip.look.effects {
        let name = effects::named(&effect.kind).map_or(effect.kind.as_str(), |it| it.label);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            let is_on = !effect.bypass;
            let sign = if is_on { icon::CHECK_CIRCLE } else { icon::CIRCLE };
            if sign_ui(ui, sign, is_on, &format!("{name} of {} works", layer.name)).clicked() {
                desk.toggle_effect(layer.clip, effect.id);
            }
            ui.label(name);
        });
    }
    for (of, mask) in desk
        .masks_of(layer.clip)
        .into_iter()
        .map(|(of, mask)| (of, mask.clone()))
        .collect::<Vec<_>>()
    {
        let name = masks::named(&mask.kind).map_or(mask.kind.as_str(), |it| it.label);
        ui.horizontal(|ui| {
            ui.add_space(if of.effect.is_some() { 32.0 } else { 16.0 });
            let is_on = !mask.bypass;
            let sign = if is_on { icon::CHECK_CIRCLE } else { icon::CIRCLE };
            if sign_ui(ui, sign, is_on, &format!("Mask {name} of {} works", layer.name)).clicked() {
                desk.toggle_mask(of);
            }
            let is_held = desk.mask_in_hand() == Some(of);
            let words = format!("Take mask {name} of {} in hand", layer.name);
            if sign_ui(ui, icon::HAND_GRABBING, is_held, &words).clicked() {
                desk.selection.choose([layer.clip]);
                desk.viewing.mask = (!is_held).then_some(of);
            }
            ui.label(format!("{} {name}", icon::SELECTION));
        });
    }
}
