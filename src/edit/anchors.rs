//! Free items and markers after an edit: they stay with what they were anchored to.

use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::surgery::{Event, Work};
use std::sync::Arc;
use timeline_format::track::{Anchor, Content, Place};
use timeline_format::{Frames, Id, Layered, Ratio};

impl Work<'_> {
    /// Ripples free items at absolute places, and finds new anchors for those whose clip is gone,
    /// was split or lost its head.
    pub(super) fn settle_layers(&mut self) -> Result<(), Refused> {
        if self.followed < self.ripples.len() || !self.handled.is_empty() {
            for track in 0..self.sequence.tracks.len() {
                self.settle_track(track)?;
            }
        }
        self.followed = self.ripples.len();
        self.handled.clear();
        self.events.clear();
        Ok(())
    }

    fn settle_track(&mut self, index: usize) -> Result<(), Refused> {
        let track = Arc::clone(self.track(index)?);
        let Content::Free(layers) = &track.content else { return Ok(()) };
        let in_step = !track.header.locked && !track.header.sync_free;
        let mut moved = Vec::new();
        for (id, layer) in layers {
            let place = match layer.at {
                Place::Absolute(at) if in_step => Place::Absolute(self.rippled(at, self.followed)?),
                Place::Absolute(_) => continue,
                Place::Anchored(anchor) => self.followed(*id, anchor)?,
            };
            if place != layer.at {
                moved.push((*id, Layered { at: place, ..Layered::clone(layer) }));
            }
        }
        if !moved.is_empty()
            && let Some(track) = self.sequence.tracks.get_mut(index).map(Arc::make_mut)
            && let Content::Free(layers) = &mut track.content
        {
            layers.extend(moved.into_iter().map(|(id, layer)| (id, Arc::new(layer))));
        }
        Ok(())
    }

    /// Where a position is after the ripples of this edit from the `nth` on.
    pub(super) fn rippled(&self, at: Frames, nth: usize) -> Result<Frames, Refused> {
        self.ripples[nth..].iter().try_fold(at, |at, (edge, by)| {
            let moves = at >= Ratio::whole(*edge);
            if moves { at.plus(Ratio::whole(*by)).ok_or(Refused::TooBig) } else { Ok(at) }
        })
    }

    /// The place of an item whose anchor may have been handled.
    fn followed(&mut self, item: Id, anchor: Anchor) -> Result<Place, Refused> {
        if !self.handled.contains_key(&anchor.clip) {
            return Ok(Place::Anchored(anchor));
        }
        let now = self.events.iter().try_fold(Some(anchor), |anchor, event| {
            anchor.map_or(Ok(None), |anchor| follow(anchor, *event))
        })?;
        match now.filter(|now| self.sequence.find(now.clip).is_some()) {
            Some(now) => Ok(Place::Anchored(now)),
            None => self.anchor_anew(item, anchor),
        }
    }

    /// An anchor on the clip before the one that is gone, at the same frame of the sequence.
    fn anchor_anew(&mut self, item: Id, old: Anchor) -> Result<Place, Refused> {
        let track = self.handled.get(&old.clip).copied().unwrap_or(0);
        let before = self.film.sequences.get(&self.scope.sequence);
        let start = before.and_then(|before| {
            let found = before.find(old.clip)?;
            before.tracks.get(found.track)?.reel()?.start_of(found.index?)
        });
        let start = Ratio::whole(start.unwrap_or(0));
        let at = self.rippled(start.plus(old.offset).ok_or(Refused::TooBig)?, 0)?;
        let anchor = self.clip_before(track, at);
        self.notes.push(Note::Reanchored { item, to: anchor.map(|(clip, _)| clip) });
        let Some((clip, start)) = anchor else { return Ok(Place::Absolute(at.max(Ratio::ZERO))) };
        let offset = at.minus(Ratio::whole(start)).ok_or(Refused::TooBig)?;
        Ok(Place::Anchored(Anchor { clip, offset }))
    }

    /// The last clip of a track that starts at or before `at`, and its first frame.
    pub(super) fn clip_before(&self, track: usize, at: Frames) -> Option<(Id, i64)> {
        let reel = self.sequence.tracks.get(track)?.reel()?;
        let last = reel.at(at.floor()).map(|(index, _)| index).or(reel.count().checked_sub(1))?;
        let from = last.saturating_sub(1);
        let mut found = None;
        for (start, clip) in reel.placed_from(from).take(last + 1 - from) {
            if !clip.is_gap() && Ratio::whole(start) <= at {
                found = Some((clip.id, start));
            }
        }
        found
    }

    /// Ripples the markers of the sequence.
    pub(super) fn settle_markers(&mut self) -> Result<(), Refused> {
        if !self.scope.markers || self.ripples.is_empty() || self.sequence.markers.is_empty() {
            return Ok(());
        }
        let mut moved = Vec::new();
        for (id, marker) in &self.sequence.markers {
            let at = self.rippled(marker.at, 0)?;
            if at != marker.at {
                moved.push((*id, Arc::new(timeline_format::Marker { at, ..(**marker).clone() })));
            }
        }
        self.sequence.markers.extend(moved);
        Ok(())
    }
}

/// The anchor after `event`; `None` where its frame is gone.
fn follow(anchor: Anchor, event: Event) -> Result<Option<Anchor>, Refused> {
    let Anchor { clip: id, offset } = anchor;
    let from = |by: i64| offset.minus(Ratio::whole(by)).ok_or(Refused::TooBig);
    Ok(match event {
        Event::Split { clip, to, tail, .. } if clip == id && offset >= Ratio::whole(to) => {
            Some(Anchor { clip: tail, offset: from(to)? })
        }
        Event::Split { clip, from, .. } if clip == id && offset >= Ratio::whole(from) => None,
        Event::Head { clip, by } if clip == id => Some(Anchor { clip, offset: from(by)? }),
        Event::Joined { clip, into, at } if clip == id => {
            Some(Anchor { clip: into, offset: from(-at)? })
        }
        _ => Some(anchor),
    })
}
