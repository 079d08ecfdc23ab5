//! From a placement to numbers: where every source pixel lies in the frame.

use crate::placement::{Fit, Placement};
use timeline_format::sequence::Raster;

/// `out = matrix (u, v) + offset`, in pixels whose first centre is at 0.5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Geometry {
    /// By rows.
    pub(super) matrix: [[f64; 2]; 2],
    /// Where the source's corner comes to lie.
    pub(super) offset: [f64; 2],
    /// What is left of the source by the crop: left, top, right, bottom in source pixels.
    pub(super) window: [f64; 4],
}

/// A source's size and how its pixels are to be seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    /// Pixels across and down, as stored.
    pub(super) size: [u32; 2],
    /// Degrees clockwise: 0, 90, 180, 270.
    pub(super) turn: u16,
    /// Width of a pixel over its height.
    pub(super) aspect: f64,
}

impl Geometry {
    /// Where `placement` puts a source in a frame.
    pub(super) fn of(shape: Shape, placement: &Placement, raster: Raster) -> Self {
        let [width, height] = shape.size.map(f64::from);
        let turn = rotation(f64::from(shape.turn));
        let pixel = [[shape.aspect, 0.0], [0.0, 1.0]];
        let seen = times(&turn, &pixel);
        let (across, down) = (
            (seen[0][0] * width).abs() + (seen[0][1] * height).abs(),
            (seen[1][0] * width).abs() + (seen[1][1] * height).abs(),
        );
        let frame = [f64::from(raster.width), f64::from(raster.height)];
        let (x, y) = (frame[0] / across, frame[1] / down);
        let fitted = match placement.fit {
            Fit::Fit => [x.min(y); 2],
            Fit::Fill => [x.max(y); 2],
            Fit::Stretch => [x, y],
            Fit::None => [1.0; 2],
        };
        let fitted = times(&[[fitted[0], 0.0], [0.0, fitted[1]]], &seen);
        let scale = [[placement.scale[0], 0.0], [0.0, placement.scale[1]]];
        let moved = times(&rotation(placement.rotation), &scale);
        let matrix = times(&moved, &fitted);
        let anchor = apply(&moved, placement.anchor);
        let corner = apply(&matrix, [0.5 * width, 0.5 * height]);
        let offset = [0, 1].map(|axis| {
            0.5 * frame[axis] + placement.position[axis] + placement.anchor[axis]
                - anchor[axis]
                - corner[axis]
        });
        let [left, top, right, bottom] = placement.crop;
        let window = [left * width, top * height, (1.0 - right) * width, (1.0 - bottom) * height];
        Self { matrix, offset, window }
    }

    /// Whether columns stay columns and lines stay lines.
    pub(super) fn is_straight(&self) -> bool {
        self.matrix[0][1] == 0.0 && self.matrix[1][0] == 0.0
    }

    /// Whether nothing is to be seen: no area, or numbers beyond sense.
    pub(super) fn is_nothing(&self) -> bool {
        let [[a, b], [c, d]] = self.matrix;
        let [left, top, right, bottom] = self.window;
        let area = (a * d - b * c).abs();
        let near = self.offset.iter().all(|place| place.abs() < 1e9);
        !(near && area > 1e-9 && area < 1e9) || right - left < 1e-6 || bottom - top < 1e-6
    }

    /// The span `[from, to)` of the frame that the window covers along an axis, if it is straight.
    pub(super) fn span(&self, axis: usize) -> [f64; 2] {
        let factor = self.matrix[axis][axis];
        let ends =
            [self.window[axis], self.window[axis + 2]].map(|end| end * factor + self.offset[axis]);
        [ends[0].min(ends[1]), ends[0].max(ends[1])]
    }

    /// Whether the window covers every pixel of the frame.
    pub(super) fn covers(&self, raster: Raster) -> bool {
        let [x, y] = [0, 1].map(|axis| self.span(axis));
        let near = 1e-6;
        let within =
            |span: [f64; 2], size: u32| span[0] <= near && span[1] >= f64::from(size) - near;
        self.is_straight() && within(x, raster.width) && within(y, raster.height)
    }

    /// This geometry for a source of another size that shows the same.
    pub(super) fn rescaled(&self, factors: [f64; 2]) -> Self {
        let [x, y] = factors;
        let matrix = self.matrix.map(|row| [row[0] / x, row[1] / y]);
        let [left, top, right, bottom] = self.window;
        Self { matrix, offset: self.offset, window: [left * x, top * y, right * x, bottom * y] }
    }

    /// The way back: from a place in the frame to one in the source.
    pub(super) fn inverse(&self) -> impl Fn(f64, f64) -> [f64; 2] + use<> {
        let [[a, b], [c, d]] = self.matrix;
        let determinant = a * d - b * c;
        let [right, down] = self.offset;
        move |x, y| {
            let (x, y) = (x - right, y - down);
            [(d * x - b * y) / determinant, (a * y - c * x) / determinant]
        }
    }
}

/// A rotation clockwise (lines run down), exact at quarter turns.
fn rotation(degrees: f64) -> [[f64; 2]; 2] {
    let turn = degrees.rem_euclid(360.0);
    let (sine, cosine) = match turn {
        0.0 => (0.0, 1.0),
        90.0 => (1.0, 0.0),
        180.0 => (0.0, -1.0),
        270.0 => (-1.0, 0.0),
        _ => turn.to_radians().sin_cos(),
    };
    [[cosine, -sine], [sine, cosine]]
}

fn times(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    a.map(|row| [0, 1].map(|column| row[0] * b[0][column] + row[1] * b[1][column]))
}

fn apply(a: &[[f64; 2]; 2], [x, y]: [f64; 2]) -> [f64; 2] {
    a.map(|row| row[0] * x + row[1] * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(change: impl Fn(&mut Placement)) -> Geometry {
        let mut placement = Placement::default();
        change(&mut placement);
        let shape = Shape { size: [200, 100], turn: 0, aspect: 1.0 };
        Geometry::of(shape, &placement, Raster { width: 400, height: 400 })
    }

    #[test]
    fn fits_meet_the_frame() {
        assert_eq!(place(|_| ()).span(1), [100.0, 300.0]);
        assert_eq!(place(|p| p.fit = Fit::Fill).span(0), [-200.0, 600.0]);
        assert_eq!(place(|p| p.fit = Fit::Stretch).span(1), [0.0, 400.0]);
        assert_eq!(place(|p| p.fit = Fit::None).span(0), [100.0, 300.0]);
        let moved = place(|p| (p.position, p.scale) = ([10.5, 0.0], [0.5, 0.5]));
        assert_eq!(moved.span(0), [110.5, 310.5]);
        assert!(place(|p| p.fit = Fit::Fill).covers(Raster { width: 400, height: 400 }));
    }

    #[test]
    fn the_anchor_stays_where_it_is() {
        let turned = place(|p| (p.anchor, p.rotation) = ([200.0, 100.0], 90.0));
        let [x, y] = turned.inverse()(400.0, 300.0);
        assert!((x - 200.0).abs() < 1e-9 && (y - 100.0).abs() < 1e-9);
        let shape = Shape { size: [200, 100], turn: 90, aspect: 1.0 };
        let upright =
            Geometry::of(shape, &Placement::default(), Raster { width: 100, height: 200 });
        assert_eq!(upright.inverse()(100.0, 0.0), [0.0, 0.0]);
    }
}
