//! A tree of boxes about the solids of a scene, so that a ray asks few of them.

use super::{Form, Hit, Ray, Thing};
use crate::vector::{Vector, vector};

/// A tree of boxes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    things: Vec<Thing>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    low: Vector,
    high: Vector,
    /// The first thing, or the right branch (the left one follows at once).
    at: usize,
    /// How many things; 0 is a branch.
    count: usize,
}

impl Tree {
    pub(crate) fn new(things: &[Thing]) -> Self {
        let mut tree = Self { nodes: Vec::new(), things: things.to_vec() };
        let count = things.len();
        if count > 0 {
            tree.grow(0, count);
        }
        tree
    }

    fn grow(&mut self, from: usize, to: usize) {
        let (mut low, mut high) = (Vector::grey(f32::INFINITY), Vector::grey(f32::NEG_INFINITY));
        for thing in &self.things[from..to] {
            let (least, most) = bounds(&thing.form);
            low = vector(low.x.min(least.x), low.y.min(least.y), low.z.min(least.z));
            high = vector(high.x.max(most.x), high.y.max(most.y), high.z.max(most.z));
        }
        let node = self.nodes.len();
        let count = if to - from <= 3 { to - from } else { 0 };
        self.nodes.push(Node { low, high, at: from, count });
        if count > 0 {
            return;
        }
        let size = high - low;
        let axis = move |thing: &Thing| {
            let (least, most) = bounds(&thing.form);
            let middle = least + most;
            if size.x >= size.greatest() {
                middle.x
            } else if size.y >= size.greatest() {
                middle.y
            } else {
                middle.z
            }
        };
        self.things[from..to].sort_by(|a, b| axis(a).total_cmp(&axis(b)));
        let half = usize::midpoint(from, to);
        self.grow(from, half);
        self.nodes[node].at = self.nodes.len();
        self.grow(half, to);
    }

    /// The nearest thing that `ray` meets before `limit`, of those that `counts` lets count.
    pub(crate) fn nearest(
        &self,
        ray: &Ray,
        limit: f32,
        any: bool,
        counts: impl Fn(&Thing) -> bool,
    ) -> Option<(Hit, &Thing)> {
        let inverse = ray.direction.map(|v| 1.0 / if v.abs() < 1e-9 { 1e-9 } else { v });
        let (mut best, mut limit) = (None, limit);
        let (mut open, mut depth) = ([0_usize; 32], usize::from(!self.nodes.is_empty()));
        while depth > 0 {
            depth -= 1;
            let index = open[depth];
            let node = &self.nodes[index];
            if !node.crossed(ray.origin, inverse, limit) {
                continue;
            }
            if node.count == 0 && depth + 2 <= open.len() {
                (open[depth], open[depth + 1]) = (node.at, index + 1);
                depth += 2;
            }
            for thing in &self.things[node.at..node.at + node.count] {
                if let Some(hit) = thing.form.meet(ray, limit).filter(|_| counts(thing)) {
                    limit = hit.distance;
                    best = Some((hit, thing));
                }
            }
            if any && best.is_some() {
                return best;
            }
        }
        best
    }
}

impl Node {
    fn crossed(&self, origin: Vector, inverse: Vector, limit: f32) -> bool {
        let first = (self.low - origin).times(inverse);
        let last = (self.high - origin).times(inverse);
        let near = first.x.min(last.x).max(first.y.min(last.y)).max(first.z.min(last.z));
        let far = first.x.max(last.x).min(first.y.max(last.y)).min(first.z.max(last.z));
        near <= far && far > 0.0 && near < limit
    }
}

fn bounds(form: &Form) -> (Vector, Vector) {
    match *form {
        Form::Block { centre, half, turn: (cos, sin) } => {
            let (cos, sin) = (cos.abs(), sin.abs());
            let reach = vector(cos * half.x + sin * half.z, half.y, sin * half.x + cos * half.z);
            (centre - reach, centre + reach)
        }
        Form::Ball { centre, radius } => {
            (centre - Vector::grey(radius), centre + Vector::grey(radius))
        }
        Form::Rod { from, along, radius } => {
            let (to, wide) = (from + along, Vector::grey(radius));
            let low = vector(from.x.min(to.x), from.y.min(to.y), from.z.min(to.z));
            let high = vector(from.x.max(to.x), from.y.max(to.y), from.z.max(to.z));
            (low - wide, high + wide)
        }
        Form::Shade { foot, height, low, high } => {
            let wide = low.max(high);
            (foot - vector(wide, 0.0, wide), foot + vector(wide, height, wide))
        }
        Form::Plate { centre, radius } => {
            let wide = vector(radius, 1e-4, radius);
            (centre - wide, centre + wide)
        }
    }
}
