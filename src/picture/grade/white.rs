//! Chromatic adaptation, and the whites that a balance goes to.

use crate::convert::primaries::{self, D65, Matrix3};
use signal::Primaries;

/// From CIE XYZ to the cones' answers (K. M. Lam, 1985: Bradford; as in ICC.1, annex E).
const BRADFORD: Matrix3 =
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

/// The matrix on CIE XYZ that makes what is white under one white look white under another, both by their CIE
/// x and y.
fn adaptation(from: [f64; 2], to: [f64; 2]) -> Matrix3 {
    let cones = |white: [f64; 2]| times(&BRADFORD, primaries::xyz_of(white));
    let (before, after) = (cones(from), cones(to));
    let scaled: Matrix3 =
        std::array::from_fn(|row| BRADFORD[row].map(|part| part * after[row] / before[row]));
    primaries::product(&primaries::inverse(BRADFORD), &scaled)
}

/// The matrix on linear RGB of BT.709 of a balance: `mired` warmer, or below 0 cooler; `tint` thousandths of Duv
/// towards magenta, or below 0 towards green. What is so much the other way is the inverse.
pub(super) fn matrix(mired: f64, tint: f64) -> Matrix3 {
    let warmer = [0, 1].map(|axis| uv_of_mired(DAYLIGHT + mired.abs())[axis] - daylight()[axis]);
    let redder = green().map(|part| part * -0.001 * tint.abs());
    let of = |by: [f64; 2], is_back: bool| {
        let matrix = towards(by);
        if is_back { primaries::inverse(matrix) } else { matrix }
    };
    primaries::product(&of(redder, tint < 0.0), &of(warmer, mired < 0.0))
}

/// To a white so far from D65 in CIE 1960 u and v.
fn towards(by: [f64; 2]) -> Matrix3 {
    let [u, v] = uv_of(D65);
    let adapted = adaptation(D65, xy_of([u + by[0], v + by[1]]));
    let xyz = primaries::to_xyz(Primaries::Bt709);
    primaries::product(&primaries::inverse(xyz), &primaries::product(&adapted, &xyz))
}

/// The correlated colour temperature of D65 in mired: a million over 6504 K.
const DAYLIGHT: f64 = 1e6 / 6504.0;

fn daylight() -> [f64; 2] {
    uv_of_mired(DAYLIGHT)
}

/// CIE 1960 u and v of a black body (M. Krystek, An algorithm to calculate correlated colour temperature, 1985;
/// good to 1e-4 from 1000 to 15000 K).
fn uv_of_mired(mired: f64) -> [f64; 2] {
    let t = 1e6 / mired;
    let u = (0.860_117_757 + 1.541_182_54e-4 * t + 1.286_412_12e-7 * t * t)
        / (1.0 + 8.424_202_35e-4 * t + 7.081_451_63e-7 * t * t);
    let v = (0.317_398_726 + 4.228_062_45e-5 * t + 4.204_816_91e-8 * t * t)
        / (1.0 - 2.897_418_16e-5 * t + 1.614_560_53e-7 * t * t);
    [u, v]
}

/// The way away from the black bodies at daylight, of length 1, towards green.
fn green() -> [f64; 2] {
    let (one, other) = (uv_of_mired(DAYLIGHT - 1.0), uv_of_mired(DAYLIGHT + 1.0));
    let [u, v] = [other[0] - one[0], other[1] - one[1]];
    [-v / u.hypot(v), u / u.hypot(v)]
}

fn uv_of([x, y]: [f64; 2]) -> [f64; 2] {
    let part = -2.0 * x + 12.0 * y + 3.0;
    [4.0 * x / part, 6.0 * y / part]
}

fn xy_of([u, v]: [f64; 2]) -> [f64; 2] {
    let part = 2.0 * u - 8.0 * v + 4.0;
    [3.0 * u / part, 2.0 * v / part]
}

fn times(matrix: &Matrix3, [a, b, c]: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * a + row[1] * b + row[2] * c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B. Lindbloom's table of chromatic adaptation matrices, Bradford, D65 to D50.
    #[test]
    fn daylight_to_print_is_the_published_matrix() {
        let stated = [
            [1.047_811_2, 0.022_886_6, -0.050_127_0],
            [0.029_542_4, 0.990_484_4, -0.017_049_1],
            [-0.009_234_5, 0.015_043_6, 0.752_131_6],
        ];
        let of_xyz = |[x, y, z]: [f64; 3]| [x / (x + y + z), y / (x + y + z)];
        let [d65, d50] = [[0.95047, 1.0, 1.08883], [0.96422, 1.0, 0.82521]].map(of_xyz);
        for (row, stated) in adaptation(d65, d50).iter().zip(stated) {
            for (value, stated) in row.iter().zip(stated) {
                assert!((value - stated).abs() < 2e-6, "{value} {stated}");
            }
        }
    }

    #[test]
    fn warm_is_red_and_the_other_way_is_the_inverse() {
        let white = |mired, tint| times(&matrix(mired, tint), [1.0; 3]);
        let [red, _, blue] = white(50.0, 0.0);
        assert!(red > 1.1 && blue < 0.8, "{red} {blue}");
        let [red, green, blue] = white(0.0, 20.0);
        assert!(green < 1.0 && red > 1.0 && blue > 1.0, "{red} {green} {blue}");
        let both = primaries::product(&matrix(80.0, 0.0), &matrix(-80.0, 0.0));
        for (row, line) in both.iter().enumerate() {
            for (column, value) in line.iter().enumerate() {
                assert!((value - f64::from(u8::from(row == column))).abs() < 1e-12);
            }
        }
    }

    /// The locus against CIE 15:2004, table 11: black bodies' chromaticities at 2856 K (illuminant A).
    #[test]
    fn the_locus_passes_through_illuminant_a() {
        let [x, y] = xy_of(uv_of_mired(1e6 / 2856.0));
        assert!((x - 0.4476).abs() < 5e-4 && (y - 0.4074).abs() < 5e-4, "{x} {y}");
    }
}
