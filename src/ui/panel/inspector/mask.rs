//! A mask as a whole: given to the hand, switched off, moved in its order, taken off; and the menu of masks.

use crate::picture::masks;
use crate::ui::desk::{Desk, MaskOf};
use crate::ui::panel::field::sign_ui;
use eframe::egui::{Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::Id;

/// Draws the menu of masks for a clip, or for an effect of it.
pub(super) fn add_mask_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    (clip, effect): (Id, Option<Id>),
    name: &str,
) {
    let menu = ui.menu_button(format!("{} Mask", icon::PLUS), |ui| {
        for shape in masks::ALL {
            if ui.button(shape.label).on_hover_text(shape.help).clicked() {
                desk.add_mask(clip, effect, shape.id);
                ui.close();
            }
        }
    });
    menu.response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
    let help =
        if effect.is_some() { "Say where it works" } else { "Say what is left of the picture" };
    menu.response.on_hover_text(help);
}

/// Draws what is done with a mask as a whole.
pub(super) fn mask_ui(ui: &mut Ui, desk: &mut Desk, of: MaskOf, name: &str) {
    ui.horizontal(|ui| {
        let is_on = desk.mask(of).is_some_and(|mask| !mask.bypass);
        let sign = if is_on { icon::CHECK_CIRCLE } else { icon::CIRCLE };
        if sign_ui(ui, sign, is_on, &format!("Bypass {name}")).clicked() {
            desk.toggle_mask(of);
        }
        let is_held = desk.mask_in_hand() == Some(of);
        if sign_ui(ui, icon::HAND_GRABBING, is_held, &format!("Handles of {name}")).clicked() {
            desk.viewing.mask = (!is_held).then_some(of);
        }
        for (sign, word, by) in [(icon::ARROW_UP, "earlier", -1), (icon::ARROW_DOWN, "later", 1)] {
            if sign_ui(ui, sign, false, &format!("{name} {word}")).clicked() {
                desk.move_mask(of, by);
            }
        }
        if sign_ui(ui, icon::TRASH, false, &format!("Take {name} off")).clicked() {
            desk.remove_mask(of);
        }
    });
}
