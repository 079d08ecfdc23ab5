//! From the frame back to the source, in perspective: where corners are moved by themselves.

use super::geometry::{Geometry, Shape};
use crate::placement::Placement;

/// A place of the source, and how many pixels of the source lie in one of the frame there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The place.
    pub(super) place: [f64; 2],
    /// By rows: how the place moves with the frame's column and line.
    pub(super) slope: [[f64; 2]; 2],
}

/// A plane seen from anywhere: 3 by 3, by rows, from the frame to the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Homography {
    rows: [[f64; 3]; 3],
    /// Where the corners of the source come to lie, from its origin on clockwise.
    pub(super) corners: [[f64; 2]; 4],
}

impl Homography {
    /// The way back of a placement; `None` where it shows nothing that makes sense.
    pub(super) fn of(shape: Shape, geometry: &Geometry, placement: &Placement) -> Option<Self> {
        let [width, height] = shape.size.map(f64::from);
        let own = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
        let turned = usize::from(shape.turn / 90);
        let mut corners = own.map(|[u, v]| {
            let place = |row: usize| geometry.matrix[row][0] * u + geometry.matrix[row][1] * v;
            [place(0) + geometry.offset[0], place(1) + geometry.offset[1]]
        });
        for (index, corner) in corners.iter_mut().enumerate() {
            let pin = placement.pin[(index + turned) % 4];
            *corner = [corner[0] + pin[0], corner[1] + pin[1]];
        }
        if !is_convex(&corners) {
            return None;
        }
        let forward = times(
            &of_square(&corners),
            &[[1.0 / width, 0.0, 0.0], [0.0, 1.0 / height, 0.0], [0.0, 0.0, 1.0]],
        );
        Some(Self { rows: inverse(&forward)?, corners })
    }

    /// What lies at a place of the frame; `None` where nothing does, beyond the horizon.
    pub(super) fn at(&self, x: f64, y: f64) -> Option<Spot> {
        let [a, b, c] = self.rows.map(|row| row[0] * x + row[1] * y + row[2]);
        if c <= 1e-12 {
            return None;
        }
        let place = [a / c, b / c];
        let slope = [0, 1].map(|axis| {
            [0, 1].map(|way| (self.rows[axis][way] - place[axis] * self.rows[2][way]) / c)
        });
        Some(Spot { place, slope })
    }
}

impl Spot {
    /// How far inside a window a place is, in pixels of the frame: from its left, top, right and bottom.
    pub(super) fn within(&self, window: [f64; 4]) -> [f64; 4] {
        let steep = self.slope.map(|row| row[0].hypot(row[1]).max(1e-12));
        let [u, v] = self.place;
        let [left, top, right, bottom] = window;
        [
            (u - left) / steep[0],
            (v - top) / steep[1],
            (right - u) / steep[0],
            (bottom - v) / steep[1],
        ]
    }

    /// How many pixels of the source a pixel of the frame is wide at most.
    pub(super) fn stretch(&self) -> f64 {
        let [[a, b], [c, d]] = self.slope;
        a.hypot(c).max(b.hypot(d))
    }
}

/// From the unit square to four corners (Heckbert, Fundamentals of texture mapping, 1989, 2.2.3).
pub(super) fn of_square([p, q, r, s]: &[[f64; 2]; 4]) -> [[f64; 3]; 3] {
    let [dx1, dx2, dx3] = [q[0] - r[0], s[0] - r[0], p[0] - q[0] + r[0] - s[0]];
    let [dy1, dy2, dy3] = [q[1] - r[1], s[1] - r[1], p[1] - q[1] + r[1] - s[1]];
    let under = dx1 * dy2 - dx2 * dy1;
    let g = (dx3 * dy2 - dx2 * dy3) / under;
    let h = (dx1 * dy3 - dx3 * dy1) / under;
    [
        [q[0] - p[0] + g * q[0], s[0] - p[0] + h * s[0], p[0]],
        [q[1] - p[1] + g * q[1], s[1] - p[1] + h * s[1], p[1]],
        [g, h, 1.0],
    ]
}

/// Whether corners go round one way, as those of a plane that is seen whole do.
fn is_convex(corners: &[[f64; 2]; 4]) -> bool {
    let bend = |index: usize| {
        let [a, b, c] = [0, 1, 2].map(|step| corners[(index + step) % 4]);
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    };
    let bends = [0, 1, 2, 3].map(bend);
    bends.iter().all(|bend| *bend > 1e-6) || bends.iter().all(|bend| *bend < -1e-6)
}

fn times(a: &[[f64; 3]; 3], b: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    a.map(|row| [0, 1, 2].map(|column| (0..3).map(|it| row[it] * b[it][column]).sum()))
}

/// The inverse, whose last row is above 0 where the plane is seen.
fn inverse(m: &[[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let minor = |row: usize, column: usize| {
        let [r, s] = [(row + 1) % 3, (row + 2) % 3];
        let [c, d] = [(column + 1) % 3, (column + 2) % 3];
        m[r][c] * m[s][d] - m[r][d] * m[s][c]
    };
    let determinant: f64 = (0..3).map(|column| m[0][column] * minor(0, column)).sum();
    let is_sound = determinant.is_finite() && determinant.abs() > 1e-12;
    is_sound.then(|| [0, 1, 2].map(|row| [0, 1, 2].map(|column| minor(column, row) / determinant)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::sequence::Raster;

    #[test]
    fn corners_come_back_to_corners() {
        for turn in [0, 90, 180, 270] {
            let shape = Shape { size: [200, 100], turn, aspect: 1.0 };
            let pin = [[10.0, 20.0], [-30.0, 5.0], [7.0, -40.0], [0.0, 11.0]];
            let placement = Placement { pin, ..Placement::default() };
            let raster = Raster { width: 400, height: 300 };
            let geometry = Geometry::of(shape, &placement, raster);
            let way = Homography::of(shape, &geometry, &placement).unwrap();
            let own = [[0.0, 0.0], [200.0, 0.0], [200.0, 100.0], [0.0, 100.0]];
            for (corner, own) in way.corners.iter().zip(own) {
                let spot = way.at(corner[0], corner[1]).unwrap();
                let off = (spot.place[0] - own[0]).hypot(spot.place[1] - own[1]);
                assert!(off < 1e-9, "{turn} {off}");
            }
            let top_left = way.corners[(4 - usize::from(turn / 90)) % 4];
            let is_tall = turn % 180 == 90;
            let expected = if is_tall { [125.0 + 10.0, 20.0] } else { [10.0, 50.0 + 20.0] };
            let off = (top_left[0] - expected[0]).hypot(top_left[1] - expected[1]);
            assert!(off < 1e-9, "{turn} {top_left:?}");
        }
    }
}
