//! A value of a clip, a shot or a strip as a field: typed with its unit, dragged, set back.

use crate::signal::{Kind, Parameter};
use crate::ui::theme;
use eframe::egui::{Button, ComboBox, DragValue, RichText, Ui, vec2};
use egui_phosphor::regular as icon;
use timeline_format::Value;

/// What became of a field.
pub(super) enum Field {
    /// Nothing.
    Same,
    /// Another value.
    Set(Value),
    /// As it is without being stated.
    Reset,
}

/// Draws a field for `parameter`, which has `value` now; stated, if `is_stated`.
pub(super) fn field_ui(
    ui: &mut Ui,
    parameter: &Parameter,
    value: Option<&Value>,
    is_stated: bool,
) -> Field {
    let mut field = Field::Same;
    ui.horizontal(|ui| {
        let colour = if is_stated { theme::TEXT } else { theme::QUIET };
        let label = RichText::new(parameter.label).color(colour);
        ui.add_sized(vec2(92.0, theme::ROW), eframe::egui::Label::new(label).truncate())
            .on_hover_text(parameter.help);
        field = value_ui(ui, parameter, value);
        if is_stated {
            let back =
                Button::new(RichText::new(icon::ARROW_COUNTER_CLOCKWISE).color(theme::FAINT));
            if ui.add(back.frame(false)).on_hover_text("Set back").clicked() {
                field = Field::Reset;
            }
        }
    });
    field
}

fn value_ui(ui: &mut Ui, parameter: &Parameter, value: Option<&Value>) -> Field {
    match parameter.kind {
        Kind::Number { least, most, default, unit }
        | Kind::Setting { least, most, default, unit } => {
            let before = match value {
                Some(Value::Number(number)) => *number,
                _ => default,
            };
            let mut number = before;
            let drag = DragValue::new(&mut number)
                .range(least..=most)
                .speed(((most - least) / 400.0).clamp(0.001, 10.0))
                .max_decimals(3)
                .suffix(if unit.is_empty() { String::new() } else { format!(" {unit}") });
            ui.add_sized(vec2(84.0, theme::ROW), drag);
            if number == before { Field::Same } else { Field::Set(Value::Number(number)) }
        }
        Kind::Flag { default } => {
            let mut flag = matches!(value, Some(Value::Flag(true))) || (value.is_none() && default);
            if ui.checkbox(&mut flag, "").changed() {
                return Field::Set(Value::Flag(flag));
            }
            Field::Same
        }
        Kind::Choice { options } => choice_ui(ui, parameter.id, options, value),
        Kind::Point { default, unit } => vector_ui(ui, value, &default, unit),
        Kind::Four { default, unit } => vector_ui(ui, value, &default, unit),
        Kind::Media => Field::Same,
    }
}

fn choice_ui(ui: &mut Ui, id: &str, options: &[&str], value: Option<&Value>) -> Field {
    let now = match value {
        Some(Value::Text(text)) => text.as_str(),
        _ => options.first().copied().unwrap_or_default(),
    };
    let mut chosen = None;
    ComboBox::from_id_salt(id).selected_text(now).width(84.0).show_ui(ui, |ui| {
        for option in options {
            if ui.selectable_label(now == *option, *option).clicked() {
                chosen = Some((*option).to_owned());
            }
        }
    });
    chosen.map_or(Field::Same, |word| Field::Set(Value::Text(word)))
}

fn vector_ui(ui: &mut Ui, value: Option<&Value>, default: &[f64], unit: &str) -> Field {
    let before = match value {
        Some(Value::Vector(numbers)) => numbers.clone(),
        _ => default.to_vec(),
    };
    let speed = if unit == "px" { 0.5 } else { 0.005 };
    let mut numbers = before.clone();
    for number in &mut numbers {
        let drag = DragValue::new(number).speed(speed).max_decimals(3);
        ui.add_sized(vec2(46.0, theme::ROW), drag);
    }
    if numbers == before { Field::Same } else { Field::Set(Value::Vector(numbers)) }
}
