//! A picture pinned to a surface of the one below it: what lies under it is followed as a plane on another thread, and
//! its corners have a key in each frame.

use super::{Desk, Of, done, region, tell_of};
use crate::play::tracking::{Goal, Track};
use std::sync::Arc;
use timeline_format::track::TrackKind;
use timeline_format::{Id, Source, Track as Lane};

/// What it is called.
const LABEL: &str = "Pin to what is below";
/// How much larger than the picture on it the surface is that is followed.
const AROUND: f64 = 1.2;

impl Desk {
    /// The clip that would be pinned, the one that is chosen or else the uppermost, and the next below it at the playhead
    /// that was shot or made: titles, particles and the like between them are passed over.
    fn clips_to_pin(&self) -> Option<(Id, Id)> {
        let (chosen, at) = (self.selection.lead(), self.position());
        let tracks = self.sequence()?.tracks.iter().rev();
        let seen = tracks.filter(|it| it.header.kind == TrackKind::Picture && !it.header.hidden);
        let item = |track: &Arc<Lane>| {
            let reel = track.reel()?;
            let item = reel.get(reel.at(at)?.0)?;
            let clip = item.clip.as_ref().filter(|clip| !clip.disabled)?;
            Some((item.id, matches!(clip.source, Source::Media(_) | Source::Shot(_))))
        };
        let is_above = |(id, _): &(Id, bool)| chosen.is_some_and(|chosen| *id != chosen);
        let mut below = seen.filter_map(item).skip_while(is_above);
        let (upper, _) = below.next()?;
        below.find_map(|(id, is_shot)| is_shot.then_some((upper, id)))
    }

    /// Whether a picture can be pinned now.
    pub(in crate::ui) fn can_pin(&self) -> bool {
        self.trackings.work.is_none() && self.clips_to_pin().is_some()
    }

    /// Follows what lies under the picture in hand, and has its corners stay on it.
    pub(in crate::ui) fn pin_to_below(&mut self) {
        let Some((upper, clip)) = self.clips_to_pin() else { return };
        let Some(bounds) = self.covered(upper, clip) else {
            let words = "it lies over nothing of the picture below: place its corners first";
            return self.notices.trouble(format_args!("{LABEL}: {words}"));
        };
        let grip = region(bounds, self.aspect_of(clip), AROUND);
        let (taken, goal) = (self.position(), Some(Goal::Pinned(upper)));
        let track = Track { clip, grip, taken, part: self.shared(upper, clip), goal };
        self.begin_tracking(Of::Placement(LABEL), &track, move |film, folder, (stop, seen)| {
            track.run(film, folder, (stop, &tell_of(seen))).map(done)
        });
    }

    /// The frames of the film in which both clips lie.
    fn shared(&self, upper: Id, lower: Id) -> [Option<i64>; 2] {
        let spans = self.span_of(upper).zip(self.span_of(lower));
        let both = spans.map(|(one, other)| (one.start.max(other.start), one.end.min(other.end)));
        both.map_or([None; 2], |(start, end)| [Some(start), Some(end)])
    }

    /// The least rectangle around the part of a picture, in its parts, that another lies over.
    fn covered(&self, upper: Id, lower: Id) -> Option<[f64; 4]> {
        let (lie, ground) = (self.lie_of(upper)?, self.lie_of(lower)?);
        let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let under: Option<Vec<[f64; 2]>> =
            corners.into_iter().map(|corner| ground.back(lie.place(corner))).collect();
        let [left, top, right, bottom] = super::around(under?.into_iter(), [0.0; 2])?;
        let held = [left, top, right, bottom].map(|part| part.clamp(0.0, 1.0));
        (held[0] < held[2] && held[1] < held[3]).then_some(held)
    }
}
