//! Lattice: a decoder's pattern, fixed to the screen, under a picture that moves.
//!
//! What is finer than a blur is averaged over frames: the picture moves away, the pattern stays. Folded by its period
//! it stays again, while all else averages away: that gives the pattern itself, a fraction of a code strong, and it
//! can be taken away.

use super::screen::Screen;
use super::{Find, Finder, Limits, Search, Sight, median};
use crate::composite::gauss;
use crate::measures::Luma;
use timeline_format::{Param, Value};

/// Frames that are averaged, at most.
const FRAMES: usize = 24;
/// Periods of patterns that decoders are known for, in pixels.
const PERIODS: &[usize] = &[2, 4, 8, 12, 14, 16, 20, 24, 28, 32, 64];
/// Pixels, each way, that must be there.
const LEAST: usize = 160;
/// Periods that none has, to hold the others against.
const OTHERS: &[usize] = &[3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33];
/// What is coarser than this deviation, in pixels, is picture.
const BLUR: f64 = 2.0;
/// Differences in codes beyond which they are drawn.
const DRAWN: f32 = 5.0;
/// How far, in small pixels, the picture must have gone in all to count as moving.
const MOVED: f64 = 16.0;
/// Of the strength of the longest pattern, what a shorter one must have to be the pattern.
const ENOUGH: f64 = 0.8;
/// Cells that are added to those of a pattern, as few of them say little.
const CELLS: f64 = 60.0;

pub(super) const FINDER: Finder = Finder {
    id: "lattice",
    label: "Lattice",
    help: "A pattern with a decoder's period (2 to 64 pixels) that stays on the screen while the picture moves: what is left of fine detail when frames are averaged and folded by the period, over what is left by periods that no decoder has.",
    unit: "times",
    wrong: "Printed pages, screens, brick and woven cloth that do not move are taken for one; where the camera stands still the limit is higher, and weak patterns are missed, as are those whose period the picture moves by in every frame.",
    proven: "Of 6 films each: 6 at 0.25, 0.5 and 1 code where the picture moves; 1, 4 and 5 at 0.5, 1 and 2 codes where it stands still.",
    repair: "unlattice",
    search: |limits| Box::new(Lattice::of(limits)),
};

struct Lattice {
    moving: f64,
    still: f64,
    stays: f64,
    size: (usize, usize),
    sum: Vec<f32>,
    count: usize,
    travelled: f64,
    screen: Screen,
    frames: std::ops::Range<i64>,
}

impl Lattice {
    fn of(limits: &Limits) -> Self {
        let [moving, still, stays] = ["moving", "still", "stays"].map(|name| limits.of("lattice", name));
        let (sum, count, travelled, screen) = (Vec::new(), 0, 0.0, Screen::default());
        Self { moving, still, stays, size: (0, 0), sum, count, travelled, screen, frames: 0..0 }
    }
}

impl Search for Lattice {
    fn see(&mut self, sight: &Sight<'_>) {
        if self.count == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        if !sight.is_among(FRAMES) && !Screen::wants(sight) {
            return;
        }
        let luma = sight.whole();
        if self.count > 0 && self.size != luma.size() {
            return;
        }
        self.size = luma.size();
        let fine = fine(luma);
        self.screen.see(sight, &fine, self.size);
        if !sight.is_among(FRAMES) {
            return;
        }
        self.sum.resize(fine.len(), 0.0);
        self.sum.iter_mut().zip(&fine).for_each(|(sum, fine)| *sum += fine);
        self.count += 1;
        let apart = sight.flow().map_or(0.0, crate::flow::Flow::travelled);
        self.travelled += apart * (sight.count as f64 / FRAMES as f64).max(1.0);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let (width, height) = self.size;
        if width.min(height) < LEAST || self.count == 0 {
            return Vec::new();
        }
        let is_moving = self.count > 2 && self.travelled > MOVED;
        let mean: Vec<f64> = self.sum.iter().map(|sum| f64::from(*sum) / self.count as f64).collect();
        let (found, limit) = if is_moving {
            (self.moving(&mean), self.moving)
        } else {
            (strongest(&mean, self.size), self.still)
        };
        let Some((period, score)) = found.filter(|(_, score)| *score > limit) else { return Vec::new() };
        let cell = fold(&mean, width, period);
        let strength = (cell.iter().map(|code| code * code).sum::<f64>() / cell.len() as f64).sqrt();
        let pattern = Value::Vector(cell.iter().map(|code| (code * 1e4).round() / 1e4).collect());
        let figures = vec![
            ("period", period as f64),
            ("codes", strength),
            ("moves", f64::from(u8::from(is_moving))),
        ];
        let find = Find { figures, ..Find::new("lattice", self.frames, score) };
        let across = Param::number(width as f64);
        vec![find.mended("unlattice", &[("pattern", Param::Constant(pattern)), ("width", across)])]
    }
}

/// What a picture has beside its own blur, in codes.
fn fine(luma: &Luma) -> Vec<f32> {
    let mut soft = luma.codes().to_vec();
    gauss(&mut soft, luma.size(), BLUR);
    let pairs = luma.codes().iter().zip(&soft);
    pairs.map(|(code, soft)| (code - soft).clamp(-DRAWN, DRAWN)).collect()
}

impl Lattice {
    /// The period that explains most of what does not fit when frames are laid over each other, and how far it stands out
    /// of those that no decoder has.
    fn moving(&self, mean: &[f64]) -> Option<(usize, f64)> {
        let explained = |period: &usize| {
            let stays = self.screen.stays(&means(mean, self.size.0, *period), *period)?;
            Some((*period, stays.part, stays.explained / ((period * period) as f64 + CELLS)))
        };
        let others: Vec<f64> = OTHERS.iter().filter_map(explained).map(|it| it.2).collect();
        let usual = median(others).max(1e-9);
        let sure = PERIODS.iter().filter_map(explained).filter(|it| it.1 > self.stays);
        let scored: Vec<(usize, f64)> = sure.map(|(period, _, explained)| (period, explained / usual)).collect();
        first(&scored, |(period, score)| (score - 1.0) * ((period * period) as f64 + CELLS))
    }
}

/// The period that stands out most, and how far.
///
/// A pattern folded by its own period stays; anything else averages away by the number of its repeats. What is left
/// after folding by a period is held against what is left after folding by those that no decoder has.
fn strongest(mean: &[f64], (width, height): (usize, usize)) -> Option<(usize, f64)> {
    let area = |period: usize| (width * height) as f64 / (period * period) as f64;
    let left = |period: usize| energy(&means(mean, width, period)) * area(period);
    let usual = median(OTHERS.iter().map(|period| left(*period)).collect()).max(1e-9);
    let scored: Vec<(usize, f64)> = PERIODS.iter().map(|period| (*period, left(*period) / usual)).collect();
    first(&scored, |(period, score)| (score - 1.0) / area(period))
}

/// The shortest period whose pattern is nearly as strong as the strongest, and how far the best of all stands out.
fn first(scored: &[(usize, f64)], pattern: impl Fn((usize, f64)) -> f64) -> Option<(usize, f64)> {
    let best = scored.iter().map(|(_, score)| *score).fold(0.0, f64::max);
    let most = scored.iter().map(|it| pattern(*it)).fold(0.0, f64::max);
    let found = scored.iter().find(|it| it.1 > 0.1 * best && pattern(**it) >= ENOUGH * most)?;
    Some((found.0, best))
}

/// The mean of what lies at each place of a period, less the mean of these.
fn means(values: &[f64], width: usize, period: usize) -> Vec<f64> {
    let (mut cell, mut counts) = (vec![0.0; period * period], vec![0_u32; period * period]);
    for (y, line) in values.chunks_exact(width).enumerate() {
        let row = y % period * period;
        for (x, value) in line.iter().enumerate() {
            cell[row + x % period] += value;
            counts[row + x % period] += 1;
        }
    }
    cell.iter_mut().zip(counts).for_each(|(sum, count)| *sum /= f64::from(count.max(1)));
    let middle = cell.iter().sum::<f64>() / cell.len() as f64;
    cell.iter_mut().for_each(|value| *value -= middle);
    cell
}

fn energy(cell: &[f64]) -> f64 {
    cell.iter().map(|code| code * code).sum::<f64>() / cell.len() as f64
}

/// The median of what lies at each place of a period, less its mean: the pattern, line by line.
fn fold(mean: &[f64], width: usize, period: usize) -> Vec<f64> {
    let height = mean.len() / width;
    let at = |place: usize| {
        let (x, y) = (place % period, place / period);
        let rows = (y..height).step_by(period);
        let all = rows.flat_map(|y| mean[y * width..][..width].iter().skip(x).step_by(period));
        median(all.copied().collect())
    };
    let mut cell: Vec<f64> = (0..period * period).map(at).collect();
    let middle = cell.iter().sum::<f64>() / cell.len() as f64;
    cell.iter_mut().for_each(|code| *code -= middle);
    cell
}
