//! Something in the pictures of a media followed, from the frame in which it was taken up to both ends.

use crate::media::{Error, Opening, Pictures};
use crate::picture::measures::Luma;
use crate::picture::track::{Freedom, Plane, PointTracker, RegionTracker};
use crate::workers::Stop;
use std::path::Path;
use timeline_format::{Frames, Media};

/// What is taken up, in parts of the upright picture's width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Grip {
    /// A point.
    Point([f64; 2]),
    /// A region that is a plane: left, top, right and bottom.
    Region([f64; 4]),
    /// Whatever most of the picture shows.
    Background(Freedom),
}

impl Grip {
    /// Its middle.
    pub fn middle(&self) -> [f64; 2] {
        match self {
            Self::Point(place) => *place,
            Self::Region([left, top, right, bottom]) => {
                [0.5 * (left + right), 0.5 * (top + bottom)]
            }
            Self::Background(_) => [0.5; 2],
        }
    }
}

/// Where it is in a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// From the frame in which it was taken up to this one, in pixels.
    pub plane: Plane,
    /// 0 where it is lost, 1 where it is sure.
    pub confidence: f64,
}

/// Something that was followed.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// Pixels of the picture across and down, as it stands upright.
    pub size: [f64; 2],
    /// For each of the frames.
    pub held: Vec<Held>,
}

/// Chance is drawn by this number: the same track comes of the same pictures.
const SEED: u64 = 0x7461_6b65;

/// Follows something through frames of the media at `path`, one of which it is taken up in; `tell` is called after each.
///
/// # Errors
/// Where no picture of it can be read, there is nothing to hold on to, or `stop` was raised.
pub fn follow(
    (path, media): (&Path, &Media),
    (frames, taken): (&[Frames], usize),
    grip: Grip,
    (stop, tell): (&Stop, &dyn Fn()),
) -> Result<Followed, Error> {
    let opening = Opening { stop: stop.clone(), ..Opening::default() };
    let mut pictures = Pictures::open_with(path, media, &opening)?;
    let turn = media.picture.as_ref().map_or(0, |picture| picture.rotation % 360 / 90 * 90);
    let mut look = |at: Frames| -> Result<Luma, Error> {
        if stop.is_raised() {
            return Err(Error::new(path, "it was not followed: the work was stopped"));
        }
        let frame = pictures.resolve(at);
        Ok(Luma::of(&*pictures.frame(frame)?).turned(turn))
    };
    let none = || Error::new(path, "no frame of it is to be looked at");
    let first = look(*frames.get(taken).ok_or_else(none)?)?;
    let size = [first.size().0 as f64, first.size().1 as f64];
    let sure = Held { plane: Plane::STILL, confidence: 1.0 };
    let mut held = vec![sure; frames.len()];
    let ways: [Vec<usize>; 2] = [(taken + 1..frames.len()).collect(), (0..taken).rev().collect()];
    for way in ways {
        let mut hand = Hand::of(&first, grip, size).ok_or_else(|| nothing(path, grip))?;
        let mut last = (frames[taken].floor(), sure);
        for index in way {
            let at = frames[index].floor();
            if at != last.0 {
                let seen = look(frames[index])?;
                last =
                    (at, if seen.size() == first.size() { hand.see(&seen) } else { lost(&last.1) });
            }
            held[index] = last.1;
            tell();
        }
    }
    Ok(Followed { size, held })
}

fn nothing(path: &Path, grip: Grip) -> Error {
    let why = match grip {
        Grip::Point(_) => {
            "the picture is too even at that point to be held on to: choose a corner or a spot"
        }
        Grip::Region(_) => {
            "there are too few corners in that region to hold on to: choose a larger one, with texture"
        }
        Grip::Background(_) => {
            "there are too few corners in the picture to hold on to: take it up in a frame with more texture"
        }
    };
    Error::new(path, why)
}

const fn lost(last: &Held) -> Held {
    Held { plane: last.plane, confidence: 0.0 }
}

/// What holds on.
enum Hand {
    Point([f64; 2], Box<PointTracker>),
    Region(Box<RegionTracker>),
}

impl Hand {
    fn of(first: &Luma, grip: Grip, size: [f64; 2]) -> Option<Self> {
        match grip {
            Grip::Point(place) => {
                let place = [place[0] * size[0], place[1] * size[1]];
                PointTracker::new(first, place).map(|it| Self::Point(place, Box::new(it)))
            }
            Grip::Region([left, top, right, bottom]) => {
                let region = [left * size[0], top * size[1], right * size[0], bottom * size[1]];
                RegionTracker::new(first, region, SEED).map(|it| Self::Region(Box::new(it)))
            }
            Grip::Background(freedom) => {
                let tracker = RegionTracker::background(first, freedom, SEED);
                tracker.map(|it| Self::Region(Box::new(it)))
            }
        }
    }

    fn see(&mut self, picture: &Luma) -> Held {
        match self {
            Self::Point(from, tracker) => {
                let spot = tracker.see(picture);
                let by = [spot.place[0] - from[0], spot.place[1] - from[1]];
                Held { plane: Plane::moved(by), confidence: spot.confidence }
            }
            Self::Region(tracker) => {
                let lain = tracker.see(picture);
                Held { plane: lain.plane, confidence: lain.confidence }
            }
        }
    }
}
