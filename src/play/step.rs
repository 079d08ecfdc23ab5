//! Takes that show the same thing at different moments: by how many frames one comes later than another.

use crate::media::{Error, Opening, Pictures};
use crate::picture::measures::Luma;
use crate::workers::Stop;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::path::Path;
use timeline_format::Media;

/// Blocks across and down at which takes are followed.
const GRID: (usize, usize) = (16, 9);
/// The most frames that are followed.
const MOST: i64 = 1200;
/// Fewer frames that two have in common say nothing.
const LEAST: i64 = 6;
/// Of the shorter of two, the part that they have in common at least.
const COMMON: f64 = 0.5;
/// How alike two courses are at least, from -1 to 1.
const SURE: f64 = 0.6;
/// Where less than this changes in a take, in codes of a block, nothing moves.
const STILL: f32 = 0.5;

/// How a take changes from frame to frame: each as blocks, less what stays the same throughout.
#[derive(Debug, Clone)]
pub struct Course(Vec<Vec<f32>>);

impl Course {
    /// The course of the take at `path`.
    ///
    /// # Errors
    /// Where a frame of it cannot be read, or `stop` was raised.
    pub fn of(path: &Path, media: &Media, stop: &Stop) -> Result<Self, Error> {
        let opening = Opening { threads: 1, stop: stop.clone(), ..Opening::default() };
        let mut pictures = Pictures::open_with(path, media, &opening)?;
        let mut frames = Vec::new();
        for n in 0..pictures.count().min(MOST) {
            if stop.is_raised() {
                return Err(Error::new(path, "it was not looked at: the work was stopped"));
            }
            frames.push(Luma::of_blocks(&*pictures.frame(n)?, GRID).codes().to_vec());
        }
        Ok(Self::new(frames))
    }

    fn new(mut frames: Vec<Vec<f32>>) -> Self {
        let blocks = frames.iter().map(Vec::len).min().unwrap_or(0);
        for block in 0..blocks {
            let mean = frames.iter().map(|frame| frame[block]).sum::<f32>() / frames.len() as f32;
            for frame in &mut frames {
                let rest = frame[block] - mean;
                frame[block] = if rest.abs() < STILL { 0.0 } else { rest };
            }
        }
        Self(frames)
    }

    /// By how many frames what is seen in this one comes later in the other; `None` where the two do not
    /// change alike, or too little to say.
    ///
    /// That is where their courses correlate most, over the frames that they then have in common.
    pub fn lag(&self, other: &Self) -> Option<i64> {
        let (own, its) = (self.0.len() as i64, other.0.len() as i64);
        let common = ((own.min(its) as f64 * COMMON).ceil() as i64).max(LEAST);
        let lags: Vec<i64> = (common - own..=its - common).collect();
        let all: Vec<(f64, i64)> =
            lags.par_iter().map(|lag| (self.alike(other, *lag), *lag)).collect();
        let best =
            all.into_iter().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.abs().cmp(&a.1.abs())));
        best.filter(|(alike, _)| *alike >= SURE).map(|(_, lag)| lag)
    }

    /// How alike two are where the other is so many frames later.
    fn alike(&self, other: &Self, lag: i64) -> f64 {
        let own = &self.0[usize::try_from(-lag).unwrap_or(0)..];
        let its = &other.0[usize::try_from(lag).unwrap_or(0)..];
        let mut sums = [0.0_f64; 3];
        for (one, other) in own.iter().zip(its) {
            sums[0] += product(one, other);
            sums[1] += product(one, one);
            sums[2] += product(other, other);
        }
        let size = (sums[1] * sums[2]).sqrt();
        if size > 0.0 { sums[0] / size } else { 0.0 }
    }
}

fn product(one: &[f32], other: &[f32]) -> f64 {
    one.iter().zip(other).map(|(a, b)| f64::from(a * b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A light that goes across at a pace that changes, from moment `from` on.
    fn course(from: i64, length: i64, light: f32) -> Course {
        let frame = |at: i64| {
            let middle = 8.0 + 7.0 * (at as f32 * 0.11 + (at as f32 * 0.031).sin()).sin();
            let block = |x: usize| light * (-(x as f32 - middle).powi(2) / 4.0).exp() + x as f32;
            (0..9).flat_map(|_| (0..16).map(block)).collect::<Vec<_>>()
        };
        Course::new((from..from + length).map(frame).collect())
    }

    #[test]
    fn a_take_that_begins_later_is_found_to_whatever_its_light() {
        for lag in [-17, -1, 0, 3, 22] {
            let (one, other) = (course(30, 70, 90.0), course(30 - lag, 60, 60.0));
            assert_eq!(one.lag(&other), Some(lag));
            assert_eq!(other.lag(&one), Some(-lag));
        }
    }

    #[test]
    fn takes_that_do_not_move_alike_are_left_alone() {
        let noise = |seed: u32| {
            let code = |at: u32| (at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 16) % 97;
            let frame = |n: u32| (0..144).map(|at| code(n * 144 + at) as f32).collect::<Vec<_>>();
            Course::new((seed..seed + 40).map(|n| frame(n.wrapping_mul(7919))).collect())
        };
        assert_eq!(course(0, 60, 90.0).lag(&noise(9)), None);
        let still = Course::new(vec![vec![40.0; 144]; 50]);
        assert_eq!(still.lag(&still), None);
        assert_eq!(course(0, 3, 90.0).lag(&course(0, 3, 90.0)), None, "too short");
        assert_eq!(Course::new(Vec::new()).lag(&still), None);
    }
}
