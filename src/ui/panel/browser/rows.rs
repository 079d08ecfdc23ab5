//! The browser as a list: a picture and two lines of words in a row.

use super::{Browser, hand, picture, rating, scrolled};
use crate::ui::desk::{Desk, Line, Thing};
use crate::ui::focus;
use crate::ui::panel::words::fitted_ui;
use crate::ui::theme;
use eframe::egui::{
    Align, Align2, Button, Layout, Painter, Rect, Response, RichText, Sense, Ui, UiBuilder,
    WidgetInfo, WidgetType, lerp, pos2, vec2,
};
use egui_phosphor::regular as icon;
use timeline_format::shot::TakeState;

/// The lowest and highest row.
const HEIGHTS: (f32, f32) = (30.0, 108.0);
/// Where the sign lies that unfolds a shot.
const FOLD: f32 = 16.0;
/// How far takes are set in.
const INSET: f32 = 12.0;

/// Draws the list.
pub(super) fn rows_ui(ui: &mut Ui, desk: &mut Desk, browser: &mut Browser, lines: &[Line]) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let height = lerp(HEIGHTS.0..=HEIGHTS.1, desk.browsing.size).round();
    let area = scrolled(desk, lines, (height + 2.0, 1));
    area.show_rows(ui, height, lines.len(), |ui, seen| {
        let rows = lines[seen].iter().map(|line| row_ui(ui, desk, browser, line, height));
        let rows: Vec<Response> = rows.collect();
        focus::lines(ui, &rows, height);
    });
}

fn row_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    browser: &mut Browser,
    line: &Line,
    height: f32,
) -> Response {
    let size = vec2(ui.available_width(), height);
    let (place, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let fill = ground(hand::is_in_hand(desk, line.thing), &response);
    ui.painter().rect_filled(place, theme::CORNER, fill);
    let inset = if matches!(line.thing, Thing::Take { .. }) { FOLD + INSET } else { FOLD };
    let width = (height * 16.0 / 9.0).min(place.width() * 0.5);
    let seen = Rect::from_min_size(
        pos2(place.left() + inset, place.top() + 2.0),
        vec2(width - 4.0, height - 4.0),
    );
    picture::picture_ui(ui, desk, browser, line, seen);
    let is_take = matches!(line.thing, Thing::Take { .. });
    let right = place.right() - if is_take { rating::WIDTH } else { 4.0 };
    let words =
        Rect::from_min_max(pos2(seen.right() + 6.0, place.top()), pos2(right, place.bottom()));
    words_ui(&ui.painter_at(words), line, words);
    hand::heed(ui, desk, line, response.clone());
    if let Thing::Shot(shot) = line.thing {
        let sign = Rect::from_min_size(place.min, vec2(FOLD, height));
        if fold_ui(ui, desk, line, sign) {
            desk.browsing.toggle_fold(shot);
        }
    }
    if is_take {
        let buttons = Rect::from_min_max(pos2(right, place.top()), place.max);
        let layout = Layout::left_to_right(Align::Center);
        let mut inner = ui.new_child(
            UiBuilder::new().max_rect(buttons).layout(layout).id_salt(line.name.as_str()),
        );
        rating::buttons_ui(&mut inner, desk, line);
    }
    response
}

/// The ground of a line.
pub(super) fn ground(is_in_hand: bool, response: &Response) -> eframe::egui::Color32 {
    match (is_in_hand, response.hovered()) {
        (true, _) => theme::CHOSEN,
        (false, true) => theme::HOVERED,
        (false, false) => theme::PANEL,
    }
}

/// The sign that unfolds a shot; whether it was clicked.
pub(super) fn fold_ui(ui: &mut Ui, desk: &Desk, line: &Line, place: Rect) -> bool {
    let Thing::Shot(shot) = line.thing else { return false };
    let is_open = desk.browsing.query.unfolded.contains(&shot);
    let sign = if is_open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
    let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("fold", shot)));
    let button = Button::new(RichText::new(sign).size(11.0).color(theme::QUIET)).frame(false);
    let response = inner.put(place, button);
    let name = format!("Takes of {}", line.name);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_open, &name));
    response.on_hover_text(name).clicked()
}

/// What a row says, in two lines beside its picture.
fn words_ui(painter: &Painter, line: &Line, place: Rect) {
    let (name, about) =
        (place.left_center() - vec2(0.0, 0.5), place.left_center() + vec2(0.0, 1.0));
    let mut left = name;
    for (sign, colour) in signs_of(line) {
        let font = theme::words(theme::BODY);
        left.x = painter.text(left, Align2::LEFT_BOTTOM, sign, font, colour).right() + 3.0;
    }
    let text = if line.state == TakeState::Reject { theme::QUIET } else { theme::TEXT };
    let is_take = matches!(line.thing, Thing::Take { .. });
    let short = line.name.strip_prefix("take ").filter(|_| is_take).unwrap_or(&line.name);
    let look = (theme::words(theme::BODY), text);
    fitted_ui(painter, (left, Align2::LEFT_BOTTOM), short, look, place.right() - left.x);
    let quiet = if line.is_missing { theme::WARNING } else { theme::QUIET };
    let look = (theme::words(theme::SMALL), quiet);
    fitted_ui(painter, (about, Align2::LEFT_TOP), &line.about, look, place.right() - about.x);
}

/// What is thought of a line, as signs: its place in the order, its rating, what lies folded beneath it.
pub(super) fn signs_of(line: &Line) -> Vec<(String, eframe::egui::Color32)> {
    let rank = line.rank.map(|rank| (rank.to_string(), theme::ACCENT));
    let is_rated = line.state != TakeState::New;
    let is_take = matches!(line.thing, Thing::Take { .. });
    let state = (is_rated && !is_take)
        .then(|| (rating::sign(line.state).to_owned(), rating::colour(line.state)));
    let beneath = (line.beneath > 0).then(|| (format!("+{}", line.beneath), theme::QUIET));
    rank.into_iter().chain(state).chain(beneath).collect()
}
