//! Any command by its name: typed letters find it in names and descriptions.

use super::window;
use crate::ui::command::{self, Command};
use crate::ui::desk::{Desk, Question};
use crate::ui::theme;
use eframe::egui::{Button, Context, Key, RichText, ScrollArea, TextEdit, Ui};

/// The most commands that are listed.
const MOST: usize = 12;

/// Draws the palette, and does what is chosen there.
pub(super) fn palette_ui(context: &Context, desk: &mut Desk, mut typed: String) {
    let id = eframe::egui::Id::new("palette row");
    let mut row: usize = context.data(|data| data.get_temp(id)).unwrap_or(0);
    let mut chosen = None;
    window("Commands").show(context, |ui| {
        ui.set_width(420.0);
        let field = TextEdit::singleline(&mut typed).hint_text("cut, dissolve, marker ...");
        let response = ui.add(field.desired_width(f32::INFINITY));
        if response.changed() {
            row = 0;
        }
        let found = matching(&typed);
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        row = moved(ui, row, found.len());
        response.request_focus();
        ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for (place, command) in found.iter().enumerate() {
                if row_ui(ui, desk, command, place == row) || (enter && place == row) {
                    chosen = Some(*command);
                }
            }
        });
    });
    let is_left = context.input(|input| input.key_pressed(Key::Escape));
    context
        .data_mut(|data| data.insert_temp(id, if is_left || chosen.is_some() { 0 } else { row }));
    match chosen {
        Some(command) if (command.can)(desk) => (command.run)(desk),
        Some(command) => {
            desk.notices.trouble(format_args!("{}: not possible now", command.label));
        }
        None if !is_left => desk.question = Some(Question::Palette(typed)),
        None => {}
    }
}

fn moved(ui: &Ui, row: usize, count: usize) -> usize {
    let (up, down) =
        ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
    let row = if down { row + 1 } else { row };
    let row = if up { row.saturating_sub(1) } else { row };
    row.min(count.saturating_sub(1))
}

fn row_ui(ui: &mut Ui, desk: &Desk, command: &Command, is_here: bool) -> bool {
    let keys = desk.keymap.keys_of(command.id).next().map(|keys| keys.to_string());
    let colour = if (command.can)(desk) { theme::TEXT } else { theme::FAINT };
    let button = Button::new(RichText::new(command.label).color(colour))
        .selected(is_here)
        .frame_when_inactive(is_here)
        .shortcut_text(keys.unwrap_or_default())
        .min_size(eframe::egui::vec2(ui.available_width(), theme::ROW));
    ui.add(button).on_hover_text(command.help).clicked()
}

/// The commands that `typed` may mean, the likeliest first.
fn matching(typed: &str) -> Vec<&'static Command> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(usize, &Command)> = command::all()
        .filter_map(|command| Some((unlikeness(command, &typed)?, command)))
        .collect();
    found.sort_by_key(|(unlikeness, _)| *unlikeness);
    found.into_iter().map(|(_, command)| command).take(MOST).collect()
}

/// How far a command is from what was typed; `None` where it has nothing of it.
fn unlikeness(command: &Command, typed: &str) -> Option<usize> {
    let label = command.label.to_lowercase();
    if let Some(at) = label.find(typed) {
        return Some(at);
    }
    let words_begin = |text: &str| {
        typed
            .split_whitespace()
            .all(|typed| text.split_whitespace().any(|it| it.starts_with(typed)))
    };
    if words_begin(&label) {
        return Some(100);
    }
    if words_begin(&command.help.to_lowercase()) {
        return Some(200);
    }
    letters_follow(&label, typed).then_some(300)
}

/// Whether the letters of `typed` stand in `text` in their order.
fn letters_follow(text: &str, typed: &str) -> bool {
    let mut letters = text.chars();
    typed.chars().filter(|c| !c.is_whitespace()).all(|typed| letters.any(|letter| letter == typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_what_one_remembers_of_them() {
        let first = |typed: &str| matching(typed).first().map(|command| command.id);
        assert_eq!(first("add diss"), Some("add-dissolve"));
        assert_eq!(first("rzr"), Some("tool-razor"));
        assert_eq!(first("undo"), Some("undo"));
        assert_eq!(first("qqqq"), None);
        assert_eq!(matching("").len(), MOST);
    }
}
