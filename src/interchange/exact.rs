//! From the floats of other programs to the fractions that they mean.

use timeline_format::{Frames, Rate, Ratio};

/// The greatest count of frames or samples that is taken for a time: 1e12 (a year at a million a
/// second lies below it three hundred times over; sums of many such still fit 64 bits).
pub(super) const MOST: f64 = 1e12;

/// The count that `value` means: a whole number within a millionth, else the simplest fraction that
/// prints as this float; `None` unless finite and within [`MOST`].
pub(super) fn count(value: f64) -> Option<Ratio> {
    if value.is_finite() && value.abs() <= MOST && (value - value.round()).abs() < 1e-6 {
        return Some(Ratio::whole(value.round() as i64));
    }
    fraction(value)
}

/// The simplest fraction that is this float to its last digits, else to nine; `None` unless finite
/// and within [`MOST`].
pub(super) fn fraction(value: f64) -> Option<Ratio> {
    if !value.is_finite() || value.abs() > MOST {
        return None;
    }
    let size = value.abs().max(1.0);
    simplest(value, size * 4.0 * f64::EPSILON, 100_000)
        .or_else(|| simplest(value, size * 1e-9, 1000))
        .or_else(|| Ratio::new((value * 1e6).round() as i128, 1_000_000))
}

/// The first convergent of the continued fraction of `value` that is within `tolerance`.
fn simplest(value: f64, tolerance: f64, most: i128) -> Option<Ratio> {
    let (mut before, mut now) = ((0, 1), (1, 0));
    let mut rest = value.abs();
    for _ in 0..40 {
        let whole = rest.floor() as i128;
        (before, now) = (now, (whole * now.0 + before.0, whole * now.1 + before.1));
        if now.1 > most {
            return None;
        }
        if (now.0 as f64 / now.1 as f64 - value.abs()).abs() <= tolerance {
            return Ratio::new(if value < 0.0 { -now.0 } else { now.0 }, now.1);
        }
        rest = 1.0 / (rest - rest.floor());
        if !rest.is_finite() || rest > 1e15 {
            return None;
        }
    }
    None
}

/// `frames` of the grid `from`, counted on the grid `to`: exact where a fraction can hold it, else
/// to a thousandth of a frame; `None` where it does not fit.
pub(super) fn rescale(frames: Frames, from: Rate, to: Rate) -> Option<Frames> {
    if from == to {
        return Some(frames);
    }
    let wide = i128::from;
    let top = wide(frames.numerator()) * wide(to.numerator());
    let top = top.checked_mul(wide(from.denominator()))?;
    let bottom = i128::from(frames.denominator()) * wide(to.denominator());
    let bottom = bottom.checked_mul(wide(from.numerator()))?;
    Ratio::new(top, bottom).or_else(|| {
        let thousandths = top.checked_mul(1000)?.checked_add(bottom / 2)?.div_euclid(bottom);
        Ratio::new(thousandths, 1000)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_mean_the_simplest_fraction_that_prints_so() {
        for (value, meant) in [
            (0.0, "0"),
            (24.0, "24"),
            (23.999_999_999_7, "24"),
            (0.1, "1/10"),
            (-0.75, "-3/4"),
            (100.0 / 3.0, "100/3"),
            (86_400.0 + 1.0 / 2000.0, "172800001/2000"),
            (76.727_999_999_999_84, "9591/125"),
        ] {
            assert_eq!(count(value).unwrap().to_string(), meant, "{value}");
        }
        for value in [f64::NAN, f64::INFINITY, -1e300] {
            assert_eq!(count(value), None);
        }
    }

    #[test]
    fn every_third_of_a_sample_grid_comes_back() {
        for denominator in [2_i64, 3, 7, 1001, 2000, 24_000] {
            for numerator in (1..500_000).step_by(7919) {
                let exact = Ratio::new(numerator.into(), denominator.into()).unwrap();
                assert_eq!(count(exact.to_f64()), Some(exact));
            }
        }
    }

    #[test]
    fn times_change_grids_exactly() {
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        let on = |n, from: &str, to: &str| {
            rescale(Ratio::whole(n), rate(from), rate(to)).unwrap().to_string()
        };
        assert_eq!(on(1001, "48000", "24000/1001"), "1/2");
        assert_eq!(on(25, "25", "24000/1001"), "24000/1001");
        assert_eq!(on(50, "15", "30"), "100");
    }
}
