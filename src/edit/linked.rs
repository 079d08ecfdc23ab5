//! Clips that go together: a picture and its sound.

use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::surgery::{Parted, Spot, Work};
use std::collections::BTreeMap;
use timeline_format::{Id, Ratio};

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

    /// Gives the new tails of clips that were split together a link of their own. Where one clip
    /// was split and its partner was not, the parts that are no longer in step with a partner lose
    /// their link.
    pub(super) fn part_links(&mut self) -> Result<(), Refused> {
        let mut together: BTreeMap<(Id, i64), Vec<Parted>> = BTreeMap::new();
        for parted in std::mem::take(&mut self.splits) {
            together.entry((parted.link, parted.frame)).or_default().push(parted);
        }
        for ((link, _), parted) in together {
            if parted.len() > 1 {
                let new = self.ids.next_id();
                for part in parted {
                    self.relink_clip(part.tail, Some(new))?;
                }
                continue;
            }
            for id in parted.into_iter().flat_map(|part| [part.head, part.tail]) {
                if !self.is_in_step(id, link) {
                    self.relink_clip(id, None)?;
                }
            }
        }
        Ok(())
    }

    fn relink_clip(&mut self, id: Id, link: Option<Id>) -> Result<(), Refused> {
        if self.sequence.find(id).is_none() {
            return Ok(());
        }
        self.change_clip(id, |clip| {
            clip.link = link;
            Ok(())
        })
    }

    /// Whether a clip lies in sync with another of its link, on another track.
    fn is_in_step(&self, id: Id, link: Id) -> bool {
        let all = self.with_link(link);
        let Some(clip) = all.iter().find(|spot| spot.id() == id) else { return true };
        let zero = self.zero_of(clip);
        let others = || all.iter().filter(|spot| spot.track != clip.track);
        others().next().is_none()
            || others().any(|other| zero.is_some() && self.zero_of(other) == zero)
    }

    /// Where the source's own beginning would lie, in frames of the sequence.
    fn zero_of(&self, spot: &Spot) -> Option<Ratio> {
        let step = self.step(&spot.clip).ok().filter(|step| *step > Ratio::ZERO)?;
        let start = Ratio::whole(spot.start).minus(spot.clip.sync)?;
        start.minus(spot.clip.source_in.over(step)?)
    }
}
