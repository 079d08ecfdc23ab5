//! What is chosen on the timeline: clips and free items, or one cut, gap, track or marker.

use std::collections::BTreeSet;
use timeline_format::{Cut, Id, Sequence};

/// What is chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::ui) struct Selection {
    clips: BTreeSet<Id>,
    /// The clip that was chosen last: what the inspector shows.
    lead: Option<Id>,
    /// What is chosen where no clip is.
    other: Option<Other>,
}

/// Something that is chosen alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Other {
    /// A track and one of its cuts.
    Cut(Id, Cut),
    /// A gap.
    Gap(Id),
    /// A track.
    Track(Id),
    /// A marker of the sequence.
    Marker(Id),
}

impl Selection {
    /// The chosen clips and free items.
    pub(in crate::ui) const fn clips(&self) -> &BTreeSet<Id> {
        &self.clips
    }

    /// The clip that was chosen last.
    pub(in crate::ui) const fn lead(&self) -> Option<Id> {
        self.lead
    }

    /// The chosen cut and its track.
    pub(in crate::ui) const fn cut(&self) -> Option<(Id, Cut)> {
        match self.other {
            Some(Other::Cut(track, cut)) => Some((track, cut)),
            _ => None,
        }
    }

    /// What is chosen where no clip is.
    pub(in crate::ui) const fn other(&self) -> Option<Other> {
        self.other
    }

    /// Whether nothing is chosen.
    pub(in crate::ui) fn is_empty(&self) -> bool {
        self.clips.is_empty() && self.other.is_none()
    }

    /// Whether a clip is chosen.
    pub(in crate::ui) fn has(&self, clip: Id) -> bool {
        self.clips.contains(&clip)
    }

    /// Chooses nothing.
    pub(in crate::ui) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Chooses these clips alone; the first leads.
    pub(in crate::ui) fn choose(&mut self, clips: impl IntoIterator<Item = Id>) {
        self.clear();
        self.add(clips);
    }

    /// Chooses these clips too.
    pub(in crate::ui) fn add(&mut self, clips: impl IntoIterator<Item = Id>) {
        self.other = None;
        let mut clips = clips.into_iter().peekable();
        self.lead = clips.peek().copied().or(self.lead);
        self.clips.extend(clips);
    }

    /// Chooses these clips if the first was not, and else no longer.
    pub(in crate::ui) fn toggle(&mut self, clips: &[Id]) {
        if clips.first().is_some_and(|first| self.has(*first)) {
            self.clips.retain(|clip| !clips.contains(clip));
            self.lead = self.clips.first().copied();
        } else {
            self.add(clips.iter().copied());
        }
    }

    /// Chooses a cut alone.
    pub(in crate::ui) fn choose_cut(&mut self, track: Id, cut: Cut) {
        self.choose_other(Other::Cut(track, cut));
    }

    /// Chooses this alone.
    pub(in crate::ui) fn choose_other(&mut self, other: Other) {
        self.clear();
        self.other = Some(other);
    }

    /// Forgets what the sequence no longer has.
    pub(in crate::ui) fn keep_to(&mut self, sequence: &Sequence) {
        self.clips.retain(|clip| sequence.clip(*clip).is_some());
        self.lead = self.lead.filter(|lead| self.clips.contains(lead));
        self.lead = self.lead.or_else(|| self.clips.first().copied());
        self.other = self.other.filter(|other| other.is_in(sequence));
    }
}

impl Other {
    fn is_in(self, sequence: &Sequence) -> bool {
        match self {
            Self::Cut(track, cut) => has_cut(sequence, track, cut),
            Self::Gap(gap) => sequence.find(gap).is_some(),
            Self::Track(track) => sequence.track(track).is_some(),
            Self::Marker(marker) => sequence.markers.contains_key(&marker),
        }
    }
}

fn has_cut(sequence: &Sequence, track: Id, cut: Cut) -> bool {
    let side = |clip: Option<Id>| clip.is_none_or(|clip| sequence.clip(clip).is_some());
    sequence.track(track).is_some() && side(cut.from) && side(cut.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_last_leads() {
        let id = |text| Id::parse(text).unwrap();
        let mut selection = Selection::default();
        selection.choose([id("a"), id("b")]);
        assert_eq!(selection.lead(), Some(id("a")));
        selection.toggle(&[id("c")]);
        assert_eq!(selection.lead(), Some(id("c")));
        selection.toggle(&[id("c")]);
        assert_eq!((selection.lead(), selection.clips().len()), (Some(id("a")), 2));
        selection.choose_cut(id("v"), Cut { from: Some(id("a")), to: None });
        assert!(selection.clips().is_empty() && !selection.is_empty());
    }
}
