//! A picture in a place: fitted, or pixel for pixel.

use eframe::egui::{Color32, Rect, TextureHandle, Ui, Vec2, pos2, vec2};

/// How large a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::ui) enum Fit {
    /// Whole within its place.
    #[default]
    Whole,
    /// A pixel of the picture for so many of the screen.
    Times(f32),
}

impl Fit {
    /// Its name.
    pub(super) fn label(self) -> String {
        match self {
            Self::Whole => "Fit".to_owned(),
            Self::Times(times) => format!("{:.0}%", times * 100.0),
        }
    }
}

/// Draws a picture, and says where.
pub(super) fn picture_ui(
    ui: &Ui,
    texture: &TextureHandle,
    aspect: f32,
    place: Rect,
    fit: Fit,
) -> Rect {
    let size = match fit {
        Fit::Whole => fitted(place.size(), aspect),
        Fit::Times(times) => texture.size_vec2() * times / ui.pixels_per_point(),
    };
    let drawn = Rect::from_center_size(place.center(), size);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter_at(place).image(texture.id(), drawn, whole, Color32::WHITE);
    drawn
}

/// The largest size of an aspect within `room`.
fn fitted(room: Vec2, aspect: f32) -> Vec2 {
    if room.x / room.y.max(1.0) > aspect {
        vec2(room.y * aspect, room.y)
    } else {
        vec2(room.x, room.x / aspect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_as_large_as_its_place_lets_it_be() {
        assert_eq!(fitted(vec2(1920.0, 2000.0), 16.0 / 9.0), vec2(1920.0, 1080.0));
        assert_eq!(fitted(vec2(4000.0, 900.0), 16.0 / 9.0), vec2(1600.0, 900.0));
    }
}
