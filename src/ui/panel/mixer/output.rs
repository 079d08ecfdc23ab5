//! Where a strip leads.

use super::inserts::name_of;
use super::named;
use crate::ui::desk::{Channel, Desk};
use crate::ui::theme;
use eframe::egui::containers::menu::MenuButton;
use eframe::egui::{Button, RichText, Ui, WidgetType};
use egui_phosphor::regular as icon;

/// Draws the picker of a strip's output: nothing for the main bus, which leads to the device.
pub(super) fn output_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel, all: &[Channel]) {
    let Some(leads_to) = channel.leads_to else {
        ui.add_space(theme::ROW);
        return;
    };
    let to = name_of(all, leads_to);
    let words = RichText::new(format!("{} {to}", icon::ARROW_RIGHT)).size(theme::SMALL);
    let menu = MenuButton::from_button(Button::new(words).truncate()).ui(ui, |ui| {
        let stated = channel.strip.output;
        if !channel.is_bus {
            let entry = ui.selectable_label(stated.is_none(), "Where its role leads");
            if entry.clicked() {
                desk.set_output(channel.owner, None);
                ui.close();
            }
        }
        let may_be = |bus: &&Channel| desk.may_lead(channel.owner, bus.owner);
        let may_be: Vec<&Channel> = all.iter().filter(may_be).collect();
        for bus in may_be {
            let entry = ui.selectable_label(stated == Some(bus.owner), &bus.name);
            named(&entry, WidgetType::SelectableLabel, &format!("Lead to {}", bus.name));
            if entry.clicked() {
                desk.set_output(channel.owner, Some(bus.owner));
                ui.close();
            }
        }
    });
    named(&menu.0, WidgetType::ComboBox, &format!("Output of {}", channel.name));
    menu.0.on_hover_text(format!("{} leads to {to}", channel.name));
}
