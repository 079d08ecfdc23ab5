//! The curves of hue, saturation and luma: no higher and no lower between two points than need be.

use super::{Point, Span, by_length, secants};
use signal::Rest;

/// The points in order and apart, those of hues with their neighbours beyond 0 and 1.
pub(super) fn prepared(points: &[Point], rest: Rest) -> Vec<Point> {
    const LEAST: f64 = 2e-3;
    let is_round = matches!(rest, Rest::Round(_));
    let turned = |[x, y]: Point| if is_round && x >= 1.0 { [x - 1.0, y] } else { [x, y] };
    let mut points: Vec<Point> = points.iter().copied().map(turned).collect();
    points.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let far = |points: &[Point], axis: usize| points[points.len() - 1][axis] - points[0][axis];
    let least = (LEAST * far(&points, 0)).max(1e-6);
    for k in 1..points.len() {
        points[k][0] = points[k][0].max(points[k - 1][0] + least);
    }
    if rest == Rest::Shaped {
        let least = LEAST * far(&points, 1);
        for k in 1..points.len() {
            points[k][1] = points[k][1].max(points[k - 1][1] + least);
        }
    }
    if is_round {
        let ([first, low], [last, high]) = (points[0], points[points.len() - 1]);
        points.insert(0, [last - 1.0, high]);
        points.push([first + 1.0, low]);
        for k in 1..points.len() {
            points[k][0] = points[k][0].max(points[k - 1][0] + 1e-6);
        }
    }
    points
}

/// The slopes at points.
pub(super) fn slopes(points: &[Point], rest: Rest) -> Vec<f64> {
    let secants = secants(points);
    let count = points.len();
    if count == 2 {
        return vec![secants[0]; 2];
    }
    let mut slopes =
        if rest == Rest::Shaped { by_length(points, &secants) } else { harmonic(&secants) };
    for k in 0..count - 1 {
        let part = if slopes[k].abs() > slopes[k + 1].abs() { 0.8 } else { 0.2 };
        let near = slopes[k] + part * (slopes[k + 1] - slopes[k]);
        let scale = if near == 0.0 { 1.0 } else { 1.5 * secants[k] / near };
        if scale < 1.0 {
            slopes[k] *= scale;
            slopes[k + 1] *= scale;
        }
    }
    if matches!(rest, Rest::Round(_)) {
        slopes[0] = slopes[count - 2];
        slopes[count - 1] = slopes[1];
    }
    slopes
}

/// The harmonic mean of the slopes beside a point; level where they are of different signs.
fn harmonic(secants: &[f64]) -> Vec<f64> {
    const LEAST: f64 = 1e-3;
    let count = secants.len() + 1;
    let mut slopes = vec![0.0; count];
    for k in 1..count - 1 {
        let product = secants[k] * secants[k - 1];
        let sum = secants[k] + secants[k - 1];
        let sum = if sum.abs() < LEAST { LEAST.copysign(sum) } else { sum };
        slopes[k] = if product > 0.0 { 2.0 * product / sum } else { 0.0 };
    }
    slopes[count - 1] = 0.5 * (3.0 * secants[count - 2] - slopes[count - 2]);
    slopes[0] = 0.5 * (3.0 * secants[0] - slopes[1]);
    slopes
}

/// Where the knot of a span lies: from near the flatter end to near the steeper one, as the span is steep.
pub(super) fn middle(span: &Span) -> f64 {
    const NEAR: f64 = 0.2;
    let secant = span.secant();
    let sign = if secant < 0.0 { -1.0 } else { 1.0 };
    let (first, last, secant) = (sign * span.first, sign * span.last, secant.abs());
    let half = f64::midpoint(span.from[0], span.to[0]);
    let left = span.from[0] + NEAR * span.width();
    let right = span.to[0] - NEAR * span.width();
    let (least, most) = (first.min(last), first.max(last));
    let (top, bottom) = if first > last { (right, left) } else { (left, right) };
    let apart = most - least;
    let unlike = ((apart / most.max(0.01) - 0.05) / 0.7).clamp(0.0, 1.0);
    let (top, bottom) = (half + unlike * (top - half), half + unlike * (bottom - half));
    let (high, low) = (least + 0.9 * apart, least + 0.1 * apart);
    let (steeper, steepest) = (1.1 * most, 4.0 * most);
    if secant >= steepest {
        half
    } else if secant > steeper {
        top + (secant - steeper) / (steepest - steeper) * (half - top)
    } else if secant >= high {
        top
    } else if secant > low {
        bottom + (secant - low) / (high - low) * (top - bottom)
    } else {
        bottom
    }
}
