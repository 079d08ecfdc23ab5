//! A region that is followed as a plane: its corners are followed each by itself, and what most of them agree on is where
//! it has gone.
//!
//! As a point does, it goes from the last picture to the next, and is then set right against the picture that it was
//! taken from, each window turned and stretched as the plane is: that keeps it from drifting.

use super::corners::corners;
use super::plane::{FEWEST, Freedom, Pair, Plane, agreed};
use super::point::{APART, LIKE, RIGHTED};
use super::pyramid::Pyramid;
use super::window::{Window, there_and_back};
use crate::measures::{Luma, median};
use rayon::prelude::*;
use std::sync::Arc;

/// Corners that are followed, at most.
const MOST: usize = 80;
/// Times that it is set right.
const ROUNDS: usize = 2;
/// How sure it is where it could not be set right.
const UNRIGHTED: f64 = 0.5;
/// Of the corners, the part that must agree with the picture it was taken from.
const ENOUGH: f64 = 0.4;

/// Where a region is in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lain {
    /// From the first picture to this one, in pixels, the middle of the first being at 0.5.
    pub plane: Plane,
    /// From 0, it is lost and lies where it lay last, to 1, it is as sure as can be.
    pub confidence: f64,
}

/// A region that is followed.
#[derive(Debug, Clone)]
pub struct RegionTracker {
    /// In the first picture; `None` is all that is seen, whatever comes into it.
    region: Option<[f64; 4]>,
    freedom: Freedom,
    seed: u64,
    /// From the first picture to the one that the corners were taken from.
    base: Plane,
    corners: Vec<Corner>,
    /// The last picture in which it was sure, and from the one of the corners to it.
    last: Arc<Pyramid>,
    plane: Plane,
}

#[derive(Debug, Clone)]
struct Corner {
    place: [f64; 2],
    window: Window,
}

impl RegionTracker {
    /// Takes up a region of a picture: left, top, right and bottom in pixels. `None` where there is too little in it to
    /// hold on to.
    pub fn new(picture: &Luma, region: [f64; 4], seed: u64) -> Option<Self> {
        let last = Arc::new(Pyramid::of(picture));
        let region = region.map(|at| at - 0.5);
        let corners = taken(&last, region, |_| true);
        Self::of((Some(region), Freedom::Perspective), corners, last, seed)
    }

    /// Takes up what most of a picture shows: what moves in it by itself does not agree with the rest. `None` where there
    /// is too little in it to hold on to.
    pub fn background(picture: &Luma, freedom: Freedom, seed: u64) -> Option<Self> {
        let last = Arc::new(Pyramid::of(picture));
        let corners = taken(&last, whole(&last), |_| true);
        Self::of((None, freedom), corners, last, seed)
    }

    fn of(
        (region, freedom): (Option<[f64; 4]>, Freedom),
        corners: Vec<Corner>,
        last: Arc<Pyramid>,
        seed: u64,
    ) -> Option<Self> {
        let (base, plane) = (Plane::STILL, Plane::STILL);
        let enough = corners.len() >= FEWEST;
        enough.then_some(Self { region, freedom, seed, base, corners, last, plane })
    }

    /// Where it is in the next picture, which is as large as the first.
    pub fn see(&mut self, picture: &Luma) -> Lain {
        let now = Arc::new(Pyramid::of(picture));
        let found = self.gone(&now).or_else(|| self.righted(&now, &self.plane));
        if let Some((plane, _)) = found {
            (self.last, self.plane) = (now, plane);
        }
        let half = [0.5; 2];
        let whole = self.plane.after(&self.base);
        let plane = Plane::moved(half).after(&whole.after(&Plane::moved(half.map(|it| -it))));
        Lain { plane, confidence: found.map_or(0.0, |(_, confidence)| confidence) }
    }

    /// Where it has gone from the last picture, and how sure that is.
    fn gone(&mut self, now: &Arc<Pyramid>) -> Option<(Plane, f64)> {
        let step = self.step(now)?;
        if let Some(found) = self.righted(now, &step.after(&self.plane)) {
            return Some(found);
        }
        self.take_anew();
        let plane = step.after(&self.plane);
        Some(self.righted(now, &plane).unwrap_or((plane, UNRIGHTED)))
    }

    /// From the last picture to the next.
    fn step(&self, now: &Pyramid) -> Option<Plane> {
        let step = |corner: &Corner| -> Option<Pair> {
            let here = self.plane.at(corner.place);
            let (there, apart) = there_and_back((&self.last, now), here, here)?;
            (apart <= APART).then_some((here, there))
        };
        let pairs: Vec<Option<Pair>> = self.corners.par_iter().map(step).collect();
        let pairs: Vec<Pair> = pairs.into_iter().flatten().collect();
        Some(agreed(&pairs, self.freedom, self.seed)?.0)
    }

    /// Set right near a plane, against what the corners were taken from; `None` where too few agree.
    fn righted(&self, now: &Pyramid, near: &Plane) -> Option<(Plane, f64)> {
        let mut found = (*near, 0.0);
        for _ in 0..ROUNDS {
            let plane = found.0;
            let look = |corner: &Corner| -> Option<(Pair, f64)> {
                let (start, turn) = (plane.at(corner.place), plane.turn_at(corner.place));
                let place = corner.window.find(now.whole(), start, &turn);
                let like = corner.window.likeness(now.whole(), place, &turn);
                let is_near = (place[0] - start[0]).hypot(place[1] - start[1]) <= RIGHTED;
                let is_it = like >= LIKE && is_near && now.whole().has(place);
                is_it.then_some(((corner.place, place), like))
            };
            let seen: Vec<Option<(Pair, f64)>> = self.corners.par_iter().map(look).collect();
            let (pairs, likes): (Vec<Pair>, Vec<f64>) = seen.into_iter().flatten().unzip();
            let (plane, which) = agreed(&pairs, self.freedom, self.seed)?;
            let count = which.iter().filter(|agrees| **agrees).count() as f64;
            let part = count / self.corners.len() as f64;
            if part < ENOUGH {
                return None;
            }
            found = (plane, part.sqrt() * median(likes));
        }
        Some(found)
    }

    /// Takes corners anew from the last picture, where the region lies there.
    fn take_anew(&mut self) {
        let gone = self.plane.after(&self.base);
        let anew = match self.region {
            Some(region) => taken_in(&self.last, region, &gone),
            None => taken(&self.last, whole(&self.last), |_| true),
        };
        if anew.len() >= FEWEST {
            (self.corners, self.base, self.plane) = (anew, gone, Plane::STILL);
        }
    }
}

/// All of a picture.
fn whole(picture: &Pyramid) -> [f64; 4] {
    let level = picture.whole();
    [0.0, 0.0, level.width as f64 - 1.0, level.height as f64 - 1.0]
}

/// Corners of a picture where a region lies in it that has gone with a plane.
fn taken_in(picture: &Pyramid, [left, top, right, bottom]: [f64; 4], gone: &Plane) -> Vec<Corner> {
    let ends = [[left, top], [right, top], [right, bottom], [left, bottom]].map(|it| gone.at(it));
    let bound = |axis: usize, pick: fn(f64, f64) -> f64| {
        ends.iter().map(|it| it[axis]).reduce(pick).unwrap_or(0.0)
    };
    let about = [bound(0, f64::min), bound(1, f64::min), bound(0, f64::max), bound(1, f64::max)];
    taken(picture, about, |place| is_within(place, &ends))
}

/// Corners of a part of a picture.
fn taken(picture: &Pyramid, region: [f64; 4], is_in: impl Fn([f64; 2]) -> bool) -> Vec<Corner> {
    let places = corners(picture.whole(), region, MOST).into_iter().filter(|it| is_in(*it));
    places
        .filter_map(|place| Some(Corner { place, window: Window::of(picture.whole(), place)? }))
        .collect()
}

/// Whether a place lies within four corners that go round one way.
fn is_within([x, y]: [f64; 2], ends: &[[f64; 2]; 4]) -> bool {
    let side = |nth: usize| {
        let ([ax, ay], [bx, by]) = (ends[nth], ends[(nth + 1) % 4]);
        (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    };
    let sides = [0, 1, 2, 3].map(side);
    sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
}
