//! Where a picture lies in the frame, for hands that work on it.

use super::geometry::{Geometry, Shape};
use super::homography::{Homography, of_square};
use crate::placement::Placement;
use timeline_format::sequence::Raster;

/// How places of a picture and places of the frame belong to each other.
#[derive(Debug, Clone, Copy)]
pub struct Lie {
    forward: [[f64; 3]; 3],
    way: Homography,
    size: [f64; 2],
}

impl Lie {
    /// That of an upright picture of square pixels; `None` where nothing of it is seen.
    pub fn of(picture: Raster, placement: &Placement, frame: Raster) -> Option<Self> {
        let size = [picture.width, picture.height];
        let shape = Shape { size, turn: 0, aspect: 1.0 };
        let geometry = Geometry::of(shape, placement, frame);
        if geometry.is_nothing() {
            return None;
        }
        let way = Homography::of(shape, &geometry, placement)?;
        Some(Self { forward: of_square(&way.corners), way, size: size.map(f64::from) })
    }

    /// Where in the frame, in its pixels, a place of the picture lies, in parts of its width and height.
    pub fn place(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        let [x, y, w] = self.forward.map(|row| row[0] * u + row[1] * v + row[2]);
        [x / w, y / w]
    }

    /// Which place of the picture, in parts of its width and height, lies there; `None` beyond the horizon.
    pub fn back(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let spot = self.way.at(x, y)?;
        Some([0, 1].map(|axis| spot.place[axis] / self.size[axis]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_where_it_was() {
        let frame = Raster { width: 400, height: 300 };
        let pin = [[10.0, 20.0], [-30.0, 5.0], [7.0, -40.0], [0.0, 11.0]];
        let placement = Placement { rotation: 12.0, pin, ..Placement::default() };
        let lie = Lie::of(Raster { width: 200, height: 100 }, &placement, frame).unwrap();
        for place in [[0.0, 0.0], [0.3, 0.7], [1.0, 1.0]] {
            let back = lie.back(lie.place(place)).unwrap();
            assert!((back[0] - place[0]).hypot(back[1] - place[1]) < 1e-9, "{place:?} {back:?}");
        }
    }
}
