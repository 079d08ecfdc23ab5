//! How a picture lies in its viewer: whole, or so many pixels of the screen for one of its own, moved about.

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

/// How a picture lies in its viewer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ui) struct Sight {
    /// Pixels of the screen for one of the picture; `None` is as large as its place lets it be.
    times: Option<f32>,
    /// The point of the picture that lies in the middle of its place, from 0 to 1.
    middle: Pos2,
    /// How large it was drawn last, in pixels of the screen for one of its own.
    drawn: f32,
}

impl Default for Sight {
    fn default() -> Self {
        Self { times: None, middle: pos2(0.5, 0.5), drawn: 1.0 }
    }
}

impl Sight {
    /// The smallest and the largest picture.
    const SIZES: (f32, f32) = (1.0 / 16.0, 16.0);

    /// How large it is, for people.
    pub(in crate::ui) fn label(&self) -> String {
        self.times.map_or_else(|| "Fit".to_owned(), |times| format!("{:.0}%", times * 100.0))
    }

    /// Whether it is as large as its place lets it be.
    pub(in crate::ui) const fn is_whole(&self) -> bool {
        self.times.is_none()
    }

    /// As large as its place lets it be.
    pub(in crate::ui) fn fit(&mut self) {
        *self = Self { drawn: self.drawn, ..Self::default() };
    }

    /// So many pixels of the screen for one of the picture.
    pub(in crate::ui) const fn set(&mut self, times: f32) {
        self.times = Some(times.clamp(Self::SIZES.0, Self::SIZES.1));
    }

    /// Makes the picture `factor` times as large; its middle stays.
    pub(in crate::ui) const fn zoom(&mut self, factor: f32) {
        self.set(self.drawn * factor);
    }

    /// Makes the picture `factor` times as large; what lies under `pointer` stays there.
    pub(in crate::ui) fn zoom_at(&mut self, factor: f32, pointer: Pos2, place: Rect, full: Vec2) {
        let before = self.lay(place, full);
        let under = (pointer - before.min) / before.size();
        self.zoom(factor);
        let size = full * self.scale(place.size(), full);
        let min = pointer - under * size;
        self.middle = ((place.center() - min) / size).to_pos2();
    }

    /// Moves the picture by so many points.
    pub(in crate::ui) fn pan(&mut self, by: Vec2, place: Rect, full: Vec2) {
        let size = self.lay(place, full).size();
        self.middle -= by / size;
    }

    /// Where the picture lies, which is `full` points large at a pixel of the screen for one of its own: it
    /// covers its place where it is larger than that, and lies in the middle where it is not.
    pub(in crate::ui) fn lay(&mut self, place: Rect, full: Vec2) -> Rect {
        self.drawn = self.scale(place.size(), full);
        let size = full * self.drawn;
        let most = ((size - place.size()) / 2.0).max(Vec2::ZERO);
        let off = ((vec2(0.5, 0.5) - self.middle.to_vec2()) * size).clamp(-most, most);
        self.middle = (vec2(0.5, 0.5) - off / size).to_pos2();
        Rect::from_center_size(place.center() + off, size)
    }

    fn scale(&self, place: Vec2, full: Vec2) -> f32 {
        let fitted = (place.x / full.x.max(1.0)).min(place.y / full.y.max(1.0));
        self.times.unwrap_or_else(|| fitted.max(1e-3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Rect = Rect { min: pos2(100.0, 50.0), max: pos2(1060.0, 650.0) };
    const FULL: Vec2 = vec2(1920.0, 1080.0);

    #[test]
    fn a_picture_is_as_large_as_its_place_lets_it_be() {
        let mut sight = Sight::default();
        let lies = sight.lay(PLACE, FULL);
        assert_eq!((lies.size(), lies.center()), (vec2(960.0, 540.0), PLACE.center()));
        let tall = sight.lay(PLACE, vec2(300.0, 1200.0));
        assert_eq!(tall.size(), vec2(150.0, 600.0));
    }

    #[test]
    fn what_is_under_the_pointer_stays_there_while_one_zooms() {
        let mut sight = Sight::default();
        let pointer = pos2(500.0, 300.0);
        let under = |lies: Rect| (pointer - lies.min) / lies.size();
        let before = under(sight.lay(PLACE, FULL));
        for factor in [1.5, 2.0, 1.3, 0.8] {
            sight.zoom_at(factor, pointer, PLACE, FULL);
            let after = under(sight.lay(PLACE, FULL));
            assert!((after - before).length() < 1e-3, "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_large_picture_is_moved_about_and_covers_its_place() {
        let mut sight = Sight::default();
        sight.set(1.0);
        let lies = sight.lay(PLACE, FULL);
        sight.pan(vec2(40.0, -30.0), PLACE, FULL);
        assert!((sight.lay(PLACE, FULL).min - lies.min - vec2(40.0, -30.0)).length() < 1e-2);
        sight.pan(vec2(9e3, 9e3), PLACE, FULL);
        assert!((sight.lay(PLACE, FULL).min - PLACE.min).length() < 1e-2);
        sight.pan(vec2(-9e4, -9e4), PLACE, FULL);
        assert!((sight.lay(PLACE, FULL).max - PLACE.max).length() < 1e-2);
        sight.set(0.1);
        assert_eq!(sight.lay(PLACE, FULL).center(), PLACE.center());
    }
}
