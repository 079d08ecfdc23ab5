//! From the light of one set of primaries to another.

use signal::Primaries;

/// A matrix of three by three, by rows.
pub(crate) type Matrix3 = [[f64; 3]; 3];

/// The matrix that takes linear RGB of `from` to linear RGB of `to`; `None` where nothing changes.
///
/// Both whites are D65: no adaptation is needed.
pub(crate) fn between(from: Primaries, to: Primaries) -> Option<Matrix3> {
    let back = inverse(to_xyz(to));
    (from != to).then(|| product(&back, &to_xyz(from)))
}

/// CIE x and y of red, green and blue (H.273 table 2).
const fn chromaticities(primaries: Primaries) -> [[f64; 2]; 3] {
    match primaries {
        Primaries::Bt709 => [[0.640, 0.330], [0.300, 0.600], [0.150, 0.060]],
        Primaries::Bt601Ntsc => [[0.630, 0.340], [0.310, 0.595], [0.155, 0.070]],
        Primaries::Bt601Pal => [[0.640, 0.330], [0.290, 0.600], [0.150, 0.060]],
        Primaries::Bt2020 => [[0.708, 0.292], [0.170, 0.797], [0.131, 0.046]],
        Primaries::P3D65 => [[0.680, 0.320], [0.265, 0.690], [0.150, 0.060]],
    }
}

/// From linear RGB to CIE XYZ. SMPTE RP 177: the columns are the primaries, scaled so that their sum is white.
pub(crate) fn to_xyz(primaries: Primaries) -> Matrix3 {
    let [red, green, blue] = chromaticities(primaries).map(xyz_of);
    let columns: Matrix3 = std::array::from_fn(|row| [red[row], green[row], blue[row]]);
    let white = xyz_of(D65);
    let scale =
        inverse(columns).map(|row| (0..3).map(|index| row[index] * white[index]).sum::<f64>());
    columns.map(|row| std::array::from_fn(|index| row[index] * scale[index]))
}

/// CIE x and y of the white of all of these primaries.
pub(crate) const D65: [f64; 2] = [0.3127, 0.3290];

/// CIE XYZ of a chromaticity, as bright as 1.
pub(crate) fn xyz_of([x, y]: [f64; 2]) -> [f64; 3] {
    [x / y, 1.0, (1.0 - x - y) / y]
}

/// The product of two matrices.
pub(crate) fn product(a: &Matrix3, b: &Matrix3) -> Matrix3 {
    a.map(|row| {
        std::array::from_fn(|column| (0..3).map(|index| row[index] * b[index][column]).sum())
    })
}

/// The inverse, by cofactors.
pub(crate) fn inverse(m: Matrix3) -> Matrix3 {
    let cofactor = |row: usize, column: usize| {
        let (a, b) = ((row + 1) % 3, (row + 2) % 3);
        let (c, d) = ((column + 1) % 3, (column + 2) % 3);
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant: f64 = (0..3).map(|column| m[0][column] * cofactor(0, column)).sum();
    std::array::from_fn(|row| std::array::from_fn(|column| cofactor(column, row) / determinant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bt2020_to_bt709_is_the_matrix_of_bt2087() {
        let matrix = between(Primaries::Bt2020, Primaries::Bt709).unwrap();
        let stated =
            [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]];
        for (row, stated) in matrix.iter().zip(stated) {
            for (value, stated) in row.iter().zip(stated) {
                assert!((value - stated).abs() < 1e-4, "{value} {stated}");
            }
        }
        assert_eq!(between(Primaries::Bt709, Primaries::Bt709), None);
    }
}
