//! The place at the playhead, or the one that was clicked: its beds, what is outside, its room, how it
//! comes in.

mod bed;
mod part;

use crate::signal::Parameter;
use crate::sound::places::READY;
use crate::ui::desk::{Desk, PlacePart};
use crate::ui::panel::field::{Field, back_ui, name_ui, value_ui};
use crate::ui::theme;
use eframe::egui::{Button, RichText, ScrollArea, TextEdit, Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use std::sync::Arc;
use timeline_format::{Crossing, Frames, Id, Location, Perspective, Value};

const CROSSING: Parameter = Parameter::number(
    "crossing",
    "Crossing",
    "How long this place and the one before are heard together.",
    [0.0, 480.0, 12.0],
    "frames",
);

const LEAD: Parameter = Parameter::number(
    "lead",
    "Lead",
    "How far the crossing lies ahead of the cut; below 0, behind it.",
    [-240.0, 240.0, 0.0],
    "frames",
);

/// Draws a value, known by what has it.
fn row_ui(
    ui: &mut Ui,
    parameter: &Parameter,
    whose: &str,
    value: Option<&Value>,
    is_stated: bool,
) -> Field {
    let name = format!("{} of {whose}", parameter.label);
    let mut field = Field::Same;
    ui.horizontal(|ui| {
        name_ui(ui, parameter.label, parameter.help, is_stated);
        field = value_ui(ui, parameter, &name, value, false);
        if is_stated && back_ui(ui, &name) {
            field = Field::Reset;
        }
    });
    field
}

/// Draws the place that is shown.
pub(in crate::ui) fn places_ui(ui: &mut Ui, desk: &mut Desk) {
    choice_ui(ui, desk);
    let shown = desk.chosen_place.or_else(|| desk.place_here());
    let found = shown.and_then(|id| Some((id, desk.location(id)?)));
    let Some((id, place)) = found else {
        let words = "No place is heard here. Choose clips, and make one.";
        ui.label(RichText::new(words).color(theme::FAINT));
        return;
    };
    let area = ScrollArea::vertical().auto_shrink(false);
    area.show(ui, |ui| place_ui(ui, desk, id, &place));
}

/// Which place is shown, which the chosen clips are in, and how near they let one be.
fn choice_ui(ui: &mut Ui, desk: &mut Desk) {
    ui.horizontal_wrapped(|ui| {
        let menu = ui.menu_button(format!("{} Make a place", icon::PLUS), |ui| {
            if ui.button("Bare").on_hover_text("Nothing is heard there yet").clicked() {
                desk.make_place(None);
                ui.close();
            }
            for ready in READY {
                if ui.button(ready.label).on_hover_text(ready.help).clicked() {
                    desk.make_place(Some(ready));
                    ui.close();
                }
            }
        });
        named(&menu.response, "Make a place");
        let menu = ui.menu_button(format!("{} Clips are in", icon::MAP_PIN), |ui| {
            if ui.button("No place of their own").clicked() {
                desk.set_place(None);
                ui.close();
            }
            for (id, name) in desk.places() {
                if ui.button(&name).clicked() {
                    desk.set_place(Some(id));
                    ui.close();
                }
            }
        });
        named(&menu.response, "Clips are in");
        let menu = ui.menu_button(format!("{} Size", icon::FRAME_CORNERS), |ui| {
            for near in Perspective::ALL {
                if ui.button(near.word()).clicked() {
                    desk.set_perspective(Some(near));
                    ui.close();
                }
            }
            if ui.button("not said").clicked() {
                desk.set_perspective(None);
                ui.close();
            }
        });
        named(&menu.response, "Size of the chosen shots");
    });
}

fn named(response: &eframe::egui::Response, words: &str) {
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, words));
}

fn place_ui(ui: &mut Ui, desk: &mut Desk, id: Id, place: &Arc<Location>) {
    title_ui(ui, desk, id, place);
    crossing_ui(ui, desk, id, place);
    ui.separator();
    for bed in &place.beds {
        bed::bed_ui(ui, desk, id, bed);
    }
    bed::add_ui(ui, desk, id);
    for (part, label) in [(PlacePart::Outside, "Outside, through"), (PlacePart::Room, "Its room")] {
        ui.separator();
        part::part_ui(ui, desk, (id, part), (label, place));
    }
}

fn title_ui(ui: &mut Ui, desk: &mut Desk, id: Id, place: &Location) {
    ui.horizontal(|ui| {
        let mut name = place.name.clone();
        let edit = ui.add(TextEdit::singleline(&mut name).desired_width(130.0));
        edit.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, "Name of the place"));
        if edit.changed() {
            desk.turn_place("Name of the place", id, |place| place.name = name);
        }
        if desk.chosen_place.is_some() {
            let button = ui.add(Button::new(icon::CROSSHAIR));
            named(&button, "Follow the playhead");
            if button.on_hover_text("Show the place at the playhead").clicked() {
                desk.chosen_place = None;
            }
        }
        let away = ui.add(Button::new(icon::TRASH));
        named(&away, "Remove the place");
        if away.on_hover_text("Take this place away").clicked() {
            desk.remove_place(id);
            desk.chosen_place = None;
        }
    });
}

fn crossing_ui(ui: &mut Ui, desk: &mut Desk, id: Id, place: &Location) {
    let (crossing, whose) = (place.crossing, place.name.as_str());
    let number = |frames: Frames| Value::Number(frames.to_f64());
    let frames = |field: Field, usual: Frames| match field {
        Field::Same => None,
        Field::Set(Value::Number(number)) => Some(Frames::whole(number.round() as i64)),
        _ => Some(usual),
    };
    let usual = Crossing::default();
    let length = row_ui(ui, &CROSSING, whose, Some(&number(crossing.length)), false);
    if let Some(length) = frames(length, usual.length) {
        desk.turn_crossing(id, Crossing { length, ..crossing });
    }
    let lead = row_ui(ui, &LEAD, whose, Some(&number(crossing.lead)), false);
    if let Some(lead) = frames(lead, usual.lead) {
        desk.turn_crossing(id, Crossing { lead, ..crossing });
    }
}
