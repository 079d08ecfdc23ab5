//! The wheels of an operation: zones, lift gamma and gain, log, CDL.

use super::wheel::wheel_ui;
use super::{Grading, tabs_ui};
use crate::signal;
use crate::signal::Parameter;
use crate::ui::desk::Desk;
use crate::ui::panel::field::{Field, number_ui};
use crate::ui::panel::quantity::Quantity;
use crate::ui::theme;
use eframe::egui::{RichText, ScrollArea, Ui};
use timeline_format::Value;

/// Whose wheels are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Zones,
    Lift,
    Log,
    Cdl,
}

const TABS: &[(Kind, &str)] = &[
    (Kind::Zones, "Zones"),
    (Kind::Lift, "Lift, gamma, gain"),
    (Kind::Log, "Log"),
    (Kind::Cdl, "CDL"),
];

impl Kind {
    const fn operation(self) -> &'static str {
        match self {
            Self::Zones => "zones",
            Self::Lift => "lift_gamma_gain",
            Self::Log => "log_wheels",
            Self::Cdl => "cdl",
        }
    }
}

/// Draws the wheels, and the numbers beside them.
pub(in crate::ui) fn wheels_ui(ui: &mut Ui, desk: &mut Desk, grading: &mut Grading) {
    tabs_ui(ui, &mut grading.wheels, TABS);
    let kind = grading.wheels.operation();
    if desk.graded_clip().is_none() {
        ui.label(RichText::new("No picture lies at the playhead").color(theme::QUIET));
        return;
    }
    let (wheels, numbers): (Vec<&Parameter>, Vec<&Parameter>) = Desk::parameters_of(kind)
        .iter()
        .partition(|it| matches!(it.kind, signal::Kind::Wheel { .. }));
    let side = (ui.available_height() - 86.0).clamp(64.0, 132.0);
    ScrollArea::horizontal().auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            for parameter in wheels {
                ui.vertical(|ui| one_ui(ui, desk, (kind, parameter), side));
            }
        });
    });
    ui.horizontal_wrapped(|ui| {
        for parameter in numbers.into_iter().take(5) {
            numbers_ui(ui, desk, kind, parameter);
        }
    });
}

fn one_ui(ui: &mut Ui, desk: &mut Desk, (kind, parameter): (&str, &Parameter), side: f32) {
    let value = desk.graded(kind, parameter);
    let numbers = four(parameter, &value);
    ui.label(RichText::new(parameter.label).size(theme::BODY).color(theme::QUIET));
    match wheel_ui(ui, parameter, numbers, side) {
        Field::Set(value) => desk.set_graded(kind, parameter, &value),
        Field::Reset => desk.reset_graded(kind, parameter),
        Field::Same => {}
    }
    let words = numbers.map(|number| format!("{number:.2}")).join("  ");
    ui.label(RichText::new(words).size(theme::SMALL).color(theme::FAINT));
}

fn four(parameter: &Parameter, value: &Value) -> [f64; 4] {
    let default = match parameter.kind {
        signal::Kind::Wheel { default, .. } => default,
        _ => 0.0,
    };
    match value {
        Value::Number(all) => [default, default, default, *all],
        Value::Vector(numbers) => {
            std::array::from_fn(|index| numbers.get(index).copied().unwrap_or(default))
        }
        _ => [default; 4],
    }
}

fn numbers_ui(ui: &mut Ui, desk: &mut Desk, kind: &str, parameter: &Parameter) {
    let Value::Number(before) = desk.graded(kind, parameter) else { return };
    let label = ui.label(RichText::new(parameter.label).color(theme::QUIET));
    label.on_hover_text(parameter.help);
    let name = format!("{} of {kind}", parameter.label);
    if let Some(now) = number_ui(ui, &name, Quantity::of(parameter), before, (54.0, false)) {
        desk.set_graded(kind, parameter, &Value::Number(now));
    }
}
