//! What has the keyboard, and which keys it takes: the others are the film's.
//!
//! Something that was reached by `Tab` is pressed by `Space` and `Enter` and left by the arrows. A line of a
//! list wants only those of them that go up and down, and the timeline none: it is the film.

use super::command::Keys;
use eframe::egui::{Context, EventFilter, Id, Key, Response, Ui, vec2};

/// What says how the keyboard is held.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hold {
    /// By a line of a list.
    Line(Id),
    /// By the film itself.
    Film(Id),
}

/// Lets the keyboard go up and down the lines of a list, those of it that are drawn.
pub(super) fn lines(ui: &Ui, lines: &[Response], height: f32) {
    let Some(place) = lines.iter().position(Response::has_focus) else { return };
    note(&lines[place], Hold::Line(lines[place].id));
    let way = ui.input(|input| match input.modifiers.is_none() {
        true if input.key_pressed(Key::ArrowDown) => 1,
        true if input.key_pressed(Key::ArrowUp) => -1,
        _ => 0,
    });
    if way == 0 {
        return;
    }
    match place.checked_add_signed(way).and_then(|next| lines.get(next)) {
        Some(next) => {
            next.request_focus();
            next.scroll_to_me(None);
        }
        None => ui.scroll_with_delta(vec2(0.0, -height * way as f32)),
    }
}

/// Says that something stands for the film.
pub(super) fn film(response: &Response) {
    note(response, Hold::Film(response.id));
}

/// Something has the arrows for itself: they lead to nothing else.
fn note(response: &Response, hold: Hold) {
    if response.has_focus() {
        let own = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        response.ctx.memory_mut(|memory| memory.set_focus_lock_filter(response.id, own));
        response.ctx.data_mut(|data| data.insert_temp(Id::NULL, hold));
    }
}

/// What has the keyboard, unless that is the film.
pub(super) fn holder(context: &Context) -> Option<Id> {
    let focused = context.memory(eframe::egui::Memory::focused)?;
    (known(context) != Some(Hold::Film(focused))).then_some(focused)
}

/// Whether what has the keyboard wants these keys for itself.
pub(super) fn takes(context: &Context, keys: &Keys) -> bool {
    let Some(holder) = holder(context) else { return false };
    if context.text_edit_focused() {
        return keys.are_typed() || keys.press_widgets();
    }
    keys.press_widgets() && !(known(context) == Some(Hold::Line(holder)) && keys.go_along())
}

fn known(context: &Context) -> Option<Hold> {
    context.data(|data| data.get_temp(Id::NULL))
}
