//! A value of what is chosen, at the playhead: its field, what sets it back, its keys.

use crate::edit::Automated;
use crate::signal::{Kind, Parameter};
use crate::ui::desk::{Desk, EASES, Keys, Known, Question};
use crate::ui::panel::field::{Field, back_ui, chosen_ui, name_ui, sign_ui, value_ui};
use crate::ui::theme;
use eframe::egui::{RichText, Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::media::MediaKind;
use timeline_format::{Id, Source, Value};

/// Draws a value of one or several of the same kind; `whose` names them in the history.
pub(super) fn row_ui(ui: &mut Ui, desk: &mut Desk, known: &Known, of: &[Automated], whose: &str) {
    let (parameter, label) = (known.parameter, known.label.as_str());
    let Some(reading) = desk.read(parameter, of) else { return };
    let name = format!("{label} of {whose}");
    let is_wheel = matches!(parameter.kind, Kind::Wheel { .. });
    let is_long = matches!(parameter.kind, Kind::File { .. } | Kind::Text { lines: true, .. });
    let is_wide = is_wheel || is_long || matches!(reading.value, Value::Vector(_));
    let (value, is_mixed) = (Some(&reading.value), reading.is_mixed);
    let mut field = Field::Same;
    ui.horizontal(|ui| {
        name_ui(ui, label, parameter.help, reading.is_stated);
        if parameter.kind == Kind::Media {
            field = media_ui(ui, desk, label, &reading.value);
        } else if !is_wide {
            field = value_ui(ui, parameter, label, value, is_mixed);
        }
        if let Kind::File { endings } = parameter.kind
            && sign_ui(ui, icon::FOLDER_OPEN, false, &format!("Choose {label}")).clicked()
        {
            desk.question = Some(Question::File(name.clone(), of.to_vec(), endings));
        }
        if reading.is_stated && back_ui(ui, label) {
            field = Field::Reset;
        }
        if known.can_move() {
            keys_ui(ui, desk, (parameter, label, &name), of, reading.keys);
        }
    });
    if is_wide {
        let set = ui.horizontal(|ui| value_ui(ui, parameter, label, value, is_mixed)).inner;
        field = if field == Field::Same { set } else { field };
    }
    match field {
        Field::Same => {}
        Field::Set(value) => desk.set_values(&name, of, &value),
        Field::Reset => desk.reset_values(&format!("Reset {name}"), of),
    }
}

/// Draws the choice of a media of the film that has a picture.
fn media_ui(ui: &mut Ui, desk: &Desk, label: &str, value: &Value) -> Field {
    let Some(film) = desk.film() else { return Field::Same };
    let with_picture = film.now().media.iter().filter(|(_, media)| media.kind != MediaKind::Sound);
    let named = with_picture.map(|(id, _)| (*id, desk.name_of(&Source::Media(*id))));
    let named: Vec<(Id, String)> = named.collect();
    let is_own = |id: &Id| matches!(value, Value::Text(text) if text == id.as_str());
    let own = named.iter().find(|(id, _)| is_own(id)).map_or("none", |(_, name)| name.as_str());
    let names = named.iter().map(|(_, name)| name.as_str());
    let chosen = chosen_ui(ui, label, own, names);
    let found = chosen.and_then(|chosen| named.iter().find(|(_, name)| name == chosen));
    found.map_or(Field::Same, |(id, _)| Field::Set(Value::Text(id.to_string())))
}

/// Draws the keys of a value: the one before, the one here, the next, the way between.
fn keys_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    (parameter, label, name): (&Parameter, &str, &str),
    of: &[Automated],
    keys: Option<Keys>,
) {
    let before = keys.and_then(|keys| keys.before);
    if let Some(frame) = before
        && sign_ui(ui, icon::CARET_LEFT, false, &format!("Previous key of {label}")).clicked()
    {
        desk.go(frame);
    }
    let is_here = keys.is_some_and(|keys| keys.here.is_some());
    let words = if is_here { "Remove key of" } else { "Set key of" };
    let sign = if keys.is_some() { icon::DIAMOND } else { icon::DIAMONDS_FOUR };
    if sign_ui(ui, sign, is_here, &format!("{words} {label}")).clicked() {
        desk.toggle_key(name, parameter, of);
    }
    if let Some(frame) = keys.and_then(|keys| keys.after)
        && sign_ui(ui, icon::CARET_RIGHT, false, &format!("Next key of {label}")).clicked()
    {
        desk.go(frame);
    }
    if keys.is_some_and(|keys| keys.here.is_some() || keys.before.is_some()) {
        way_ui(ui, desk, (parameter, label, name), of, keys);
    }
}

/// Draws the choice of the way from the key here, or the last one before.
fn way_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    (parameter, label, name): (&Parameter, &str, &str),
    of: &[Automated],
    keys: Option<Keys>,
) {
    let moves =
        !matches!(parameter.kind, Kind::Flag { .. } | Kind::Choice { .. } | Kind::List { .. });
    let sign = RichText::new(icon::WAVE_SINE).color(theme::FAINT);
    let menu = ui.menu_button(sign, |ui| {
        for (words, ease) in EASES.into_iter().filter(|_| moves) {
            let is_own = keys.and_then(|keys| keys.ease) == Some(ease);
            if ui.selectable_label(is_own, words).clicked() {
                desk.set_ease(name, of, ease);
                ui.close();
            }
        }
        if ui.button("Remove all keys").clicked() {
            desk.still_values(name, parameter, of);
            ui.close();
        }
    });
    let words = format!("Ease of {label}");
    menu.response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &words));
    menu.response.on_hover_text(words);
}
