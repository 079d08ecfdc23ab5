//! The repairs of the clip in hand: those of its take, which mend its faults, and its own.

use super::{Correcting, label};
use crate::picture::effects;
use crate::ui::desk::{Desk, Mode, Remedying};
use crate::ui::panel::field::sign_ui;
use crate::ui::panel::inspector;
use crate::ui::panel::named::{named, switch};
use crate::ui::theme;
use eframe::egui::{Frame, RichText, Ui, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::{Effect, Id};

/// Draws the repairs.
pub(in crate::ui) fn repairs_ui(ui: &mut Ui, desk: &mut Desk, _: &Correcting) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Repairs").strong());
        let shows_before = desk.shows_before();
        let words = if shows_before { "before" } else { "after" };
        let button = eframe::egui::Button::selectable(!shows_before, words);
        let response = switch(ui.add(button), !shows_before, "Repairs are seen");
        let help =
            "See the clip as it was before its repairs, or with them: the film stays as it is.";
        if response.on_hover_text(help).clicked() {
            desk.viewing.show(Mode::Before);
        }
        let (working, all) = desk.repairs();
        ui.label(RichText::new(format!("{working} of {all} work")).color(theme::QUIET));
    });
    tool_ui(ui, desk);
    take_ui(ui, desk);
    inspector::operations_ui(ui, desk);
}

/// What mends the fault in hand.
fn tool_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some((fault, tool)) = desk.tool_of_fault() else { return };
    let name = tool.map_or("Nothing mends it", Remedying::label);
    let frames = desk.brush.of_fault.as_ref().map(|(_, frames)| frames.clone());
    let frames = frames.map_or_else(
        || "no frame of it is seen".to_owned(),
        |frames| format!("frames {} to {} of the film", frames.start, frames.end - 1),
    );
    let region = fault.region.map_or_else(
        || "the whole picture".to_owned(),
        |ends| {
            let [left, top, right, bottom] = ends.map(|it| (it * 100.0).round());
            format!("{left} to {right}% across, {top} to {bottom}% down")
        },
    );
    Frame::new().fill(theme::GROUND).inner_margin(5.0).corner_radius(theme::CORNER).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            let title = format!("{}: {name}", label(&fault.kind));
            ui.label(RichText::new(title).strong());
            ui.label(RichText::new(format!("{frames}, {region}")).color(theme::QUIET));
            if tool.is_some() {
                let button = ui.button(format!("{} Lay it", icon::BANDAIDS));
                if named(button, WidgetType::Button, &format!("Lay {name}")).clicked() {
                    desk.lay_tool();
                }
            }
        },
    );
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
