//! Clips that go together: a picture and its sound.

use crate::edit::Edge;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::surgery::{Spot, Work};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use timeline_format::Id;

impl Work<'_> {
    /// The clip and, where the scope says so, what is linked to it, the clip itself first: one clip
    /// of every other track, that which lies beside it for longest. Those on locked tracks are left
    /// out, with a note.
    pub(super) fn linked(&mut self, id: Id) -> Result<Vec<Spot>, Refused> {
        let lead = self.spot(id)?;
        let partners = self.one_a_track(&lead, |spot| -lead.shared(spot));
        self.with_partners(lead, partners)
    }

    /// The clip and everything that is linked to it: where a clip was cut under its sound, both of
    /// its parts.
    pub(super) fn all_linked(&mut self, id: Id) -> Result<Vec<Spot>, Refused> {
        let lead = self.spot(id)?;
        let partners = self.partners(&lead);
        self.with_partners(lead, partners)
    }

    /// The clip and what is linked to it, as far as that ends (or begins) with it: the sound of a
    /// clip that was cut under it begins with the first part and ends with the last.
    pub(super) fn linked_at(&mut self, id: Id, edge: Edge) -> Result<Vec<Spot>, Refused> {
        let lead = self.spot(id)?;
        let far = |one: &Spot, other: &Spot| (one.frame_of(edge) - other.frame_of(edge)).abs();
        let beside: Vec<Spot> = self.partners(&lead);
        let beside: Vec<&Spot> = beside.iter().filter(|spot| spot.track == lead.track).collect();
        let mut partners = self.one_a_track(&lead, |spot| far(&lead, spot));
        partners.retain(|spot| beside.iter().all(|own| far(own, spot) >= far(&lead, spot)));
        self.with_partners(lead, partners)
    }

    /// Every other clip with the link of `lead`, if the scope says so.
    fn partners(&self, lead: &Spot) -> Vec<Spot> {
        let link = lead.clip.link.filter(|_| self.scope.linked);
        let mut all = link.map_or_else(Vec::new, |link| self.with_link(link));
        all.retain(|spot| spot.id() != lead.id());
        all
    }

    /// The partner of every other track that is least `far`.
    fn one_a_track(&self, lead: &Spot, far: impl Fn(&Spot) -> i64) -> Vec<Spot> {
        let mut nearest: BTreeMap<usize, Spot> = BTreeMap::new();
        for other in self.partners(lead).into_iter().filter(|other| other.track != lead.track) {
            if nearest.get(&other.track).is_none_or(|known| far(&other) < far(known)) {
                nearest.insert(other.track, other);
            }
        }
        nearest.into_values().collect()
    }

    fn with_partners(&mut self, lead: Spot, partners: Vec<Spot>) -> Result<Vec<Spot>, Refused> {
        self.unlocked(lead.track)?;
        let mut spots = vec![lead];
        for partner in partners {
            let track = self.track(partner.track)?;
            if track.header.locked {
                self.notes.push(Note::PartnerLocked { clip: partner.id(), track: track.id });
            } else {
                spots.push(partner);
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

    /// Lets what is linked to clips that have moved go along, on other tracks than `own`: `before`
    /// has the clips' first frames as they were.
    pub(super) fn bring_partners(
        &mut self,
        own: &BTreeSet<usize>,
        before: &[(Id, i64)],
    ) -> Result<(), Refused> {
        let mut moved: BTreeMap<Id, (Spot, i64)> = BTreeMap::new();
        for (id, start) in before.iter().filter(|_| self.scope.linked) {
            let Ok(spot) = self.spot(*id) else { continue };
            let by = spot.start - start;
            let partners = if by == 0 { Vec::new() } else { self.partners(&spot) };
            for partner in partners.into_iter().filter(|spot| !own.contains(&spot.track)) {
                let track = self.track(partner.track)?;
                if track.header.locked {
                    self.notes.push(Note::PartnerLocked { clip: partner.id(), track: track.id });
                } else {
                    moved.entry(partner.id()).or_insert((partner, by));
                }
            }
        }
        for (spot, _) in moved.values() {
            self.clear(spot.track, spot.start..spot.end())?;
        }
        for (spot, by) in moved.into_values() {
            let span = spot.start + by..spot.end() + by;
            self.need_gap(spot.track, span.clone())?;
            self.replace(spot.track, span, vec![spot.item])?;
        }
        Ok(())
    }

    /// The clips of tracks that start in a span, and where.
    pub(super) fn starts_in(
        &self,
        tracks: &BTreeSet<usize>,
        span: &Range<i64>,
    ) -> Result<Vec<(Id, i64)>, Refused> {
        let mut starts = Vec::new();
        for track in tracks {
            let reel = self.reel(*track)?;
            let first = reel.at(span.start).map_or(reel.count(), |(index, _)| index);
            let items = reel.placed_from(first).take_while(|(start, _)| *start < span.end);
            let clips = items.filter(|(start, item)| !item.is_gap() && *start >= span.start);
            starts.extend(clips.map(|(start, item)| (item.id, start)));
        }
        Ok(starts)
    }

    pub(super) fn relink_clip(&mut self, id: Id, link: Option<Id>) -> Result<(), Refused> {
        if self.sequence.find(id).is_none() {
            return Ok(());
        }
        self.change_clip(id, |clip| {
            clip.link = link;
            Ok(())
        })
    }
}
