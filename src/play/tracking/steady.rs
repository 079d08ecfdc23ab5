//! A clip whose camera shakes is made steady, by what most of its picture shows.

use super::goal::{SURE, joined, placed};
use super::{NotTracked, Passage, Set, Track, Tracked};
use crate::edit::Target;
use crate::picture::Lie;
use crate::picture::track::{
    Edges, Freedom, Placed, Plane, Steady, Steadying, pinned, steadied, steady,
};
use crate::play::{Followed, Grip};
use timeline_format::{Frames, Id, Param, Timeline, Value};

/// Of the frames, the part in which the background must be followed.
const ENOUGH: f64 = 0.5;

/// A clip that is to be made steady, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stabilise {
    /// The clip, of the main sequence.
    pub clip: Id,
    /// The frame of the film in which its placement stays as it is.
    pub taken: i64,
    /// The first frame of the film that is made steady, and the first that is not; `None`: the clip's ends.
    pub part: [Option<i64>; 2],
    /// Whether it is moved, turned and sized, or its corners go each by itself.
    pub freedom: Freedom,
    /// What movement stays.
    pub how: Steadying,
    /// What becomes of the edges that come into sight.
    pub edges: Edges,
}

/// What makes a clip steady.
#[derive(Debug)]
pub struct Stabilised {
    /// Where the background has gone in each frame; `None` where it was lost.
    pub path: Vec<Option<Plane>>,
    /// How the picture is moved against it.
    pub made: Steady,
    /// What is set, each by `edit::set_parameter`.
    pub sets: Vec<Set>,
}

impl std::fmt::Display for Stabilised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { path, made, .. } = self;
        let (all, lost) = (path.len(), path.iter().filter(|plane| plane.is_none()).count());
        write!(f, "steady through {all} frames")?;
        if lost > 0 {
            write!(f, ", lost in {lost} of them")?;
        }
        let (usual, most, zoom) = (self.usual(), self.most(), made.zoom);
        write!(f, ": moved by {usual:.1} pixels, {most:.1} at most, {zoom:.3} times as large")?;
        if made.part < 1.0 {
            write!(f, "; {:.0} % of the shake goes, as more would show edges", 100.0 * made.part)?;
        }
        Ok(())
    }
}

impl Stabilised {
    /// How far frames are moved, root mean square, in pixels.
    pub fn usual(&self) -> f64 {
        let moved = &self.made.moved;
        (moved.iter().map(|by| by * by).sum::<f64>() / moved.len().max(1) as f64).sqrt()
    }

    /// How far the one that is moved most, in pixels.
    pub fn most(&self) -> f64 {
        self.made.moved.iter().copied().fold(0.0, f64::max)
    }
}

impl Stabilise {
    /// What is followed for it: the background.
    pub fn track(&self) -> Track {
        let grip = Grip::Background(self.freedom);
        Track { clip: self.clip, grip, taken: self.taken, part: self.part, goal: None }
    }

    /// What makes the clip steady, once its background was followed.
    ///
    /// # Errors
    /// Where the background was lost in most frames, nothing of the clip is seen, or no placement does it.
    pub fn made(
        &self,
        film: &Timeline,
        Tracked { passage, followed, .. }: &Tracked<'_>,
    ) -> Result<Stabilised, NotTracked> {
        let placed = placed(film, passage, followed.size);
        let path = path(passage, followed)?;
        let nothing = || NotTracked::Asked("nothing of the clip is seen".into());
        let seen = seen(&placed).ok_or_else(nothing)?;
        let made = steady(&path, (self.freedom, self.how), (followed.size, &seen), self.edges);
        let made = made.ok_or_else(|| {
            let words = "no placement makes the clip steady: try without perspective";
            NotTracked::Film(words.into())
        })?;
        let values = self.values((passage, &placed), (&made, followed.size));
        let set =
            |(name, value): (&str, Param)| (passage.id, Target::Placement(name.into()), value);
        Ok(Stabilised { path, made, sets: values.into_iter().map(set).collect() })
    }

    /// The values of the placement, by name.
    fn values(
        &self,
        (passage, placed): (&Passage<'_>, &Placed),
        (made, size): (&Steady, [f64; 2]),
    ) -> Vec<(&'static str, Param)> {
        let middle = size.map(|it| 0.5 * it);
        let values = |plane: &Plane| -> Option<Vec<(&'static str, Value)>> {
            let gone = plane.back();
            match self.freedom {
                Freedom::Perspective => pinned(placed, &gone),
                _ => steadied(placed, &gone, middle),
            }
        };
        let frames = passage.frames.iter().zip(&made.planes);
        let keys: Vec<(Frames, Vec<(&'static str, Value)>)> =
            frames.filter_map(|(frame, plane)| Some((frame.key, values(plane)?))).collect();
        joined(passage, keys, |name| passage.clip.look.placement.get(name))
    }
}

/// Where the background has gone in each frame.
fn path(passage: &Passage<'_>, followed: &Followed) -> Result<Vec<Option<Plane>>, NotTracked> {
    let sure = |confidence: f64| confidence >= SURE;
    let path: Vec<Option<Plane>> =
        followed.held.iter().map(|held| sure(held.confidence).then_some(held.plane)).collect();
    let (count, all) = (path.iter().flatten().count(), path.len());
    if (count as f64) < ENOUGH * all as f64 {
        let at = passage.frames[passage.taken].film;
        return Err(NotTracked::Film(format!(
            "the background was followed in {count} of {all} frames from frame {at} on, which is too few to say how the \
             camera moved: take it up in another frame, or leave a part of the clip out"
        )));
    }
    Ok(path)
}

/// What is seen of a picture as it is placed, in its pixels: the corners of the frame, as far as it covers them.
fn seen(placed: &Placed) -> Option<Vec<[f64; 2]>> {
    let lie = Lie::of(placed.picture, &placed.placement, placed.frame)?;
    let size = [placed.picture.width, placed.picture.height].map(f64::from);
    let [wide, high] = [placed.frame.width, placed.frame.height].map(f64::from);
    let corners = [[0.0, 0.0], [wide, 0.0], [wide, high], [0.0, high]];
    let within = |corner: [f64; 2]| {
        let parts = lie.back(corner)?;
        Some([0, 1].map(|axis| parts[axis].clamp(0.0, 1.0) * size[axis]))
    };
    corners.into_iter().map(within).collect()
}
