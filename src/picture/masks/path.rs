//! A path drawn by hand: a closed curve through points, each with its handles and its own soft edge.

use super::{Matte, Shape};
use crate::canvas::Canvas;
use crate::values::Values;
use signal::{Kind, PATH_POINT, Parameter};
use rayon::prelude::*;

/// Straight pieces that stand for a curve between two points.
const PIECES: usize = 24;

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

/// A straight piece of the curve, in pixels, with the widths of the soft edge at its ends.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: [f64; 2],
    to: [f64; 2],
    feather: [f64; 2],
}

fn pieces(values: &Values, picture: &Canvas) -> Vec<Piece> {
    let size = [picture.width as f64, picture.height as f64];
    let wider = values.number("feather");
    let points: Vec<&[f64]> = values.numbers("points").chunks_exact(PATH_POINT).collect();
    let place = |point: &[f64], handle: usize| {
        let off = |axis: usize| if handle > 0 { point[handle + axis] } else { 0.0 };
        [0, 1].map(|axis| (point[axis] + off(axis)) * size[axis])
    };
    let feather = |point: &[f64]| (point[6].max(0.0) + wider) * picture.unit();
    let is_polygon = values.flag("polygon");
    let nexts = points.iter().cycle().skip(1);
    let mut all = Vec::new();
    for (point, next) in points.iter().zip(nexts) {
        let soft = [feather(point), feather(next)];
        let curve = [place(point, 0), place(point, 4), place(next, 2), place(next, 0)];
        let is_straight = is_polygon || (point[4..6] == [0.0; 2] && next[2..4] == [0.0; 2]);
        let count = if is_straight { 1 } else { PIECES };
        let at = |step: usize| step as f64 / count as f64;
        let wide = |step: usize| soft[0] + (soft[1] - soft[0]) * at(step);
        let on = |step: usize| {
            if is_straight { [curve[0], curve[3]][step] } else { bezier(&curve, at(step)) }
        };
        all.extend((0..count).map(|step| Piece {
            from: on(step),
            to: on(step + 1),
            feather: [wide(step), wide(step + 1)],
        }));
    }
    all
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
    let mut near: Vec<(f64, f64)> = Vec::new();
    for piece in pieces {
        let reach = 0.5 * piece.feather[0].max(piece.feather[1]).max(1.0);
        let [top, bottom] = [piece.from[1].min(piece.to[1]), piece.from[1].max(piece.to[1])];
        if height < top - reach || height > bottom + reach {
            continue;
        }
        if near.is_empty() {
            near = vec![(f64::MAX, 1.0); line.len()];
        }
        let left = piece.from[0].min(piece.to[0]) - reach;
        let right = piece.from[0].max(piece.to[0]) + reach;
        let bound = |at: f64| at.clamp(0.0, line.len() as f64) as usize;
        let (first, last) = (bound(left.floor()), bound(right.ceil()));
        for (x, near) in near.iter_mut().enumerate().take(last).skip(first) {
            let (distance, feather) = piece.distance([x as f64 + 0.5, height]);
            if distance < near.0 {
                *near = (distance, feather);
            }
        }
    }
    for (value, (distance, feather)) in line.iter_mut().zip(near) {
        if distance <= 0.5 * feather.max(1.0) {
            let within = if *value > 0.5 { distance } else { -distance };
            *value = Matte::edge(within, feather);
        }
    }
}

impl Piece {
    /// How far away a place is, and how wide the edge is at the nearest place of the piece.
    fn distance(&self, place: [f64; 2]) -> (f64, f64) {
        let along = [0, 1].map(|axis| self.to[axis] - self.from[axis]);
        let away = [0, 1].map(|axis| place[axis] - self.from[axis]);
        let length = along[0] * along[0] + along[1] * along[1];
        let part = if length > 0.0 { (along[0] * away[0] + along[1] * away[1]) / length } else { 0.0 };
        let part = part.clamp(0.0, 1.0);
        let off = [0, 1].map(|axis| away[axis] - along[axis] * part);
        (off[0].hypot(off[1]), self.feather[0] + (self.feather[1] - self.feather[0]) * part)
    }
}
