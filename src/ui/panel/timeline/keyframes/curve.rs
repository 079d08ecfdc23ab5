//! The curve of a lane: what the value is, drawn from frame to frame with its eases.

use super::extent::{Extent, numbers_of};
use crate::edit::Ruler;
use crate::ui::desk::View;
use crate::ui::theme;
use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};
use std::ops::Range;
use timeline_format::Param;

/// Points from a sample of the curve to the next.
const STEP: f32 = 2.0;

/// Draws a curve over the `frames` that it is for, in a lane's `place`.
pub(super) fn curve_ui(
    painter: &Painter,
    view: &View,
    (param, ruler, extent): (&Param, &Ruler, &Extent),
    frames: &Range<f64>,
    place: Rect,
) {
    let x_of = |frame: f64| place.left() + view.x_of(frame);
    let from = x_of(frames.start).max(place.left()).min(place.right());
    let to = x_of(frames.end).max(from).min(place.right());
    let mut lines: Vec<Vec<Pos2>> = Vec::new();
    for number in 0..=((to - from) / STEP) as usize {
        let x = from + number as f32 * STEP;
        let frame = view.place_at(x - place.left());
        let numbers = numbers_of(&param.at(ruler.place_near(frame)));
        lines.resize_with(numbers.len().max(lines.len()), Vec::new);
        for (line, number) in lines.iter_mut().zip(numbers) {
            line.push(pos2(x, y_of(extent, place, number)));
        }
    }
    for (number, line) in lines.into_iter().enumerate() {
        painter.add(Shape::line(line, Stroke::new(1.5, colour_of(number))));
    }
}

/// How high a value lies in a lane.
pub(super) fn y_of(extent: &Extent, place: Rect, value: f64) -> f32 {
    let inner = place.shrink2(eframe::egui::vec2(0.0, 5.0));
    inner.bottom() - (extent.part_of(value) as f32).clamp(0.0, 1.0) * inner.height()
}

const fn colour_of(number: usize) -> Color32 {
    match number {
        0 => theme::MARKED,
        1 => theme::GOOD,
        2 => theme::WARNING,
        _ => theme::QUIET,
    }
}
