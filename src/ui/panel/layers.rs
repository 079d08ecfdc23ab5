//! The layers that are seen at the playhead, the uppermost first: how each is laid on what is below, and what is
//! done to it.

use crate::edit::{Automated, Target};
use crate::picture::placement::PARAMETERS;
use crate::picture::{MatteView, effects, masks};
use crate::signal::Parameter;
use crate::ui::desk::{Desk, LayerSeen};
use crate::ui::panel::field::{Field, sign_ui, value_ui};
use crate::ui::panel::named::{choice, named};
use crate::ui::theme;
use eframe::egui::{ComboBox, Frame, RichText, ScrollArea, Sense, Ui, WidgetType};
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
    matte_view_ui(ui, desk);
    let layers = desk.layers_seen();
    if layers.is_empty() {
        ui.label(RichText::new("Nothing is seen at the playhead").color(theme::QUIET));
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        layers.iter().for_each(|layer| layer_ui(ui, desk, layer));
    });
}

/// How what the masks in hand cover is shown in the viewer.
fn matte_view_ui(ui: &mut Ui, desk: &mut Desk) {
    let label = |view: Option<MatteView>| match view {
        None => "No matte",
        Some(MatteView::Overlay) => "Matte in red",
        Some(MatteView::Highlight) => "Matte in colour",
        Some(MatteView::BlackWhite) => "Matte alone",
    };
    let shown = label(desk.viewing.matte);
    let list = ComboBox::from_id_salt("matte view").selected_text(shown).width(120.0);
    let list = list.show_ui(ui, |ui| {
        for view in std::iter::once(None).chain(MatteView::ALL.map(Some)) {
            ui.selectable_value(&mut desk.viewing.matte, view, label(view));
        }
    });
    choice(list.response, "What the masks in hand cover", shown);
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
                alpha_ui(ui, desk, layer);
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
    placed_ui(ui, desk, layer, &["blend", "opacity", "depth"]);
}

/// How the colours of a source that has alpha go with it, and what its file or the film says of that.
fn alpha_ui(ui: &mut Ui, desk: &mut Desk, layer: &LayerSeen) {
    let source = desk.clip(layer.clip).map(|clip| clip.source.clone());
    let Some(said) = source.and_then(|source| desk.alpha_of(&source)) else { return };
    ui.horizontal(|ui| {
        ui.label(RichText::new("Alpha").color(theme::QUIET));
        ui.label(RichText::new(format!("{said:?}").to_lowercase()).color(theme::FAINT));
        placed_ui(ui, desk, layer, &["alpha"]);
    });
}

/// Values of how a layer is laid.
fn placed_ui(ui: &mut Ui, desk: &mut Desk, layer: &LayerSeen, ids: &[&str]) {
    ui.horizontal(|ui| {
        for id in ids.iter().copied() {
            let Some(parameter) = parameter(id) else { continue };
            let value = Automated::Clip(layer.clip, Target::Placement(id.to_owned()));
            let of = [value];
            let Some(reading) = desk.read(parameter, &of) else { continue };
            let name = format!("{} of {}", parameter.label, layer.name);
            if !matches!(id, "blend" | "alpha") {
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
