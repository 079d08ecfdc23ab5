//! Which keys ask for what, and whose habits they follow.

use super::window;
use crate::ui::command::{self, KEYMAPS};
use crate::ui::desk::{Desk, Question};
use crate::ui::theme;
use eframe::egui::{Context, Grid, Key, RichText, ScrollArea};

/// Draws the list of keys.
pub(super) fn keys_ui(context: &Context, desk: &mut Desk) {
    let mut waits = true;
    window("Keys").show(context, |ui| {
        ui.horizontal(|ui| {
            for keymap in KEYMAPS {
                let is_chosen = std::ptr::eq(*keymap, desk.keymap);
                if ui.selectable_label(is_chosen, keymap.label).clicked() {
                    desk.keymap = keymap;
                }
            }
        });
        ui.separator();
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            Grid::new("keys").num_columns(2).striped(true).show(ui, |ui| {
                for command in command::all() {
                    let keys: Vec<String> =
                        desk.keymap.keys_of(command.id).map(|keys| keys.to_string()).collect();
                    ui.label(command.label).on_hover_text(command.help);
                    ui.label(RichText::new(keys.join("   ")).color(theme::ACCENT));
                    ui.end_row();
                }
            });
        });
        ui.separator();
        waits = !ui.button("Close").clicked();
    });
    if waits && !context.input(|input| input.key_pressed(Key::Escape)) {
        desk.question = Some(Question::Keys);
    }
}
