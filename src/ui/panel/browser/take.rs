//! The take that is looked at: what is thought of it, what of it is good to use, where it came from.

use super::{details, rating};
use crate::edit;
use crate::ui::command;
use crate::ui::desk::{Desk, facts_of};
use crate::ui::panel::named::mark_on;
use crate::ui::theme;
use eframe::egui::{
    Button, Grid, Label, RichText, ScrollArea, TextEdit, Ui, WidgetInfo, WidgetType, vec2,
};
use timeline_format::shot::TakeState;
use timeline_format::{Frames, Take};

/// Draws what is known of the take.
pub(in crate::ui) fn take_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some(take) = desk.take_looked_at().cloned() else {
        ui.label(RichText::new("Choose a take to look at.").color(theme::FAINT));
        return;
    };
    ScrollArea::vertical().id_salt("take").auto_shrink(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("take {}", take.id)).strong());
            rated_ui(ui, desk, take.state);
        });
        reasons_ui(ui, desk, &take);
        note_ui(ui, desk, &take);
        windows_ui(ui, desk, &take);
        facts_ui(ui, desk, &take);
    });
}

/// What is thought of it, as buttons that are commands.
fn rated_ui(ui: &mut Ui, desk: &mut Desk, state: TakeState) {
    let words = format!("{} {}", rating::sign(state), rating::label(state));
    ui.label(RichText::new(words).color(rating::colour(state)));
    presses_ui(ui, desk, &["choose-take", "rank-up", "rank-down"]);
}

/// Commands as buttons.
fn presses_ui(ui: &mut Ui, desk: &mut Desk, ids: &[&str]) {
    for command in ids.iter().filter_map(|id| command::find(id)) {
        let button = ui.add_enabled((command.can)(desk), Button::new(command.label));
        if button.on_hover_text(command.help).clicked() {
            (command.run)(desk);
        }
    }
}

/// Why it is not the one: the usual reasons, each pressed where it was said, and others that were said.
fn reasons_ui(ui: &mut Ui, desk: &mut Desk, take: &Take) {
    let others = take.reasons.iter().map(String::as_str);
    let others = others.filter(|reason| !edit::REASONS.contains(reason));
    let all: Vec<&str> = edit::REASONS.into_iter().chain(others).collect();
    ui.horizontal_wrapped(|ui| {
        for reason in all {
            let is_on = take.reasons.iter().any(|known| known == reason);
            let response = ui.add(Button::new(reason).selected(is_on));
            let name = format!("Because of {reason}");
            response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_on, &name));
            mark_on(ui, &response, is_on);
            if response.on_hover_text(name).clicked() {
                desk.turn_reason(reason);
            }
        }
    });
}

fn note_ui(ui: &mut Ui, desk: &mut Desk, take: &Take) {
    let mut note = take.note.clone();
    let field = TextEdit::multiline(&mut note).hint_text("Note").desired_rows(2);
    let response = ui.add(field.desired_width(f32::INFINITY));
    response.widget_info(|| WidgetInfo {
        label: Some("Note on the take".to_owned()),
        ..WidgetInfo::text_edit(true, &take.note, &note, "")
    });
    if response.changed() {
        desk.note_take(&note);
    }
}

/// What of it is good to use; by the marks of the viewer.
fn windows_ui(ui: &mut Ui, desk: &mut Desk, take: &Take) {
    ui.horizontal(|ui| {
        let said = |[from, to]: &[Frames; 2]| format!("{from} to {to}");
        let spans: Vec<String> = take.windows.iter().map(said).collect();
        let words = if spans.is_empty() { "all frames".to_owned() } else { spans.join(", ") };
        ui.label(RichText::new("Good to use").color(theme::QUIET));
        ui.label(words);
        presses_ui(ui, desk, &["use-marked", "use-all"]);
    });
}

fn facts_ui(ui: &mut Ui, desk: &Desk, take: &Take) {
    let media = desk.film().and_then(|film| film.now().media.get(&take.media).cloned());
    let Some(media) = media else { return };
    Grid::new("facts-of-take").num_columns(2).spacing(vec2(8.0, 2.0)).show(ui, |ui| {
        for (name, value) in facts_of(&media) {
            ui.label(RichText::new(name).color(theme::QUIET));
            ui.add(Label::new(value).wrap());
            ui.end_row();
        }
        details::figures_ui(ui, desk, Some(take.media));
    });
}
