//! The mixer: a strip for every sound track and bus, with its nodes, sends, position and level, and where
//! it leads.

mod inserts;
mod level;
mod moments;
mod node;
mod output;
mod sends;
mod strip;

pub(in crate::ui) use node::node_ui;

use super::meters::{Meters, Needle};
use crate::ui::desk::Desk;
use eframe::egui::{Align, Button, Layout, Response, ScrollArea, Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use std::collections::BTreeMap;
use timeline_format::Id;

/// The lowest and the highest level of a fader, in dB.
const FADER: std::ops::RangeInclusive<f64> = -72.0..=12.0;

/// What is chosen on the mixer.
#[derive(Debug)]
pub(in crate::ui) struct Mixer {
    /// The strip and node whose values are shown.
    node: Option<(Id, Id)>,
    /// What is shown of the levels, by strip.
    needles: BTreeMap<Id, Needle>,
    /// What the meters beside it show.
    pub(in crate::ui) meters: Meters,
    /// How true a ducker's keyframes are to it, in dB.
    tolerance: f64,
}

impl Default for Mixer {
    fn default() -> Self {
        let meters = Meters::default();
        Self { node: None, needles: BTreeMap::new(), meters, tolerance: 0.25 }
    }
}

impl Mixer {
    /// Whether a node is chosen.
    pub(in crate::ui) const fn has_node(&self) -> bool {
        self.node.is_some()
    }
}

/// Draws the strips.
pub(in crate::ui) fn mixer_ui(ui: &mut Ui, desk: &mut Desk, mixer: &mut Mixer) {
    let channels = desk.channels();
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            for channel in &channels {
                strip::strip_ui(ui, desk, mixer, channel, &channels);
            }
            let button = Button::new(format!("{} Bus", icon::PLUS));
            if ui.add(button).on_hover_text("Add a bus").clicked() {
                desk.add_bus();
            }
        });
    });
}

/// Says what a control is called where it is reached by name.
fn named(response: &Response, kind: WidgetType, words: &str) {
    response.widget_info(|| WidgetInfo::labeled(kind, true, words));
}
