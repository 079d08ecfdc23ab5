//! What goes with a track: a mask, the clip itself, another clip.

use super::NotTracked;
use super::beside::{Beside, along, pinned};
use super::keys::keyed;
use super::passage::{Passage, Passed};
use crate::edit::Target;
use crate::picture::track::{Placed, carried, moves, steadied};
use crate::picture::values::{Moment, Values};
use crate::picture::{Placement, masks};
use crate::play::{Followed, Grip, Held};
use timeline_format::sequence::Raster;
use timeline_format::shot::Look;
use timeline_format::{Clip, Frames, Id, Mask, Param, Source, Timeline, Value};

/// How sure a place must be to have a keyframe.
pub(super) const SURE: f64 = 0.3;

/// What goes with a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// A mask: of one of the clip's effects, or of those that say what is left of its picture.
    Mask(Option<Id>, Id),
    /// The clip is held still.
    Still,
    /// Another clip goes along.
    Along(Id),
    /// Another clip stays on the plane in perspective, by its corners.
    Pinned(Id),
}

/// A value that is set: of which clip, which, and to what.
pub type Set = (Id, Target, Param);

impl Goal {
    /// Whether what is meant is there, and can go with a track of a clip.
    pub(super) fn check(self, film: &Timeline, clip: &Clip) -> Result<(), NotTracked> {
        match self {
            Self::Mask(effect, mask) => mask_of(clip, effect, mask).map(|_| ()),
            Self::Still => Ok(()),
            Self::Along(other) | Self::Pinned(other) => Beside::of(film, other).map(|_| ()),
        }
    }

    /// The values that are set for it.
    pub(super) fn values(
        self,
        film: &Timeline,
        passage: &Passage<'_>,
        (grip, track): (Grip, &Followed),
    ) -> Result<Vec<Set>, NotTracked> {
        let pairs = passage.frames.iter().zip(&track.held);
        let sure: Vec<(&Passed, &Held)> =
            pairs.filter(|(_, held)| held.confidence >= SURE).collect();
        match self {
            Self::Mask(effect, mask) => {
                let own = mask_of(passage.clip, effect, mask)?;
                let target = |name: &str| Target::Mask(effect, mask, name.to_owned());
                Ok(masked(passage, own, &sure, track.size)
                    .into_iter()
                    .map(|(name, value)| (passage.id, target(name), value))
                    .collect())
            }
            Self::Still => {
                let placed = placed(film, passage, track.size);
                let middle = middle(grip, track.size);
                let seen = sure.iter().filter_map(|(frame, held)| {
                    Some((frame.key, steadied(&placed, &held.plane, middle)?))
                });
                let had = |name: &str| passage.clip.look.placement.get(name);
                let values = joined(passage, seen.collect(), had).into_iter();
                let set = |(name, value): (&str, Param)| {
                    (passage.id, Target::Placement(name.into()), value)
                };
                Ok(values.map(set).collect())
            }
            Self::Along(other) => along(
                film,
                passage,
                (other, &placed(film, passage, track.size)),
                (middle(grip, track.size), &sure),
            ),
            Self::Pinned(other) => pinned(film, passage, (other, track.size), &sure),
        }
    }
}

fn middle(grip: Grip, size: [f64; 2]) -> [f64; 2] {
    let [x, y] = grip.middle();
    [x * size[0], y * size[1]]
}

/// A mask of a clip, which has a place that can go with something.
fn mask_of(clip: &Clip, effect: Option<Id>, mask: Id) -> Result<&Mask, NotTracked> {
    let masks = match effect {
        Some(effect) => clip.look.effects.iter().find(|it| it.id == effect).map(|it| &it.masks),
        None => Some(&clip.look.masks),
    };
    let found = masks.and_then(|masks| masks.iter().find(|it| it.id == mask));
    let found = found.ok_or_else(|| {
        let words = "roomtone cut FILM masks CLIP[:EFFECT] tells those that there are";
        NotTracked::Asked(format!("the clip has no mask {mask} there: {words}"))
    })?;
    let can = masks::named(&found.kind).is_some_and(moves);
    let words = format!("a mask {:?} has no place that goes with a track", found.kind);
    can.then_some(found).ok_or(NotTracked::Asked(words))
}

/// The values of a mask that go along, by name.
fn masked(
    passage: &Passage<'_>,
    mask: &Mask,
    sure: &[(&Passed, &Held)],
    size: [f64; 2],
) -> Vec<(&'static str, Param)> {
    let Some(shape) = masks::named(&mask.kind) else { return Vec::new() };
    let moment = passage.frames[passage.taken].showing.moment;
    let own = Values::resolve(shape.parameters, moment, |id| mask.values.get(id));
    let seen =
        sure.iter().map(|(frame, held)| (frame.key, carried(shape, &own, &held.plane, size)));
    joined(passage, seen.collect(), |name| mask.values.get(name))
}

/// Values by name and frame, as keyframes by name.
pub(super) fn joined<'a>(
    passage: &Passage<'_>,
    seen: Vec<(Frames, Vec<(&'static str, Value)>)>,
    had: impl Fn(&str) -> Option<&'a Param>,
) -> Vec<(&'static str, Param)> {
    let names: Vec<&str> =
        seen.first().map_or_else(Vec::new, |(_, all)| all.iter().map(|it| it.0).collect());
    let of = |name: &'static str| {
        let values = seen.iter().filter_map(|(at, all)| {
            let value = all.iter().find(|it| it.0 == name)?;
            Some((*at, rounded(&value.1)))
        });
        (name, keyed(passage, had(name), values.collect()))
    };
    let is_new =
        |(name, value): &(&'static str, Param)| had(name).is_some() || !is_still(name, value);
    names.into_iter().map(of).filter(is_new).collect()
}

/// Whether a value says nothing that is not so without it.
fn is_still(name: &str, value: &Param) -> bool {
    match value {
        Param::Constant(Value::Number(number)) => name == "rotation" && *number == 0.0,
        Param::Constant(Value::Vector(numbers)) => {
            let rest = if name == "scale" { 1.0 } else { 0.0 };
            (name == "scale" || name.starts_with("pin_")) && numbers.iter().all(|it| *it == rest)
        }
        _ => false,
    }
}

/// What tracks are sure of.
pub(super) fn rounded(value: &Value) -> Value {
    let round = |number: &f64| (number * 1e5).round() / 1e5;
    match value {
        Value::Number(number) => Value::Number(round(number)),
        Value::Vector(numbers) => Value::Vector(numbers.iter().map(round).collect()),
        other => other.clone(),
    }
}

/// How the clip lies in its frame where the track was taken up.
pub(super) fn placed(film: &Timeline, passage: &Passage<'_>, size: [f64; 2]) -> Placed {
    let moment = passage.frames[passage.taken].showing.moment;
    placed_in(film, (passage.clip, moment), size)
}

/// How a clip, whose picture has so many pixels, lies in its frame at a moment.
pub(super) fn placed_in(
    film: &Timeline,
    (clip, moment): (&Clip, Moment),
    size: [f64; 2],
) -> Placed {
    let placement = Placement::of(&looks_of(film, clip), moment);
    let picture = Raster { width: size[0] as u32, height: size[1] as u32 };
    let frame = film.main().map_or(film.settings.raster, |main| film.raster_of(main));
    Placed { picture, placement, frame }
}

/// What a clip looks like: its own, its take's, its shot's.
pub(super) fn looks_of<'a>(film: &'a Timeline, clip: &'a Clip) -> Vec<&'a Look> {
    let shot = match clip.source {
        Source::Shot(id) => film.shots.get(&id),
        _ => None,
    };
    let take = shot.and_then(|shot| shot.chosen()).map(|take| &take.look);
    std::iter::once(&clip.look).chain(take).chain(shot.map(|shot| &shot.look)).collect()
}
