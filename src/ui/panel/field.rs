//! A value of a clip, a shot or a strip as a field: typed with its unit, scrubbed, chosen, set back.
//!
//! A drag scrubs: with `Shift` in fine steps, with `Ctrl` in coarse ones. A click types. What a field gives
//! while it is scrubbed belongs to one gesture: hand it to [`crate::ui::desk::Desk::edit_live`].

use super::drawing::{Drawing, curve_ui};
use super::path::path_ui;
use super::quantity::Quantity;
use crate::signal::{Kind, PATH_POINT, Parameter};
use crate::ui::theme;
use eframe::egui::{
    Align, Align2, Button, ComboBox, DragValue, Layout, Response, RichText, Sense, Ui, WidgetInfo,
    WidgetType, vec2,
};
use egui_phosphor::regular as icon;
use timeline_format::Value;

/// How wide the names of fields are.
pub(super) const NAMES: f32 = 80.0;
/// How wide a number is.
const NUMBER: f32 = 66.0;
/// How wide one of several numbers is.
const NARROW: f32 = 50.0;

/// What became of a field.
#[derive(Debug, Clone, PartialEq)]
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
        name_ui(ui, parameter.label, parameter.help, is_stated);
        field = value_ui(ui, parameter, parameter.label, value, false);
        if is_stated && back_ui(ui, parameter.label) {
            field = Field::Reset;
        }
    });
    field
}

/// Draws the name of a field: for the eye, as the field itself is known by it.
pub(super) fn name_ui(ui: &mut Ui, name: &str, help: &str, is_stated: bool) {
    name_within_ui(ui, (name, NAMES), help, is_stated);
}

/// The same, so wide.
pub(super) fn name_within_ui(ui: &mut Ui, (name, width): (&str, f32), help: &str, is_stated: bool) {
    let colour = if is_stated { theme::TEXT } else { theme::QUIET };
    let (place, response) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::hover());
    let painter = ui.painter_at(place);
    let font = theme::words(theme::BODY);
    painter.text(place.left_center(), Align2::LEFT_CENTER, name, font, colour);
    response.on_hover_text(help);
}

/// Draws what sets a field back; whether it was asked to.
pub(super) fn back_ui(ui: &mut Ui, name: &str) -> bool {
    let words = format!("Set {name} back");
    sign_ui(ui, icon::ARROW_COUNTER_CLOCKWISE, false, &words).clicked()
}

/// Draws a small sign that can be pressed, known by its words.
pub(super) fn sign_ui(ui: &mut Ui, sign: &str, is_on: bool, words: &str) -> Response {
    let colour = if is_on { theme::ACCENT } else { theme::FAINT };
    let button = Button::new(RichText::new(sign).color(colour)).frame(false);
    let response = ui.add(button.min_size(vec2(14.0, theme::ROW)));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, words));
    response.on_hover_text(words)
}

/// Draws the value itself; where several clips have it and it `is_mixed`, it says so.
pub(super) fn value_ui(
    ui: &mut Ui,
    parameter: &Parameter,
    name: &str,
    value: Option<&Value>,
    is_mixed: bool,
) -> Field {
    let quantity = Quantity::of(parameter);
    match (parameter.kind, value) {
        (Kind::Number { .. } | Kind::Setting { .. }, Some(Value::Vector(numbers))) => {
            numbers_ui(ui, (parameter, name), quantity, numbers, is_mixed)
        }
        (Kind::Number { .. } | Kind::Setting { .. }, _) => {
            let before = match value {
                Some(Value::Number(number)) => *number,
                Some(Value::Text(word)) if word == "off" => quantity.range.0,
                _ => quantity.default,
            };
            let now = number_ui(ui, name, quantity, before, (NUMBER, is_mixed));
            now.map_or(Field::Same, |number| Field::Set(Value::Number(number)))
        }
        (Kind::Flag { default }, _) => flag_ui(ui, name, value, default),
        (Kind::Choice { options }, _) => choice_ui(ui, name, options, value, is_mixed),
        (Kind::Point { default, .. }, _) => {
            numbers_ui(ui, (parameter, name), quantity, &numbers_of(value, &default), is_mixed)
        }
        (Kind::Four { default, .. }, _) => {
            numbers_ui(ui, (parameter, name), quantity, &numbers_of(value, &default), is_mixed)
        }
        (Kind::Wheel { default, .. }, _) => {
            let numbers = wheel_of(value, default);
            numbers_ui(ui, (parameter, name), quantity, &numbers, is_mixed)
        }
        (Kind::Curve { rest, least, most }, _) => {
            let drawing = Drawing { name, rest, range: [least, most] };
            curve_ui(ui, drawing, value, is_mixed)
        }
        (Kind::Media | Kind::Look, _) => media_ui(ui, value),
        (Kind::File { endings }, _) => path_ui(ui, name, value, endings),
        (Kind::Text { default, lines }, _) => {
            super::text::text_ui(ui, name, value, (default, lines))
        }
        (Kind::Path, _) => outline_ui(ui, value),
        (Kind::List { .. }, value) => count_ui(ui, value),
    }
}

/// Says how many numbers there are: they are measured or drawn, not typed.
fn count_ui(ui: &mut Ui, value: Option<&Value>) -> Field {
    let count = if let Some(Value::Vector(numbers)) = value { numbers.len() } else { 0 };
    ui.weak(format!("{count} numbers"));
    Field::Same
}

/// Draws a number that is scrubbed or typed; another one, if it became one.
pub(super) fn number_ui(
    ui: &mut Ui,
    name: &str,
    quantity: Quantity,
    before: f64,
    (width, is_mixed): (f32, bool),
) -> Option<f64> {
    let text = move |value: f64| quantity.text(value);
    let parse = move |typed: &str| quantity.parse(typed);
    let look = Look { range: quantity.range, speed: quantity.speed(before), width, is_mixed };
    scrubbed_ui(ui, name, before, look, (&text, &parse))
}

/// How a number is drawn and scrubbed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// The least and the most that it may be.
    pub(super) range: (f64, f64),
    /// What a point of the pointer's way is worth.
    pub(super) speed: f64,
    /// How wide it is.
    pub(super) width: f32,
    /// Whether it stands for several that differ.
    pub(super) is_mixed: bool,
}

/// Draws a number that is scrubbed, or typed as `text` shows it and `parse` reads it.
pub(super) fn scrubbed_ui(
    ui: &mut Ui,
    name: &str,
    before: f64,
    look: Look,
    (text, parse): (&dyn Fn(f64) -> String, &dyn Fn(&str) -> Option<f64>),
) -> Option<f64> {
    let is_coarse = ui.input(|input| input.modifiers.command);
    let mut number = before;
    let is_typed = std::cell::Cell::new(false);
    let shown = |value: f64| {
        if look.is_mixed && value == before { "mixed".to_owned() } else { text(value) }
    };
    let drag = DragValue::new(&mut number)
        .range(look.range.0..=look.range.1)
        .clamp_existing_to_range(false)
        .speed(look.speed * if is_coarse { 10.0 } else { 1.0 })
        .max_decimals(4)
        .custom_formatter(|value, _| shown(value))
        .custom_parser(|typed| parse(typed).inspect(|_| is_typed.set(true)))
        .update_while_editing(false);
    let response = ui.add_sized(vec2(look.width, theme::ROW), drag);
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::drag_value(true, number)
    });
    if look.is_mixed && is_typed.get() {
        return Some(number);
    }
    let is_as_it_was = !response.dragged() && text(number) == text(before);
    (number != before && !is_as_it_was).then_some(number)
}

fn flag_ui(ui: &mut Ui, name: &str, value: Option<&Value>, default: bool) -> Field {
    let mut flag = match value {
        Some(Value::Flag(flag)) => *flag,
        _ => default,
    };
    let response = ui.checkbox(&mut flag, "");
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, true, flag, name));
    if response.changed() { Field::Set(Value::Flag(flag)) } else { Field::Same }
}

fn choice_ui(
    ui: &mut Ui,
    name: &str,
    options: &[&str],
    value: Option<&Value>,
    is_mixed: bool,
) -> Field {
    let now = match value {
        Some(Value::Text(text)) => text.as_str(),
        _ => options.first().copied().unwrap_or_default(),
    };
    let shown = if is_mixed { "mixed" } else { now };
    chosen_ui(ui, name, shown, options.iter().copied())
        .map_or(Field::Same, |word| Field::Set(Value::Text(word.to_owned())))
}

/// Draws a word of a list; another one, if one was chosen.
pub(super) fn chosen_ui<'a>(
    ui: &mut Ui,
    name: &str,
    now: &str,
    options: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let list = ComboBox::from_id_salt(name).width(NUMBER + 20.0);
    list_ui(ui, list, (name, now), options)
}

/// The same, no wider than `width`: a longer word is cut.
pub(super) fn chosen_within_ui<'a>(
    ui: &mut Ui,
    (name, width): (&str, f32),
    now: &str,
    options: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let list = ComboBox::from_id_salt(name).width(width).truncate();
    let space = (vec2(width, theme::ROW), Layout::left_to_right(Align::Center));
    let drawn =
        ui.allocate_ui_with_layout(space.0, space.1, |ui| list_ui(ui, list, (name, now), options));
    drawn.inner
}

fn list_ui<'a>(
    ui: &mut Ui,
    list: ComboBox,
    (name, now): (&str, &str),
    options: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut chosen = None;
    let list = list.selected_text(now).show_ui(ui, |ui| {
        for option in options {
            if ui.selectable_label(now == option, option).clicked() && now != option {
                chosen = Some(option);
            }
        }
    });
    list.response.widget_info(|| WidgetInfo {
        current_text_value: Some(now.to_owned()),
        ..WidgetInfo::labeled(WidgetType::ComboBox, true, name)
    });
    chosen
}

fn numbers_of(value: Option<&Value>, default: &[f64]) -> Vec<f64> {
    match value {
        Some(Value::Vector(numbers)) if numbers.len() == default.len() => numbers.clone(),
        _ => default.to_vec(),
    }
}

/// Red, green, blue and all three, however few of them are stated.
fn wheel_of(value: Option<&Value>, default: f64) -> [f64; 4] {
    match value {
        Some(Value::Number(all)) => [default, default, default, *all],
        Some(Value::Vector(numbers)) => {
            std::array::from_fn(|index| numbers.get(index).copied().unwrap_or(default))
        }
        _ => [default; 4],
    }
}

/// What the numbers of a parameter are called.
fn words_of(parameter: &Parameter, count: usize) -> &'static [&'static str] {
    match parameter.kind {
        Kind::Four { default: [.., 1.0], .. } => &["red", "green", "blue", "alpha"],
        Kind::Wheel { .. } => &["red", "green", "blue", "all"],
        _ if count == 2 => &["across", "down"],
        _ => &["left", "top", "right", "bottom"],
    }
}

fn numbers_ui(
    ui: &mut Ui,
    (parameter, name): (&Parameter, &str),
    quantity: Quantity,
    before: &[f64],
    is_mixed: bool,
) -> Field {
    let mut numbers = before.to_vec();
    let words = words_of(parameter, before.len());
    for (number, word) in numbers.iter_mut().zip(words) {
        let name = format!("{name} {word}");
        if let Some(now) = number_ui(ui, &name, quantity, *number, (NARROW, is_mixed)) {
            *number = now;
        }
    }
    if words.last() == Some(&"alpha") {
        swatch_ui(ui, &mut numbers);
    }
    if numbers == before { Field::Same } else { Field::Set(Value::Vector(numbers)) }
}

/// A colour as it looks, to be chosen by eye.
fn swatch_ui(ui: &mut Ui, numbers: &mut [f64]) {
    let mut bytes = [0, 0, 0, 255];
    for (byte, number) in bytes.iter_mut().zip(numbers.iter()) {
        *byte = (number.clamp(0.0, 1.0) * 255.0).round() as u8;
    }
    let before = bytes;
    ui.color_edit_button_srgba_unmultiplied(&mut bytes);
    for ((number, byte), old) in numbers.iter_mut().zip(bytes).zip(before) {
        if byte != old {
            *number = f64::from(byte) / 255.0;
        }
    }
}

fn outline_ui(ui: &mut Ui, value: Option<&Value>) -> Field {
    let count = match value {
        Some(Value::Vector(numbers)) => numbers.len() / PATH_POINT,
        _ => 0,
    };
    ui.label(RichText::new(format!("{count} points")).color(theme::QUIET));
    Field::Same
}

fn media_ui(ui: &mut Ui, value: Option<&Value>) -> Field {
    let name = match value {
        Some(Value::Text(id)) if !id.is_empty() => id.as_str(),
        _ => "none",
    };
    ui.label(RichText::new(name).color(theme::QUIET));
    Field::Same
}
