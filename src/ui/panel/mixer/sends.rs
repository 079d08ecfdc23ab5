//! The sends of a strip: how much of it goes where, and whether ahead of its fader or behind it.

use super::inserts::name_of;
use super::moments::{key_ui, level_now};
use super::{FADER, named};
use crate::edit::Dial;
use crate::ui::desk::{Channel, Desk};
use crate::ui::theme;
use eframe::egui::{Button, DragValue, Label, RichText, Ui, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::Value;
use timeline_format::mix::Send;

/// Draws the sends.
pub(super) fn sends_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel, all: &[Channel]) {
    for send in &channel.strip.sends {
        send_ui(ui, desk, channel, send, &name_of(all, send.to));
    }
    let menu = ui.menu_button(format!("{} Send", icon::PLUS), |ui| {
        let is_new = |bus: &&Channel| {
            let is_there = channel.strip.sends.iter().any(|send| send.to == bus.owner);
            bus.is_bus && !is_there && desk.may_lead(channel.owner, bus.owner)
        };
        let buses: Vec<&Channel> = all.iter().filter(is_new).collect();
        for bus in buses {
            let entry = ui.button(&bus.name);
            named(&entry, WidgetType::Button, &format!("Send to {}", bus.name));
            if entry.clicked() {
                desk.add_send(channel.owner, bus.owner);
                ui.close();
            }
        }
    });
    named(&menu.response, WidgetType::Button, &format!("Add a send of {}", channel.name));
}

fn send_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel, send: &Send, to: &str) {
    let (owner, dial) = (channel.owner, Dial::Send(send.to));
    let path = format!("{} to {to}", channel.name);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let sign = if send.pre { "pre" } else { "post" };
        let colour = if send.pre { theme::ACCENT } else { theme::QUIET };
        let pre = Button::new(RichText::new(sign).size(theme::SMALL).color(colour)).frame(false);
        let pre = ui.add(pre);
        named(&pre, WidgetType::Checkbox, &format!("Send {path} ahead of the fader"));
        let help = "Taken ahead of the strip's own level, position and mute, or behind them";
        if pre.on_hover_text(help).clicked() {
            desk.set_pre(owner, send.to, !send.pre);
        }
        let before = level_now(desk, channel, &dial);
        let mut level = before;
        let drag = DragValue::new(&mut level).range(FADER).speed(0.2).max_decimals(1).suffix(" dB");
        let drag = ui.add(drag);
        named(&drag, WidgetType::DragValue, &format!("Send {path}"));
        drag.on_hover_text(format!("Send to {to}"));
        if level != before {
            desk.turn(&format!("Send {path}"), owner, &dial, Value::Number(level));
        }
        key_ui(ui, desk, channel, &dial, &format!("the send {path}"), before);
        let away = ui.add(Button::new(icon::X).frame(false));
        named(&away, WidgetType::Button, &format!("Take the send {path} away"));
        if away.on_hover_text("Take this send away").clicked() {
            desk.remove_send(owner, send.to);
        }
    });
    ui.add(Label::new(RichText::new(to).size(theme::SMALL).color(theme::QUIET)).truncate());
}
