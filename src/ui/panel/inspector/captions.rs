//! The captions of the film: the one at the playhead to be written, and those about it.

use super::section;
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Button, Checkbox, RichText, TextEdit, Ui, WidgetInfo, WidgetType};
use egui_phosphor::regular as icon;
use timeline_format::caption::{CueAlign, CuePlace};
use timeline_format::{Cue, Id};

/// How many captions are listed about the playhead.
const LISTED: usize = 9;

/// Draws the captions, where the film has any.
pub(super) fn captions_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some((id, all)) = desk.captions().map(|(id, all)| (id, all.clone())) else { return };
    section(ui, "Captions", |ui| {
        which_ui(ui, desk, id);
        let mut is_burned = all.burned;
        let response = ui.add(Checkbox::new(&mut is_burned, "In the picture"));
        response.widget_info(|| {
            WidgetInfo::selected(WidgetType::Checkbox, true, is_burned, "Captions in the picture")
        });
        if response.changed() {
            desk.toggle_burned();
        }
        match desk.cue_here().cloned() {
            Some(cue) => cue_ui(ui, desk, &cue),
            None => {
                ui.label(RichText::new("Nothing is said here.").color(theme::FAINT));
            }
        }
        let here = desk.position();
        let near = all.cues.partition_point(|cue| cue.at <= here).saturating_sub(LISTED / 2);
        for cue in all.cues.iter().skip(near).take(LISTED) {
            line_ui(ui, desk, cue, here);
        }
    });
}

/// Which captions are shown, where there are several.
fn which_ui(ui: &mut Ui, desk: &mut Desk, id: Id) {
    let Some(sequence) = desk.sequence() else { return };
    let all = sequence.captions.iter().map(|(id, all)| (*id, all.title(*id)));
    let all: Vec<(Id, String)> = all.collect();
    if all.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (other, title) in all {
            if ui.selectable_label(other == id, title).clicked() {
                desk.chosen_captions = Some(other);
            }
        }
    });
}

/// The caption at the playhead: its text, its place, its end.
fn cue_ui(ui: &mut Ui, desk: &mut Desk, cue: &Cue) {
    let mut text = cue.text.clone();
    let field = TextEdit::multiline(&mut text).desired_rows(2).desired_width(f32::INFINITY);
    let response = ui.add(field.id_salt(("cue", cue.id)).hint_text("What is said"));
    response.widget_info(|| WidgetInfo {
        label: Some("Caption".to_owned()),
        ..WidgetInfo::text_edit(true, &cue.text, &text, "")
    });
    if response.changed() && text != cue.text {
        desk.turn_cue("Write caption", cue.id, |cue| cue.text = text);
    }
    ui.horizontal_wrapped(|ui| {
        stand_ui(ui, desk, cue);
        if sign_ui(ui, icon::TRASH, "Remove caption") {
            desk.remove_cue(cue.id);
        }
    });
}

fn stand_ui(ui: &mut Ui, desk: &mut Desk, cue: &Cue) {
    let sides = [
        (CueAlign::Left, icon::TEXT_ALIGN_LEFT, "Caption at the left"),
        (CueAlign::Centre, icon::TEXT_ALIGN_CENTER, "Caption in the middle"),
        (CueAlign::Right, icon::TEXT_ALIGN_RIGHT, "Caption at the right"),
    ];
    for (align, sign, words) in sides {
        if chosen_ui(ui, sign, cue.align == align, words) {
            desk.turn_cue("Align caption", cue.id, |cue| cue.align = align);
        }
    }
    let heights = [
        (CuePlace::Top, icon::ALIGN_TOP, "Caption at the head"),
        (CuePlace::Middle, icon::ALIGN_CENTER_VERTICAL, "Caption half way up"),
        (CuePlace::Bottom, icon::ALIGN_BOTTOM, "Caption at the foot"),
    ];
    for (place, sign, words) in heights {
        if chosen_ui(ui, sign, cue.place == place, words) {
            desk.turn_cue("Place caption", cue.id, |cue| cue.place = place);
        }
    }
    if sign_ui(ui, icon::ARROW_LINE_LEFT, "Caption begins here") {
        let here = desk.position();
        desk.turn_cue("Begin caption", cue.id, |cue| {
            let end = cue.end();
            (cue.at, cue.length) = (here, (end - here).max(1));
        });
    }
    if sign_ui(ui, icon::ARROW_LINE_RIGHT, "Caption ends here") {
        let here = desk.position();
        desk.turn_cue("End caption", cue.id, |cue| cue.length = (here - cue.at).max(1));
    }
}

fn chosen_ui(ui: &mut Ui, sign: &str, is_chosen: bool, words: &str) -> bool {
    let response = ui.selectable_label(is_chosen, sign);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_chosen, words));
    response.on_hover_text(words).clicked() && !is_chosen
}

fn sign_ui(ui: &mut Ui, sign: &str, words: &str) -> bool {
    let response = ui.add(Button::new(sign).small());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, words));
    response.on_hover_text(words).clicked()
}

/// A caption of the list: a click goes to it.
fn line_ui(ui: &mut Ui, desk: &mut Desk, cue: &Cue, here: i64) {
    let words = format!("{}  {}", desk.label_of(cue.at), cue.plain().replace('\n', " / "));
    let is_here = (cue.at..cue.end()).contains(&here);
    let text = RichText::new(words).size(theme::SMALL);
    if ui.selectable_label(is_here, text).clicked() {
        desk.go(cue.at);
    }
}
