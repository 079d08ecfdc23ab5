//! Two takes beside each other: the better one is pressed.

use super::{Browser, hand, picture};
use crate::edit::Standing;
use crate::ui::desk::{Desk, Line};
use crate::ui::panel::named::named;
use crate::ui::panel::words::fitted_ui;
use crate::ui::theme;
use eframe::egui::{
    Align2, Button, Rect, RichText, Sense, Stroke, StrokeKind, Ui, WidgetType, pos2, vec2,
};
use egui_phosphor::regular as icon;

/// How high the words below a picture are.
const WORDS: f32 = 26.0;

/// Draws the question, or what came of all of them.
pub(super) fn duel_ui(ui: &mut Ui, desk: &mut Desk, browser: &mut Browser) {
    match desk.duel() {
        None => {
            let words = "Two takes or more that are not rejected are put in order here.";
            ui.label(RichText::new(words).color(theme::FAINT));
        }
        Some(Standing::Decided(order)) => {
            let names: Vec<String> = order.iter().map(ToString::to_string).collect();
            ui.label(format!("In order, the best first: {}", names.join(", ")));
            if ui.add(Button::new("Compare anew")).clicked() {
                desk.forget_duel();
            }
        }
        Some(Standing::Ask(_)) => pair_ui(ui, desk, browser),
    }
}

fn pair_ui(ui: &mut Ui, desk: &mut Desk, browser: &mut Browser) {
    let (Some(lines), Some(asked)) = (desk.duel_lines(), desk.duel_asked()) else { return };
    let words = format!("Which is better? Question {}, at most {}", asked.number, asked.most);
    ui.label(RichText::new(words).color(theme::QUIET));
    let whole = ui.available_rect_before_wrap();
    let halves = whole.split_left_right_at_fraction(0.5);
    let mut answer = None;
    for (is_left, line, half) in [(true, &lines[0], halves.0), (false, &lines[1], halves.1)] {
        let place = half.shrink2(vec2(3.0, 0.0));
        if side_ui(ui, desk, browser, (line, is_left), place) {
            answer = Some(is_left);
        }
    }
    if let Some(is_left) = answer {
        desk.answer_duel(is_left);
    }
}

/// One of the two; whether it was pressed.
fn side_ui(
    ui: &mut Ui,
    desk: &Desk,
    browser: &mut Browser,
    (line, is_left): (&Line, bool),
    place: Rect,
) -> bool {
    let height = (place.width() * 9.0 / 16.0).min(place.height() - WORDS).max(20.0);
    let seen = Rect::from_min_size(place.min, vec2(place.width(), height));
    let response = ui.allocate_rect(seen.expand2(vec2(0.0, WORDS / 2.0)), Sense::click());
    let name = format!("Better: {}", hand::name_of(desk, line));
    let response = named(response, WidgetType::Button, &name);
    picture::picture_ui(ui, desk, browser, line, seen);
    let is_under = response.hovered() || response.has_focus();
    let stroke = Stroke::new(2.0, if is_under { theme::ACCENT } else { theme::LINE });
    ui.painter().rect_stroke(seen, theme::CORNER, stroke, StrokeKind::Inside);
    let key = if is_left { icon::ARROW_LEFT } else { icon::ARROW_RIGHT };
    let words = format!("{key}  {}  {}", line.name, line.about);
    let at = pos2(seen.left() + 4.0, seen.bottom() + WORDS / 2.0);
    let look = (theme::words(theme::BODY), theme::TEXT);
    let room = seen.width() - 8.0;
    fitted_ui(&ui.painter_at(place), (at, Align2::LEFT_CENTER), &words, look, room);
    response.on_hover_text(name).clicked()
}
