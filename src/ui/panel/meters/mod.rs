//! What is heard, measured: level, loudness as EBU R 128 has it, correlation, spectrum. Of the mix, or of
//! a meter node of a strip or a bus.

mod bars;
mod figures;
mod needle;
mod spectrum;

pub(super) use needle::{HEIGHT as NEEDLE, Needle, needle_ui};

use crate::sound::nodes::Reading;
use crate::ui::desk::{Channel, Desk};
use crate::ui::theme;
use eframe::egui::{Button, ComboBox, ScrollArea, Ui, WidgetInfo, WidgetType, vec2};
use egui_phosphor::regular as icon;
use spectrum::Bands;
use std::time::Instant;
use timeline_format::Id;

/// What is looked at.
#[derive(Debug, Default)]
pub(in crate::ui) struct Meters {
    /// A meter node, by its strip; the end of the mix where there is none.
    of: Option<(Id, Id)>,
    needle: Needle,
    bands: Bands,
}

impl Meters {
    /// Looks at a meter node of a strip, or at the end of the mix.
    pub(super) fn look_at(&mut self, of: Option<(Id, Id)>) {
        if self.of != of {
            *self = Self { of, ..Self::default() };
        }
    }
}

/// Draws the meters of what is looked at.
pub(in crate::ui) fn meters_ui(ui: &mut Ui, desk: &mut Desk, meters: &mut Meters) {
    let channels = desk.channels();
    if !nodes_of(&channels).any(|(strip, node, _)| Some((strip, node)) == meters.of) {
        meters.look_at(None);
    }
    ui.horizontal(|ui| {
        picker_ui(ui, meters, &channels);
        measure_ui(ui, desk, meters, &channels);
    });
    let reading = match meters.of {
        Some((strip, node)) => desk.meter(strip, node),
        None => desk.reading(),
    };
    let Some(reading) = reading else { return };
    if reset_ui(ui) {
        reading.reset();
        meters.needle = Needle::default();
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| reading_ui(ui, meters, &reading));
}

fn reading_ui(ui: &mut Ui, meters: &mut Meters, reading: &Reading) {
    let now = Instant::now();
    meters.needle.go((reading.take_peak(), reading.rms()), now);
    meters.bands.follow(&reading.thirds(), now);
    let height = (ui.available_height() - 330.0).clamp(90.0, 260.0);
    bars::bars_ui(ui, &mut meters.needle, reading, height);
    figures::figures_ui(ui, &meters.needle, reading);
    figures::correlation_ui(ui, reading.correlation());
    spectrum::spectrum_ui(ui, &meters.bands);
}

/// The meter nodes that are heard: strip, node, and what the strip is called.
fn nodes_of(channels: &[Channel]) -> impl Iterator<Item = (Id, Id, &str)> {
    channels.iter().flat_map(|channel| {
        let nodes = channel.strip.nodes.iter();
        let meters = nodes.filter(|node| node.kind == "meter" && !node.bypass);
        meters.map(|node| (channel.owner, node.id, channel.name.as_str()))
    })
}

fn picker_ui(ui: &mut Ui, meters: &mut Meters, channels: &[Channel]) {
    let named = |of: Option<(Id, Id)>| {
        let found = nodes_of(channels).find(|(strip, node, _)| Some((*strip, *node)) == of);
        found.map_or("Mix", |(.., name)| name).to_owned()
    };
    let now = named(meters.of);
    let picker = ComboBox::from_id_salt("measured").selected_text(&now).width(104.0);
    let picker = picker.show_ui(ui, |ui| {
        let all = nodes_of(channels).map(|(strip, node, _)| Some((strip, node)));
        for of in std::iter::once(None).chain(all) {
            let label = named(of);
            let entry = ui.selectable_label(meters.of == of, &label);
            entry.widget_info(|| {
                let words = format!("Look at the meter of {label}");
                WidgetInfo::labeled(WidgetType::SelectableLabel, true, words)
            });
            if entry.clicked() {
                meters.look_at(of);
            }
        }
    });
    picker.response.widget_info(|| {
        WidgetInfo::labeled(WidgetType::ComboBox, true, format!("Measured: {now}"))
    });
}

/// Puts a meter on a strip that has none: the sound goes through it untouched.
fn measure_ui(ui: &mut Ui, desk: &mut Desk, meters: &mut Meters, channels: &[Channel]) {
    let bare = |channel: &&Channel| !nodes_of(std::slice::from_ref(channel)).any(|_| true);
    let menu = ui.menu_button(format!("{} Measure", icon::PLUS), |ui| {
        for channel in channels.iter().filter(bare) {
            let entry = ui.button(&channel.name);
            entry.widget_info(|| {
                let words = format!("Measure {}", channel.name);
                WidgetInfo::labeled(WidgetType::Button, true, words)
            });
            if entry.on_hover_text("Puts a meter ahead of its fader").clicked() {
                let made = desk.put_node(channel.owner, "meter");
                meters.look_at(made.map(|node| (channel.owner, node)));
                ui.close();
            }
        }
    });
    let button = menu.response;
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, "Measure a strip"));
}

fn reset_ui(ui: &mut Ui) -> bool {
    let words = format!("{} Measure anew", icon::ARROW_COUNTER_CLOCKWISE);
    let button = ui.add(Button::new(words).min_size(vec2(0.0, theme::ROW)));
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, "Measure anew"));
    let help = "Forgets peaks, and the loudness of what was heard so far";
    button.on_hover_text(help).clicked()
}
