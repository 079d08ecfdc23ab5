//! Picture transitions that linked sound follows.

use super::cuts::Over;
use timeline_format::track::TrackKind;
use timeline_format::{Frames, Id, Item, Sequence};

/// The picture transitions of a sequence, by the links on both sides of their cuts.
#[derive(Debug, PartialEq)]
pub(crate) struct Dissolves(Vec<Dissolve>);

#[derive(Debug, PartialEq)]
struct Dissolve {
    cut: i64,
    from: Option<Id>,
    to: Option<Id>,
    over: Over,
}

impl Dissolves {
    pub(crate) fn of(sequence: &Sequence) -> Self {
        let mut found = Vec::new();
        for track in &sequence.tracks {
            let is_picture = track.header.kind == TrackKind::Picture && !track.header.hidden;
            let Some(reel) = track.reel().filter(|_| is_picture) else { continue };
            if track.transitions.is_empty() {
                continue;
            }
            let mut before: Option<&Item> = None;
            let ends = std::iter::once((reel.length(), None));
            let items = reel.placed().map(|(start, item)| (start, Some(item))).chain(ends);
            for (index, (cut, item)) in items.enumerate() {
                if let Some(transition) = track.transition_at(index) {
                    let link = |item: Option<&Item>| item?.clip.as_ref()?.link;
                    let over = Over { shape: None, ..Over::of(transition, cut) };
                    found.push(Dissolve { cut, from: link(before), to: link(item), over });
                }
                before = item;
            }
        }
        found.sort_by_key(|dissolve| dissolve.cut);
        Self(found)
    }

    /// The transition over the cut at `cut` whose pictures are linked to the same clips.
    pub(crate) fn over(&self, cut: Frames, from: Option<Id>, to: Option<Id>) -> Option<Over> {
        let cut = cut.as_whole()?;
        if from.is_none() && to.is_none() {
            return None;
        }
        let first = self.0.partition_point(|dissolve| dissolve.cut < cut);
        let here = self.0[first..].iter().take_while(|dissolve| dissolve.cut == cut);
        here.filter(|dissolve| dissolve.from == from && dissolve.to == to)
            .map(|dissolve| dissolve.over)
            .next()
    }
}
