//! The repairs of the clip in hand: those of its take, which mend its faults, and its own.

use super::Correcting;
use crate::picture::effects;
use crate::ui::desk::Desk;
use crate::ui::panel::field::sign_ui;
use crate::ui::panel::inspector;
use crate::ui::panel::named::switch;
use crate::ui::theme;
use eframe::egui::{Frame, RichText, Ui};
use egui_phosphor::regular as icon;
use timeline_format::{Effect, Id};

/// Draws the repairs.
pub(in crate::ui) fn repairs_ui(ui: &mut Ui, desk: &mut Desk, _: &Correcting) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Repairs").strong());
        let (working, all) = desk.repairs();
        let words = if working > 0 { "after" } else { "before" };
        let response =
            ui.add_enabled(all > 0, eframe::egui::Button::selectable(working > 0, words));
        let response = switch(response, working > 0, "Repairs work");
        if response
            .on_hover_text(
                "Switch every repair of the clip off, to see it as it came, or on again.",
            )
            .clicked()
        {
            desk.toggle_repairs();
        }
    });
    take_ui(ui, desk);
    inspector::operations_ui(ui, desk);
}

/// The effects of the take: each switched off and on, or taken off.
fn take_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some((take, effects)) = desk.take_effects() else { return };
    if effects.is_empty() {
        return;
    }
    ui.label(RichText::new("Of the take").color(theme::QUIET));
    let held = desk.fault_in_hand();
    let mends = desk.faults().into_iter().find(|(_, fault)| Some(fault.id) == held);
    let mends = mends.and_then(|(_, fault)| fault.effect);
    for effect in &effects {
        let fill = if mends == Some(effect.id) { theme::CHOSEN } else { theme::PANEL };
        ui.push_id(effect.id, |ui| {
            Frame::new()
                .fill(fill)
                .inner_margin(2.0)
                .show(ui, |ui| effect_ui(ui, desk, take, effect));
        });
    }
    ui.separator();
}

fn effect_ui(ui: &mut Ui, desk: &mut Desk, take: (Id, Id), effect: &Effect) {
    let name = effects::named(&effect.kind).map_or(effect.kind.as_str(), |it| it.label);
    let id = effect.id;
    ui.horizontal(|ui| {
        let sign = if effect.bypass { icon::CIRCLE } else { icon::CHECK_CIRCLE };
        if sign_ui(ui, sign, !effect.bypass, &format!("{name} {id} of the take works")).clicked() {
            desk.change_take_effects("Bypass", take, |effects| {
                effects.iter_mut().filter(|it| it.id == id).for_each(|it| it.bypass = !it.bypass);
            });
        }
        if sign_ui(ui, icon::TRASH, false, &format!("Take {name} {id} off the take")).clicked() {
            desk.change_take_effects("Take off", take, |effects| effects.retain(|it| it.id != id));
        }
        ui.label(name);
    });
}
