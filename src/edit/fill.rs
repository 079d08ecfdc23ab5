//! The gaps of a track of clips, filled with a sound that goes on behind them.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use std::collections::BTreeSet;
use timeline_format::clip::Fade;
use timeline_format::track::{Anchor, Content, Place};
use timeline_format::{Clip, FadeShape, Frames, Id, IdSource, Layered, Source, Timeline};

/// What fills gaps.
#[derive(Debug, Clone)]
pub struct Fill {
    /// The track whose gaps are filled: the dialogue.
    pub gaps: Id,
    /// The free track that the sound goes onto: the room tone.
    pub onto: Id,
    /// The sound. A generator or a sequence goes on from gap to gap as if it had sounded all the time.
    pub sound: Clip,
    /// Frames by which it reaches into the clips on either side, fading at equal power.
    pub lap: i64,
}

/// A gap between two clips, in frames of the sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gap {
    start: i64,
    end: i64,
    /// The clip before it, and where that starts.
    after: (Id, i64),
}

/// Fills every gap between two clips of a track with a sound on a free track, each anchored to the clip
/// before it. What an earlier fill with the same sound put there is replaced.
///
/// ```text
/// a1  |AAA  BB |        |AAA  BB |
/// a2  |        |   ->   |  tttt  |    reaching by one frame into A and B
/// ```
pub fn fill(
    film: &Timeline,
    scope: Scope,
    fill: &Fill,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let (from, onto) = (work.track_index(fill.gaps)?, work.track_index(fill.onto)?);
    let gaps = gaps(&work, from)?;
    work.clear_fills((from, onto), &fill.sound.source)?;
    for gap in gaps {
        let item = work.filling(fill, gap)?;
        let id = work.ids.next_id();
        work.check_layer(&item)?;
        work.put_layer(onto, id, item)?;
        work.made.push(id);
    }
    work.finish()
}

/// The gaps between clips: what lies ahead of the first and behind the last is none.
fn gaps(work: &Work<'_>, track: usize) -> Result<Vec<Gap>, Refused> {
    let mut gaps = Vec::new();
    let mut last: Option<(Id, i64, i64)> = None;
    for (start, item) in work.reel(track)?.placed().filter(|(_, item)| !item.is_gap()) {
        if let Some((id, before, end)) = last.filter(|(.., end)| *end < start) {
            gaps.push(Gap { start: end, end: start, after: (id, before) });
        }
        last = Some((item.id, start, start + item.length));
    }
    Ok(gaps)
}

impl Work<'_> {
    /// Takes what the same sound filled before off a free track: what hangs on a clip beside a gap. What was
    /// put elsewhere by hand stays.
    fn clear_fills(
        &mut self,
        (gaps, track): (usize, usize),
        sound: &Source,
    ) -> Result<(), Refused> {
        let clips = self.reel(gaps)?.iter().filter(|item| !item.is_gap());
        let clips: BTreeSet<Id> = clips.map(|item| item.id).collect();
        let hangs =
            |at: Place| matches!(at, Place::Anchored(anchor) if clips.contains(&anchor.clip));
        if let Content::Free(layers) = &mut self.track_mut(track)?.content {
            let old = layers
                .iter()
                .filter(|(_, layer)| hangs(layer.at) && is_same(&layer.clip.source, sound));
            let old: Vec<Id> = old.map(|(id, _)| *id).collect();
            for id in old {
                layers.remove(&id);
            }
        }
        Ok(())
    }

    /// The item over a gap.
    fn filling(&self, fill: &Fill, gap: Gap) -> Result<Layered, Refused> {
        let (after, before) = gap.after;
        let lap = fill.lap.clamp(0, gap.start - before);
        let start = gap.start - lap;
        let length = Frames::whole(gap.end + lap - start);
        let fade = Fade { length: Frames::whole(2 * lap), shape: FadeShape::EqualPower };
        let mut clip = fill.sound.clone();
        if let Some(moment) = self.moment_of(&clip.source, start) {
            clip.source_in = moment;
        }
        if lap > 0 {
            (clip.sound.fade_in, clip.sound.fade_out) = (Some(fade), Some(fade));
        }
        let anchor = Anchor { clip: after, offset: Frames::whole(start - before) };
        Ok(Layered { at: Place::Anchored(anchor), length, clip })
    }

    /// The moment of an endless sound that belongs to a frame; `None` for one that has an end.
    fn moment_of(&self, source: &Source, frame: i64) -> Option<Frames> {
        match source {
            Source::Generator(_) => Some(Frames::whole(frame)),
            Source::Sequence(id) => {
                let rate = self.film.sequences.get(id)?.header.rate;
                let seconds = Frames::whole(frame).over(self.rate().ratio())?;
                seconds.times(rate.ratio())
            }
            _ => None,
        }
    }
}

/// Whether two clips sound the same thing: for generators, of the same kind.
fn is_same(one: &Source, other: &Source) -> bool {
    match (one, other) {
        (Source::Generator(one), Source::Generator(other)) => one.kind == other.kind,
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip, film, scope, track_id};
    use crate::edit::{AddTrack, add_track, place};
    use std::sync::Arc;
    use timeline_format::track::TrackKind;

    fn tone() -> Clip {
        let made = timeline_format::clip::Generator {
            kind: "room_tone".into(),
            values: std::collections::BTreeMap::new(),
            extra: timeline_format::Extra::new(),
        };
        Clip { source: Source::Generator(made), ..clip('w') }
    }

    /// A film with a free track.
    fn with_track(drawing: &str) -> (Timeline, Id) {
        let name = String::new();
        let add = AddTrack { index: 9, kind: TrackKind::Sound, is_free: true, name, role: None };
        let edited = add_track(&film(drawing), scope(), &add, &mut IdSource::seeded(5)).unwrap();
        (edited.timeline, edited.made[0])
    }

    /// Fills twice.
    fn fill_in((film, onto): (Timeline, Id), lap: i64) -> (Timeline, Id) {
        let mut ids = IdSource::seeded(6);
        let what = Fill { gaps: track_id("V1"), onto, sound: tone(), lap };
        let once = fill(&film, scope(), &what, &mut ids).unwrap();
        let twice = fill(&once.timeline, scope(), &what, &mut ids).unwrap();
        (twice.timeline, onto)
    }

    fn spans(film: &Timeline, track: Id) -> Vec<(i64, i64)> {
        let sequence = film.main().unwrap();
        let (index, _) = sequence.track(track).unwrap();
        let layers = sequence.tracks[index].layers().unwrap();
        let span = |layer: &Arc<Layered>| {
            let start = sequence.start_of(layer).unwrap().as_whole().unwrap();
            assert_eq!(layer.clip.source_in, Frames::whole(start), "it goes on behind the clips");
            (start, start + layer.length.as_whole().unwrap())
        };
        let mut spans: Vec<_> = layers.values().map(span).collect();
        spans.sort_unstable();
        spans
    }

    #[test]
    fn every_gap_between_clips_is_filled_once_however_often_it_is_done() {
        let (film, onto) = fill_in(with_track("|..|AAA|..|BB|CC|....|DD|"), 1);
        assert_eq!(spans(&film, onto), [(4, 8), (10, 16)]);
        let (film, onto) = fill_in(with_track("|AAA|..|BB|"), 0);
        assert_eq!(spans(&film, onto), [(3, 5)]);
    }

    #[test]
    fn what_was_put_there_by_hand_stays() {
        let (film, onto) = with_track("|AAA|..|BB|");
        let (at, length) = (Place::Absolute(Frames::whole(0)), Frames::whole(2));
        let item = Layered { at, length, clip: Clip { source_in: Frames::ZERO, ..tone() } };
        let placed = place(&film, scope(), (onto, &item), &mut IdSource::seeded(7)).unwrap();
        let (film, onto) = fill_in((placed.timeline, onto), 0);
        assert_eq!(spans(&film, onto), [(0, 2), (3, 5)]);
    }
}
