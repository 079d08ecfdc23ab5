//! One curve of the clip in hand, drawn large.

use super::Grading;
use crate::signal::{Kind, Parameter};
use crate::ui::desk::Desk;
use crate::ui::panel::drawing::{Drawing, curve_within_ui};
use crate::ui::panel::field::{Field, sign_ui};
use crate::ui::panel::named::choice;
use crate::ui::theme;
use eframe::egui::{ComboBox, Ui};
use egui_phosphor::regular as icon;

/// Which curve is drawn: its operation, and its place among that one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    kind: &'static str,
    index: usize,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { kind: "curves", index: 0 }
    }
}

/// Draws the chosen curve.
pub(in crate::ui) fn curves_ui(ui: &mut Ui, desk: &mut Desk, grading: &mut Grading) {
    let Some(parameter) = Desk::parameters_of(grading.curve.kind).get(grading.curve.index) else {
        return;
    };
    ui.horizontal(|ui| {
        let list = ComboBox::from_id_salt("curve").selected_text(parameter.label).width(140.0);
        let shown = list.show_ui(ui, |ui| {
            for kind in ["curves", "hue_curves"] {
                for (index, parameter) in Desk::parameters_of(kind).iter().enumerate() {
                    let chosen = Chosen { kind, index };
                    let is_it = grading.curve == chosen;
                    if ui.selectable_label(is_it, parameter.label).clicked() {
                        grading.curve = chosen;
                    }
                }
            }
        });
        drop(choice(shown.response, "Curve", parameter.label));
        if sign_ui(ui, icon::ARROW_COUNTER_CLOCKWISE, false, "Set the curve back").clicked() {
            desk.reset_graded(grading.curve.kind, parameter);
        }
    });
    draw_ui(ui, desk, grading.curve.kind, parameter);
}

fn draw_ui(ui: &mut Ui, desk: &mut Desk, kind: &str, parameter: &Parameter) {
    let Kind::Curve { rest, least, most } = parameter.kind else { return };
    let value = desk.graded(kind, parameter);
    let drawing = Drawing { name: parameter.label, rest, range: [least, most] };
    let height = (ui.available_height() - theme::GAP).max(60.0);
    if let Field::Set(value) = curve_within_ui(ui, drawing, Some(&value), height) {
        desk.set_graded(kind, parameter, &value);
    }
}
