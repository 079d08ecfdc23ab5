//! Curves whose slope is a broken line: quadratic between their knots, straight outside them.

use crate::fused::{greater, lesser};

/// A rising curve through `N` knots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bend<const N: usize> {
    at: [f32; N],
    height: [f32; N],
    slope: [f32; N],
}

impl<const N: usize> Bend<N> {
    /// The curve that starts on the diagonal at the first of `at`, and has these slopes at its knots.
    pub(super) fn new(at: [f32; N], slope: [f32; N]) -> Self {
        Self::upon(at, slope, 0)
    }

    /// The curve that lies on the diagonal at knot `stays`, and has these slopes at its knots.
    pub(super) fn upon(at: [f32; N], slope: [f32; N], stays: usize) -> Self {
        let mut height = [at[0]; N];
        for knot in 1..N {
            height[knot] = height[knot - 1] + rise(&at, &slope, knot);
        }
        let by = at[stays] - height[stays];
        Self { at, height: height.map(|it| it + by), slope }
    }

    /// The same, with the slope at knot `free` such that it ends on the diagonal at the last of `at`.
    pub(super) fn meeting(at: [f32; N], mut slope: [f32; N], free: usize) -> Self {
        slope[free] = 0.0;
        let risen: f32 = (1..N).map(|knot| rise(&at, &slope, knot)).sum();
        let share = 0.5 * (at[free + 1] - at[free - 1]);
        slope[free] = (at[N - 1] - at[0] - risen) / share;
        Self::new(at, slope)
    }

    /// The height of the curve at `x`.
    #[inline(always)]
    pub(super) fn forth(&self, x: f32) -> f32 {
        let Self { at, height, slope } = self;
        let below = lesser(x - at[0], 0.0) * slope[0];
        let above = greater(x - at[N - 1], 0.0) * slope[N - 1];
        let mut sum = height[0] + below + above;
        for knot in 1..N {
            let width = at[knot] - at[knot - 1];
            let bend = (slope[knot] - slope[knot - 1]) * (0.5 / width);
            let along = lesser(greater(x - at[knot - 1], 0.0), width);
            sum += along * (slope[knot - 1] + along * bend);
        }
        sum
    }

    /// Where the curve has the height `y`.
    #[inline(always)]
    pub(super) fn back(&self, y: f32) -> f32 {
        let Self { at, height, slope } = self;
        let below = lesser(y - height[0], 0.0) / slope[0];
        let above = greater(y - height[N - 1], 0.0) / slope[N - 1];
        let mut sum = at[0] + below + above;
        for knot in 1..N {
            let bend = (slope[knot] - slope[knot - 1]) * (0.5 / (at[knot] - at[knot - 1]));
            let up = greater(y - height[knot - 1], 0.0);
            let up = lesser(up, height[knot] - height[knot - 1]);
            let from = slope[knot - 1];
            sum += 2.0 * up / (from + greater(from * from + 4.0 * bend * up, 0.0).sqrt());
        }
        sum
    }
}

/// How much a curve rises to knot `knot` from the one before.
fn rise<const N: usize>(at: &[f32; N], slope: &[f32; N], knot: usize) -> f32 {
    0.5 * (slope[knot - 1] + slope[knot]) * (at[knot] - at[knot - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_forth_comes_back() {
        let bend = Bend::new([0.1, 0.4, 0.6], [0.3, 1.6, 1.0]);
        for step in -50..150 {
            let x = step as f32 * 0.01;
            assert!((bend.back(bend.forth(x)) - x).abs() < 2e-6, "{x}");
        }
        assert_eq!(bend.forth(0.1), 0.1);
        assert!((bend.forth(0.4) - 0.385).abs() < 1e-6);
        assert!((bend.forth(1.6) - bend.forth(0.6) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_free_slope_brings_the_end_back_to_the_diagonal() {
        let bend = Bend::meeting([0.0, 0.2, 0.5, 1.0], [1.0, 1.3, 0.0, 1.0], 2);
        assert!((bend.forth(1.0) - 1.0).abs() < 1e-6);
        assert!(bend.forth(0.3) > 0.3);
    }
}
