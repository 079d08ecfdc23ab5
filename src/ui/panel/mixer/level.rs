//! The level of a strip: its position, its fader, its needle, mute and solo.

use super::moments::{key_ui, level_now};
use super::{FADER, Mixer, named};
use crate::edit::Dial;
use crate::ui::desk::{Channel, Desk};
use crate::ui::panel::meters::{NEEDLE, needle_ui};
use eframe::egui::{Button, DragValue, Slider, SliderOrientation, Ui, WidgetType, vec2};
use std::time::Instant;
use timeline_format::Value;
use timeline_format::mix::Strip;

/// Draws the level of a strip: at the playhead, where it has keyframes.
pub(super) fn level_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer, channel: &Channel) {
    pan_ui(ui, desk, channel);
    let before = level_now(desk, channel, &Dial::Gain).clamp(*FADER.start(), *FADER.end());
    let mut gain = before;
    ui.horizontal(|ui| {
        fader_ui(ui, channel, &mut gain);
        let needle = mixer.needles.entry(channel.owner).or_default();
        needle.follow(desk.level(channel.owner), Instant::now());
        let scale = (*FADER.start() as f32, *FADER.end() as f32);
        needle_ui(ui, needle, &channel.name, scale, vec2(13.0, NEEDLE));
        ui.vertical(|ui| switches_ui(ui, desk, channel));
    });
    ui.horizontal(|ui| {
        let drag = DragValue::new(&mut gain).range(FADER).speed(0.1).max_decimals(1).suffix(" dB");
        named(&ui.add(drag), WidgetType::DragValue, &format!("Level of {} in dB", channel.name));
        key_ui(ui, desk, channel, &Dial::Gain, &format!("the level of {}", channel.name), before);
    });
    if gain != before {
        let name = format!("Level of {}", channel.name);
        desk.turn(&name, channel.owner, &Dial::Gain, Value::Number(gain));
    }
}

fn pan_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel) {
    let before = level_now(desk, channel, &Dial::Pan);
    let mut pan = before;
    ui.horizontal(|ui| {
        let drag = DragValue::new(&mut pan).range(-1.0..=1.0).speed(0.01).max_decimals(2);
        let drag = ui.add(drag.prefix("pan "));
        named(&drag, WidgetType::DragValue, &format!("Pan of {}", channel.name));
        key_ui(ui, desk, channel, &Dial::Pan, &format!("the pan of {}", channel.name), before);
    });
    if pan != before {
        let name = format!("Pan of {}", channel.name);
        desk.turn(&name, channel.owner, &Dial::Pan, Value::Number(pan));
    }
}

fn fader_ui(ui: &mut Ui, channel: &Channel, gain: &mut f64) {
    ui.spacing_mut().slider_width = NEEDLE;
    let fader = Slider::new(gain, FADER).orientation(SliderOrientation::Vertical).show_value(false);
    let response = ui.add(fader);
    named(&response, WidgetType::Slider, &format!("Level of {}", channel.name));
    if response.double_clicked() {
        *gain = 0.0;
    }
    response.on_hover_text("A double click is 0 dB. With keyframes, it sets one at the playhead");
}

/// A switch of a strip: its sign, its name, and where it stands.
type Switch = (&'static str, &'static str, fn(&mut Strip) -> &mut bool);

fn switches_ui(ui: &mut Ui, desk: &mut Desk, channel: &Channel) {
    let switches: [Switch; 2] =
        [("M", "Mute", |strip| &mut strip.mute), ("S", "Solo", |strip| &mut strip.solo)];
    for (sign, name, switch) in switches {
        let is_on = *switch(&mut channel.strip.clone());
        let button = ui.add(Button::new(sign).selected(is_on).min_size(vec2(26.0, 22.0)));
        if button.on_hover_text(format!("{name} {}", channel.name)).clicked() {
            desk.set_strip(name, channel.owner, |strip| *switch(strip) = !is_on);
        }
    }
}
