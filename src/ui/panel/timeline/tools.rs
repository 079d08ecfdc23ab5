//! The bar over the timeline: where one is, tools, manners, what lays sources.

use crate::ui::command;
use crate::ui::desk::{Desk, Tool};
use crate::ui::panel::named::mark_on;
use crate::ui::theme;
use eframe::egui::{Button, Frame, Margin, RichText, Ui, vec2};
use egui_phosphor::regular as icon;

/// Draws the bar.
pub(super) fn tools_ui(ui: &mut Ui, desk: &mut Desk) {
    let margin = Margin::symmetric(8, 3);
    Frame::new().fill(theme::PANEL).inner_margin(margin).show(ui, |ui| {
        ui.horizontal(|ui| {
            let label = desk.label_of(desk.position());
            let text = RichText::new(label).font(theme::figures(theme::LARGE)).color(theme::ACCENT);
            let response = ui.add(Button::new(text).frame(false)).on_hover_text("Go to a timecode");
            if response.clicked() {
                run(desk, "go-to-timecode");
            }
            ui.separator();
            for tool in Tool::ALL {
                let is_chosen = desk.tool == tool;
                sign_ui(ui, desk, tool.icon(), tool.label(), is_chosen, tool.command());
            }
            ui.separator();
            let (snapping, linked) = (desk.snapping, desk.linked);
            sign_ui(ui, desk, icon::MAGNET, "Snapping", snapping, "snapping");
            sign_ui(ui, desk, icon::LINK, "Linked selection", linked, "linked-selection");
            ui.separator();
            for (sign, id) in LAYING {
                let label = command::find(id).map_or("", |command| command.label);
                sign_ui(ui, desk, sign, label, false, id);
            }
            ui.separator();
            for (sign, id) in [
                (icon::MAGNIFYING_GLASS_MINUS, "zoom-out"),
                (icon::MAGNIFYING_GLASS_PLUS, "zoom-in"),
                (icon::ARROWS_OUT_LINE_HORIZONTAL, "zoom-fit"),
            ] {
                let label = command::find(id).map_or("", |command| command.label);
                sign_ui(ui, desk, sign, label, false, id);
            }
        });
    });
}

const LAYING: [(&str, &str); 5] = [
    (icon::ARROW_LINE_DOWN, "insert"),
    (icon::ARROW_SQUARE_DOWN, "overwrite"),
    (icon::SCISSORS, "razor"),
    (icon::INTERSECT, "add-dissolve"),
    (icon::MAP_PIN, "add-marker"),
];

/// A sign that stands for a command.
fn sign_ui(ui: &mut Ui, desk: &mut Desk, sign: &str, label: &str, is_chosen: bool, id: &str) {
    let Some(command) = command::find(id) else { return };
    let keys = desk.keymap.keys_of(id).next().map_or(String::new(), |keys| format!("  ({keys})"));
    let colour = if is_chosen { theme::ACCENT } else { theme::TEXT };
    let button = Button::new(RichText::new(sign).size(16.0).color(colour))
        .selected(is_chosen)
        .min_size(vec2(26.0, 24.0));
    let response = ui.add_enabled((command.can)(desk), button);
    response.widget_info(|| {
        let kind = eframe::egui::WidgetType::Button;
        eframe::egui::WidgetInfo::selected(kind, response.enabled(), is_chosen, label)
    });
    mark_on(ui, &response, is_chosen);
    if response.on_hover_text(format!("{label}{keys}\n{}", command.help)).clicked() {
        (command.run)(desk);
    }
}

fn run(desk: &mut Desk, id: &str) {
    if let Some(command) = command::find(id) {
        (command.run)(desk);
    }
}
