//! A path drawn by hand: a closed curve through points, each with its handles and its own soft edge.

use super::{Matte, Shape};
use crate::canvas::Canvas;
use crate::values::Values;
use signal::{Kind, PATH_POINT, Parameter};
use rayon::prelude::*;

/// Straight pieces that stand for a curve between two points.
const PIECES: usize = 24;

const SIDES: Parameter = Parameter::list(
    "feather_sides",
    "Feather sides",
    "Where each point's own soft edge lies, a number a point: 0 half of it outside, 1 all of it outside, -1 all of it \
     within; it is added to the side of all. What it lacks is 0.",
    2000,
    "",
);

pub(super) const MASK: Shape = Shape {
    id: "path",
    label: "Path",
    help: "A closed curve through points with handles; every point has a soft edge of its own. Without points: nothing.",
    parameters: &[
        Parameter {
            id: "points",
            label: "Points",
            help: "Seven numbers a point: x, y, the handles in and out from it, in parts of the picture's width and \
                   height, and its feather in pixels of a picture of 1080 lines. It moves between keys of as many points.",
            kind: Kind::Path,
        },
        super::rectangle::FEATHER,
        super::rectangle::SIDE,
        SIDES,
        Parameter::flag(
            "polygon",
            "Polygon",
            "Straight lines from point to point: handles count for nothing.",
        ),
    ],
    draw: |values, picture| {
        let pieces = pieces(values, picture);
        let mut matte = Matte::even(picture.width, picture.height, 0.0);
        let width = picture.width.max(1);
        matte.values.par_chunks_mut(width).enumerate().for_each(|(y, line)| {
            inside(&pieces, y, line);
            edges(&pieces, y, line);
        });
        matte
    },
};

/// A straight piece of the curve, in pixels, with the soft edge at its ends.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: [f64; 2],
    to: [f64; 2],
    soft: [Soft; 2],
}

/// A soft edge: how many pixels of it lie within the curve, and how many outside.
type Soft = [f64; 2];

fn pieces(values: &Values, picture: &Canvas) -> Vec<Piece> {
    let size = [picture.width as f64, picture.height as f64];
    let points: Vec<&[f64]> = values.numbers("points").chunks_exact(PATH_POINT).collect();
    let place = |point: &[f64], handle: usize| {
        let off = |axis: usize| if handle > 0 { point[handle + axis] } else { 0.0 };
        [0, 1].map(|axis| (point[axis] + off(axis)) * size[axis])
    };
    let softs = softs(values, &points, picture.unit());
    let is_polygon = values.flag("polygon");
    let mut all = Vec::new();
    for (index, point) in points.iter().enumerate() {
        let after = (index + 1) % points.len();
        let (next, soft) = (points[after], [softs[index], softs[after]]);
        let curve = [place(point, 0), place(point, 4), place(next, 2), place(next, 0)];
        let is_straight = is_polygon || (point[4..6] == [0.0; 2] && next[2..4] == [0.0; 2]);
        let count = if is_straight { 1 } else { PIECES };
        let at = |step: usize| step as f64 / count as f64;
        let wide = |step: usize| between(soft, at(step));
        let on = |step: usize| {
            if is_straight { [curve[0], curve[3]][step] } else { bezier(&curve, at(step)) }
        };
        all.extend((0..count).map(|step| Piece {
            from: on(step),
            to: on(step + 1),
            soft: [wide(step), wide(step + 1)],
        }));
    }
    all
}

/// The soft edge of each point.
fn softs(values: &Values, points: &[&[f64]], unit: f64) -> Vec<Soft> {
    let (wider, all) = (values.number("feather"), values.number("feather_side"));
    let sides = values.numbers("feather_sides").iter().copied().chain(std::iter::repeat(0.0));
    let soft = |(point, side): (&&[f64], f64)| {
        let (half, side) = (0.5 * (point[6].max(0.0) + wider) * unit, (side + all).clamp(-1.0, 1.0));
        [half * (1.0 - side), half * (1.0 + side)]
    };
    points.iter().zip(sides).map(soft).collect()
}

fn between([one, other]: [Soft; 2], part: f64) -> Soft {
    [0, 1].map(|side| one[side] + (other[side] - one[side]) * part)
}

fn bezier(curve: &[[f64; 2]; 4], t: f64) -> [f64; 2] {
    let s = 1.0 - t;
    let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
    [0, 1].map(|axis| curve.iter().zip(weights).map(|(point, weight)| point[axis] * weight).sum())
}

/// Fills what the curve goes round, wherever a pixel's centre lies within it.
fn inside(pieces: &[Piece], y: usize, line: &mut [f32]) {
    let height = y as f64 + 0.5;
    let crossing = |piece: &Piece| {
        let [[x, top], [right, bottom]] = [piece.from, piece.to];
        let is_crossed = (top <= height) != (bottom <= height);
        let at = x + (right - x) * (height - top) / (bottom - top);
        is_crossed.then_some((at, if bottom > top { 1 } else { -1 }))
    };
    let mut crossings: Vec<(f64, i32)> = pieces.iter().filter_map(crossing).collect();
    crossings.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut winding = 0;
    for pair in crossings.windows(2) {
        winding += pair[0].1;
        if winding != 0 {
            let pixel = |at: f64| (at - 0.5).ceil().clamp(0.0, line.len() as f64) as usize;
            let (from, to) = (pixel(pair[0].0), pixel(pair[1].0));
            line[from..to.max(from)].fill(1.0);
        }
    }
}

/// Softens what lies near the curve: by the distance to its nearest place, and by the width of the edge there.
fn edges(pieces: &[Piece], y: usize, line: &mut [f32]) {
    let height = y as f64 + 0.5;
    let mut near: Vec<(f64, Soft)> = Vec::new();
    for piece in pieces {
        let reach = piece.soft.as_flattened().iter().copied().fold(0.5, f64::max);
        let [top, bottom] = [piece.from[1].min(piece.to[1]), piece.from[1].max(piece.to[1])];
        if height < top - reach || height > bottom + reach {
            continue;
        }
        if near.is_empty() {
            near = vec![(f64::MAX, [0.5; 2]); line.len()];
        }
        let left = piece.from[0].min(piece.to[0]) - reach;
        let right = piece.from[0].max(piece.to[0]) + reach;
        let bound = |at: f64| at.clamp(0.0, line.len() as f64) as usize;
        let (first, last) = (bound(left.floor()), bound(right.ceil()));
        for (x, near) in near.iter_mut().enumerate().take(last).skip(first) {
            let found = piece.distance([x as f64 + 0.5, height]);
            if found.0 < near.0 {
                *near = found;
            }
        }
    }
    for (value, (distance, [inside, outside])) in line.iter_mut().zip(near) {
        let is_within = *value > 0.5;
        if distance <= (if is_within { inside } else { outside }).max(0.5) {
            let feather = inside + outside;
            let side = if feather > 0.0 { (outside - inside) / feather } else { 0.0 };
            *value = Matte::edge(if is_within { distance } else { -distance }, feather, side);
        }
    }
}

impl Piece {
    /// How far away a place is, and how soft the edge is at the nearest place of the piece.
    fn distance(&self, place: [f64; 2]) -> (f64, Soft) {
        let along = [0, 1].map(|axis| self.to[axis] - self.from[axis]);
        let away = [0, 1].map(|axis| place[axis] - self.from[axis]);
        let length = along[0] * along[0] + along[1] * along[1];
        let part = if length > 0.0 { (along[0] * away[0] + along[1] * away[1]) / length } else { 0.0 };
        let part = part.clamp(0.0, 1.0);
        let off = [0, 1].map(|axis| away[axis] - along[axis] * part);
        (off[0].hypot(off[1]), between(self.soft, part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::Space;
    use crate::values::Moment;
    use timeline_format::{Param, Value};

    /// A square from 30 to 70 of 100 pixels, with soft edges of 10 pixels.
    fn drawn(sides: &[f64], all: f64) -> Matte {
        let corner = |[x, y]: [f64; 2]| [x, y, 0.0, 0.0, 0.0, 0.0, 108.0];
        let corners = [[0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7]].map(corner);
        let given = [
            ("points", Value::Vector(corners.as_flattened().to_vec())),
            ("feather_sides", Value::Vector(sides.to_vec())),
            ("feather_side", Value::Number(all)),
        ]
        .map(|(id, value)| (id, Param::Constant(value)));
        let find = |id: &str| given.iter().find(|(name, _)| *name == id).map(|(_, it)| it);
        let values = Values::resolve(MASK.parameters, Moment::default(), find);
        (MASK.draw)(&values, &Canvas::clear(100, 100, Space::Light))
    }

    fn smooth(part: f64) -> f32 {
        let part = part.clamp(0.0, 1.0);
        (part * part * (3.0 - 2.0 * part)) as f32
    }

    #[test]
    fn a_soft_edge_lies_within_or_outside_or_on_both_sides() {
        for (all, shift) in [(0.0, 0.0), (1.0, 4.5), (-1.0, -4.5), (0.5, 2.25)] {
            let matte = drawn(&[], all);
            for x in 10..50 {
                let within = x as f64 + 0.5 - 30.0;
                let expected = smooth((within + shift) / 10.0 + 0.5);
                let found = matte.line(50)[x];
                assert!((found - expected).abs() < 1e-5, "side {all}, column {x}: {found} {expected}");
            }
        }
    }

    #[test]
    fn each_point_has_its_soft_edge_on_its_own_side() {
        let matte = drawn(&[-1.0, 1.0, 1.0, -1.0], 0.0);
        assert_eq!(matte.line(50)[25], 0.0, "left of the left edge nothing is soft");
        assert!(matte.line(50)[34] > 0.1 && matte.line(50)[34] < 0.9);
        assert_eq!(matte.line(50)[65], 1.0, "within the right edge nothing is soft");
        assert!(matte.line(50)[74] > 0.1 && matte.line(50)[74] < 0.9);
        let middle = matte.line(29)[50];
        assert!((middle - drawn(&[], 0.0).line(29)[50]).abs() < 0.02, "half way both sides are: {middle}");
    }
}
