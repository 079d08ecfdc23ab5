//! A strip, from its nodes down to its name.

use super::Mixer;
use super::inserts::inserts_ui;
use super::level::level_ui;
use super::output::output_ui;
use super::sends::sends_ui;
use crate::ui::desk::{Channel, Desk};
use crate::ui::panel::meters::NEEDLE;
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{Frame, Label, Margin, RichText, ScrollArea, Ui, WidgetType};
use egui_phosphor::regular as icon;

/// How wide a strip is.
const STRIP: f32 = 118.0;
/// How high the part of a strip is that begins with its pan: it stands on one line for all.
const LEVEL: f32 = NEEDLE + 134.0 + theme::ROW;

/// Draws a strip.
pub(super) fn strip_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    mixer: &mut Mixer,
    channel: &Channel,
    all: &[Channel],
) {
    let fill = if channel.is_bus { theme::RAISED } else { theme::PANEL };
    let frame = Frame::new().fill(fill).inner_margin(Margin::same(6)).corner_radius(theme::CORNER);
    frame.show(ui, |ui| {
        ui.set_width(STRIP);
        ui.set_min_height(ui.available_height() - 14.0);
        ui.push_id(channel.owner, |ui| {
            ui.vertical(|ui| {
                let height = (ui.available_height() - LEVEL).max(2.0 * theme::ROW);
                let inserts = ScrollArea::vertical().max_height(height).auto_shrink(false);
                inserts.min_scrolled_height(height).show(ui, |ui| {
                    inserts_ui(ui, desk, mixer, channel, all);
                    ui.separator();
                    sends_ui(ui, desk, channel, all);
                });
                ui.separator();
                level_ui(ui, desk, mixer, channel);
                output_ui(ui, desk, channel, all);
                name_ui(ui, desk, channel);
            });
        });
    });
}

fn name_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel) {
    ui.add(Label::new(RichText::new(&channel.name).strong()).truncate());
    if channel.is_bus && !channel.is_main {
        let help = format!("Take {} away", channel.name);
        let sign = named(ui.small_button(icon::TRASH), WidgetType::Button, &help);
        if sign.on_hover_text(help).clicked() {
            desk.remove_bus(channel.owner);
        }
    }
}
