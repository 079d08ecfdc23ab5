//! Clips that go together: a picture and its sound.

use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::surgery::{Spot, Work};
use std::collections::BTreeMap;
use timeline_format::Id;

impl Work<'_> {
    /// The clip and, where the scope says so, the clips that are linked to it on other tracks, the
    /// clip itself first. Partners on locked tracks are left out, with a note.
    pub(super) fn linked(&mut self, id: Id) -> Result<Vec<Spot>, Refused> {
        let spot = self.spot(id)?;
        self.unlocked(spot.track)?;
        let link = spot.clip.link.filter(|_| self.scope.linked);
        let mut spots = vec![spot];
        for other in link.map(|link| self.with_link(link)).unwrap_or_default() {
            if other.id() == id || spots.iter().any(|spot| spot.track == other.track) {
                continue;
            }
            let track = self.track(other.track)?;
            if track.header.locked {
                self.notes.push(Note::PartnerLocked { clip: other.id(), track: track.id });
            } else {
                spots.push(other);
            }
        }
        Ok(spots)
    }

    /// Every clip of the reels with this link.
    pub(super) fn with_link(&self, link: Id) -> Vec<Spot> {
        let tracks = self.sequence.tracks.iter().enumerate();
        let found = tracks.filter_map(|(index, track)| Some((index, track.reel()?)));
        found
            .flat_map(|(track, reel)| reel.linked(link).map(move |index| (track, index)))
            .filter_map(|(track, index)| self.spot_at(track, index))
            .collect()
    }

    /// Gives the new tails of clips that were split together a link of their own.
    pub(super) fn part_links(&mut self) {
        let mut together: BTreeMap<(Id, i64), Vec<Id>> = BTreeMap::new();
        for (link, frame, tail) in std::mem::take(&mut self.splits) {
            together.entry((link, frame)).or_default().push(tail);
        }
        for tails in together.into_values().filter(|tails| tails.len() > 1) {
            let link = self.ids.next_id();
            for tail in tails {
                let relink = |clip: &mut timeline_format::Clip| {
                    clip.link = Some(link);
                    Ok(())
                };
                if self.sequence.find(tail).is_some() && self.change_clip(tail, relink).is_err() {
                    continue;
                }
            }
        }
    }
}
