//! The browser as a grid: a picture with its name below.

use super::{Browser, hand, picture, rating, rows, scrolled};
use crate::ui::desk::{Desk, Line, Thing};
use crate::ui::panel::words::fitted_ui;
use crate::ui::theme;
use eframe::egui::{
    Align, Align2, Layout, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, lerp, pos2, vec2,
};

/// The narrowest and widest picture.
const WIDTHS: (f32, f32) = (84.0, 320.0);
/// Space between pictures.
const APART: f32 = 4.0;
/// How high the words below a picture are.
const WORDS: f32 = 20.0;
/// How high figures below these are.
const FIGURES: f32 = 14.0;

/// Draws the grid, its pictures as large as `size` says, from 0 to 1, or so many beside and below each other in
/// sight; how many lie beside each other.
pub(super) fn cells_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    browser: &mut Browser,
    (lines, size, grid): (&[Line], f32, Option<usize>),
) -> usize {
    ui.spacing_mut().item_spacing = vec2(APART, APART);
    let room = ui.available_width() - ui.spacing().scroll.bar_width;
    let wanted = lerp(WIDTHS.0..=WIDTHS.1, size).min(room);
    let words = WORDS + if browser.is_sheet { FIGURES } else { 0.0 };
    let fitting = ((room + APART) / (wanted + APART)).floor().max(1.0);
    let across = grid.map_or(fitting, |side| side as f32);
    let width = ((room + APART) / across - APART).floor();
    let high = (ui.available_height() + APART) / across - APART - words;
    let width =
        if grid.is_some() { width.min((high * 16.0 / 9.0).floor()).max(16.0) } else { width };
    let height = (width * 9.0 / 16.0).round() + words;
    let across = across as usize;
    let area = scrolled(desk, lines, (height + APART, across));
    area.show_rows(ui, height, lines.len().div_ceil(across), |ui, seen| {
        for row in seen {
            ui.horizontal(|ui| {
                for line in lines.iter().skip(row * across).take(across) {
                    cell_ui(ui, desk, browser, line, [width, height, words]);
                }
            });
        }
    });
    across
}

fn cell_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    browser: &mut Browser,
    line: &Line,
    [width, height, below]: [f32; 3],
) {
    let (place, response) = ui.allocate_exact_size(vec2(width, height), Sense::click_and_drag());
    let is_in_hand = hand::is_in_hand(desk, line.thing);
    let is_take = matches!(line.thing, Thing::Take { .. });
    ui.painter().rect_filled(place, theme::CORNER, rows::ground(is_in_hand, &response));
    let seen = Rect::from_min_max(place.min, pos2(place.right(), place.bottom() - below));
    picture::picture_ui(ui, desk, browser, line, seen.shrink(1.0));
    let words = Rect::from_min_size(seen.left_bottom(), vec2(width, WORDS));
    words_ui(ui, line, words);
    let figures = Rect::from_min_max(words.left_bottom(), place.max);
    figures_ui(ui, line, figures);
    if is_in_hand || line.is_chosen {
        let colour = if is_in_hand { theme::ACCENT } else { theme::QUIET };
        let stroke = Stroke::new(if is_in_hand { 2.0 } else { 1.0 }, colour);
        ui.painter().rect_stroke(place, theme::CORNER, stroke, StrokeKind::Inside);
    }
    hand::heed(ui, desk, line, response);
    if let Thing::Shot(shot) = line.thing {
        let sign = Rect::from_min_size(pos2(place.right() - 18.0, words.top()), vec2(18.0, WORDS));
        if rows::fold_ui(ui, desk, line, sign) {
            desk.browsing.toggle_fold(shot);
        }
    }
    if is_take {
        let bar = Rect::from_min_size(seen.min, vec2(rating::WIDTH, 20.0));
        ui.painter().rect_filled(bar, theme::CORNER, theme::OVERLAY);
        let layout = Layout::left_to_right(Align::Center);
        let mut inner =
            ui.new_child(UiBuilder::new().max_rect(bar).layout(layout).id_salt(line.name.as_str()));
        rating::buttons_ui(&mut inner, desk, line);
    }
}

fn words_ui(ui: &Ui, line: &Line, place: Rect) {
    let painter = ui.painter_at(place.shrink2(vec2(3.0, 0.0)));
    let mut left = pos2(place.left() + 4.0, place.center().y);
    for (sign, colour) in rows::signs_of(line) {
        let font = theme::words(theme::SMALL);
        left.x = painter.text(left, Align2::LEFT_CENTER, sign, font, colour).right() + 3.0;
    }
    let colour = if line.is_missing { theme::WARNING } else { theme::TEXT };
    let look = (theme::words(theme::SMALL), colour);
    fitted_ui(
        &painter,
        (left, Align2::LEFT_CENTER),
        &line.name,
        look,
        place.right() - left.x - 4.0,
    );
}

/// What the pictures of a take say in numbers, as far as there is room.
fn figures_ui(ui: &Ui, line: &Line, place: Rect) {
    if place.height() < 1.0 || line.figures.is_empty() {
        return;
    }
    let painter = ui.painter_at(place.shrink2(vec2(3.0, 0.0)));
    let look = (theme::words(theme::SMALL), theme::QUIET);
    let at = pos2(place.left() + 4.0, place.center().y - 2.0);
    fitted_ui(&painter, (at, Align2::LEFT_CENTER), &line.figures, look, place.width() - 8.0);
}
