//! What can be asked of the chosen keys.

use crate::ui::desk::{Desk, EASES};
use eframe::egui::Ui;

/// Draws the menu of the chosen keys.
pub(super) fn menu_ui(ui: &mut Ui, desk: &mut Desk) {
    ui.add_enabled_ui(!desk.chosen_keys.is_empty(), |ui| {
        for (words, ease) in EASES {
            if ui.button(words).clicked() {
                desk.ease_chosen_keys(ease);
                ui.close();
            }
        }
        ui.separator();
        if ui.button("Remove").clicked() {
            desk.remove_chosen_keys();
            ui.close();
        }
    });
}
