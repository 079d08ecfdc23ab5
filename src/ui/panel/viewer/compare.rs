//! The film against the source that is viewed: beside each other, a wipe between them, or what differs; or a wipe
//! between it and a still of the gallery.

use super::picture::{self, fitted, full_size, picture_ui};
use super::{nothing_ui, overlay, size_of};
use crate::signal::Image;
use crate::ui::app::Room;
use crate::ui::desk::{Mode, Viewer};
use crate::ui::panel::named::named;
use crate::ui::texture::pixels_of;
use crate::ui::theme;
use eframe::egui::{
    Color32, ColorImage, CursorIcon, Key, Rect, Response, Sense, Stroke, TextureHandle,
    TextureOptions, Ui, Vec2, WidgetType, pos2, vec2,
};
use std::sync::Arc;

/// How near, in points, the line of a wipe is taken hold of.
const HOLD: f32 = 7.0;
/// How far a key moves the line.
const STEP: f32 = 0.02;

/// What a comparison keeps between its drawings.
#[derive(Default)]
pub(super) struct Compared {
    difference: Option<(Arc<Image>, Arc<Image>, TextureHandle)>,
    /// The picture of the source that was found last.
    other: Option<Arc<Image>>,
}

impl std::fmt::Debug for Compared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compared").field("has_other", &self.other.is_some()).finish_non_exhaustive()
    }
}

/// Both pictures, and where they lie.
struct Pair {
    film: Arc<Image>,
    other: Arc<Image>,
    full: Vec2,
    place: Rect,
}

/// Draws the comparison.
pub(super) fn compare_ui(ui: &Ui, room: &mut Room, place: Rect, response: &Response) {
    let (Some(shown), Some(raster)) = (room.desk.shown(), room.desk.raster()) else {
        return nothing_ui(ui, place, "No picture yet");
    };
    let is_still = room.desk.viewing.mode == Mode::Still;
    if is_still && room.desk.still_in_hand().is_none() {
        return nothing_ui(
            ui,
            place,
            "Keep a still, or choose one of the gallery, to compare with",
        );
    }
    if !is_still && room.desk.source.is_none() {
        room.viewers.compared.other = None;
        return nothing_ui(ui, place, "Choose a shot or a media to compare with");
    }
    let size = picture::wanted(ui, room.desk.viewing.sight(Viewer::Program), place, raster);
    let still = room.desk.still_in_hand().filter(|_| is_still);
    room.viewers.compared.other = if let Some(still) = still {
        room.desk.still_picture(still)
    } else {
        let found = room.desk.source_picture(size).map(|(found, _)| found);
        found.or_else(|| room.viewers.compared.other.take())
    };
    let Some(other) = room.viewers.compared.other.clone() else {
        return nothing_ui(ui, place, "...");
    };
    let pair = Pair { film: shown.image, other, full: full_size(ui, raster), place };
    match room.desk.viewing.mode {
        Mode::Split => split_ui(ui, room, &pair, response),
        Mode::Difference => difference_ui(ui, room, &pair, response),
        _ => wipe_ui(ui, room, &pair, response),
    }
}

/// The film on the left, the source on the right, each whole, at the same size and place.
fn split_ui(ui: &Ui, room: &mut Room, pair: &Pair, response: &Response) {
    let (left, right) = pair.place.split_left_right_at_fraction(0.5);
    let (left, right) = (left.shrink2(vec2(1.0, 0.0)), right.shrink2(vec2(1.0, 0.0)));
    let sight = room.desk.viewing.sight(Viewer::Program);
    picture::heed(ui, response, sight, (left, pair.full));
    let drawn = [left, right].map(|place| sight.lay(place, pair.full));
    let film = room.viewers.program.of(ui.ctx(), &pair.film);
    picture_ui(ui, &film, drawn[0], left);
    let other = room.viewers.other.of(ui.ctx(), &pair.other);
    picture_ui(ui, &other, fitted(full_size(ui, size_of(&pair.other)), drawn[1]), right);
    overlay::sign_ui(ui, drawn[0].intersect(left), "film");
    overlay::sign_ui(ui, drawn[1].intersect(right), "source");
}

fn wipe_ui(ui: &Ui, room: &mut Room, pair: &Pair, response: &Response) {
    let place = pair.place;
    let sight = room.desk.viewing.sight(Viewer::Program);
    let seen = sight.lay(place, pair.full);
    let line = line_ui(ui, room, seen, place);
    let sight = room.desk.viewing.sight(Viewer::Program);
    picture::heed(ui, response, sight, (place, pair.full));
    let drawn = sight.lay(place, pair.full);
    let film = room.viewers.program.of(ui.ctx(), &pair.film);
    picture_ui(ui, &film, drawn, place);
    let x = drawn.left() + drawn.width() * line;
    let behind = Rect::from_min_max(pos2(x, drawn.top()), drawn.max).intersect(place);
    let other = room.viewers.other.of(ui.ctx(), &pair.other);
    picture_ui(ui, &other, fitted(full_size(ui, size_of(&pair.other)), drawn), behind);
    let stroke = Stroke::new(1.5, theme::ACCENT);
    ui.painter_at(place).vline(x, drawn.intersect(place).y_range(), stroke);
}

/// The line of a wipe: dragged, or moved by the arrow keys; where it is.
pub(super) fn line_ui(ui: &Ui, room: &mut Room, drawn: Rect, place: Rect) -> f32 {
    let line = &mut room.desk.viewing.line.0;
    let x = drawn.left() + drawn.width() * *line;
    let hold = Rect::from_x_y_ranges(x - HOLD..=x + HOLD, drawn.y_range()).intersect(place);
    let response = ui.interact(hold, ui.id().with("wipe"), Sense::click_and_drag());
    let response = named(response, WidgetType::Slider, "Wipe line");
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        *line = (pointer.x - drawn.left()) / drawn.width().max(1.0);
    }
    if response.has_focus() {
        let by = |key, by| ui.input(|input| if input.key_pressed(key) { by } else { 0.0 });
        *line += by(Key::ArrowRight, STEP) + by(Key::ArrowLeft, -STEP);
    }
    *line = line.clamp(0.0, 1.0);
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    room.desk.viewing.line.0
}

fn difference_ui(ui: &Ui, room: &mut Room, pair: &Pair, response: &Response) {
    let (film, other) = (&pair.film, &pair.other);
    let compared = &mut room.viewers.compared;
    let known = compared.difference.as_ref();
    let known = known.filter(|(a, b, _)| Arc::ptr_eq(a, film) && Arc::ptr_eq(b, other));
    let kept = known.map(|(.., texture)| texture.clone());
    let texture = kept.unwrap_or_else(|| {
        let pixels = difference(&pixels_of(film), &pixels_of(other));
        ui.ctx().load_texture("difference", pixels, TextureOptions::LINEAR)
    });
    compared.difference = Some((Arc::clone(film), Arc::clone(other), texture.clone()));
    let sight = room.desk.viewing.sight(Viewer::Program);
    picture::heed(ui, response, sight, (pair.place, pair.full));
    let drawn = sight.lay(pair.place, pair.full);
    picture_ui(ui, &texture, drawn, pair.place);
    overlay::sign_ui(ui, drawn.intersect(pair.place), "difference, 8 times");
}

/// How far two pictures are apart in each colour, eight times as large, at the size of the smaller.
pub(in crate::ui::panel) fn difference(one: &ColorImage, other: &ColorImage) -> ColorImage {
    let [width, height] = [0, 1].map(|axis| one.size[axis].min(other.size[axis]).max(1));
    let at = |image: &ColorImage, x: usize, y: usize| {
        let (from_x, from_y) = (x * image.size[0] / width, y * image.size[1] / height);
        image.pixels.get(from_y * image.size[0] + from_x).copied().unwrap_or_default()
    };
    let apart = |a: u8, b: u8| a.abs_diff(b).saturating_mul(8);
    let pixels = (0..width * height).map(|index| {
        let (a, b) =
            (at(one, index % width, index / width), at(other, index % width, index / width));
        Color32::from_rgb(apart(a.r(), b.r()), apart(a.g(), b.g()), apart(a.b(), b.b()))
    });
    ColorImage::new([width, height], pixels.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_is_black() {
        let grey = |value| ColorImage::new([2, 2], vec![Color32::from_gray(value); 4]);
        assert!(difference(&grey(90), &grey(90)).pixels.iter().all(|it| *it == Color32::BLACK));
        let large = ColorImage::new([4, 4], vec![Color32::from_gray(92); 16]);
        let apart = difference(&grey(90), &large);
        assert_eq!(apart.size, [2, 2]);
        assert!(apart.pixels.iter().all(|it| it.r() == 16));
    }
}
