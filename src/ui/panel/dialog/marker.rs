//! A marker: its name, note, colour and length.

use super::window;
use crate::ui::desk::{Desk, Draft, Question};
use crate::ui::theme;
use eframe::egui::{
    Button, Color32, Context, Grid, Key, KeyboardShortcut, Modifiers, RichText, TextEdit, Ui, vec2,
};
use egui_phosphor::regular as icon;

/// How wide its fields are.
const WIDTH: f32 = 320.0;
/// How many colours stand beside each other.
const ACROSS: usize = 5;

/// What became of the question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Waits,
    Written,
    Removed,
    None,
}

/// Draws the question, and acts on its answer.
pub(super) fn marker_ui(context: &Context, desk: &mut Desk, mut draft: Box<Draft>) {
    let mut answer = Answer::Waits;
    let title = if draft.is_new() { "New marker" } else { "Marker" };
    window(title).show(context, |ui| {
        answer = fields_ui(ui, &mut draft);
        ui.separator();
        ui.horizontal(|ui| {
            if ui.button("Write it down   (Enter)").clicked() {
                answer = Answer::Written;
            }
            if !draft.is_new() && ui.button(format!("{} Remove", icon::TRASH)).clicked() {
                answer = Answer::Removed;
            }
            if ui.button("Leave it   (Escape)").clicked() {
                answer = Answer::None;
            }
        });
    });
    if context.input(|input| input.key_pressed(Key::Escape)) {
        answer = Answer::None;
    }
    let waits = match answer {
        Answer::Written => !desk.set_marker(&draft),
        Answer::Removed => {
            desk.drop_draft(&draft);
            false
        }
        Answer::None => false,
        Answer::Waits => true,
    };
    if waits {
        desk.question = Some(Question::Marker(draft));
    }
}

fn fields_ui(ui: &mut Ui, draft: &mut Draft) -> Answer {
    let mut answer = Answer::Waits;
    Grid::new("marker").num_columns(2).spacing(vec2(10.0, 6.0)).show(ui, |ui| {
        let label = ui.label("Name");
        let name = TextEdit::singleline(&mut draft.name).desired_width(WIDTH);
        let name = ui.add(name).labelled_by(label.id);
        if ui.memory(|memory| memory.focused().is_none()) {
            name.request_focus();
        }
        ui.end_row();
        let label = ui.label("Note");
        let note = TextEdit::multiline(&mut draft.note).desired_width(WIDTH).desired_rows(3);
        let line = KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);
        ui.add(note.return_key(line)).labelled_by(label.id);
        ui.end_row();
        ui.label("Colour");
        ui.vertical(|ui| {
            for row in theme::MARKERS.chunks(ACROSS) {
                ui.horizontal(|ui| colours_ui(ui, row, &mut draft.colour));
            }
        });
        ui.end_row();
        let label = ui.label("Length");
        let hint = "a moment; or 2.4 s, 58, 00:00:02:10";
        let length = TextEdit::singleline(&mut draft.length).hint_text(hint);
        ui.add(length.desired_width(WIDTH)).labelled_by(label.id);
        ui.end_row();
    });
    if ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift) {
        answer = Answer::Written;
    }
    answer
}

fn colours_ui(ui: &mut Ui, row: &[(&str, Color32)], chosen: &mut String) {
    ui.spacing_mut().item_spacing.x = 3.0;
    for (name, colour) in row {
        let words = if name.is_empty() { "usual" } else { name };
        let text = RichText::new(format!("{} {words}", icon::MAP_PIN)).color(*colour);
        if ui.add(Button::new(text).selected(chosen == name)).clicked() {
            (*name).clone_into(chosen);
        }
    }
}
