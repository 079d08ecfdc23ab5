//! The names under which tracks, clips and transitions stand in the film's tables.
//!
//! Ids are unique in a film. Where a film in memory breaks this, the later ones get new names, so
//! that writing loses nothing.

use super::rows::{Body, Row};
use crate::track::{Anchor, Content, Layered, Place};
use crate::{Cut, Id, IdSource, Timeline, Track};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// New names by owner and index, for what would share one.
#[derive(Default)]
pub(super) struct Names {
    tracks: BTreeMap<(Id, usize), Id>,
    clips: BTreeMap<(Id, usize), Id>,
    /// New names of clips by their sequence and their old name, for what points at them.
    moved: BTreeMap<(Id, Id), Id>,
    /// The sequences of tracks, where a clip has a new name.
    owners: BTreeMap<Id, Id>,
}

/// Gives the later of equal ids a new one; the new ones depend on the ids alone.
fn renamed(owned: &[(Id, Id, usize)]) -> BTreeMap<(Id, usize), Id> {
    let mut sorted = owned.to_vec();
    sorted.sort_unstable();
    if sorted.windows(2).all(|pair| pair[0].0 != pair[1].0) {
        return BTreeMap::new();
    }
    let mut taken: BTreeSet<Id> = sorted.iter().map(|(id, ..)| *id).collect();
    let mut fresh = IdSource::seeded(sorted.len() as u64);
    let doubles = sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let rename = |pair: &[(Id, Id, usize)]| loop {
        let id = fresh.next_id();
        if taken.insert(id) {
            break ((pair[1].1, pair[1].2), id);
        }
    };
    doubles.map(rename).collect()
}

impl Names {
    pub(super) fn of(timeline: &Timeline) -> Self {
        let mut tracks = Vec::new();
        for (owner, sequence) in &timeline.sequences {
            let ids = sequence.tracks.iter().enumerate();
            tracks.extend(ids.map(|(index, track)| (track.id, *owner, index)));
        }
        let mut names = Self { tracks: renamed(&tracks), ..Self::default() };
        let mut clips = Vec::new();
        for (owner, track) in names.tracks(timeline) {
            match &track.content {
                Content::Sequential(reel) => {
                    clips.extend(
                        reel.iter().enumerate().map(|(index, item)| (item.id, owner, index)),
                    );
                }
                Content::Free(layers) => {
                    clips.extend(layers.keys().enumerate().map(|(index, id)| (*id, owner, index)));
                }
            }
        }
        names.clips = renamed(&clips);
        if !names.clips.is_empty() {
            names.follow(timeline, &clips);
        }
        names
    }

    /// Notes where clips with new names are, so that anchors and cuts follow them.
    fn follow(&mut self, timeline: &Timeline, clips: &[(Id, Id, usize)]) {
        for (sequence, tracks) in &timeline.sequences {
            for (index, track) in tracks.tracks.iter().enumerate() {
                self.owners.insert(self.track(*sequence, index, track.id), *sequence);
            }
        }
        for (old, track, index) in clips {
            let new = self.clips.get(&(*track, *index));
            if let (Some(new), Some(sequence)) = (new, self.owners.get(track)) {
                self.moved.insert((*sequence, *old), *new);
            }
        }
    }

    /// The name of the clip `id`, as something on a track calls it.
    fn called(&self, track: Id, id: Id) -> Id {
        let sequence = self.owners.get(&track);
        let new = sequence.and_then(|sequence| self.moved.get(&(*sequence, id)));
        new.copied().unwrap_or(id)
    }

    /// A free item, with its anchor's name.
    fn free<'a>(&self, track: Id, layer: &'a Layered) -> Body<'a> {
        let at = match layer.at {
            Place::Anchored(anchor) => {
                Place::Anchored(Anchor { clip: self.called(track, anchor.clip), ..anchor })
            }
            at @ Place::Absolute(_) => at,
        };
        Body::Free(track, at, layer)
    }

    /// Every track under its name.
    pub(super) fn tracks<'a>(
        &self,
        timeline: &'a Timeline,
    ) -> impl Iterator<Item = (Id, &'a Arc<Track>)> {
        timeline.sequences.iter().flat_map(move |(owner, sequence)| {
            let tracks = sequence.tracks.iter().enumerate();
            tracks.map(move |(index, track)| (self.track(*owner, index, track.id), track))
        })
    }

    /// The name of a track.
    pub(super) fn track(&self, sequence: Id, index: usize, id: Id) -> Id {
        self.tracks.get(&(sequence, index)).copied().unwrap_or(id)
    }

    fn clip(&self, track: Id, index: usize, id: Id) -> Id {
        self.clips.get(&(track, index)).copied().unwrap_or(id)
    }

    /// A track with its order list.
    pub(super) fn track_row<'a>(&self, name: Id, track: &'a Track) -> Row<'a> {
        let items = track.reel().into_iter().flat_map(|reel| reel.iter().enumerate());
        let order = items.map(|(index, item)| self.clip(name, index, item.id)).collect();
        Row::new(&name, Body::Track(track, order))
    }

    /// Every clip and gap.
    pub(super) fn clip_rows<'a>(&self, tracks: &[(Id, &'a Arc<Track>)]) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for (name, track) in tracks {
            match &track.content {
                Content::Sequential(reel) => {
                    rows.extend(reel.iter().enumerate().map(|(index, item)| {
                        Row::new(&self.clip(*name, index, item.id), Body::Item(item))
                    }));
                }
                Content::Free(layers) => {
                    rows.extend(layers.iter().enumerate().map(|(index, (id, layer))| {
                        Row::new(&self.clip(*name, index, *id), self.free(*name, layer))
                    }));
                }
            }
        }
        rows
    }

    /// Every transition.
    pub(super) fn transition_rows<'a>(&self, tracks: &[(Id, &'a Arc<Track>)]) -> Vec<Row<'a>> {
        let mut owned = Vec::new();
        for (name, track) in tracks {
            let transitions = track.transitions.values().enumerate();
            owned.extend(transitions.map(|(index, transition)| (transition.id, *name, index)));
        }
        let renamed = renamed(&owned);
        let mut rows = Vec::with_capacity(owned.len());
        for (name, track) in tracks {
            for (index, (cut, transition)) in track.transitions.iter().enumerate() {
                let id = renamed.get(&(*name, index)).copied().unwrap_or(transition.id);
                let end = |id: Option<Id>| id.map(|id| self.called(*name, id));
                let cut = Cut { from: end(cut.from), to: end(cut.to) };
                rows.push(Row::new(&id, Body::Transition(*name, cut, transition)));
            }
        }
        rows
    }
}
