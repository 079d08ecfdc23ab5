//! Move: clips go elsewhere, on their track or another.

use crate::edit::Edited;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::{Spot, Work};
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::track::{Content, Place};
use timeline_format::{Clip, Frames, Id, IdSource, Item, Layered, Timeline};

/// What a clip does where it lands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    /// It lies over what is there.
    #[default]
    Overwrite,
    /// What is there makes way. On its own track clips change their order, with what is linked to
    /// them, and nothing else moves; on another, everything behind moves later, as with an insert.
    Insert,
}

/// Clips, and where they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The clips; what is linked to them, or in a group with them, goes along.
    pub clips: Vec<Id>,
    /// Frames of the sequence, later above 0, where the clips lie now.
    pub by: i64,
    /// Another track for the first clip; others stay on theirs. Free tracks take any clip, which is
    /// linked no more there, and a free item can go to a track of clips.
    pub track: Option<Id>,
    /// What happens where they land.
    pub manner: Manner,
}

/// Moves clips. With [`Manner::Overwrite`] they leave gaps; with [`Manner::Insert`] on one track
/// they change places with what they pass.
///
/// ```text
/// |AA|BB|CCCC|   move A by 3, overwrite   |..|B|AA|CCC|
/// |AA|BB|CCCC|   move A by 4, insert      |BB|AA|CCCC|
/// ```
pub fn move_clips(
    film: &Timeline,
    scope: Scope,
    edit: &Move,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let lead = *edit.clips.first().ok_or(Refused::Empty { what: "a selection", length: 0 })?;
    let target = edit.track.map(|track| work.track_index(track)).transpose()?;
    let all = work.with_groups(&edit.clips)?;
    let mut loads = Vec::new();
    for id in all {
        loads.extend(work.loads(id, &loads)?);
    }
    if let Some(load) = loads.iter_mut().find(|load| load.id == lead) {
        load.to = target.unwrap_or(load.from);
    }
    match edit.manner {
        Manner::Overwrite => work.drop_over(&loads, edit.by)?,
        Manner::Insert => work.drop_between(&loads, edit.by)?,
    }
    work.finish()
}

/// A clip on its way.
#[derive(Debug, Clone)]
struct Load {
    id: Id,
    from: usize,
    to: usize,
    start: Frames,
    length: Frames,
    clip: Arc<Clip>,
    is_free: bool,
}

impl Load {
    fn of(spot: &Spot) -> Self {
        Self {
            id: spot.id(),
            from: spot.track,
            to: spot.track,
            start: Frames::whole(spot.start),
            length: Frames::whole(spot.length()),
            clip: Arc::clone(&spot.clip),
            is_free: false,
        }
    }

    /// Where it lands on a reel: whole frames.
    fn landing(&self, by: i64) -> Result<(i64, i64), Refused> {
        let start = self.start.floor().checked_add(by).ok_or(Refused::TooBig)?;
        if start < 0 {
            let what = format!("clip {}", self.id);
            return Err(Refused::BeforeStart { what, frame: start });
        }
        let end = start.checked_add(self.length.ceil()).ok_or(Refused::TooBig)?;
        Ok((start, end))
    }
}

impl Work<'_> {
    /// The clips and those in a group with one of them.
    fn with_groups(&self, clips: &[Id]) -> Result<Vec<Id>, Refused> {
        let mut all = clips.to_vec();
        for id in clips {
            let clip = self.sequence.clip(*id).ok_or(Refused::NoSuch { what: "clip", id: *id })?;
            if let Some(group) = clip.group {
                all.extend(self.in_group(group));
            }
        }
        let mut seen = BTreeSet::new();
        all.retain(|id| seen.insert(*id));
        Ok(all)
    }

    /// A clip and its partners as loads, but for those that are there already.
    fn loads(&mut self, id: Id, there: &[Load]) -> Result<Vec<Load>, Refused> {
        let found = self.sequence.find(id).ok_or(Refused::NoSuch { what: "clip", id })?;
        let mut loads = Vec::new();
        if found.index.is_some() {
            loads.extend(self.all_linked(id)?.iter().map(Load::of));
        } else {
            self.unlocked(found.track)?;
            let layers = self.track(found.track)?.layers();
            let layer = layers.and_then(|layers| layers.get(&id));
            let layer = layer.ok_or(Refused::NoSuch { what: "free item", id })?;
            loads.push(Load {
                id,
                from: found.track,
                to: found.track,
                start: self.sequence.start_of(layer).unwrap_or_default(),
                length: layer.length,
                clip: Arc::new(layer.clip.clone()),
                is_free: true,
            });
        }
        loads.retain(|load| there.iter().all(|other| other.id != load.id));
        Ok(loads)
    }

    fn drop_over(&mut self, loads: &[Load], by: i64) -> Result<(), Refused> {
        for load in loads.iter().filter(|load| !load.is_free) {
            let from = load.start.floor();
            self.clear(load.from, from..from + load.length.floor())?;
        }
        for load in loads {
            self.put_down(load, by)?;
        }
        Ok(())
    }

    fn put_down(&mut self, load: &Load, by: i64) -> Result<(), Refused> {
        if self.track(load.to)?.reel().is_some() {
            let (start, end) = load.landing(by)?;
            if load.is_free {
                self.remove_layer(load.id)?;
            }
            let item =
                Item { id: load.id, length: end - start, clip: Some(Arc::clone(&load.clip)) };
            return self.replace(load.to, start..end, vec![item]);
        }
        let start = load.start.plus(Frames::whole(by)).ok_or(Refused::TooBig)?;
        if start < Frames::ZERO {
            let what = format!("clip {}", load.id);
            return Err(Refused::BeforeStart { what, frame: start.floor() });
        }
        let mut layer = self.layer_at(load, start)?;
        if !load.is_free
            && let Some(link) = layer.clip.link.take()
            && let Some(partner) = self.with_link(link).first()
        {
            self.notes.push(Note::Unlinked { clip: load.id, from: partner.id(), late: None });
        }
        if load.is_free && load.from != load.to {
            self.remove_layer(load.id)?;
        }
        if let Content::Free(layers) = &mut self.track_mut(load.to)?.content {
            layers.insert(load.id, Arc::new(layer));
        }
        Ok(())
    }

    /// A free item at `start`: an anchored one keeps its anchor.
    fn layer_at(&self, load: &Load, start: Frames) -> Result<Layered, Refused> {
        let old = self.track(load.from)?.layers().and_then(|layers| layers.get(&load.id));
        let at = match old.map(|layer| layer.at) {
            Some(Place::Anchored(mut anchor)) => {
                let by = start.minus(load.start).ok_or(Refused::TooBig)?;
                anchor.offset = anchor.offset.plus(by).ok_or(Refused::TooBig)?;
                Place::Anchored(anchor)
            }
            _ => Place::Absolute(start),
        };
        Ok(Layered { at, length: load.length, clip: Clip::clone(&load.clip) })
    }

    fn drop_between(&mut self, loads: &[Load], by: i64) -> Result<(), Refused> {
        let changes_track = loads.iter().any(|load| load.from != load.to || load.is_free);
        if !changes_track {
            return self.shuffle(loads, by);
        }
        let Some(first) = loads.first() else { return Ok(()) };
        let (at, _) = first.landing(by)?;
        let length = loads.iter().map(|load| load.length.ceil()).max().unwrap_or(0);
        for load in loads.iter().filter(|load| !load.is_free) {
            let from = load.start.floor();
            self.clear(load.from, from..from + load.length.floor())?;
        }
        self.open_split(at, length, &[])?;
        for track in loads.iter().map(|load| load.to) {
            let in_step = self.tracks_in_step(&[]).contains(&track);
            if !in_step && self.track(track)?.reel().is_some_and(|reel| at < reel.length()) {
                let gap = Item::gap(self.ids.next_id(), length);
                self.replace(track, at..at, vec![gap])?;
            }
        }
        self.settle_layers()?;
        loads.iter().try_for_each(|load| self.put_down(load, by))
    }

    /// Changes the order of clips that go together and what they pass, on their own tracks.
    fn shuffle(&mut self, loads: &[Load], by: i64) -> Result<(), Refused> {
        let Some(lead) = loads.first().filter(|_| by != 0) else { return Ok(()) };
        let spot = self.spot(lead.id)?;
        let partners = self.all_linked(lead.id)?;
        if loads.iter().any(|load| partners.iter().all(|partner| partner.id() != load.id)) {
            let why = "clips are put between others one by one: move one, or overwrite";
            return Err(Refused::Value(why.to_owned()));
        }
        let (at, _) = lead.landing(by)?;
        let passed = if by > 0 { spot.end()..at.max(spot.end()) } else { at..spot.start };
        let own = spot.start..spot.end();
        let spans = if by > 0 { [passed, own] } else { [own, passed] };
        let whole = spans[0].start.min(spans[1].start)..spans[0].end.max(spans[1].end);
        let tracks: BTreeSet<usize> = partners.iter().map(|partner| partner.track).collect();
        for track in &tracks {
            self.replace(*track, at..at, Vec::new())?;
        }
        let before = self.starts_in(&tracks, &whole)?;
        for track in &tracks {
            let mut items = Vec::new();
            for span in spans.clone() {
                items.extend(self.items_within(*track, span)?);
            }
            self.replace(*track, whole.clone(), items)?;
        }
        self.bring_partners(&tracks, &before)
    }

    /// The ids of the clips and free items of a group.
    pub(super) fn in_group(&self, group: Id) -> Vec<Id> {
        let tracks = self.sequence.tracks.iter();
        let ids = tracks.flat_map(|track| -> Vec<Id> {
            match &track.content {
                Content::Sequential(reel) => {
                    reel.grouped(group).filter_map(|index| reel.get(index)).map(|i| i.id).collect()
                }
                Content::Free(layers) => {
                    let of_group =
                        layers.iter().filter(|(_, layer)| layer.clip.group == Some(group));
                    of_group.map(|(id, _)| *id).collect()
                }
            }
        });
        ids.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{Verb, check, clip_id, id, refused};

    fn moved(names: &[&str], by: i64, track: Option<&str>, manner: Manner) -> Verb {
        let clips = names.iter().map(|name| clip_id(name)).collect();
        let edit = Move { clips, by, track: track.map(id), manner };
        Box::new(move |film, scope, ids| move_clips(film, scope, &edit, ids))
    }

    #[test]
    fn a_clip_lies_over_what_is_there() {
        let over = |names: &[&str], by, track| moved(names, by, track, Manner::Overwrite);
        check("|AA|BB|CCCC|", over(&["A"], 3, None), "|..|B|AA|CCC|\n    3 34 456");
        check("|AA|BB|CC|", over(&["B"], 4, None), "|AA|..|CC|BB|");
        check("|AA|BB|CC|", over(&["B"], -1, None), "|A|BB|.|CC|");
        check("|AA|BB|\n|aa|bb|", over(&["A"], 2, None), "|..|AA|\n|..|aa|");
        check("|AA|BB|\n|..|CC|", over(&["A"], 0, Some("v2")), "|..|BB|\n|AA|CC|");
        check("|AA|BB|\n|..|CC|", over(&["A"], 3, Some("v2")), "|..|BB|\n|..|C|AA|");
        check("|AA/|/BB|CC|", over(&["A", "B"], 4, None), "|....|AA/|/BB|");
        refused("|AA|BB|", over(&["B"], -3, None), "before the sequence");
        refused("|AA|\nL|BB|", over(&["A"], 0, Some("v2")), "locked");
    }

    #[test]
    fn a_clip_is_put_between_others() {
        let between = |names: &[&str], by, track| moved(names, by, track, Manner::Insert);
        check("|AA|BB|CCCC|", between(&["A"], 4, None), "|BB|AA|CCCC|");
        check("|AA|BB|CCCC|", between(&["B"], -2, None), "|BB|AA|CCCC|");
        check("|AA|BB|CC|\n|aa|bb|cc|", between(&["A"], 4, None), "|BB|AA|CC|\n|bb|aa|cc|");
        check("|AA|BB|CCCC|", between(&["A"], 6, None), "|BB|CC|AA|CC|");
        check("|AA|BB|CC|\n|..|bb|", between(&["A"], 4, None), "|BB|AA|CC|\n|bb|");
        refused("|AA|BB|CC|\n|ww|bb|", between(&["A"], 4, None), "\"w\" (s-w)");
        check(
            "|AA|BB|\n|CCCC|\n|ww|xx|",
            between(&["A"], 1, Some("v2")),
            "|.|..|.|BB|\n|C|AA|CCC|\n|w|..|w|xx|".replace("|.|..|.|", "|....|").as_str(),
        );
    }
}
