//! Pops: one frame, or a place in it, that neither its neighbour before nor the one after knows.

use super::tiles::{TILES, Tiles, heat, inner, region};
use super::{Find, Finder, Search, Sight};
use crate::flow::{Flow, flow};
use crate::measures::Luma;
use std::sync::Arc;

/// Frames that differ by more than this many times are looked at again, with their movement.
const SUSPECT: f64 = 1.15;

/// So many times what is seen, of what movement does not explain, is looked at again, too.
const OFF: f64 = 2.0;
/// Changes of light, in stops, that belong to flicker; a flash is more.
const FLASH: f64 = 0.15;

pub(super) const FINDER: Finder = Finder {
    id: "pop",
    label: "Pop",
    help: "One frame, or a place in it, that differs from the frame before and from the one after by more than three times what these differ from each other, once movement is taken out.",
    unit: "times",
    wrong: "Flashes, and something small and fast that is in a place for one frame only, are taken for it; a place that changes its colour and not its light is missed.",
    proven: "Of 6 films each: 1, 4 and 5 of a place that goes 25, 50 and 100 % of the way to other colours.",
    repair: "between",
    search: |limits| {
        let [times, codes] = ["times", "codes"].map(|name| limits.of("pop", name));
        Box::new(Pop { times, codes, left: Vec::new(), lighter: 0.0, finds: Vec::new() })
    },
};

struct Pop {
    times: f64,
    codes: f64,
    /// What movement does not explain of the last frame, in each tile.
    left: Vec<f64>,
    /// By how many stops it was lighter than the one before.
    lighter: f64,
    finds: Vec<Find>,
}

impl Search for Pop {
    fn see(&mut self, sight: &Sight<'_>) {
        let left = left(sight);
        let last = std::mem::replace(&mut self.left, left.clone());
        let lighter = sight.lighter().filter(|stops| stops.abs() < FLASH).unwrap_or(0.0);
        let steps = [std::mem::replace(&mut self.lighter, lighter), lighter];
        let (Some(middle), Some(first)) = (&sight.before, &sight.before_that) else { return };
        let is_off = last.iter().zip(&left).any(|(last, left)| last.min(*left) > OFF * self.codes);
        let (middle, now) = (&lit(middle, -steps[0]), &lit(&sight.small, -steps[0] - steps[1]));
        let sides = [differences(middle, first), differences(now, middle)];
        if !is_off && most(&self.times(&sides, &differences(now, first))) < SUSPECT {
            return;
        }
        let way = flow(now, first);
        let sides = [along(middle, first), along(now, middle), at(now, middle, &way.part(0.5))];
        let times = self.times(&sides, &at(now, first, &way));
        let most = most(&times);
        if most > self.times {
            let frames = sight.frame - 1..sight.frame;
            let find = Find { region: region(&times, self.times), heat: heat(&times), ..Find::new("pop", frames, most) };
            self.finds.push(find.mended("between", &[]).there_only());
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        self.finds
    }
}

impl Pop {
    /// For each tile, by how much more its middle frame differs from both others than these from each other.
    fn times(&self, sides: &[Vec<f64>], across: &[f64]) -> Vec<f64> {
        let of = |tile: usize| {
            let less = sides.iter().map(|side| side[tile]).fold(f64::INFINITY, f64::min);
            if less > self.codes { less / (across[tile] + 1.0) } else { 0.0 }
        };
        (0..TILES.0 * TILES.1).map(of).collect()
    }
}

/// A picture by so many stops lighter.
fn lit(luma: &Arc<Luma>, stops: f64) -> Arc<Luma> {
    let gain = stops.exp2() as f32;
    let codes = luma.codes().iter().map(|code| gain * code).collect();
    Luma::new(luma.size(), codes).map_or_else(|| Arc::clone(luma), Arc::new)
}

/// What movement and light that changes everywhere do not explain of a frame, in codes, in each tile.
fn left(sight: &Sight<'_>) -> Vec<f64> {
    let Some(left) = sight.left() else { return Vec::new() };
    let mut tiles = Tiles::default();
    tiles.add(sight.small.size(), |at| f64::from(255.0 * left[at].abs()));
    inner(tiles.means())
}

fn most(times: &[f64]) -> f64 {
    times.iter().copied().fold(0.0, f64::max)
}

/// The mean difference of two pictures in each tile, once movement is taken out.
fn along(one: &Arc<Luma>, other: &Arc<Luma>) -> Vec<f64> {
    at(one, other, &flow(one, other))
}

/// The mean difference of a picture and another that is laid under it along a flow, in each tile.
fn at(one: &Arc<Luma>, other: &Arc<Luma>, way: &Flow) -> Vec<f64> {
    let there = Luma::new(one.size(), way.fetch(other.codes())).map(Arc::new);
    there.map_or_else(|| differences(one, other), |there| differences(one, &there))
}

/// The mean difference of two pictures in each tile, in codes.
fn differences(one: &Arc<Luma>, other: &Arc<Luma>) -> Vec<f64> {
    let mut tiles = Tiles::default();
    if one.size() == other.size() {
        let (one_codes, other_codes) = (one.codes(), other.codes());
        tiles.add(one.size(), |at| f64::from((one_codes[at] - other_codes[at]).abs()));
    } else {
        tiles.add((TILES.0, TILES.1), |_| 0.0);
    }
    tiles.means()
}
