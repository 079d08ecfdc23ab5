//! What part of the timeline is seen, how wide a frame is, how high a track.

use std::collections::BTreeMap;
use timeline_format::Id;
use timeline_format::track::TrackKind;

/// The part of the timeline that is seen. Only for the eye: no edit is computed from it but through
/// [`View::frame_at`], which gives whole frames.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct View {
    /// Points a frame.
    scale: f64,
    /// The frame at the left edge, with its fraction.
    left: f64,
    /// Points that tracks are scrolled up.
    pub(in crate::ui) down: f32,
    /// How wide the timeline was drawn last, in points.
    pub(in crate::ui) width: f32,
    heights: BTreeMap<Id, f32>,
}

impl Default for View {
    fn default() -> Self {
        Self { scale: 2.0, left: 0.0, down: 0.0, width: 800.0, heights: BTreeMap::new() }
    }
}

impl View {
    /// The widest frame, in points.
    const WIDEST: f64 = 120.0;
    /// The lowest and highest track.
    const HEIGHTS: (f32, f32) = (22.0, 240.0);

    /// Points a frame.
    pub(in crate::ui) const fn scale(&self) -> f64 {
        self.scale
    }

    /// The frame at the left edge.
    pub(in crate::ui) const fn left(&self) -> f64 {
        self.left
    }

    /// How far from the left edge a frame starts, in points.
    pub(in crate::ui) fn x_of(&self, frame: f64) -> f32 {
        ((frame - self.left) * self.scale) as f32
    }

    /// Where in the film `x` points from the left edge are, in frames.
    pub(in crate::ui) fn place_at(&self, x: f32) -> f64 {
        self.left + f64::from(x) / self.scale
    }

    /// The frame that is drawn `x` points from the left edge.
    pub(in crate::ui) fn frame_at(&self, x: f32) -> i64 {
        self.place_at(x).floor() as i64
    }

    /// The boundary between frames that is nearest to `x`.
    pub(in crate::ui) fn boundary_at(&self, x: f32) -> i64 {
        self.place_at(x).round() as i64
    }

    /// Makes frames `factor` times as wide; what is drawn at `x` stays there.
    pub(in crate::ui) fn zoom(&mut self, factor: f64, x: f32) {
        let place = self.place_at(x);
        self.scale = (self.scale * factor).clamp(1e-5, Self::WIDEST);
        self.left = (place - f64::from(x) / self.scale).max(0.0);
    }

    /// Moves along by `points`.
    pub(in crate::ui) fn scroll(&mut self, points: f32) {
        self.left = (self.left + f64::from(points) / self.scale).max(0.0);
    }

    /// Shows `frames` frames from `first` on in `width` points.
    pub(in crate::ui) fn fit(&mut self, first: f64, frames: f64, width: f32) {
        self.scale = (f64::from(width) / frames.max(1.0)).clamp(1e-5, Self::WIDEST);
        self.left = first.max(0.0);
    }

    /// Turns the page where `frame` lies beyond it, `width` points wide.
    pub(in crate::ui) fn follow(&mut self, frame: i64, width: f32) {
        let x = self.x_of(frame as f64);
        if x < 0.0 || x > width {
            self.left = (frame as f64 - 0.05 * f64::from(width) / self.scale).max(0.0);
        }
    }

    /// How high a track is drawn.
    pub(in crate::ui) fn height(&self, track: Id, kind: TrackKind) -> f32 {
        let usual = if kind == TrackKind::Picture { 64.0 } else { 46.0 };
        self.heights.get(&track).copied().unwrap_or(usual)
    }

    /// Makes a track so high.
    pub(in crate::ui) fn set_height(&mut self, track: Id, height: f32) {
        self.heights.insert(track, height.clamp(Self::HEIGHTS.0, Self::HEIGHTS.1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_the_pointer_stays_there_while_one_zooms() {
        let mut view = View::default();
        view.scroll(4000.0);
        for factor in [1.7, 0.2, 30.0, 1e-3] {
            let before = view.place_at(320.0);
            view.zoom(factor, 320.0);
            let is_at_the_start = view.left() == 0.0;
            assert!(is_at_the_start || (view.place_at(320.0) - before).abs() < 1e-6);
        }
    }

    #[test]
    fn a_frame_is_found_where_it_is_drawn() {
        let mut view = View::default();
        view.fit(1000.0, 500.0, 1111.0);
        for frame in [1000, 1001, 1249, 1499] {
            assert_eq!(view.frame_at(view.x_of(frame as f64 + 0.5)), frame);
            assert_eq!(view.boundary_at(view.x_of(frame as f64) + 0.3), frame);
        }
    }
}
