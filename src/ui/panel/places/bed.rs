//! A bed of a place: its level, what it is, and what it is set to.

use super::row_ui;
use crate::signal::Parameter;
use crate::sound::generators;
use crate::ui::desk::Desk;
use crate::ui::panel::field::{Field, sign_ui};
use crate::ui::theme;
use eframe::egui::{CollapsingHeader, RichText, Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::{Bed, Id, Param, Source, Value};

const LEVEL: Parameter =
    Parameter::number("gain", "Gain", "How loud this bed is in the mix.", [-72.0, 12.0, 0.0], "dB");

/// Draws a bed.
pub(super) fn bed_ui(ui: &mut Ui, desk: &mut Desk, place: Id, bed: &Bed) {
    let name = (place, bed.id);
    let label = label_of(bed);
    ui.horizontal(|ui| {
        let sign = if bed.strip.mute { icon::SPEAKER_SLASH } else { icon::SPEAKER_HIGH };
        if sign_ui(ui, sign, !bed.strip.mute, &format!("Mute {label}")).clicked() {
            change(desk, name, "Mute", |bed| bed.strip.mute = !bed.strip.mute);
        }
        let sign = if bed.outside { icon::TREE } else { icon::HOUSE };
        let words = if bed.outside { "is outside" } else { "is inside" };
        if sign_ui(ui, sign, bed.outside, &format!("{label} {words}")).clicked() {
            change(desk, name, "Outside", |bed| bed.outside = !bed.outside);
        }
        if sign_ui(ui, icon::TRASH, false, &format!("Remove {label}")).clicked() {
            desk.change_place("Remove bed", place, |place| place.beds.retain(|it| it.id != bed.id));
        }
        let text = RichText::new(&label).color(theme::TEXT);
        let header = CollapsingHeader::new(text).id_salt(("bed", place, bed.id));
        header.show(ui, |ui| values_ui(ui, desk, name, bed));
    });
    level_ui(ui, desk, name, bed);
}

fn level_ui(ui: &mut Ui, desk: &mut Desk, name: (Id, Id), bed: &Bed) {
    let now = match &bed.strip.gain {
        Some(param) => param.at(desk.position() as f64),
        None => Value::Number(0.0),
    };
    let moves = bed.strip.gain.as_ref().is_some_and(Param::is_animated);
    if moves {
        let words = "its level moves by keyframes";
        ui.label(RichText::new(words).color(theme::FAINT));
        return;
    }
    match row_ui(ui, &LEVEL, &label_of(bed), Some(&now), bed.strip.gain.is_some()) {
        Field::Same => {}
        Field::Set(Value::Number(level)) => desk.turn_bed_level(name, Some(level)),
        Field::Set(_) | Field::Reset => desk.turn_bed_level(name, None),
    }
}

fn values_ui(ui: &mut Ui, desk: &mut Desk, name: (Id, Id), bed: &Bed) {
    let Source::Generator(made) = &bed.source else {
        ui.label(RichText::new("A recording that goes round.").color(theme::QUIET));
        return;
    };
    let Some(known) = generators::find(&made.kind) else { return };
    ui.label(RichText::new(known.help).color(theme::QUIET));
    for parameter in known.parameters {
        let stated = made.values.get(parameter.id);
        let value = stated.map(|param| param.at(desk.position() as f64));
        if stated.is_some_and(Param::is_animated) {
            continue;
        }
        match row_ui(ui, parameter, &label_of(bed), value.as_ref(), stated.is_some()) {
            Field::Same => {}
            Field::Set(value) => desk.turn_bed(name, parameter.id, Some(value)),
            Field::Reset => desk.turn_bed(name, parameter.id, None),
        }
    }
}

/// What a bed is called.
fn label_of(bed: &Bed) -> String {
    match &bed.source {
        _ if !bed.name.is_empty() => bed.name.clone(),
        Source::Generator(made) => {
            generators::find(&made.kind).map_or(made.kind.as_str(), |known| known.label).to_owned()
        }
        _ => bed.id.to_string(),
    }
}

fn change(desk: &mut Desk, (place, id): (Id, Id), name: &str, change: impl FnOnce(&mut Bed)) {
    desk.change_place(name, place, |place| {
        place.beds.iter_mut().find(|bed| bed.id == id).map(change);
    });
}

/// Draws what lays another bed into the place.
pub(super) fn add_ui(ui: &mut Ui, desk: &mut Desk, place: Id) {
    let menu = ui.menu_button(format!("{} Bed", icon::PLUS), |ui| {
        for known in generators::ALL {
            if ui.button(known.label).on_hover_text(known.help).clicked() {
                desk.add_bed(place, known.id);
                ui.close();
            }
        }
    });
    let words = "Lay another bed into the place";
    menu.response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, words));
}
