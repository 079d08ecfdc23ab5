//! Values of a strip at the playhead, and their keyframes there.

use super::named;
use crate::edit::{self, Dial};
use crate::ui::desk::{Channel, Desk};
use crate::ui::theme;
use eframe::egui::{Button, RichText, Ui, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::{Frames, Value};

/// The number that a dial has at the playhead; 0 where nothing is stated.
pub(super) fn level_now(desk: &Desk, channel: &Channel, dial: &Dial) -> f64 {
    let at = desk.position() as f64;
    dial.stated(&channel.strip).map_or(0.0, |param| match param.at(at) {
        Value::Number(number) => number,
        Value::Text(_) => *super::FADER.start(),
        _ => 0.0,
    })
}

/// A diamond: sets a keyframe of a value at the playhead, or takes away the one that is there.
pub(super) fn key_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    channel: &Channel,
    dial: &Dial,
    name: &str,
    value: f64,
) {
    let keys = edit::keys_of(dial.stated(&channel.strip));
    let at = Frames::whole(desk.position());
    let is_here = keys.iter().any(|key| key.at == at);
    let sign = if is_here { icon::DIAMOND } else { icon::DIAMONDS_FOUR };
    let colour = if keys.is_empty() { theme::FAINT } else { theme::ACCENT };
    let diamond = ui.add(Button::new(RichText::new(sign).color(colour)).frame(false));
    named(&diamond, WidgetType::Button, &format!("Keyframe of {name}"));
    let verb = if is_here { "Take away the keyframe" } else { "Set a keyframe" };
    if diamond.on_hover_text(format!("{verb} of {name} at the playhead")).clicked() {
        if is_here {
            desk.unkey(channel.owner, dial);
        } else {
            desk.key(channel.owner, dial, Value::Number(value));
        }
    }
}
