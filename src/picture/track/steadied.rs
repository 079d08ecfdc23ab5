//! Pictures that are held still by what is tracked in them, and pictures that go with it.

use super::Plane;
use super::carried::similar;
use crate::{Lie, Placement};
use timeline_format::Value;
use timeline_format::sequence::Raster;

/// A picture in its frame.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// The pixels of the picture.
    pub picture: Raster,
    /// How it is placed where tracking began.
    pub placement: Placement,
    /// The frame.
    pub frame: Raster,
}

impl Placed {
    /// Where a place of the picture, in its pixels, lies under a placement, from the middle of the frame.
    fn under(&self, placement: &Placement, place: [f64; 2]) -> Option<[f64; 2]> {
        let parts =
            [place[0] / f64::from(self.picture.width), place[1] / f64::from(self.picture.height)];
        let [x, y] = Lie::of(self.picture, placement, self.frame)?.place(parts);
        let half = [self.frame.width, self.frame.height].map(|it| 0.5 * f64::from(it));
        Some([x - half[0], y - half[1]])
    }
}

/// The placement, by name, that keeps a place of a picture, in its pixels, where it lay when the picture has gone with a
/// plane: moved back, and turned and sized back too where the plane turned.
pub fn steadied(
    placed: &Placed,
    plane: &Plane,
    place: [f64; 2],
) -> Option<Vec<(&'static str, Value)>> {
    let own = placed.placement;
    let (larger, turned) = similar(&plane.turn_at(place));
    let mirror = (own.scale[0] * own.scale[1]).signum();
    let back = Placement {
        scale: own.scale.map(|it| it / larger.max(1e-6)),
        rotation: own.rotation - mirror * turned,
        ..own
    };
    let (then, now) = (placed.under(&own, place)?, placed.under(&back, plane.at(place))?);
    let position = [0, 1].map(|axis| own.position[axis] + then[axis] - now[axis]);
    Some(vec![
        ("position", Value::Vector(position.into())),
        ("scale", Value::Vector(back.scale.into())),
        ("rotation", Value::Number(back.rotation)),
    ])
}

/// The placement, by name, that puts each corner of a picture where the plane's places lie in the picture as it is placed:
/// the same as [`steadied`] does, of a plane that is seen from elsewhere. `None` where nothing is seen.
pub fn pinned(placed: &Placed, plane: &Plane) -> Option<Vec<(&'static str, Value)>> {
    let own = placed.placement;
    let free = Placement { pin: [[0.0; 2]; 4], ..own };
    let [wide, high] = [placed.picture.width, placed.picture.height].map(f64::from);
    let corners = [[0.0, 0.0], [wide, 0.0], [wide, high], [0.0, high]];
    let back = plane.back();
    let pin = |corner: [f64; 2]| {
        let (to, from) = (placed.under(&own, back.at(corner))?, placed.under(&free, corner)?);
        Some(Value::Vector(vec![to[0] - from[0], to[1] - from[1]]))
    };
    let names = ["pin_top_left", "pin_top_right", "pin_bottom_right", "pin_bottom_left"];
    names.into_iter().zip(corners).map(|(name, corner)| Some((name, pin(corner)?))).collect()
}

/// How far, in pixels of the frame, a place of a picture has gone with a plane.
pub fn followed(placed: &Placed, plane: &Plane, place: [f64; 2]) -> Option<[f64; 2]> {
    let (then, now) = (
        placed.under(&placed.placement, place)?,
        placed.under(&placed.placement, plane.at(place))?,
    );
    Some([now[0] - then[0], now[1] - then[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_is_held_still_lies_where_it_lay() {
        let placed = Placed {
            picture: Raster { width: 200, height: 100 },
            placement: Placement {
                position: [7.0, -3.0],
                rotation: 20.0,
                scale: [1.5, 1.5],
                anchor: [10.0, 5.0],
                ..Placement::default()
            },
            frame: Raster { width: 400, height: 300 },
        };
        let (sine, cosine) = 0.3_f64.sin_cos();
        let plane = Plane([
            [1.2 * cosine, -1.2 * sine, 9.0],
            [1.2 * sine, 1.2 * cosine, -4.0],
            [0.0, 0.0, 1.0],
        ]);
        let place = [120.0, 40.0];
        let values = steadied(&placed, &plane, place).unwrap();
        let Value::Vector(position) = &values[0].1 else { panic!("a position is two numbers") };
        let Value::Vector(scale) = &values[1].1 else { panic!("a scale is two numbers") };
        let Value::Number(rotation) = values[2].1 else { panic!("a rotation is a number") };
        let back = Placement {
            position: [position[0], position[1]],
            scale: [scale[0], scale[1]],
            rotation,
            ..placed.placement
        };
        for place in [place, [20.0, 90.0], [180.0, 10.0]] {
            let then = placed.under(&placed.placement, place).unwrap();
            let now = placed.under(&back, plane.at(place)).unwrap();
            assert!((then[0] - now[0]).hypot(then[1] - now[1]) < 1e-9, "{then:?} {now:?}");
        }
        let pins = pinned(&placed, &plane).unwrap();
        let pin = |nth: usize| match &pins[nth].1 {
            Value::Vector(pin) => [pin[0], pin[1]],
            _ => panic!("a pin is two numbers"),
        };
        let back = Placement { pin: [pin(0), pin(1), pin(2), pin(3)], ..placed.placement };
        for place in [place, [20.0, 90.0], [180.0, 10.0]] {
            let then = placed.under(&placed.placement, place).unwrap();
            let now = placed.under(&back, plane.at(place)).unwrap();
            assert!((then[0] - now[0]).hypot(then[1] - now[1]) < 1e-9, "{then:?} {now:?}");
        }
        let gone = followed(&placed, &Plane::moved([10.0, 0.0]), place).unwrap();
        let by = 10.0 * 2.0 * 1.5;
        let turn = 20_f64.to_radians();
        assert!(
            (gone[0] - by * turn.cos()).abs() < 1e-9 && (gone[1] - by * turn.sin()).abs() < 1e-9
        );
    }
}
