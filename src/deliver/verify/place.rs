//! Where in the film a delivered picture lies: how many frames it is off.
//!
//! Near frame `n` a slow film moves along a line: `G`, the change a frame, is the difference of the
//! frames about it over their distance, but for what a loss of contrast is like (see `contrast`). What
//! a delivered picture `D` is off its own frame `E` is the part of `D - E` along it: `<D - E, G> / <G, G>`,
//! a matched filter. It is 0 where `D` shows `E`, 1 where it shows the frame after, -1 the frame before;
//! what a codec loses has hardly a part along `G`. Rounding and grain have none either, since `G` is
//! taken from frames further off where it can.
//!
//! The standard error comes from the picture itself: its blocks each say their part, and how far these
//! scatter (a ratio of sums over clusters) is how sure their sum is, whatever the noise in a block
//! has in common.

use super::contrast;
use super::fine::Fine;
use std::ops::Range;

/// How far the frames lie that a change is taken from: the furthest that still lie on a line.
pub(super) const SPANS: [i64; 3] = [4, 2, 1];
/// Cells along a block's side.
pub(super) const SIDE: usize = 8;
/// How much of the change from frame to frame must lie along the line.
const LEAST_ALONG: f64 = 0.4;
/// The most that the way to the frame after and the way from the frame before may differ.
const MOST_BENT: f64 = 0.5;
/// A block is new where it changed by so much of what the film changed, in energy: of the others,
/// which a codec held, nothing can be said.
const FRESH: f64 = 0.3;
/// The least part of the change that must lie in new blocks.
const LEAST_FRESH: f64 = 0.1;
/// The least count of blocks that scatter can be told from.
const LEAST_BLOCKS: f64 = 12.0;

/// How many times the energy of rounding a change must have to be one.
const ROUNDING: f64 = 2.0;

/// A figure and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measured {
    pub(super) value: f64,
    pub(super) error: f64,
}

/// Where a delivered picture lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) frame: i64,
    /// Frames that it is off: positive where it shows what comes after.
    pub(super) off: Option<Measured>,
    /// Frames that it moved on from the delivered picture before.
    pub(super) moved: Option<Measured>,
    /// The film's change a frame, in 8-bit codes.
    pub(super) step: f64,
    /// How far the delivered picture is from its own frame, in 8-bit codes.
    pub(super) noise: f64,
    /// Frames on each side that lie on one line with its own.
    pub(super) span: i64,
}

impl Place {
    /// Whether the delivery's error is less than so many times the film's change a frame.
    pub(super) fn is_finer(&self, times: f64) -> bool {
        self.noise < times * self.step
    }

    /// The delivery's error over the film's change a frame.
    pub(super) fn coarse(&self) -> f64 {
        self.noise / self.step.max(f64::MIN_POSITIVE)
    }
}

/// What is held against each other.
pub(super) struct Pair<'a> {
    pub(super) frame: i64,
    pub(super) found: &'a Fine,
    /// The delivered picture before.
    pub(super) last: Option<&'a Fine>,
    /// Whether blocks that did not change say nothing: a codec may have held them.
    pub(super) holds: bool,
}

impl Pair<'_> {
    /// Where the delivered picture lies among frames of the film; `None` where these do not lie on
    /// a line, or do not move.
    pub(super) fn place<'f>(&self, film: impl Fn(i64) -> Option<&'f Fine>) -> Option<Place> {
        let own = film(0)?;
        let (before, after) = (film(-1)?, film(1)?);
        SPANS.into_iter().find_map(|span| {
            let (behind, ahead) = (film(-span)?, film(span)?);
            let views = Views { pair: self, own, before, after, behind, ahead };
            let blocks = views.blocks(1.0 / (2 * span) as f32);
            self.of_blocks(&blocks, span)
        })
    }

    fn of_blocks(&self, blocks: &[Block], span: i64) -> Option<Place> {
        let all = || blocks.iter();
        let change: f64 = all().map(|block| block.weight * block.change).sum();
        let part = |of: fn(&Block) -> f64| {
            all().map(|block| block.weight * of(block)).sum::<f64>() / change
        };
        if change <= 0.0 {
            return None;
        }
        let (after, before) = (part(|block| block.after), part(|block| block.before));
        let along = (after - before) / 2.0;
        if along < LEAST_ALONG || (after + before).abs() > MOST_BENT {
            return None;
        }
        let held = self.holds && self.last.is_some();
        let fresh = |block: &&Block| !held || block.energy > FRESH * block.change;
        let is_new = all().filter(fresh).map(|block| block.weight * block.change).sum::<f64>()
            >= LEAST_FRESH * change;
        let off = measure(all().filter(fresh).map(|block| block.pair(block.off)), along);
        let moved = measure(all().map(|block| block.pair(block.moved)), along);
        let first = all().filter(|block| block.plane == 0);
        let cells: f64 = first.clone().map(|block| block.cells).sum();
        let root = |of: fn(&Block) -> f64| (first.clone().map(of).sum::<f64>() / cells).sqrt();
        Some(Place {
            frame: self.frame,
            off: off.filter(|_| is_new),
            moved: moved.filter(|_| self.last.is_some()),
            step: root(|block| block.change),
            noise: root(|block| block.noise),
            span,
        })
    }
}

/// The ratio of the sums of pairs, and how sure it is; `None` where too few blocks say it.
fn measure(pairs: impl Iterator<Item = (f64, f64)> + Clone, along: f64) -> Option<Measured> {
    let (mut top, mut bottom, mut squares) = (0.0, 0.0, 0.0);
    for (up, down) in pairs.clone() {
        top += up;
        bottom += down;
        squares += down * down;
    }
    if squares <= 0.0 || bottom * bottom / squares < LEAST_BLOCKS {
        return None;
    }
    let ratio = top / bottom;
    let scatter: f64 = pairs.map(|(up, down)| (up - ratio * down).powi(2)).sum();
    Some(Measured { value: ratio / along, error: scatter.sqrt() / bottom / along })
}

/// The sums over one block.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    plane: usize,
    weight: f64,
    cells: f64,
    change: f64,
    off: f64,
    moved: f64,
    energy: f64,
    after: f64,
    before: f64,
    noise: f64,
}

impl Block {
    fn pair(&self, up: f64) -> (f64, f64) {
        (self.weight * up, self.weight * self.change)
    }
}

struct Views<'a> {
    pair: &'a Pair<'a>,
    own: &'a Fine,
    before: &'a Fine,
    after: &'a Fine,
    behind: &'a Fine,
    ahead: &'a Fine,
}

impl Views<'_> {
    fn blocks(&self, part: f32) -> Vec<Block> {
        (0..self.own.planes.len()).flat_map(|plane| self.of_plane(plane, part)).collect()
    }

    /// The blocks of a plane; what a codec loses in it is what they are weighed by.
    fn of_plane(&self, plane: usize, part: f32) -> Vec<Block> {
        let across = self.own.across.max(1);
        let count = across.div_ceil(SIDE);
        let lines = self.own.planes[plane].len() / across;
        let mut blocks = vec![Block { plane, ..Block::default() }; count * lines.div_ceil(SIDE)];
        let change = self.change(plane, part);
        for y in 0..lines {
            let row = &mut blocks[y / SIDE * count..][..count];
            self.add_line(row, plane, y * across..(y + 1) * across, &change);
        }
        let cells = blocks.iter().map(|block| block.cells).sum::<f64>();
        let noise = blocks.iter().map(|block| block.noise).sum::<f64>() / cells.max(1.0);
        let weight = 1.0 / noise.max(1e-4);
        blocks.iter_mut().for_each(|block| block.weight = weight);
        blocks
    }

    /// What a plane changes by a frame, but for what a loss of contrast is like; nothing where rounding
    /// may be all of it.
    fn change(&self, plane: usize, part: f32) -> Vec<f32> {
        let pairs = self.ahead.planes[plane].iter().zip(&self.behind.planes[plane]);
        let change = pairs.map(|(ahead, behind)| (ahead - behind) * part).collect();
        let mut change = contrast::rest(change, &self.own.planes[plane], self.own.across);
        let energy: f64 = change.iter().map(|change| f64::from(change * change)).sum();
        let rounding = self.own.rounding[plane] * f64::from(part * part) * change.len() as f64;
        if energy < ROUNDING * rounding {
            change.fill(0.0);
        }
        change
    }

    fn add_line(&self, row: &mut [Block], plane: usize, cells: Range<usize>, change: &[f32]) {
        let pair = self.pair;
        let views = [self.own, self.before, self.after];
        let [own, before, after] = views.map(|fine| &fine.planes[plane][cells.clone()]);
        let change = &change[cells.clone()];
        let found = &pair.found.planes[plane][cells.clone()];
        let last = pair.last.map_or(found, |last| &last.planes[plane][cells]);
        for (index, block) in row.iter_mut().enumerate() {
            let (from, to) = (index * SIDE, ((index + 1) * SIDE).min(found.len()));
            let mut sums = [0.0_f32; 7];
            for at in from..to {
                let change = change[at];
                let (off, moved) = (found[at] - own[at], found[at] - last[at]);
                let terms = [
                    change * change,
                    off * change,
                    moved * change,
                    moved * moved,
                    (after[at] - own[at]) * change,
                    (before[at] - own[at]) * change,
                    off * off,
                ];
                sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
            }
            block.add(sums, to - from);
        }
    }
}

impl Block {
    fn add(&mut self, sums: [f32; 7], cells: usize) {
        let [change, off, moved, energy, after, before, noise] = sums.map(f64::from);
        self.cells += cells as f64;
        self.change += change;
        self.off += off;
        self.moved += moved;
        self.energy += energy;
        self.after += after;
        self.before += before;
        self.noise += noise;
    }
}
