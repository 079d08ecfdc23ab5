//! Handles that are short, and the honest ways out.

use crate::edit::Edge;
use crate::edit::Refused;
use crate::edit::footage::Footage;
use crate::edit::refused::Site;
use crate::edit::retie::Room;
use crate::edit::surgery::{Spot, Work};
use std::collections::BTreeMap;
use timeline_format::{Frames, Id, Ratio, Source};

/// What to do where a transition needs frames that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Short {
    /// Refuse, and say what there is and what is needed.
    #[default]
    Refuse,
    /// As long as it can be, with its alignment.
    Shorten,
    /// The same length, as near to its alignment as the handles allow.
    Shift,
    /// Hold the last real frame.
    Freeze,
    /// Play the real frames backwards from the end.
    Mirror,
    /// Slow the clip's own frames so that they last.
    Slow,
    /// Take the handles out of the clips themselves: what follows moves earlier.
    Overlap,
    /// Hold the last real frame for now, and ask the generator for the missing ones.
    Extend,
}

/// What a transition needs and has.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortHandles {
    /// The clip at the cut, and the cut's frame.
    pub site: Site,
    /// Which end of the clip the cut is.
    pub edge: Edge,
    /// Frames of the outgoing clip behind its tail: what there is.
    pub have_after: i64,
    /// Frames of the outgoing clip behind its tail: what is needed.
    pub need_after: i64,
    /// Frames of the incoming clip ahead of its head: what there is.
    pub have_before: i64,
    /// Frames of the incoming clip ahead of its head: what is needed.
    pub need_before: i64,
    /// The ways out that would work here.
    pub options: Vec<Short>,
    /// The longest transition of this alignment that fits, in frames; 0 is none.
    pub longest: i64,
}

impl std::fmt::Display for ShortHandles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the transition over the {} of {} needs {} frames behind the outgoing clip and there are {}, and {} ahead of the incoming clip and there are {}; ",
            end_of(self.edge),
            self.site,
            self.need_after,
            self.have_after,
            self.need_before,
            self.have_before
        )?;
        let options: Vec<String> =
            self.options.iter().map(|option| format!("{option:?}").to_lowercase()).collect();
        match self.longest {
            0 => write!(f, "nothing shorter fits; choose one of: {}", options.join(", ")),
            longest => write!(f, "the longest is {longest}; choose one of: {}", options.join(", ")),
        }
    }
}

const fn end_of(edge: Edge) -> &'static str {
    match edge {
        Edge::Head => "head",
        Edge::Tail => "tail",
    }
}

/// Frames that a generator is asked for, so that a transition has real handles.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkOrder {
    /// The clip that lacks frames.
    pub clip: Id,
    /// The media that is to become longer.
    pub media: Id,
    /// The shot and its take, where the clip shows one.
    pub take: Option<(Id, Id)>,
    /// Where the media came from: prompt, seed, model and the like.
    pub origin: BTreeMap<String, String>,
    /// Source frames needed ahead of the first.
    pub before: i64,
    /// Source frames needed behind the last.
    pub after: i64,
    /// The source frame to start from: the first where frames are needed ahead, else the last.
    pub from_frame: Frames,
}

impl std::fmt::Display for WorkOrder {
    /// As a person hands it on: what, how many frames, from where.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "work order: media {} needs {} frames ahead and {} behind, from its frame {}",
            self.media, self.before, self.after, self.from_frame
        )?;
        self.origin.iter().try_for_each(|(name, value)| write!(f, "\n  {name}: {value}"))
    }
}

impl Work<'_> {
    /// Asks for the frames that a transition of `before` and `after` frames lacks.
    pub(super) fn order_frames(
        &mut self,
        spot: &Spot,
        edge: Edge,
        room: Room,
        (before, after): (i64, i64),
    ) -> Result<(), Refused> {
        let index = spot.index + usize::from(edge == Edge::Tail);
        let outgoing = index.checked_sub(1).and_then(|index| self.spot_at(spot.track, index));
        let incoming = self.spot_at(spot.track, index);
        let missing = [
            (outgoing, Edge::Tail, after - room.handle_after.max(0)),
            (incoming, Edge::Head, before - room.handle_before.max(0)),
        ];
        for (spot, edge, frames) in missing {
            if let Some(spot) = spot.filter(|_| frames > 0) {
                let order = self.work_order(&spot, edge, frames)?;
                self.orders.extend(order);
            }
        }
        Ok(())
    }

    /// The order for `frames` of the sequence beside an edge of a clip; `None` where its source is
    /// no file.
    fn work_order(
        &self,
        spot: &Spot,
        edge: Edge,
        frames: i64,
    ) -> Result<Option<WorkOrder>, Refused> {
        let (media, take) = match &spot.clip.source {
            Source::Media(media) => (*media, None),
            Source::Shot(shot) => {
                let found = self.film.shots.get(shot).and_then(|found| found.chosen());
                let Some(found) = found else { return Ok(None) };
                (found.media, Some((*shot, found.id)))
            }
            Source::Sequence(_) | Source::Generator(_) => return Ok(None),
        };
        let footage = Footage::of(self.film, self.rate(), &spot.clip.source);
        let step = footage.step(spot.clip.speed, self.rate()).ok_or(Refused::TooBig)?;
        let size = step.abs().and_then(|size| size.times(Ratio::whole(frames)));
        let count = size.ok_or(Refused::TooBig)?.ceil();
        let is_ahead = (edge == Edge::Head) == (step > Ratio::ZERO);
        let (before, after) = if is_ahead { (count, 0) } else { (0, count) };
        let last = footage.end.and_then(|end| end.minus(Ratio::ONE)).unwrap_or_default();
        let from_frame = if is_ahead { footage.first.unwrap_or_default() } else { last };
        let origin = self.film.media.get(&media).map(|media| media.origin.clone());
        let origin = origin.unwrap_or_default();
        Ok(Some(WorkOrder { clip: spot.id(), media, take, origin, before, after, from_frame }))
    }
}
