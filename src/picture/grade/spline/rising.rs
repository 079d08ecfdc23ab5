//! The curves of red, green and blue: where the points do not fall, the curve does not.

use super::{Point, Span, by_length, secants};

/// The slopes at points, made so flat that no piece falls.
pub(super) fn slopes(points: &[Point]) -> Vec<f64> {
    let secants = secants(points);
    let mut slopes = by_length(points, &secants);
    let before = slopes.clone();
    for k in 0..points.len() - 1 {
        let span =
            Span { from: points[k], to: points[k + 1], first: before[k], last: before[k + 1] };
        if (span.first + span.last - 2.0 * secants[k]).abs() < 1e-6 {
            continue;
        }
        let knot = middle(&span);
        let (left, right) =
            ((knot - span.from[0]) / span.width(), (span.to[0] - knot) / span.width());
        let blend = left * slopes[k] + right * slopes[k + 1];
        if 2.0 * secants[k] - blend < 0.0 {
            let aim = (0.005 * (slopes[k] + slopes[k + 1])).min(secants[k]);
            let adjust = (2.0 * secants[k] - aim) / blend;
            slopes[k] *= adjust;
            slopes[k + 1] *= adjust;
        }
    }
    slopes
}

/// Where the slope of the span's secant is met, else half way.
pub(super) fn middle(span: &Span) -> f64 {
    let (first, last) = (span.first - span.secant(), span.last - span.secant());
    if first * last >= 0.0 {
        return f64::midpoint(span.from[0], span.to[0]);
    }
    let per = span.width() / (span.last - span.first);
    if first.abs() > last.abs() { span.to[0] + first * per } else { span.from[0] + last * per }
}
