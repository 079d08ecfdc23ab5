//! Looks: the film's own, which clips share, and those that are ready to be taken.

use super::Grading;
use crate::picture::grade::looks;
use crate::ui::desk::Desk;
use crate::ui::panel::field::sign_ui;
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{RichText, ScrollArea, TextEdit, Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;

/// What the next look is to be called.
#[derive(Debug, Default)]
pub(super) struct Naming(String);

/// Draws the looks.
pub(in crate::ui) fn looks_ui(ui: &mut Ui, desk: &mut Desk, grading: &mut Grading) {
    ui.label(RichText::new("Looks of the film").strong());
    saved_ui(ui, desk);
    name_ui(ui, desk, &mut grading.looks);
    ui.add_space(theme::GAP);
    ui.label(RichText::new("Ready looks").strong());
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for ready in looks::ALL {
            let button = ui.button(ready.label).on_hover_text(ready.help);
            if named(button, WidgetType::Button, &format!("Look {}", ready.label)).clicked() {
                desk.take_ready_look(ready.id);
            }
        }
    });
}

fn saved_ui(ui: &mut Ui, desk: &mut Desk) {
    let saved = desk.saved_looks();
    if saved.is_empty() {
        ui.label(RichText::new("None yet: save one, and clips can share it").color(theme::QUIET));
    }
    for (id, name) in saved {
        ui.horizontal(|ui| {
            let button = ui.button(&name).on_hover_text("The chosen clips share it from now on");
            if named(button, WidgetType::Button, &format!("Share {name}")).clicked() {
                desk.share_look(id);
            }
            if sign_ui(ui, icon::TRASH, false, &format!("Take look {name} away")).clicked() {
                desk.remove_look(id);
            }
        });
    }
}

fn name_ui(ui: &mut Ui, desk: &mut Desk, naming: &mut Naming) {
    ui.horizontal(|ui| {
        let before = naming.0.clone();
        let field = TextEdit::singleline(&mut naming.0).hint_text("Name of a look");
        let response = ui.add(field.desired_width((ui.available_width() - 60.0).max(40.0)));
        response.widget_info(|| WidgetInfo {
            label: Some("Name of a look".to_owned()),
            ..WidgetInfo::text_edit(true, &before, &naming.0, "")
        });
        let can = !naming.0.trim().is_empty() && desk.has_grade();
        let button = ui.add_enabled(can, eframe::egui::Button::new("Save"));
        let button = named(button, WidgetType::Button, "Save look");
        let help = "Keep the operations of the clip in hand; one of this name is changed, and all clips that share it";
        if button.on_hover_text(help).clicked() {
            desk.save_look(naming.0.trim());
            naming.0.clear();
        }
    });
}
