//! Masks that go with what is tracked.

use super::Plane;
use super::window::applied;
use crate::masks::Shape;
use crate::values::Values;
use signal::PATH_POINT;
use timeline_format::Value;

/// The values of a shape that are places.
const PLACES: [&str; 3] = ["centre", "from", "to"];

/// Whether a shape has a place that can go with something.
pub fn moves(shape: &Shape) -> bool {
    shape.parameters.iter().any(|it| PLACES.contains(&it.id) || it.id == "points")
}

/// What the values of a shape become, by name, where a picture of so many pixels across and down goes with a plane: its
/// places go along, its size and its turn are those of the plane about its middle.
pub fn carried(
    shape: &Shape,
    values: &Values,
    plane: &Plane,
    size: [f64; 2],
) -> Vec<(&'static str, Value)> {
    let part = Plane::scaled(size.map(|it| 1.0 / it)).after(&plane.after(&Plane::scaled(size)));
    let has = |id: &str| shape.parameters.iter().any(|it| it.id == id);
    let middle = values.point("centre");
    let turn = plane.turn_at([middle[0] * size[0], middle[1] * size[1]]);
    let (larger, turned) = similar(&turn);
    let moved = |id: &'static str| match id {
        "points" => Some(Value::Vector(points(values.numbers("points"), &part))),
        "size" => Some(Value::Vector(values.point("size").map(|it| it * larger).into())),
        "rotation" => Some(Value::Number(values.number("rotation") + turned)),
        id if PLACES.contains(&id) => Some(Value::Vector(part.at(values.point(id)).into())),
        _ => None,
    };
    let all = shape.parameters.iter().map(|it| it.id);
    let goes = |id: &&str| has("centre") || !["size", "rotation"].contains(id);
    all.filter(goes).filter_map(|id| Some((id, moved(id)?))).collect()
}

/// How many times larger, and how many degrees clockwise, what has turned and stretched so is.
pub(super) fn similar(turn: &[[f64; 2]; 2]) -> (f64, f64) {
    let [[a, b], [c, d]] = *turn;
    ((a * d - b * c).abs().sqrt(), (c - b).atan2(a + d).to_degrees())
}

/// The points of a path, with their handles.
fn points(points: &[f64], part: &Plane) -> Vec<f64> {
    let moved = |point: &[f64]| {
        let place = [point[0], point[1]];
        let turn = part.turn_at(place);
        let [lead_in, lead_out] = [2, 4].map(|at| applied(&turn, [point[at], point[at + 1]]));
        [&part.at(place)[..], &lead_in, &lead_out, &point[6..PATH_POINT]].concat()
    };
    points.chunks_exact(PATH_POINT).flat_map(moved).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::masks::named;
    use crate::values::Moment;
    use timeline_format::Param;

    fn values(kind: &str, given: &[(&str, &[f64])]) -> Values {
        let given: Vec<_> = given
            .iter()
            .map(|(name, numbers)| (*name, Param::Constant(Value::Vector(numbers.to_vec()))))
            .collect();
        Values::resolve(named(kind).unwrap().parameters, Moment::default(), |id| {
            given.iter().find(|(name, _)| *name == id).map(|(_, param)| param)
        })
    }

    #[test]
    fn an_ellipse_goes_grows_and_turns_with_a_plane() {
        let size = [200.0, 100.0];
        let own = values("ellipse", &[("centre", &[0.25, 0.5]), ("size", &[0.2, 0.4])]);
        let plane = Plane([[0.0, -2.0, 200.0], [2.0, 0.0, 0.0], [0.0, 0.0, 1.0]]);
        let found = carried(named("ellipse").unwrap(), &own, &plane, size);
        for (id, expected) in
            [("centre", &[0.5, 1.0][..]), ("size", &[0.4, 0.8]), ("rotation", &[90.0])]
        {
            let numbers = match found.iter().find(|it| it.0 == id).map(|it| it.1.clone()).unwrap() {
                Value::Vector(numbers) => numbers,
                Value::Number(number) => vec![number],
                other => panic!("{other:?}"),
            };
            assert_eq!(numbers.len(), expected.len());
            for (found, expected) in numbers.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-9, "{id}: {numbers:?}");
            }
        }
        assert!(found.iter().all(|it| it.0 != "feather"));
    }

    #[test]
    fn a_path_and_a_gradient_go_along_and_a_whole_picture_does_not() {
        let size = [200.0, 100.0];
        let plane = Plane::moved([20.0, -10.0]);
        let path = values("path", &[("points", &[0.5, 0.5, -0.1, 0.0, 0.1, 0.0, 3.0].repeat(3))]);
        let Value::Vector(points) =
            carried(named("path").unwrap(), &path, &plane, size)[0].1.clone()
        else {
            panic!("points are numbers")
        };
        for (found, own) in points.iter().zip([0.6, 0.4, -0.1, 0.0, 0.1, 0.0, 3.0].repeat(3)) {
            assert!((found - own).abs() < 1e-12, "{points:?}");
        }
        let gradient = carried(named("gradient").unwrap(), &values("gradient", &[]), &plane, size);
        assert_eq!(gradient.iter().map(|it| it.0).collect::<Vec<_>>(), ["from", "to"]);
        assert!(moves(named("gradient").unwrap()) && !moves(named("whole").unwrap()));
    }
}
