//! The inspector: what is chosen, and every value of it, drawn from its description.

use super::field::{Field, field_ui};
use crate::edit::{self, SetKey, Target};
use crate::picture::placement;
use crate::signal::{Kind, Parameter};
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Button, CollapsingHeader, Grid, RichText, ScrollArea, Ui};
use egui_phosphor::regular as icon;
use timeline_format::parameter::{Ease, Follow};
use timeline_format::{Clip, Frames, Id, Param, Value};

/// The level of a clip's sound.
const GAIN: Parameter = Parameter {
    id: "gain",
    label: "Gain",
    help: "The level of its sound.",
    kind: Kind::Number { least: -96.0, most: 24.0, default: 0.0, unit: "dB" },
};
/// The position of a clip's sound.
const PAN: Parameter = Parameter {
    id: "pan",
    label: "Pan",
    help: "The position of its sound: -1 left, 0 centre, 1 right.",
    kind: Kind::Number { least: -1.0, most: 1.0, default: 0.0, unit: "" },
};

/// Draws the inspector.
pub(in crate::ui) fn inspector_ui(ui: &mut Ui, desk: &mut Desk) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match desk.selection.lead() {
        Some(clip) => clip_ui(ui, desk, clip),
        None if desk.selection.cut().is_some() => cut_ui(ui, desk),
        None => film_ui(ui, desk),
    });
}

fn film_ui(ui: &mut Ui, desk: &Desk) {
    let (Some(film), Some(sequence)) = (desk.film(), desk.sequence()) else { return };
    ui.label(RichText::new(film.title()).strong());
    let length = sequence.length();
    let start = sequence.header.start;
    let rows = [
        ("Size", film.now().raster_of(sequence).to_string()),
        ("Rate", sequence.header.rate.to_string()),
        ("Sound", format!("{} Hz", film.now().settings.sound)),
        ("Length", format!("{} ({length} frames)", desk.label_of(length - start))),
        ("Tracks", sequence.tracks.len().to_string()),
        ("Media", film.now().media.len().to_string()),
        ("Shots", film.now().shots.len().to_string()),
    ];
    facts_ui(ui, "film", &rows);
    ui.label(RichText::new("Choose a clip to see and set what it does.").color(theme::FAINT));
}

fn facts_ui(ui: &mut Ui, name: &str, rows: &[(&str, String)]) {
    Grid::new(name).num_columns(2).show(ui, |ui| {
        for (label, value) in rows {
            ui.label(RichText::new(*label).color(theme::QUIET));
            ui.label(value);
            ui.end_row();
        }
    });
}

fn clip_ui(ui: &mut Ui, desk: &mut Desk, id: Id) {
    let Some(clip) = desk.clip(id).cloned() else { return };
    let count = desk.selection.clips().len();
    let name = if clip.name.is_empty() { desk.name_of(&clip.source) } else { clip.name.clone() };
    ui.label(RichText::new(name).strong());
    if count > 1 {
        ui.label(RichText::new(format!("and {} more are chosen", count - 1)).color(theme::QUIET));
    }
    let span = desk.span_of(id).unwrap_or(0..0);
    let rows = [
        ("In the cut", format!("{} to {}", desk.label_of(span.start), desk.label_of(span.end))),
        ("Length", format!("{} frames", span.end - span.start)),
        ("From frame", clip.source_in.to_string()),
        ("Speed", format!("{:.4}", clip.speed.to_f64())),
    ];
    facts_ui(ui, "clip", &rows);
    takes_ui(ui, desk, &clip);
    let kind = desk.sequence().and_then(|sequence| {
        let found = sequence.find(id)?;
        Some(sequence.tracks.get(found.track)?.header.kind)
    });
    if kind == Some(timeline_format::track::TrackKind::Picture) {
        section(ui, "Placement", |ui| placement_ui(ui, desk, id, &clip));
    } else {
        section(ui, "Sound", |ui| sound_ui(ui, desk, id, &clip));
    }
}

fn section(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    CollapsingHeader::new(name).default_open(true).show(ui, add);
}

/// The takes of a clip's shot: the chosen one is the one that is seen.
fn takes_ui(ui: &mut Ui, desk: &mut Desk, clip: &Clip) {
    let timeline_format::Source::Shot(shot) = clip.source else { return };
    let found = desk.film().and_then(|film| film.now().shots.get(&shot).cloned());
    let Some(takes) = found.filter(|shot| shot.takes.len() > 1) else { return };
    section(ui, "Takes", |ui| {
        for take in &takes.takes {
            let words = if take.note.is_empty() {
                format!("{}  {:?}", take.id, take.state)
            } else {
                format!("{}  {:?}  {}", take.id, take.state, take.note)
            };
            if ui.selectable_label(take.id == takes.take, words).clicked() && take.id != takes.take
            {
                let take = take.id;
                desk.edit("Choose take", |film, _, _| edit::choose_take(film, (shot, take)));
            }
        }
    });
}

fn placement_ui(ui: &mut Ui, desk: &mut Desk, id: Id, clip: &Clip) {
    for parameter in placement::PARAMETERS {
        let param = clip.look.placement.get(parameter.id);
        value_ui(ui, desk, id, clip, parameter, param, &Target::Placement(parameter.id.to_owned()));
    }
}

fn sound_ui(ui: &mut Ui, desk: &mut Desk, id: Id, clip: &Clip) {
    value_ui(ui, desk, id, clip, &GAIN, clip.sound.gain.as_ref(), &Target::Gain);
    value_ui(ui, desk, id, clip, &PAN, clip.sound.pan.as_ref(), &Target::Pan);
}

/// One value, at the playhead where it moves: setting it there sets a keyframe.
fn value_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    id: Id,
    clip: &Clip,
    parameter: &Parameter,
    param: Option<&Param>,
    target: &Target,
) {
    let at = key_place(desk, id, clip, param);
    let value = param.map(|param| param.at(at.to_f64()));
    let is_animated = param.is_some_and(Param::is_animated);
    ui.horizontal(|ui| {
        let sign = if is_animated { icon::DIAMOND } else { icon::DIAMONDS_FOUR };
        let colour = if is_animated { theme::ACCENT } else { theme::FAINT };
        let button = Button::new(RichText::new(sign).color(colour)).frame(false);
        let help = format!("Set a keyframe of {} at the playhead", parameter.label);
        if ui.add(button).on_hover_text(help).clicked()
            && let Some(value) = value.clone().or_else(|| default_of(parameter))
        {
            set_key(desk, id, target, at, value);
        }
        match field_ui(ui, parameter, value.as_ref(), param.is_some()) {
            Field::Same => {}
            Field::Set(value) if is_animated => set_key(desk, id, target, at, value),
            Field::Set(value) => set(desk, id, target, Some(Param::Constant(value))),
            Field::Reset => set(desk, id, target, None),
        }
    });
}

/// Where a key at the playhead lies on a curve.
fn key_place(desk: &Desk, id: Id, clip: &Clip, param: Option<&Param>) -> Frames {
    let start = desk.span_of(id).map_or(0, |span| span.start);
    let within = Frames::whole(desk.position() - start);
    let is_content =
        matches!(param, Some(Param::Animated(curve)) if curve.follow == Follow::Content);
    if is_content { clip.source_in.plus(within).unwrap_or(within) } else { within }
}

fn default_of(parameter: &Parameter) -> Option<Value> {
    Some(match parameter.kind {
        Kind::Number { default, .. } | Kind::Setting { default, .. } => Value::Number(default),
        Kind::Point { default, .. } => Value::Vector(default.to_vec()),
        Kind::Four { default, .. } => Value::Vector(default.to_vec()),
        Kind::Flag { default } => Value::Flag(default),
        Kind::Choice { options } => Value::Text((*options.first()?).to_owned()),
        Kind::Media => return None,
    })
}

fn set_key(desk: &mut Desk, clip: Id, target: &Target, at: Frames, value: Value) {
    let (ease, follow) = (Ease::Ease, Follow::Clip);
    let key = SetKey { clip, target: target.clone(), at, value, ease, follow };
    desk.edit("Keyframe", |film, scope, ids| edit::set_key(film, scope, &key, ids));
}

fn set(desk: &mut Desk, clip: Id, target: &Target, value: Option<Param>) {
    desk.edit("Set value", |film, scope, ids| {
        edit::set_parameter(film, scope, (clip, target, value), ids)
    });
}

fn cut_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some((track, cut)) = desk.selection.cut() else { return };
    let found = desk.track(track).and_then(|track| track.transitions.get(&cut).cloned());
    let Some(transition) = found else {
        ui.label("A hard cut.");
        return section(ui, "Lay over it", |ui| {
            for kind in crate::picture::transitions::ALL {
                if ui.selectable_label(false, kind.label).on_hover_text(kind.help).clicked() {
                    desk.add_transition(kind.id);
                }
            }
        });
    };
    ui.label(RichText::new(format!("Transition: {}", transition.kind)).strong());
    let rows = [
        ("Length", format!("{} frames", transition.before + transition.after)),
        ("Ahead of the cut", transition.before.to_string()),
        ("Behind the cut", transition.after.to_string()),
    ];
    facts_ui(ui, "transition", &rows);
    section(ui, "Kind", |ui| {
        for kind in crate::picture::transitions::ALL {
            let is_own = kind.id == transition.kind;
            if ui.selectable_label(is_own, kind.label).on_hover_text(kind.help).clicked() && !is_own
            {
                desk.change_transition(cut, kind.id);
            }
        }
    });
}
