//! Flat blocks, and what trembles in them.

use super::KNOTS;
use super::frame::Frame;
use crate::measures::median;
use rayon::prelude::*;

/// Pixels of a block, each way.
pub(super) const BLOCK: usize = 32;
/// How far apart pixels are, at most, whose likeness is told.
pub(super) const FAR: usize = 12;
/// Which of the channels is luma.
pub(super) const LUMA: usize = 3;
/// Blocks of a pair for each of the lights, at most.
const MOST: usize = 32;
/// How many times more than by its grain a block may vary.
const FLAT: f64 = 2.0;
/// How many times more uneven than the calmest of its light, and of all, a block of a still may be.
const CALM: [f64; 2] = [2.5, 8.0];
/// Codes nearer to black or white than this hide grain.
const HIDDEN: f32 = 1.5;
/// Of the pixels of a block, the part that may be hidden.
const SOME: f64 = 0.01;

/// What trembles in a block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its mean luma, in codes.
    pub(super) light: f64,
    /// The mean squares of red, green, blue and luma.
    pub(super) spread: [f64; 4],
    /// The mean products of red and green, green and blue, blue and red.
    pub(super) shared: [f64; 3],
    /// The mean products of the luma of pixels that lie apart: see [`lags`].
    pub(super) alike: Vec<f64>,
}

/// Where, right and down, pixels lie from each other: half a plane, the same pixel first.
pub(super) fn lags() -> impl Iterator<Item = (isize, isize)> {
    let far = FAR as isize;
    (0..=far)
        .flat_map(move |down| (-far..=far).map(move |right| (right, down)))
        .filter(|(right, down)| *down > 0 || *right >= 0)
}

/// A block that is looked at: where, how unlike a plane it is, and what is left of it in each channel.
struct Patch {
    light: f64,
    uneven: f64,
    rest: [Vec<f32>; 4],
}

/// The flat blocks of a frame and the one after it.
pub(super) fn of_pair(one: &Frame, other: &Frame) -> Vec<Block> {
    if (one.width, one.height) != (other.width, other.height) {
        return Vec::new();
    }
    let flow = one.flow_to(other);
    let corners = corners(one);
    let patch = |corner: &(usize, usize)| {
        let middle = (corner.1 + BLOCK / 2) * one.width + corner.0 + BLOCK / 2;
        let by = [flow.across[middle], flow.down[middle]].map(|it| it.round() as isize);
        patch_of_pair((one, other), *corner, by)
    };
    let patches: Vec<Option<Patch>> = corners.par_iter().map(patch).collect();
    let mut patches: Vec<Patch> = patches.into_iter().flatten().collect();
    level(&mut patches);
    let own = |patch: &Patch| mean_square(&patch.rest[LUMA]);
    patches.retain(|patch| patch.uneven <= FLAT * own(patch));
    told(flattest(patches))
}

/// The flattest blocks of a frame that stands alone.
pub(super) fn of_still(frame: &Frame) -> Vec<Block> {
    let corners = corners(frame);
    let patches: Vec<Option<Patch>> =
        corners.par_iter().map(|corner| patch_of_still(frame, *corner)).collect();
    let patches: Vec<Patch> = patches.into_iter().flatten().collect();
    let limits = limits(&patches);
    let is_calm = |patch: &Patch| patch.uneven <= limits[light_of(patch)];
    told(flattest(patches.into_iter().filter(is_calm).collect()))
}

/// How uneven a block of a still may be at each light: what the calmest of that light are, and all, is what grain alone
/// makes of them.
fn limits(patches: &[Patch]) -> [f64; KNOTS] {
    let calmest = |is_meant: &dyn Fn(&Patch) -> bool| {
        let meant = patches.iter().filter(|patch| is_meant(patch));
        let mut uneven: Vec<f64> = meant.map(|patch| patch.uneven).collect();
        uneven.sort_by(f64::total_cmp);
        uneven.get(uneven.len() / 10).copied().unwrap_or(0.0)
    };
    let all = calmest(&|_| true);
    std::array::from_fn(|light| {
        let own = calmest(&|patch| light_of(patch) == light);
        (CALM[0] * own).min(CALM[1] * all)
    })
}

/// Left and top of every block.
fn corners(frame: &Frame) -> Vec<(usize, usize)> {
    let along = |size: usize| (0..(size + 1).saturating_sub(BLOCK)).step_by(BLOCK);
    along(frame.height).flat_map(|y| along(frame.width).map(move |x| (x, y))).collect()
}

fn cut(channel: &[f32], width: usize, (left, top): (usize, usize)) -> Vec<f32> {
    let row = |y: usize| channel[(top + y) * width + left..][..BLOCK].iter().copied();
    (0..BLOCK).flat_map(row).collect()
}

fn patch_of_pair(
    (one, other): (&Frame, &Frame),
    (left, top): (usize, usize),
    [right, down]: [isize; 2],
) -> Option<Patch> {
    let there = (left.checked_add_signed(right)?, top.checked_add_signed(down)?);
    if there.0 + BLOCK > one.width || there.1 + BLOCK > one.height {
        return None;
    }
    let pairs = [0, 1, 2, LUMA].map(|nth| {
        let own = cut(&one.channels[nth], one.width, (left, top));
        (own, cut(&other.channels[nth], one.width, there))
    });
    if pairs.iter().any(|(own, next)| is_hidden(own) || is_hidden(next)) {
        return None;
    }
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let (own, next) = &pairs[LUMA];
    let means: Vec<f32> = own.iter().zip(next).map(|(a, b)| 0.5 * (a + b)).collect();
    let light = mean(&means);
    let uneven = mean_square(&less_plane(&means));
    let rest = pairs.map(|(own, next)| own.iter().zip(next).map(|(a, b)| half * (a - b)).collect());
    Some(Patch { light, uneven, rest })
}

fn patch_of_still(frame: &Frame, corner: (usize, usize)) -> Option<Patch> {
    let own = [0, 1, 2, LUMA].map(|nth| cut(&frame.channels[nth], frame.width, corner));
    if own.iter().any(|channel| is_hidden(channel)) {
        return None;
    }
    let light = mean(&own[LUMA]);
    let uneven = mean_square(&coarse(&own[LUMA]));
    Some(Patch { light, uneven, rest: own.map(|channel| less_parabola(&channel)) })
}

fn is_hidden(codes: &[f32]) -> bool {
    let hidden = codes.iter().filter(|code| !(HIDDEN..=255.0 - HIDDEN).contains(*code)).count();
    hidden as f64 > SOME * codes.len() as f64
}

/// Takes out of what is left what the light of the whole picture changed by: a line over the blocks' light.
fn level(patches: &mut [Patch]) {
    for nth in 0..4 {
        let means: Vec<(f64, f64)> =
            patches.iter().map(|patch| (patch.light, mean(&patch.rest[nth]))).collect();
        let (slope, start) = line(&means);
        for patch in patches.iter_mut() {
            let by = (start + slope * patch.light) as f32;
            patch.rest[nth].iter_mut().for_each(|value| *value -= by);
        }
    }
}

/// The line that most of some pairs lie about: its slope and where it starts.
fn line(pairs: &[(f64, f64)]) -> (f64, f64) {
    let mut found = (0.0, median(pairs.iter().map(|it| it.1).collect()));
    for _ in 0..3 {
        let off = |it: &(f64, f64)| (it.1 - found.1 - found.0 * it.0).abs();
        let usual = 3.0 * 1.4826 * median(pairs.iter().map(off).collect()) + 1e-9;
        let near: Vec<&(f64, f64)> = pairs.iter().filter(|it| off(it) <= usual).collect();
        let count = near.len().max(1) as f64;
        let [x, y] = [near.iter().map(|it| it.0).sum::<f64>(), near.iter().map(|it| it.1).sum()]
            .map(|sum| sum / count);
        let run: f64 = near.iter().map(|it| (it.0 - x).powi(2)).sum();
        let both: f64 = near.iter().map(|it| (it.0 - x) * (it.1 - y)).sum();
        let slope = if run > count { both / run } else { 0.0 };
        found = (slope, y - slope * x);
    }
    found
}

/// For each light the blocks that are most even.
fn flattest(mut patches: Vec<Patch>) -> Vec<Patch> {
    patches.sort_by(|one, other| one.uneven.total_cmp(&other.uneven));
    let mut taken = [0; KNOTS];
    patches.retain(|patch| {
        taken[light_of(patch)] += 1;
        taken[light_of(patch)] <= MOST
    });
    patches
}

/// Which of the lights a block is nearest to.
fn light_of(patch: &Patch) -> usize {
    let last = (KNOTS - 1) as f64;
    (patch.light / 255.0 * last).round().clamp(0.0, last) as usize
}

fn told(patches: Vec<Patch>) -> Vec<Block> {
    patches.par_iter().map(block).collect()
}

fn block(patch: &Patch) -> Block {
    let product = |one: usize, other: usize| {
        let pairs = patch.rest[one].iter().zip(&patch.rest[other]);
        pairs.map(|(a, b)| f64::from(a * b)).sum::<f64>() / (BLOCK * BLOCK) as f64
    };
    Block {
        light: patch.light,
        spread: [0, 1, 2, LUMA].map(|nth| product(nth, nth)),
        shared: [(0, 1), (1, 2), (2, 0)].map(|(one, other)| product(one, other)),
        alike: lags().map(|lag| product_apart(&patch.rest[LUMA], lag)).collect(),
    }
}

/// The mean product of pixels of a block that lie so far apart.
fn product_apart(values: &[f32], (right, down): (isize, isize)) -> f64 {
    let (wide, down) = (BLOCK - right.unsigned_abs(), down.unsigned_abs());
    let [from, to] = [(-right).max(0) as usize, right.max(0) as usize];
    let row = |y: usize| {
        let own = &values[y * BLOCK + from..][..wide];
        let other = &values[(y + down) * BLOCK + to..][..wide];
        own.iter().zip(other).map(|(a, b)| a * b).sum::<f32>()
    };
    (0..BLOCK - down).map(|y| f64::from(row(y))).sum::<f64>() / (wide * (BLOCK - down)) as f64
}

/// How much of the grain of red, green and blue is the same: the mean of their correlations, `floor` being the mean
/// square of what rounding adds to each.
pub(super) fn common(blocks: &[Block], floor: f64) -> f64 {
    let all = |of: &dyn Fn(&Block) -> f64| median(blocks.iter().map(of).collect());
    let own = [0, 1, 2].map(|nth| (all(&|block| block.spread[nth]) - floor).max(1e-9));
    let pairs = [(0, 1), (1, 2), (2, 0)].into_iter().enumerate();
    let each = pairs.map(|(nth, (one, other))| {
        all(&|block| block.shared[nth]) / (own[one] * own[other]).sqrt()
    });
    each.sum::<f64>() / 3.0
}

fn mean(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len().max(1) as f64
}

fn mean_square(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(value * value)).sum::<f64>() / values.len().max(1) as f64
}

/// From the middle of a block to a pixel's, as a part of half its side.
fn place(at: usize) -> f64 {
    (at as f64 + 0.5) / (BLOCK as f64 / 2.0) - 1.0
}

/// A block less what these functions of a place, square to each other over it, explain of it.
fn less<const COUNT: usize>(values: &[f32], of: impl Fn(f64, f64) -> [f64; COUNT]) -> Vec<f32> {
    let at = |index: usize| of(place(index % BLOCK), place(index / BLOCK));
    let (mut sums, mut powers) = ([0.0; COUNT], [0.0; COUNT]);
    for (index, value) in values.iter().enumerate() {
        for (nth, function) in at(index).into_iter().enumerate() {
            sums[nth] += function * f64::from(*value);
            powers[nth] += function * function;
        }
    }
    let rest = values.iter().enumerate().map(|(index, value)| {
        let explained = at(index).into_iter().enumerate();
        let explained: f64 = explained.map(|(nth, it)| it * sums[nth] / powers[nth]).sum();
        (f64::from(*value) - explained) as f32
    });
    rest.collect()
}

fn less_plane(values: &[f32]) -> Vec<f32> {
    less(values, |x, y| [1.0, x, y])
}

fn less_parabola(values: &[f32]) -> Vec<f32> {
    let mean = (0..BLOCK).map(|at| place(at).powi(2)).sum::<f64>() / BLOCK as f64;
    less(values, |x, y| [1.0, x, y, x * y, x * x - mean, y * y - mean])
}

/// A block as 8 by 8 means, less their plane, each as often as it has pixels.
fn coarse(values: &[f32]) -> Vec<f32> {
    const CELL: usize = 4;
    let mean_of = |x: usize, y: usize| {
        let rows = (y / CELL * CELL..).take(CELL);
        let row = |y: usize| values[y * BLOCK + x / CELL * CELL..][..CELL].iter().sum::<f32>();
        rows.map(row).sum::<f32>() / (CELL * CELL) as f32
    };
    let means: Vec<f32> = (0..BLOCK * BLOCK).map(|at| mean_of(at % BLOCK, at / BLOCK)).collect();
    less_plane(&means)
}
