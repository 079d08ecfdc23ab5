//! A point that is followed from picture to picture.
//!
//! It goes from the last picture to the next, and back again as a proof; then it is set right against the window that
//! it was taken from, so that it does not drift. Only where that window is no longer like what is seen is it taken anew,
//! from the last picture in which the point was sure.

use super::pyramid::Pyramid;
use super::window::{UPRIGHT, Window, pursued, there_and_back};
use crate::measures::Luma;
use std::sync::Arc;

/// How like its window what is seen must be to be set right against it.
pub(super) const LIKE: f64 = 0.85;
/// How like the window in the last picture it must be not to be lost.
pub(super) const LEAST: f64 = 0.6;
/// How far, in pixels, the way back may end from where the way there began.
pub(super) const APART: f64 = 1.0;
/// How far, in pixels, it may be set right.
pub(super) const RIGHTED: f64 = 2.5;

/// Where a point is in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// In pixels, the middle of the first being at 0.5.
    pub place: [f64; 2],
    /// From 0, it is lost and stands where it was last, to 1, it is as sure as can be.
    pub confidence: f64,
}

/// A point that is followed.
#[derive(Debug, Clone)]
pub struct PointTracker {
    /// The last picture in which it was sure, and where.
    last: Arc<Pyramid>,
    place: [f64; 2],
    /// What it was taken from.
    origin: Origin,
}

#[derive(Debug, Clone)]
struct Origin {
    picture: Arc<Pyramid>,
    place: [f64; 2],
    window: Window,
}

impl Origin {
    fn of(picture: &Arc<Pyramid>, place: [f64; 2]) -> Option<Self> {
        let window = Window::of(picture.whole(), place)?;
        Some(Self { picture: Arc::clone(picture), place, window })
    }
}

impl PointTracker {
    /// Takes up a place of a picture, in pixels; `None` where it is too even there to be held on to, or outside.
    pub fn new(picture: &Luma, place: [f64; 2]) -> Option<Self> {
        let last = Arc::new(Pyramid::of(picture));
        let place = place.map(|at| at - 0.5);
        let origin = Origin::of(&last, place).filter(|_| last.whole().has(place))?;
        Some(Self { last, place, origin })
    }

    /// Where it is in the next picture, which is as large as the first.
    pub fn see(&mut self, picture: &Luma) -> Spot {
        let now = Arc::new(Pyramid::of(picture));
        let found = self.gone(&now).or_else(|| self.found_again(&now));
        if let Some((place, _)) = found {
            (self.last, self.place) = (now, place);
        }
        let confidence = found.map_or(0.0, |(_, confidence)| confidence);
        Spot { place: self.place.map(|at| at + 0.5), confidence }
    }

    /// Where it has gone from the last picture, and how sure that is.
    fn gone(&mut self, now: &Arc<Pyramid>) -> Option<([f64; 2], f64)> {
        let (there, apart) = there_and_back((&self.last, now), self.place, self.place)?;
        if apart > APART {
            return None;
        }
        let sure = 1.0 - 0.5 * apart / APART;
        if let Some((place, like)) = self.righted(now, there) {
            return Some((place, like * sure));
        }
        let anew = Origin::of(&self.last, self.place)?;
        let like = anew.window.likeness(now.whole(), there, &UPRIGHT);
        if like < LEAST {
            return None;
        }
        self.origin = anew;
        Some((there, like * sure))
    }

    /// Where the window that it was taken from lies near a place, if that is like it.
    fn righted(&self, now: &Pyramid, near: [f64; 2]) -> Option<([f64; 2], f64)> {
        let (window, whole) = (&self.origin.window, now.whole());
        let place = window.find(whole, near, &UPRIGHT);
        let like = window.likeness(whole, place, &UPRIGHT);
        let is_near = (place[0] - near[0]).hypot(place[1] - near[1]) <= RIGHTED;
        (like >= LIKE && is_near && whole.has(place)).then_some((place, like))
    }

    /// Where it comes to light again after it was lost.
    fn found_again(&self, now: &Pyramid) -> Option<([f64; 2], f64)> {
        let origin = &self.origin;
        let near = pursued((&origin.picture, now), origin.place, self.place)?;
        self.righted(now, near)
    }
}
