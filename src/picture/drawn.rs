//! The points of drawn curves: what they are at rest, and how they are held to what a curve can be.

use super::grade::spline::Spline;
use signal::Rest;

/// The most points of a curve.
pub const MOST: usize = 64;
/// How far beyond 0 and 1 the points of a curve that has ends may lie across.
const BEYOND: f64 = 1.0;

/// The points of a curve that nobody has drawn.
pub fn at_rest(rest: Rest) -> Vec<f64> {
    match rest {
        Rest::Diagonal | Rest::Shaped => vec![0.0, 0.0, 1.0, 1.0],
        Rest::Level(level) => vec![0.0, level, 0.5, level, 1.0, level],
        Rest::Round(level) => (0..6).flat_map(|sixth| [f64::from(sixth) / 6.0, level]).collect(),
    }
}

/// From where to where points lie across.
pub fn width(rest: Rest) -> [f64; 2] {
    match rest {
        Rest::Round(_) => [0.0, 1.0],
        _ => [-BEYOND, 1.0 + BEYOND],
    }
}

/// The points in order and within their ranges, of a curve that may not fall none below the one before; `None`
/// where these are no points of a curve.
pub(super) fn held(numbers: &[f64], rest: Rest, [least, most]: [f64; 2]) -> Option<Vec<f64>> {
    let (points, odd) = numbers.as_chunks::<2>();
    let is_curve = odd.is_empty() && (2..=MOST).contains(&points.len());
    if !is_curve || !numbers.iter().all(|number| number.is_finite()) {
        return None;
    }
    let [left, right] = width(rest);
    let within = |[x, y]: [f64; 2]| [x.clamp(left, right), y.clamp(least, most)];
    let mut points: Vec<_> = points.iter().copied().map(within).collect();
    points.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let mut highest = f64::NEG_INFINITY;
    for point in points.iter_mut().filter(|_| rises(rest)) {
        highest = highest.max(point[1]);
        point[1] = highest;
    }
    Some(points.into_iter().flatten().collect())
}

/// Whether it may not fall.
pub const fn rises(rest: Rest) -> bool {
    matches!(rest, Rest::Diagonal | Rest::Shaped)
}

/// The heights of a curve through `points` at places across.
pub fn heights(points: &[[f64; 2]], rest: Rest, across: impl Iterator<Item = f64>) -> Vec<f64> {
    let spline = match rest {
        Rest::Diagonal => Spline::rising(points),
        _ => Spline::shaped(points, rest),
    };
    let at_rest = |x: f64| match rest {
        Rest::Diagonal | Rest::Shaped => x,
        Rest::Level(level) | Rest::Round(level) => level,
    };
    across.map(|x| spline.as_ref().map_or_else(|| at_rest(x), |spline| spline.at(x))).collect()
}

pub(super) fn words_of(rest: Rest, [least, most]: [f64; 2]) -> String {
    let [left, right] = width(rest);
    let rising = if rises(rest) { " and none lower than the one before" } else { "" };
    let example = match rest {
        Rest::Diagonal | Rest::Shaped => "[0,0,0.5,0.6,1,1]",
        Rest::Level(_) | Rest::Round(_) => "[0,1,0.5,1.2,1,1]",
    };
    format!(
        "2 to {MOST} points across and up, such as {example}: across from {left} to {right}, from left to right, up \
         from {least} to {most}{rising}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_put_in_order_and_held_within_their_ranges() {
        let held = |numbers: &[f64], rest| held(numbers, rest, [0.0, 2.0]);
        assert_eq!(held(&[1.0, 1.0, 0.0, 0.5], Rest::Diagonal), Some(vec![0.0, 0.5, 1.0, 1.0]));
        assert_eq!(held(&[0.0, 0.5, 1.0, 0.25], Rest::Diagonal), Some(vec![0.0, 0.5, 1.0, 0.5]));
        assert_eq!(held(&[-3.0, 9.0, 0.5, 1.0], Rest::Round(1.0)), Some(vec![0.0, 2.0, 0.5, 1.0]));
        for wrong in
            [&[][..], &[0.0, 1.0], &[0.0, 1.0, 2.0], &[0.0, f64::NAN, 1.0, 1.0], &[0.5; 130]]
        {
            assert_eq!(held(wrong, Rest::Level(1.0)), None, "{wrong:?}");
        }
        for rest in [Rest::Diagonal, Rest::Level(1.0), Rest::Round(0.0)] {
            let usual = at_rest(rest);
            assert_eq!(held(&usual, rest), Some(usual));
        }
    }
}
