//! Strokes of a round brush: what a hand went over.

use super::rectangle::{CENTRE, ROTATION};
use super::{Matte, Shape};
use crate::brush::{POINT, POINTS, Strokes};
use crate::canvas::Canvas;
use crate::values::Values;
use rayon::prelude::*;
use signal::{Kind, Parameter};

pub(super) const MASK: Shape = Shape {
    id: "stroke",
    label: "Stroke",
    help: "Strokes of a round brush about a middle, which can be moved, turned and made larger. Without points: nothing.",
    parameters: &[
        Parameter::list(
            "strokes",
            "Strokes",
            "Points in order, three numbers each: across and down from the middle, in parts of the picture, and pressure from 0 to 1; a pressure below 0 begins a new stroke there.",
            POINT * POINTS,
            "",
        ),
        CENTRE,
        Parameter {
            id: "size",
            label: "Size",
            help: "How many times wider and higher it is than it was drawn.",
            kind: Kind::Point { default: [1.0, 1.0], unit: "" },
        },
        ROTATION,
        Parameter::number(
            "width",
            "Width",
            "How wide the brush is at full pressure, in pixels of a picture of 1080 lines.",
            [0.5, 2000.0, 60.0],
            "px",
        ),
        Parameter::number(
            "hardness",
            "Hardness",
            "How much of the brush is full: 0 soft to the middle, 1 to the edge.",
            [0.0, 1.0, 0.7],
            "",
        ),
    ],
    draw: |values, picture| {
        let strokes = Strokes::of(&placed(values, picture), values.number("hardness"));
        let mut matte = Matte::even(picture.width, picture.height, 0.0);
        matte.values.par_chunks_mut(picture.width.max(1)).enumerate().for_each(|(y, line)| {
            let near = strokes.near(y as f64, y as f64 + 1.0);
            if near.is_empty() {
                return;
            }
            for (x, value) in line.iter_mut().enumerate() {
                *value = strokes.cover(&near, [x as f64 + 0.5, y as f64 + 0.5]);
            }
        });
        matte
    },
};

/// The points in pixels, with half the width of the brush there.
fn placed(values: &Values, picture: &Canvas) -> Vec<[f64; POINT]> {
    let size = [picture.width as f64, picture.height as f64];
    let (middle, larger) = (values.point("centre"), values.point("size"));
    let (sine, cosine) = values.number("rotation").to_radians().sin_cos();
    let wider = (larger[0] * larger[1]).abs().sqrt();
    let half = 0.5 * values.number("width") * picture.unit() * wider;
    let place = |[x, y, pressure]: &[f64; POINT]| {
        let (x, y) = (x * larger[0] * size[0], y * larger[1] * size[1]);
        let (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
        [middle[0] * size[0] + x, middle[1] * size[1] + y, half * pressure.clamp(-1.0, 1.0)]
    };
    values.numbers("strokes").as_chunks::<POINT>().0.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::Space;
    use crate::values::Moment;
    use timeline_format::{Param, Value};

    fn drawn(given: &[(&str, Value)], size: [usize; 2]) -> Matte {
        let given: Vec<_> =
            given.iter().map(|(id, value)| (*id, Param::Constant(value.clone()))).collect();
        let values = Values::resolve(MASK.parameters, Moment::default(), |id| {
            given.iter().find(|(known, _)| *known == id).map(|(_, param)| param)
        });
        (MASK.draw)(&values, &Canvas::clear(size[0], size[1], Space::Display))
    }

    /// How much two points and what lies between them cover, in pixels: a rectangle with two half circles.
    #[test]
    fn a_hard_stroke_covers_a_rectangle_and_two_half_circles() {
        let points = vec![-0.25, 0.0, 1.0, 0.25, 0.0, 1.0];
        let given = [
            ("strokes", Value::Vector(points)),
            ("width", Value::Number(108.0)),
            ("hardness", Value::Number(1.0)),
        ];
        let matte = drawn(&given, [400, 400]);
        let sum: f64 = matte.values.iter().map(|it| f64::from(*it)).sum();
        let expected = 200.0 * 40.0 + std::f64::consts::PI * 400.0;
        assert!((sum - expected).abs() < 0.01 * expected, "{sum} {expected}");
        assert_eq!((matte.line(200)[200], matte.line(100)[200]), (1.0, 0.0));
        assert_eq!((matte.line(200)[84], matte.line(200)[70]), (1.0, 0.0));
    }

    #[test]
    fn it_turns_and_grows_about_its_middle_and_two_strokes_have_a_gap_between_them() {
        let points = vec![-0.25, 0.0, -1.0, 0.25, 0.0, -1.0];
        let width = ("width", Value::Number(54.0));
        let apart = drawn(&[("strokes", Value::Vector(points)), width.clone()], [400, 400]);
        assert!(apart.line(200)[100] > 0.9 && apart.line(200)[300] > 0.9);
        assert!(apart.line(200)[200] < 1e-6, "nothing between two strokes");
        let line = vec![-0.1, 0.0, 1.0, 0.1, 0.0, 1.0];
        let turned = drawn(
            &[
                ("strokes", Value::Vector(line)),
                width,
                ("rotation", Value::Number(90.0)),
                ("size", Value::Vector(vec![2.0, 2.0])),
                ("centre", Value::Vector(vec![0.25, 0.5])),
            ],
            [400, 400],
        );
        assert!(turned.line(125)[100] > 0.9 && turned.line(275)[100] > 0.9);
        assert!(turned.line(200)[180] < 1e-6);
    }

    #[test]
    fn without_points_it_covers_nothing() {
        assert!(drawn(&[], [20, 10]).values.iter().all(|it| *it == 0.0));
    }
}
