//! What plays a viewer: the moment, marks, play and steps.

use crate::ui::command;
use crate::ui::desk::Desk;
use crate::ui::panel::named::mark_on;
use crate::ui::theme;
use eframe::egui::{Button, RichText, Ui, vec2};
use egui_phosphor::regular as icon;

/// How high the controls are.
pub(super) const HEIGHT: f32 = theme::BAR;

/// Draws the controls of the film.
pub(super) fn program_ui(ui: &mut Ui, desk: &mut Desk) {
    let is_playing = desk.is_playing();
    let play = if is_playing { icon::PAUSE } else { icon::PLAY };
    let looping = desk.is_looping();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        moment_ui(ui, &desk.label_of(desk.position()));
        for (sign, id, is_on) in [
            (icon::BRACKETS_ANGLE, "mark-clip", false),
            (icon::ARROW_LINE_LEFT, "mark-in", false),
            (icon::ARROW_LINE_RIGHT, "mark-out", false),
            (icon::SKIP_BACK, "previous-edit", false),
            (icon::CARET_LEFT, "step-back", false),
            (play, "play-toggle", is_playing),
            (icon::CARET_RIGHT, "step-forward", false),
            (icon::SKIP_FORWARD, "next-edit", false),
            (icon::REPEAT, "loop", looping),
        ] {
            command_ui(ui, desk, sign, id, is_on);
        }
        if let Some(span) = desk.span() {
            let words = format!("{} marked", span.end - span.start);
            ui.label(RichText::new(words).color(theme::MARKED));
        }
    });
}

/// The moment that is seen.
pub(super) fn moment_ui(ui: &mut Ui, label: &str) {
    let text = RichText::new(label).font(theme::figures(14.0)).color(theme::TEXT);
    ui.add_sized(vec2(98.0, theme::ROW), eframe::egui::Label::new(text));
}

/// A sign that stands for a command.
pub(super) fn command_ui(ui: &mut Ui, desk: &mut Desk, sign: &str, id: &str, is_on: bool) {
    let Some(command) = command::find(id) else { return };
    let keys = desk.keymap.keys_of(id).next().map_or(String::new(), |keys| format!("  ({keys})"));
    let colour = if is_on { theme::ACCENT } else { theme::TEXT };
    let button =
        Button::new(RichText::new(sign).size(15.0).color(colour)).min_size(vec2(24.0, 22.0));
    let response = ui.add_enabled((command.can)(desk), button);
    response.widget_info(|| {
        let kind = eframe::egui::WidgetType::Button;
        eframe::egui::WidgetInfo::selected(kind, response.enabled(), is_on, command.label)
    });
    mark_on(ui, &response, is_on);
    if response.on_hover_text(format!("{}{keys}\n{}", command.label, command.help)).clicked() {
        (command.run)(desk);
    }
}
