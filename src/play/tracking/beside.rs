//! Another clip that goes with a track: along with a place, or pinned to a plane by its corners.

use super::goal::{looks_of, placed_in, rounded};
use super::keys::keyed;
use super::passage::{Passage, Passed};
use super::{NotTracked, Set};
use crate::edit::{Seat, Target, seat_of};
use crate::picture::track::{Placed, followed};
use crate::picture::values::Moment;
use crate::picture::{Lie, Placement, showing};
use crate::play::Held;
use crate::play::upright::upright_of;
use std::ops::Range;
use timeline_format::parameter::Follow;
use timeline_format::{Clip, Frames, Id, Timeline, Value};

/// The corners of a picture, in its parts, and what moves them.
const PINS: [([f64; 2], &str); 4] = [
    ([0.0, 0.0], "pin_top_left"),
    ([1.0, 0.0], "pin_top_right"),
    ([1.0, 1.0], "pin_bottom_right"),
    ([0.0, 1.0], "pin_bottom_left"),
];

/// A place in each of some frames of a clip that are surely followed.
type Sure<'a> = [(&'a Passed, &'a Held)];

/// A clip that goes with a track of another.
pub(super) struct Beside<'a> {
    film: &'a Timeline,
    id: Id,
    clip: &'a Clip,
    length: Frames,
    /// The frames of the film that it covers.
    covered: Range<i64>,
}

impl<'a> Beside<'a> {
    pub(super) fn of(film: &'a Timeline, id: Id) -> Result<Self, NotTracked> {
        let seat = film.main().and_then(|main| seat_of(main, id));
        let missing = || NotTracked::Asked(format!("the clip {id} lies nowhere"));
        let Seat { clip, start, length } = seat.ok_or_else(missing)?;
        let first = start.ceil();
        Ok(Self { film, id, clip, length, covered: first..first + length.ceil() })
    }

    /// Its own frame at a frame of the film.
    const fn at(&self, frame: &Passed) -> i64 {
        frame.film - self.covered.start
    }

    /// Where its keys are looked at.
    fn moment(&self, frame: &Passed) -> Moment {
        let (k, rate) = (self.at(frame), self.film.main().map(|main| main.header.rate));
        let shown = rate.and_then(|rate| showing(self.film, rate, (self.clip, self.length), k));
        let content = self.clip.source_in.to_f64() + k as f64;
        shown.map_or(Moment { clip: k as f64, content }, |shown| shown.moment)
    }

    /// What `value` gives in the frames in which it is seen.
    fn values(
        &self,
        sure: &Sure<'_>,
        value: impl Fn(&Passed, &Held) -> Option<[f64; 2]>,
    ) -> Result<Vec<(Frames, Value)>, NotTracked> {
        let seen = sure.iter().filter(|(frame, _)| self.covered.contains(&frame.film));
        let key = |(frame, held): &(&Passed, &Held)| {
            let value = Value::Vector(value(frame, held)?.to_vec());
            Some((Frames::whole(self.at(frame)), rounded(&value)))
        };
        let keys: Vec<_> = seen.filter_map(key).collect();
        let none = || format!("the clip {} is seen in none of the frames", self.id);
        (!keys.is_empty()).then_some(keys).ok_or_else(|| NotTracked::Asked(none()))
    }

    /// A value of its placement with keys at its own frames.
    fn set(&self, passage: &Passage<'_>, name: &str, keys: Vec<(Frames, Value)>) -> Set {
        let key = |frame: &Passed| Passed { key: Frames::whole(self.at(frame)), ..*frame };
        let frames = passage.frames.iter().map(key).collect();
        let (id, clip, follow, taken) = (self.id, self.clip, Follow::Clip, passage.taken);
        let own = Passage { id, clip, follow, frames, taken };
        let value = keyed(&own, clip.look.placement.get(name), keys);
        (self.id, Target::Placement(name.to_owned()), value)
    }
}

/// The position of another clip that goes along with a place, in the frames that both are seen in.
pub(super) fn along(
    film: &Timeline,
    passage: &Passage<'_>,
    (other, placed): (Id, &Placed),
    (middle, sure): ([f64; 2], &Sure<'_>),
) -> Result<Vec<Set>, NotTracked> {
    let beside = Beside::of(film, other)?;
    let taken = beside.moment(&passage.frames[passage.taken]);
    let own = Placement::of(&[&beside.clip.look], taken).position;
    let keys = beside.values(sure, |_, held| {
        let by = followed(placed, &held.plane, middle)?;
        Some([own[0] + by[0], own[1] + by[1]])
    })?;
    Ok(vec![beside.set(passage, "position", keys)])
}

/// The corners of another clip that stay, in perspective, on the places of a plane that they lie over where the track was
/// taken up.
pub(super) fn pinned(
    film: &Timeline,
    passage: &Passage<'_>,
    (other, size): (Id, [f64; 2]),
    sure: &Sure<'_>,
) -> Result<Vec<Set>, NotTracked> {
    let beside = Beside::of(film, other)?;
    let taken = &passage.frames[passage.taken];
    let nowhere =
        || NotTracked::Asked(format!("the clip {other} lies over nothing in frame {}", taken.film));
    let pinned = Pinned { passage, beside: &beside, size };
    let under = pinned.under(taken).filter(|_| beside.covered.contains(&taken.film));
    let under = under.ok_or_else(nowhere)?;
    let sets = PINS.iter().zip(under).map(|((corner, name), place)| {
        let keys = beside.values(sure, |frame, held| {
            let (to, from) =
                (pinned.there(frame, held.plane.at(place))?, pinned.free(frame)?.place(*corner));
            Some([to[0] - from[0], to[1] - from[1]])
        })?;
        Ok(beside.set(passage, name, keys))
    });
    sets.collect()
}

/// A clip over a plane of another.
struct Pinned<'a> {
    passage: &'a Passage<'a>,
    beside: &'a Beside<'a>,
    /// The pixels of the picture that the plane lies in.
    size: [f64; 2],
}

impl Pinned<'_> {
    /// The places of the plane, in pixels of its picture, that the corners lie over.
    fn under(&self, frame: &Passed) -> Option<[[f64; 2]; 4]> {
        let (ground, lie) = (self.ground(frame)?, self.lie(frame, |_| {})?);
        let mut under = [[0.0; 2]; 4];
        for (place, (corner, _)) in under.iter_mut().zip(PINS) {
            let parts = ground.back(lie.place(corner))?;
            *place = [0, 1].map(|axis| parts[axis] * self.size[axis]);
        }
        Some(under)
    }

    /// Where in the frame a place of the plane lies, in pixels.
    fn there(&self, frame: &Passed, place: [f64; 2]) -> Option<[f64; 2]> {
        let parts = [0, 1].map(|axis| place[axis] / self.size[axis]);
        Some(self.ground(frame)?.place(parts))
    }

    fn ground(&self, frame: &Passed) -> Option<Lie> {
        let (film, clip) = (self.beside.film, self.passage.clip);
        let placed = placed_in(film, (clip, frame.showing.moment), self.size);
        Lie::of(upright_of(film, &clip.source), &placed.placement, placed.frame)
    }

    /// How the other clip lies where no corner is moved.
    fn free(&self, frame: &Passed) -> Option<Lie> {
        self.lie(frame, |placement| placement.pin = Placement::default().pin)
    }

    fn lie(&self, frame: &Passed, change: impl Fn(&mut Placement)) -> Option<Lie> {
        let Beside { film, clip, .. } = self.beside;
        let mut placement = Placement::of(&looks_of(film, clip), self.beside.moment(frame));
        change(&mut placement);
        let raster = film.main().map(|main| film.raster_of(main))?;
        Lie::of(upright_of(film, &clip.source), &placement, raster)
    }
}
