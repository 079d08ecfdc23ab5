//! The operations on a clip's picture: put on from a menu, bypassed, set back, moved in their order, taken off.

use super::mask::add_mask_ui;
use crate::picture::{composite, correct, grade};
use crate::ui::desk::Desk;
use crate::ui::panel::field::sign_ui;
use eframe::egui::{Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::Id;

/// Draws the menus of operations.
pub(super) fn add_ui(ui: &mut Ui, desk: &mut Desk, clip: Id) {
    ui.horizontal(|ui| {
        let grades = grade::ALL.iter().map(|it| (it.id, it.label, it.help));
        menu_ui(ui, desk, ("Grade", "Add grade"), grades);
        let repairs = correct::ALL.iter().map(|it| (it.id, it.label, it.help));
        menu_ui(ui, desk, ("Correct", "Add repair"), repairs);
        let filters = composite::ALL.iter().map(|it| (it.id, it.label, it.help));
        menu_ui(ui, desk, ("Filter", "Add filter"), filters);
        add_mask_ui(ui, desk, (clip, None), "Add mask");
    });
}

fn menu_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    (word, name): (&str, &str),
    operations: impl Iterator<Item = (&'static str, &'static str, &'static str)>,
) {
    let menu = ui.menu_button(format!("{} {word}", icon::PLUS), |ui| {
        for (id, label, help) in operations {
            if ui.button(label).on_hover_text(help).clicked() {
                desk.add_effect(id);
                ui.close();
            }
        }
    });
    menu.response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
    menu.response.on_hover_text("Put an operation on the picture, behind those that are there");
}

/// Draws what is done with one operation as a whole.
pub(super) fn effect_ui(ui: &mut Ui, desk: &mut Desk, (clip, effect): (Id, Id), name: &str) {
    ui.horizontal(|ui| {
        let is_on = desk.is_working(clip, effect);
        let sign = if is_on { icon::CHECK_CIRCLE } else { icon::CIRCLE };
        if sign_ui(ui, sign, is_on, &format!("Bypass {name}")).clicked() {
            desk.toggle_effect(clip, effect);
        }
        let sign = icon::ARROW_COUNTER_CLOCKWISE;
        if sign_ui(ui, sign, false, &format!("Set all of {name} back")).clicked() {
            desk.reset_effect(clip, effect);
        }
        for (sign, word, by) in [(icon::ARROW_UP, "earlier", -1), (icon::ARROW_DOWN, "later", 1)] {
            if sign_ui(ui, sign, false, &format!("{name} {word}")).clicked() {
                desk.move_effect(clip, effect, by);
            }
        }
        if sign_ui(ui, icon::TRASH, false, &format!("Take {name} off")).clicked() {
            desk.remove_effect(clip, effect);
        }
        add_mask_ui(ui, desk, (clip, Some(effect)), &format!("Add mask to {name}"));
    });
}
