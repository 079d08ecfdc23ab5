//! How things move in the picture: for cloth that moves with somebody, and for steps and blows to be spotted.
//!
//! Each frame is held against the one before it in blocks of a small picture: a block has moved to where it
//! fits best (full search, sum of absolute differences; A. N. Netravali and J. D. Robbins, Motion-Compensated
//! Television Coding, Bell System Technical J. 58(3), 1979). What most blocks do together is the camera; what
//! the quickest do beside it is somebody. Speeds are in heights of the picture a second.

use super::offline::Offline;
use super::programme::{Failed, Programme as _};
use crate::picture::means::means;
use crate::signal::Image;
use crate::workers::Stop;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use timeline_format::Timeline;

/// Pixels across and down of the small picture.
const SMALL: (usize, usize) = (128, 72);
/// Pixels of a block, each way.
const BLOCK: usize = 8;
/// How far a block is looked for, in pixels.
const REACH: i32 = 6;
/// Of the blocks, the part that is somebody rather than the scene.
const QUICK: f64 = 0.05;
/// Frames that are looked back on for whether something begins.
const REST: usize = 8;
/// A block whose codes differ by less is flat: where it moved to cannot be told.
const FLAT: f32 = 6.0;

/// What moves in a stretch of a film.
#[derive(Debug, Clone, PartialEq)]
pub struct Motion {
    /// The first frame.
    pub from: i64,
    /// How fast the quickest part of the picture moves from each frame's predecessor to it, in heights of the
    /// picture a second; 0 at cuts.
    pub speeds: Vec<f64>,
    /// Frames at which the picture is another: cuts.
    pub cuts: Vec<i64>,
}

/// A moment at which something begins or stops: where a sound may belong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accent {
    /// The frame.
    pub frame: i64,
    /// How strong it is against the strongest, in dB: 0 or below.
    pub strength: f64,
}

/// What moves in frames `range` of the main sequence of `timeline`, whose document lies in `folder`; `None`
/// where `stop` was raised. `tell` is called with each frame that is done.
///
/// # Errors
/// Where a picture cannot be made.
pub fn motion(
    timeline: &Arc<Timeline>,
    folder: &Path,
    range: Range<i64>,
    (stop, tell): (&Stop, &mut dyn FnMut(i64)),
) -> Result<Option<Motion>, Failed> {
    let mut film = Offline::open(timeline, folder, range.clone())?;
    let rate = film.rate().ratio().to_f64();
    let mut found = Motion { from: range.start, speeds: Vec::new(), cuts: Vec::new() };
    let mut last: Option<(u128, Small)> = None;
    for number in 0..range.end - range.start {
        if stop.is_raised() {
            return Ok(None);
        }
        let key = film.key(number);
        let is_held = last.as_ref().is_some_and(|(known, _)| *known == key);
        let mut moved = Moved::default();
        if !is_held {
            let now = Small::of(&*film.picture(number)?);
            moved = last.as_ref().map(|(_, before)| now.moved_from(before)).unwrap_or_default();
            last = Some((key, now));
        }
        found.cuts.extend(moved.is_cut.then_some(range.start + number));
        found.speeds.push(moved.speed * rate);
        tell(range.start + number);
    }
    Ok(Some(found))
}

/// What became of a picture.
#[derive(Debug, Clone, Copy, Default)]
struct Moved {
    /// Heights of the picture.
    speed: f64,
    is_cut: bool,
}

/// A small picture.
#[derive(Debug)]
struct Small {
    codes: Vec<f32>,
    width: usize,
    height: usize,
}

impl Small {
    fn of(image: &Image) -> Self {
        let (width, height) =
            (SMALL.0.min(image.width as usize), SMALL.1.min(image.height as usize));
        Self { codes: means(image, 0, SMALL), width, height }
    }

    fn moved_from(&self, before: &Self) -> Moved {
        let paths = self.paths(before);
        if paths.is_empty() {
            return Moved::default();
        }
        let lost = paths.iter().filter(|path| path.rest > LOST).count();
        if 2 * lost > paths.len() {
            return Moved { speed: 0.0, is_cut: true };
        }
        let camera = [0, 1].map(|axis| median(paths.iter().map(|path| path.by[axis])));
        let usual = median(paths.iter().map(|path| path.rest));
        let mut speeds: Vec<f64> = paths.iter().map(|path| path.aside(camera, usual)).collect();
        speeds.sort_by(f64::total_cmp);
        let quick = ((speeds.len() as f64 * QUICK).ceil() as usize).min(speeds.len());
        let fastest = &speeds[speeds.len() - quick..];
        let speed = fastest.iter().sum::<f64>() / quick.max(1) as f64 / self.height as f64;
        Moved { speed, is_cut: false }
    }

    /// Where each block came from that is not flat.
    fn paths(&self, before: &Self) -> Vec<Step> {
        if (self.width, self.height) != (before.width, before.height) {
            return Vec::new();
        }
        let margin = REACH as usize;
        let columns = (margin..(self.width.saturating_sub(BLOCK + margin))).step_by(BLOCK);
        let rows = (margin..(self.height.saturating_sub(BLOCK + margin))).step_by(BLOCK);
        let corners = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
        corners.filter(|corner| !self.is_flat(*corner)).map(|at| self.path(before, at)).collect()
    }

    fn block(&self, (x, y): (usize, usize)) -> impl Iterator<Item = &f32> {
        (y..y + BLOCK).flat_map(move |y| &self.codes[y * self.width + x..][..BLOCK])
    }

    fn is_flat(&self, at: (usize, usize)) -> bool {
        let range = self
            .block(at)
            .fold((f32::MAX, f32::MIN), |(low, high), code| (low.min(*code), high.max(*code)));
        range.1 - range.0 < FLAT
    }

    /// The mean difference of a block here and one there.
    fn distance(&self, at: (usize, usize), before: &Self, from: (usize, usize)) -> f32 {
        let pairs = self.block(at).zip(before.block(from));
        pairs.map(|(a, b)| (a - b).abs()).sum::<f32>() / (BLOCK * BLOCK) as f32
    }

    fn path(&self, before: &Self, at: (usize, usize)) -> Step {
        let from = |dx: i32, dy: i32| {
            (at.0.saturating_add_signed(dx as isize), at.1.saturating_add_signed(dy as isize))
        };
        let far = |dx: i32, dy: i32| self.distance(at, before, from(dx, dy));
        let still = far(0, 0);
        let mut best = (0.9 * still, 0, 0);
        for dy in -REACH..=REACH {
            for dx in -REACH..=REACH {
                let far = far(dx, dy);
                if far < best.0 {
                    best = (far, dx, dy);
                }
            }
        }
        let (rest, dx, dy) = best;
        let between =
            |back: f32, ahead: f32| vertex(f64::from(back), f64::from(rest), f64::from(ahead));
        let is_inside = dx.abs() < REACH && dy.abs() < REACH && (dx, dy) != (0, 0);
        let part = if is_inside {
            [between(far(dx - 1, dy), far(dx + 1, dy)), between(far(dx, dy - 1), far(dx, dy + 1))]
        } else {
            [0.0; 2]
        };
        let by = [f64::from(-dx) - part[0], f64::from(-dy) - part[1]];
        Step { by, rest: f64::from(rest), still: f64::from(still), gradient: self.gradient(at) }
    }

    /// How steep a block is, in codes a pixel.
    fn gradient(&self, (x, y): (usize, usize)) -> f64 {
        let at = |x: usize, y: usize| f64::from(self.codes[y * self.width + x]);
        let steep = |x: usize, y: usize| {
            let (across, down) = (at(x + 1, y) - at(x - 1, y), at(x, y + 1) - at(x, y - 1));
            (0.5 * across).hypot(0.5 * down)
        };
        let all = (y..y + BLOCK).flat_map(|y| (x..x + BLOCK).map(move |x| (x, y)));
        all.map(|(x, y)| steep(x, y)).sum::<f64>() / (BLOCK * BLOCK) as f64
    }
}

/// A block that differs by more codes is like nothing in the picture before.
const LOST: f64 = 14.0;

/// How a block moved, in pixels of the small picture.
#[derive(Debug, Clone, Copy)]
struct Step {
    by: [f64; 2],
    /// What it differs by where it fits best, in codes.
    rest: f64,
    /// What it differs by where it is.
    still: f64,
    /// How steep it is, in codes a pixel.
    gradient: f64,
}

impl Step {
    /// How far it moved beside the camera, in pixels. Where an edge passes over a ground that stays, no
    /// one place fits: the difference is then a motion across what is steep (B. K. P. Horn and B. G.
    /// Schunck, Determining Optical Flow, Artificial Intelligence 17, 1981).
    fn aside(&self, camera: [f64; 2], usual: f64) -> f64 {
        let moved = (self.by[0] - camera[0]).hypot(self.by[1] - camera[1]);
        let across = (self.still - 2.0 * usual).max(0.0) / self.gradient.max(1.0);
        let fits = self.rest <= 2.0 * usual + 1.0;
        let far = if fits { moved } else { (across - camera[0].hypot(camera[1])).max(0.0) };
        far.min(f64::from(REACH))
    }
}

/// Where the parabola through three values, one apart, is least.
fn vertex(back: f64, middle: f64, ahead: f64) -> f64 {
    let bend = back - 2.0 * middle + ahead;
    if bend > 1e-9 { (0.5 * (back - ahead) / bend).clamp(-0.5, 0.5) } else { 0.0 }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

impl Motion {
    /// The moments at which something begins, and cuts if they are wanted: those that stand out by
    /// `least` dB or less below the strongest, `apart` frames from each other at least.
    pub fn accents(&self, least: f64, apart: usize) -> Vec<Accent> {
        let speed = |at: usize| self.speeds.get(at).copied().unwrap_or(0.0);
        let rise = |number: usize| {
            let before = number.saturating_sub(REST)..number;
            speed(number) - before.map(speed).fold(0.0, f64::max)
        };
        let rises: Vec<f64> = (0..self.speeds.len()).map(rise).collect();
        let strongest = rises.iter().copied().fold(0.0, f64::max);
        let begins = |at: usize| rises[at] > 1e-3 && rises[at] >= 0.5 * self.speeds[at];
        let mut order: Vec<usize> = (0..rises.len()).filter(|at| begins(*at)).collect();
        order.sort_by(|one, other| rises[*other].total_cmp(&rises[*one]));
        let level = |at: usize| 20.0 * (rises[at] / strongest).log10();
        let mut kept: Vec<(usize, f64)> = Vec::new();
        for at in order {
            let start = self.start_of(at);
            let is_apart = kept.iter().all(|(other, _)| other.abs_diff(start) >= apart);
            if level(at) >= -least && is_apart {
                kept.push((start, level(at)));
            }
        }
        kept.sort_by_key(|(at, _)| *at);
        let accent = |(at, strength)| Accent { frame: self.from + at as i64, strength };
        kept.into_iter().map(accent).collect()
    }

    /// The frame at which what moves at `at` began to: it was a quarter as fast there.
    fn start_of(&self, at: usize) -> usize {
        let is_moving = |before: &usize| self.speeds[*before] > 0.25 * self.speeds[at];
        let moving = (at.saturating_sub(REST)..at).rev().take_while(is_moving);
        moving.last().unwrap_or(at)
    }

    /// The speeds as a curve: in metres a second where the picture is so many metres high, smoothed over
    /// a few frames as a body is, without the points that a straight line between others gives to
    /// `tolerance`.
    pub fn curve(&self, height: f64, tolerance: f64) -> Vec<(i64, f64)> {
        let speeds = &self.speeds;
        let smooth = |at: usize| {
            let window = at.saturating_sub(2)..(at + 3).min(speeds.len());
            let count = window.len() as f64;
            height * speeds[window].iter().sum::<f64>() / count
        };
        let smooth: Vec<f64> = (0..speeds.len()).map(smooth).collect();
        let mut kept = Vec::new();
        if !smooth.is_empty() {
            thin(&smooth, (0, smooth.len() - 1), tolerance, &mut kept);
            kept.push(smooth.len() - 1);
            kept.insert(0, 0);
        }
        kept.sort_unstable();
        kept.dedup();
        kept.into_iter().map(|at| (self.from + at as i64, smooth[at])).collect()
    }
}

/// The points that a line must go through to be true to all (D. H. Douglas and T. K. Peucker, Algorithms
/// for the Reduction of the Number of Points, The Canadian Cartographer 10(2), 1973).
fn thin(values: &[f64], (first, last): (usize, usize), tolerance: f64, kept: &mut Vec<usize>) {
    let mut waiting = vec![(first, last)];
    while let Some((first, last)) = waiting.pop() {
        let line = |at: usize| {
            let part = (at - first) as f64 / (last - first).max(1) as f64;
            values[first] + part * (values[last] - values[first])
        };
        let off = |at: usize| (values[at] - line(at)).abs();
        let worst = (first + 1..last).max_by(|one, other| off(*one).total_cmp(&off(*other)));
        if let Some(worst) = worst.filter(|at| off(*at) > tolerance) {
            kept.push(worst);
            waiting.extend([(first, worst), (worst, last)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small picture of a square over a ground that is not flat.
    fn picture(at: (f64, f64), shift: f64) -> Small {
        let (width, height) = SMALL;
        let ground = |x: f64, y: f64| 100.0 + 30.0 * (0.61 * x).sin() * (0.47 * y).cos();
        let code = |place: usize| {
            let (x, y) = ((place % width) as f64, (place / width) as f64);
            let (dx, dy) = (x - at.0, y - at.1);
            let is_inside = (0.0..24.0).contains(&dx) && (0.0..24.0).contains(&dy);
            let square = 180.0 + 40.0 * (0.9 * dx).sin() * (0.8 * dy).cos();
            (if is_inside { square } else { ground(x - shift, y) }) as f32
        };
        Small { codes: (0..width * height).map(code).collect(), width, height }
    }

    #[test]
    fn somebody_is_told_from_the_camera() {
        let (before, after) = (picture((40.0, 20.0), 0.0), picture((43.0, 20.0), 0.0));
        let walks = after.moved_from(&before);
        assert!((walks.speed * 72.0 - 3.0).abs() < 0.4 && !walks.is_cut, "{walks:?}");
        let (before, after) = (picture((40.0, 20.0), 0.0), picture((42.0, 20.0), 2.0));
        let pans = after.moved_from(&before);
        assert!(pans.speed * 72.0 < 0.7, "{pans:?}");
        let still = before.moved_from(&before);
        assert_eq!((still.speed, still.is_cut), (0.0, false));
    }

    #[test]
    fn accents_are_where_things_begin() {
        let mut speeds = vec![0.01; 60];
        speeds[20..30].fill(0.5);
        speeds[45..50].fill(0.3);
        let motion = Motion { from: 100, speeds, cuts: Vec::new() };
        let frames: Vec<i64> = motion.accents(12.0, 5).iter().map(|accent| accent.frame).collect();
        assert_eq!(frames, [120, 145]);
        let frames: Vec<i64> = motion.accents(3.0, 5).iter().map(|accent| accent.frame).collect();
        assert_eq!(frames, [120]);
    }

    #[test]
    fn a_curve_is_true_to_its_tolerance() {
        let speeds: Vec<f64> = (0..200).map(|at| (f64::from(at) * 0.1).sin().abs()).collect();
        let motion = Motion { from: 0, speeds, cuts: Vec::new() };
        let (all, few) = (motion.curve(1.7, 0.0), motion.curve(1.7, 0.05));
        assert!(few.len() * 3 < all.len(), "{}", few.len());
        for (at, value) in all {
            let next = few.partition_point(|(place, _)| *place <= at).min(few.len() - 1);
            let (a, b) = (few[next.max(1) - 1], few[next.max(1)]);
            let line = a.1 + (b.1 - a.1) * (at - a.0) as f64 / (b.0 - a.0) as f64;
            assert!((line - value).abs() <= 0.05 + 1e-12, "{at}");
        }
    }
}
