//! A clip or a free item, or several at once: its time, its takes, everything that is done to it.

use super::grade::{add_ui, effect_ui};
use super::mask::mask_ui;
use super::scene::scene_ui;
use super::time::length_ui;
use super::value::row_ui;
use super::{facts_ui, section, section_of};
use crate::edit::{self, Edge};
use crate::ui::desk::{Desk, Section};
use crate::ui::panel::field::{back_ui, chosen_ui, name_ui, number_ui};
use crate::ui::panel::quantity::Quantity;
use crate::ui::theme;
use eframe::egui::{Checkbox, Margin, RichText, TextEdit, Ui, WidgetInfo, WidgetType};
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Fade, FadeShape, Frames, Id, Ratio, Source};

/// The shapes of fades, and what they are called.
pub(super) const SHAPES: [(&str, FadeShape); 4] = [
    ("equal power", FadeShape::EqualPower),
    ("equal gain", FadeShape::EqualGain),
    ("smooth", FadeShape::Smooth),
    ("exponential", FadeShape::Exponential),
];

/// Draws the clip that leads what is chosen; what is set is set of all of them.
pub(super) fn clip_ui(ui: &mut Ui, desk: &mut Desk, id: Id) {
    let Some(clip) = desk.clip(id).cloned() else { return };
    let count = desk.selection.clips().len();
    let name = if clip.name.is_empty() { desk.name_of(&clip.source) } else { clip.name.clone() };
    let others =
        if count > 1 { format!("and {} more are chosen", count - 1) } else { String::new() };
    name_of_ui(ui, desk, &clip);
    if !others.is_empty() {
        ui.label(RichText::new(others).color(theme::QUIET));
    }
    let whose = if count > 1 { format!("{count} clips") } else { name };
    let span = desk.span_of(id).unwrap_or(0..0);
    let rows = [
        ("In the cut", format!("{} to {}", desk.label_of(span.start), desk.label_of(span.end))),
        ("From frame", clip.source_in.to_string()),
    ];
    facts_ui(ui, "clip", &rows);
    time_ui(ui, desk, &clip, span.end - span.start);
    if desk.kind_of(id) == Some(TrackKind::Picture) {
        scene_ui(ui, desk, &clip);
    }
    takes_ui(ui, desk, &clip);
    if desk.kind_of(id) == Some(TrackKind::Sound) {
        section(ui, "Fades", |ui| fades_ui(ui, desk, id, &clip));
    }
    let (own, effects): (Vec<_>, Vec<_>) =
        desk.sections_of_clip(id).into_iter().partition(|it| !it.is_last());
    own.iter().for_each(|part| part_ui(ui, desk, id, part, &whose));
    if desk.kind_of(id) == Some(TrackKind::Picture) {
        add_ui(ui, desk, id);
    }
    effects.iter().for_each(|part| part_ui(ui, desk, id, part, &whose));
}

/// Draws the operations on a clip's picture.
pub(super) fn effects_ui(ui: &mut Ui, desk: &mut Desk, id: Id) {
    let whose = match desk.selection.clips().len() {
        0 | 1 => desk.clip(id).map(|clip| desk.name_of(&clip.source)).unwrap_or_default(),
        count => format!("{count} clips"),
    };
    add_ui(ui, desk, id);
    let sections = desk.sections_of_clip(id).into_iter();
    let effects: Vec<_> = sections.filter(|part| part.effect.is_some()).collect();
    effects.iter().for_each(|part| part_ui(ui, desk, id, part, &whose));
}

/// Values under one heading; of an effect, what is done with it as a whole too.
fn part_ui(ui: &mut Ui, desk: &mut Desk, clip: Id, part: &Section, whose: &str) {
    let whose_it_is = part.mask.map(|it| it.mask).or(part.effect);
    section_of(ui, whose_it_is, &part.name, |ui| {
        if let Some(mask) = part.mask {
            mask_ui(ui, desk, mask, &part.name);
        } else if let Some(effect) = part.effect {
            effect_ui(ui, desk, (clip, effect), &part.name);
        }
        for known in &part.values {
            let of = desk.alike(&known.value);
            row_ui(ui, desk, known, &of, whose);
        }
    });
}

/// What it is called: where nothing is written, as what it shows.
fn name_of_ui(ui: &mut Ui, desk: &mut Desk, clip: &Clip) {
    let mut name = clip.name.clone();
    let hint = RichText::new(desk.name_of(&clip.source)).color(theme::TEXT);
    let field = TextEdit::singleline(&mut name).hint_text(hint).margin(Margin::symmetric(4, 1));
    let response = ui.add(field.desired_width(f32::INFINITY));
    response.widget_info(|| WidgetInfo {
        label: Some("Name".to_owned()),
        ..WidgetInfo::text_edit(true, &clip.name, &name, "")
    });
    if response.on_hover_text("What it is called.").changed() {
        desk.adjust_name(&name);
    }
}

fn time_ui(ui: &mut Ui, desk: &mut Desk, clip: &Clip, length: i64) {
    let differs = |desk: &Desk, is_other: &dyn Fn(Id) -> bool| {
        desk.selection.clips().iter().take(200).any(|other| is_other(*other))
    };
    let length_of = |id: Id| desk.span_of(id).map_or(0, |span| span.end - span.start);
    let is_mixed = differs(desk, &|other| length_of(other) != length);
    let help = "How long it is seen or heard: timecode, frames or seconds. What follows moves.";
    if let Some(frames) = length_ui(ui, desk, ("Length", help), length, (1, is_mixed)) {
        desk.adjust_length(frames);
    }
    let speed_of = |id: Id| desk.clip(id).map(|clip| clip.speed);
    let is_mixed = differs(desk, &|other| speed_of(other) != Some(clip.speed));
    ui.horizontal(|ui| {
        speed_ui(ui, desk, clip.speed, is_mixed);
        on_ui(ui, desk, clip);
    });
}

fn speed_ui(ui: &mut Ui, desk: &mut Desk, speed: Ratio, is_mixed: bool) {
    let quantity = Quantity::percent(-100.0, 100.0, 1.0);
    let help = "How fast it runs; below 0 backwards. What follows moves.";
    name_ui(ui, "Speed", help, speed != Ratio::ONE);
    let set = number_ui(ui, "Speed", quantity, speed.to_f64(), (66.0, is_mixed));
    if let Some(speed) = set {
        desk.adjust_speed(speed);
    }
    if speed != Ratio::ONE && back_ui(ui, "Speed") {
        desk.set_speed("1");
    }
}

fn on_ui(ui: &mut Ui, desk: &mut Desk, clip: &Clip) {
    let mut is_on = !clip.disabled;
    let response = ui.add(Checkbox::new(&mut is_on, "On"));
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, true, is_on, "On"));
    if response.on_hover_text("Whether it is seen and heard.").changed() {
        desk.toggle_enabled();
    }
}

fn fades_ui(ui: &mut Ui, desk: &mut Desk, id: Id, clip: &Clip) {
    let sides = [
        (Edge::Head, "Fade in", clip.sound.fade_in),
        (Edge::Tail, "Fade out", clip.sound.fade_out),
    ];
    for (edge, name, fade) in sides {
        let frames = fade.map_or(0, |fade| fade.length.round());
        let help = "How long its sound takes to come or to go.";
        if let Some(frames) = length_ui(ui, desk, (name, help), frames, (0, false)) {
            let shape = fade.map_or_else(FadeShape::default, |fade| fade.shape);
            let fade = Fade { length: Frames::whole(frames), shape };
            desk.adjust_fade(id, edge, (frames > 0).then_some(fade));
        }
        let Some(fade) = fade else { continue };
        ui.horizontal(|ui| {
            let name = format!("Shape of {}", name.to_lowercase());
            name_ui(ui, &name, "How the level moves through it.", true);
            if let Some(shape) = shape_ui(ui, &name, fade.shape) {
                desk.adjust_fade(id, edge, Some(Fade { shape, ..fade }));
            }
        });
    }
}

/// Draws the shape of a fade; another one, if one was chosen.
pub(super) fn shape_ui(ui: &mut Ui, name: &str, now: FadeShape) -> Option<FadeShape> {
    let own = SHAPES.iter().find(|(_, shape)| *shape == now).map_or("", |(word, _)| word);
    let chosen = chosen_ui(ui, name, own, SHAPES.iter().map(|(word, _)| *word))?;
    SHAPES.iter().find(|(word, _)| *word == chosen).map(|(_, shape)| *shape)
}

/// The takes of a clip's shot: the chosen one is the one that is seen.
fn takes_ui(ui: &mut Ui, desk: &mut Desk, clip: &Clip) {
    let Source::Shot(shot) = clip.source else { return };
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
