//! Pops: one frame, or a place in it, that neither its neighbour before nor the one after knows.

use super::tiles::{TILES, Tiles, heat, region};
use super::{Find, Finder, Search, Sight};
use crate::flow::{Flow, flow};
use crate::measures::Luma;
use std::sync::Arc;

/// Frames that differ by more than this many times are looked at again, with their movement.
const SUSPECT: f64 = 1.15;

pub(super) const FINDER: Finder = Finder {
    id: "pop",
    label: "Pop",
    help: "One frame, or a place in it, that differs from the frame before and from the one after by more than three times what these differ from each other, once movement is taken out.",
    unit: "times",
    wrong: "Flashes, and something small and fast that is in a place for one frame only, are taken for it.",
    repair: "between",
    search: |limits| {
        let [times, codes] = ["times", "codes"].map(|name| limits.of("pop", name));
        Box::new(Pop { times, codes, finds: Vec::new() })
    },
};

struct Pop {
    times: f64,
    codes: f64,
    finds: Vec<Find>,
}

impl Search for Pop {
    fn see(&mut self, sight: &Sight<'_>) {
        let (Some(middle), Some(first)) = (&sight.before, &sight.before_that) else { return };
        let sides = [differences(middle, first), differences(&sight.small, middle)];
        let across = differences(&sight.small, first);
        if most(&self.times(&sides, &across)) < SUSPECT {
            return;
        }
        let way = flow(&sight.small, first);
        let halves = [along(middle, first), along(&sight.small, middle), at(&sight.small, middle, &way.part(0.5))];
        let times = self.times(&halves, &at(&sight.small, first, &way));
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
