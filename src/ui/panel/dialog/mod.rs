//! Questions in front of everything else: files, a timecode, a length, any command by its name.

mod files;
mod handles;
mod keymap;
mod marker;
mod palette;

use crate::ui::desk::{Desk, Film, Question};
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{Align2, Context, Key, Response, TextEdit, Ui, WidgetType, Window};

/// The questions of the window.
#[derive(Debug, Default)]
pub(in crate::ui) struct Dialogs {
    files: files::Files,
}

impl Dialogs {
    /// Draws the question that waits, if one does, and acts on its answer.
    pub(in crate::ui) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let context = ui.ctx().clone();
        self.files.ui(&context, desk);
        let Some(question) = desk.question.take() else { return };
        match question {
            Question::Open
            | Question::New
            | Question::SaveAs
            | Question::Import
            | Question::File(..)
            | Question::Relink => {
                self.files.ask(&question, desk);
            }
            Question::Palette(typed) => palette::palette_ui(&context, desk, typed),
            Question::Keys => keymap::keys_ui(&context, desk),
            Question::Close => close_ui(&context, desk),
            Question::Handles(dilemma) => handles::handles_ui(&context, desk, dilemma),
            Question::Marker(draft) => marker::marker_ui(&context, desk, draft),
            Question::Orders(words) => handles::orders_ui(&context, desk, words),
            Question::Timecode(typed) => {
                let hint = "01:00:02:10, or a frame number";
                let answer = line_ui(&context, "Go to", hint, typed, Question::Timecode);
                take(desk, answer, Desk::go_to_timecode);
            }
            Question::Length(typed) => {
                let hint = "2.4 s, 58, or 00:00:02:10";
                let answer = line_ui(&context, "Length", hint, typed, Question::Length);
                take(desk, answer, Desk::set_length);
            }
            Question::Speed(typed) => {
                let hint = "2, 1/2, 150% or -1";
                let answer = line_ui(&context, "Speed", hint, typed, Question::Speed);
                take(desk, answer, Desk::set_speed);
            }
            Question::Name(typed) => {
                let hint = "what its source is called";
                let answer = line_ui(&context, "Name", hint, typed, Question::Name);
                take(desk, answer, Desk::set_name);
            }
        }
    }
}

/// What became of a question of one line.
enum Answer {
    /// It still waits.
    Waits(Question),
    /// It was answered.
    Given(String),
    /// It was waved away.
    None,
}

fn take(desk: &mut Desk, answer: Answer, act: impl FnOnce(&mut Desk, &str)) {
    match answer {
        Answer::Waits(question) => desk.question = Some(question),
        Answer::Given(text) => act(desk, &text),
        Answer::None => {}
    }
}

/// A window in the middle with a title.
fn window(title: &str) -> Window<'_> {
    let middle = Align2::CENTER_CENTER;
    Window::new(title).anchor(middle, [0.0, -60.0]).collapsible(false).resizable(false)
}

fn line_ui(
    context: &Context,
    title: &str,
    hint: &str,
    mut typed: String,
    ask: impl FnOnce(String) -> Question,
) -> Answer {
    let mut done = false;
    window(title).show(context, |ui| {
        let field = TextEdit::singleline(&mut typed).hint_text(hint).desired_width(260.0);
        let response = named(ui.add(field), WidgetType::TextEdit, title);
        done = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !response.has_focus() && !done {
            response.request_focus();
            choose_all(ui, &response, typed.chars().count());
        }
    });
    if context.input(|input| input.key_pressed(Key::Escape)) {
        Answer::None
    } else if done {
        Answer::Given(typed)
    } else {
        Answer::Waits(ask(typed))
    }
}

/// Chooses all that stands in a field: what is typed takes its place.
fn choose_all(ui: &Ui, field: &Response, length: usize) {
    let mut state = TextEditState::load(ui.ctx(), field.id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(length));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field.id);
}

fn close_ui(context: &Context, desk: &mut Desk) {
    let mut waits = true;
    window("The film is not saved").show(context, |ui| {
        ui.label("What has been done since it was saved last would be lost.");
        ui.add_space(theme::GAP);
        ui.horizontal(|ui| {
            if ui.button("Save and close").clicked() {
                desk.save();
                desk.is_leaving = !desk.film().is_some_and(Film::is_changed);
                waits = false;
            }
            if ui.button("Close without saving").clicked() {
                desk.give_up();
                waits = false;
            }
            if ui.button("Stay").clicked() {
                waits = false;
            }
        });
    });
    if waits && !context.input(|input| input.key_pressed(Key::Escape)) {
        desk.question = Some(Question::Close);
    }
}
