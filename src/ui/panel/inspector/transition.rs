//! A cut: the transition over it and its values, or those that could be laid over it.

use super::clip::shape_ui;
use super::time::length_ui;
use super::value::row_ui;
use super::{heading_ui, section};
use crate::edit::Align;
use crate::picture::transitions;
use crate::ui::desk::Desk;
use crate::ui::panel::field::name_ui;
use eframe::egui::Ui;
use timeline_format::track::TrackKind;
use timeline_format::{Cut, FadeShape, Id, Transition};

/// Draws a cut.
pub(super) fn cut_ui(ui: &mut Ui, desk: &mut Desk, track: Id, cut: Cut) {
    let found = desk.track(track).and_then(|track| track.transitions.get(&cut).cloned());
    let Some(transition) = found else { return hard_cut_ui(ui, desk) };
    let known = transitions::ALL.iter().find(|kind| kind.id == transition.kind);
    let name = known.map_or(transition.kind.as_str(), |kind| kind.label);
    heading_ui(ui, name, "over the chosen cut");
    lengths_ui(ui, desk, cut, &transition);
    if desk.track(track).is_some_and(|track| track.header.kind == TrackKind::Sound) {
        ui.horizontal(|ui| {
            name_ui(ui, "Shape", "How the levels move through it.", transition.shape.is_some());
            let shape = transition.shape.unwrap_or(FadeShape::EqualPower);
            if let Some(shape) = shape_ui(ui, "Shape", shape) {
                desk.adjust_transition("Shape of the crossfade", cut, |it| it.shape = Some(shape));
            }
        });
    }
    let values = desk.values_of_transition(track, cut);
    for known in &values {
        row_ui(ui, desk, known, std::slice::from_ref(&known.value), name);
    }
    section(ui, "Kind", |ui| {
        for kind in transitions::ALL {
            let is_own = kind.id == transition.kind;
            if ui.selectable_label(is_own, kind.label).on_hover_text(kind.help).clicked() && !is_own
            {
                desk.change_transition(cut, kind.id);
            }
        }
    });
}

fn hard_cut_ui(ui: &mut Ui, desk: &mut Desk) {
    heading_ui(ui, "A hard cut", "");
    section(ui, "Lay over it", |ui| {
        for kind in transitions::ALL {
            if ui.selectable_label(false, kind.label).on_hover_text(kind.help).clicked() {
                desk.add_transition(kind.id);
            }
        }
    });
}

fn lengths_ui(ui: &mut Ui, desk: &mut Desk, cut: Cut, transition: &Transition) {
    let (before, after) = (transition.before, transition.after);
    let help = "How long it lasts, about its cut as it lies now.";
    if let Some(length) = length_ui(ui, desk, ("Length", help), before + after, (1, false)) {
        let before = length * before / (before + after).max(1);
        set_lengths(desk, cut, "Transition length", (before, length - before));
    }
    let help = "How much of it lies ahead of the cut.";
    if let Some(before) = length_ui(ui, desk, ("Ahead", help), before, (0, false)) {
        set_lengths(desk, cut, "Frames ahead of the cut", (before, after));
    }
    let help = "How much of it lies behind the cut.";
    if let Some(after) = length_ui(ui, desk, ("Behind", help), after, (0, false)) {
        set_lengths(desk, cut, "Frames behind the cut", (before, after));
    }
}

fn set_lengths(desk: &mut Desk, cut: Cut, name: &str, (before, after): (i64, i64)) {
    desk.adjust_transition(name, cut, |change| {
        change.length = Some(before + after);
        change.align = Some(Align::Before(before));
    });
}
