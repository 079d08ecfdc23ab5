//! The film against the source that is viewed: a wipe between them, or what differs.

use super::picture::{Fit, picture_ui};
use super::{aspect_of, nothing_ui, overlay};
use crate::signal::Image;
use crate::ui::app::Room;
use crate::ui::texture::pixels_of;
use crate::ui::theme;
use eframe::egui::{
    Color32, ColorImage, CursorIcon, Rect, Sense, Stroke, TextureHandle, TextureOptions, Ui, pos2,
};
use std::sync::Arc;

/// What the film's viewer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mode {
    /// The film.
    #[default]
    Film,
    /// The last frame before the chosen cut beside the first behind it.
    Sides,
    /// The film on the left of a line, the source on its right.
    Wipe,
    /// How far the two are apart, in each colour, made eight times as large.
    Difference,
}

impl Mode {
    /// All, in the order of the list.
    pub(super) const ALL: [Self; 4] = [Self::Film, Self::Sides, Self::Wipe, Self::Difference];

    /// Its name.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Film => "Film",
            Self::Sides => "Cut",
            Self::Wipe => "Wipe",
            Self::Difference => "Difference",
        }
    }
}

/// What a comparison keeps between its drawings.
pub(super) struct Compared {
    /// Where the line is, from 0 at the left to 1.
    line: f32,
    difference: Option<(Arc<Image>, Arc<Image>, TextureHandle)>,
}

impl Default for Compared {
    fn default() -> Self {
        Self { line: 0.5, difference: None }
    }
}

impl std::fmt::Debug for Compared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "compared at {}", self.line)
    }
}

/// Draws the comparison; whether there are two pictures to compare.
pub(super) fn compare_ui(ui: &Ui, room: &mut Room, place: Rect) -> bool {
    let (Some(shown), Some(viewed)) = (room.desk.shown(), room.desk.source.clone()) else {
        nothing_ui(ui, place, "Choose a shot or a media to compare with");
        return true;
    };
    let scale = ui.pixels_per_point();
    let size = ((place.width() * scale) as u32, (place.height() * scale) as u32);
    let Some(other) = room.desk.picture_of(&viewed.source, viewed.frame, size) else {
        return false;
    };
    ui.painter().rect_filled(place, 0.0, theme::GROUND);
    match room.viewers.mode {
        Mode::Difference => difference_ui(ui, room, (&shown.image, &other), place),
        _ => wipe_ui(ui, room, (&shown.image, &other), place),
    }
    true
}

fn wipe_ui(ui: &Ui, room: &mut Room, (film, other): (&Arc<Image>, &Arc<Image>), place: Rect) {
    let viewers = &mut room.viewers;
    let texture = viewers.program.of(ui.ctx(), film);
    let drawn = picture_ui(ui, &texture, aspect_of(film), place, Fit::Whole);
    let x = drawn.left() + drawn.width() * viewers.compared.line;
    let right = Rect::from_min_max(pos2(x, drawn.top()), drawn.max);
    let texture = viewers.source.of(ui.ctx(), other);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter_at(right).image(texture.id(), drawn, whole, Color32::WHITE);
    ui.painter_at(drawn).vline(x, drawn.y_range(), Stroke::new(1.5, theme::ACCENT));
    let response = ui.interact(drawn, ui.id().with("wipe"), Sense::click_and_drag());
    if let Some(pointer) = response.interact_pointer_pos() {
        viewers.compared.line = ((pointer.x - drawn.left()) / drawn.width()).clamp(0.0, 1.0);
    }
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
}

fn difference_ui(ui: &Ui, room: &mut Room, (film, other): (&Arc<Image>, &Arc<Image>), place: Rect) {
    let compared = &mut room.viewers.compared;
    let known = compared.difference.as_ref();
    let known = known.filter(|(a, b, _)| Arc::ptr_eq(a, film) && Arc::ptr_eq(b, other));
    let kept = known.map(|(.., texture)| texture.clone());
    let texture = kept.unwrap_or_else(|| {
        let pixels = difference(&pixels_of(film), &pixels_of(other));
        ui.ctx().load_texture("difference", pixels, TextureOptions::LINEAR)
    });
    compared.difference = Some((Arc::clone(film), Arc::clone(other), texture.clone()));
    let drawn = picture_ui(ui, &texture, aspect_of(film), place, Fit::Whole);
    overlay::sign_ui(ui, drawn, "difference, 8 times");
}

/// How far two pictures are apart in each colour, eight times as large, at the size of the smaller.
fn difference(one: &ColorImage, other: &ColorImage) -> ColorImage {
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
