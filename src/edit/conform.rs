//! Conform: the same film at another rate, as a new sequence.

use crate::edit::Edited;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::curves;
use crate::edit::footage::Footage;
use crate::edit::piece;
use crate::edit::surgery::Work;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::timecode::{Counting, has_drop_frame};
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{
    Clip, Frames, Id, IdSource, Item, Layered, Marker, Rate, Ratio, Reel, Sequence, Timeline,
    Track, Transition,
};

/// Makes a sequence at another rate that lasts as long in seconds. The old one stays. Every cut
/// goes to the nearest frame (halves up), so that nothing overlaps and no cut is off by more than
/// half a frame; a picture begins on the source frame that it was marked with, sound keeps its
/// moment exactly, and linked sound stays in sync with its picture. Clips shorter than half a frame
/// go, with a note. Every clip gets a new id; the new sequence's is first in [`Edited::made`].
pub fn conform(
    film: &Timeline,
    scope: Scope,
    rate: Rate,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let made = work.ids.next_id();
    work.made.push(made);
    let scale = rate.ratio().over(work.rate().ratio()).ok_or(Refused::TooBig)?;
    let mut conform = Conform { film, rate, scale, ids: BTreeMap::new(), shifts: BTreeMap::new() };
    let old = work.sequence.clone();
    conform.name_clips(&mut work, &old);
    let locked = conform.sequence(&mut work, &old).ok_or(Refused::TooBig)?;
    work.scope.sequence = made;
    let mut edited = work.finish()?;
    let mut new = edited.timeline.sequences.get(&made).map(|new| Sequence::clone(new));
    for track in new.iter_mut().flat_map(|new| new.tracks.iter_mut()) {
        if locked.contains(&track.id) {
            Arc::make_mut(track).header.locked = true;
        }
    }
    if let Some(new) = new {
        edited.timeline = edited.timeline.with_sequence(made, new);
    }
    Ok(edited)
}

struct Conform<'a> {
    film: &'a Timeline,
    rate: Rate,
    /// New frames in an old one.
    scale: Ratio,
    /// New ids by old: of tracks, items, links, groups.
    ids: BTreeMap<Id, Id>,
    /// By how much the pictures of a link start late, in new frames.
    shifts: BTreeMap<Id, Ratio>,
}

impl Conform<'_> {
    /// Gives everything that is copied a name of its own.
    fn name_clips(&mut self, work: &mut Work<'_>, old: &Sequence) {
        for track in &old.tracks {
            let mut names = vec![track.id];
            let mut clips: Vec<&Clip> = Vec::new();
            for item in track.reel().into_iter().flat_map(Reel::iter) {
                names.push(item.id);
                clips.extend(item.clip.as_deref());
            }
            for (id, layer) in track.layers().into_iter().flatten() {
                names.push(*id);
                clips.push(&layer.clip);
            }
            names.extend(clips.iter().flat_map(|clip| [clip.link, clip.group]).flatten());
            for name in names {
                self.ids.entry(name).or_insert_with(|| work.ids.next_id());
            }
        }
    }

    /// Fills the new sequence, its tracks unlocked for now; gives those that are to be locked.
    fn sequence(&mut self, work: &mut Work<'_>, old: &Sequence) -> Option<Vec<Id>> {
        let mut new = old.clone();
        new.header.rate = self.rate;
        new.header.start = self.frame(old.header.start)?;
        if new.header.timecode == Counting::Drop && !has_drop_frame(self.rate) {
            new.header.timecode = Counting::NonDrop;
        }
        new.tracks = imbl::Vector::new();
        self.measure(old)?;
        let mut locked = Vec::new();
        for track in &old.tracks {
            let mut made = self.track(work, track)?;
            locked.extend(made.header.locked.then_some(made.id));
            made.header.locked = false;
            new.tracks.push_back(Arc::new(made));
        }
        for (id, marker) in &old.markers {
            let (at, length) = (self.frame_of(marker.at)?, self.frame_of(marker.length)?);
            new.markers.insert(*id, Arc::new(Marker { at, length, ..Marker::clone(marker) }));
        }
        for (id, captions) in &old.captions {
            let mut made = timeline_format::Captions::clone(captions);
            for cue in &mut made.cues {
                let end = self.frame(cue.end())?;
                cue.at = self.frame(cue.at)?;
                cue.length = (end - cue.at).max(1);
            }
            new.captions.insert(*id, Arc::new(made));
        }
        work.sequence = new;
        work.changed.extend(self.ids.values().copied());
        Some(locked)
    }

    fn frame(&self, old: i64) -> Option<i64> {
        Some(Ratio::whole(old).times(self.scale)?.round())
    }

    fn frame_of(&self, old: Frames) -> Option<Frames> {
        Some(Ratio::whole(old.times(self.scale)?.round()))
    }

    /// How far rounding moves a cut, in new frames.
    fn shift(&self, start: i64) -> Option<Ratio> {
        Ratio::whole(self.frame(start)?).minus(Ratio::whole(start).times(self.scale)?)
    }

    /// Notes how far the pictures of links move.
    fn measure(&mut self, old: &Sequence) -> Option<()> {
        for track in old.tracks.iter().filter(|track| track.header.kind == TrackKind::Picture) {
            for (start, item) in track.reel().into_iter().flat_map(Reel::placed) {
                if let Some(link) = item.clip.as_ref().and_then(|clip| clip.link) {
                    let shift = self.shift(start)?;
                    self.shifts.insert(link, shift);
                }
            }
        }
        Some(())
    }

    fn track(&self, work: &mut Work<'_>, old: &Track) -> Option<Track> {
        let content = match &old.content {
            Content::Sequential(reel) => {
                let mut items: Vec<Item> = Vec::new();
                for (start, item) in reel.placed() {
                    let length =
                        self.frame(start.checked_add(item.length)?)? - self.frame(start)?;
                    if length == 0 {
                        let gone = (!item.is_gap()).then_some(Note::TooShort { clip: item.id });
                        work.notes.extend(gone);
                        continue;
                    }
                    items.push(self.item(old, start, item, length)?);
                }
                Content::Sequential(items.into_iter().collect())
            }
            Content::Free(layers) => {
                let mut new = imbl::OrdMap::new();
                for (id, layer) in layers {
                    new.insert(self.name(*id), Arc::new(self.layer(layer)?));
                }
                Content::Free(new)
            }
        };
        let mut track = Track { id: self.name(old.id), content, ..old.clone() };
        track.transitions = imbl::OrdMap::new();
        for (cut, transition) in &old.transitions {
            let mut cut = *cut;
            cut.from = cut.from.map(|from| self.name(from));
            cut.to = cut.to.map(|to| self.name(to));
            let id = work.ids.next_id();
            let new = Transition { id, ..self.transition(transition)? };
            work.loose.push(crate::edit::surgery::Loose {
                track: track.id,
                cut,
                transition: Arc::new(new),
            });
        }
        Some(track)
    }

    fn name(&self, old: Id) -> Id {
        self.ids.get(&old).copied().unwrap_or(old)
    }

    /// A clip from `start`, for `length` new frames.
    fn item(&self, track: &Track, start: i64, item: &Item, length: i64) -> Option<Item> {
        let id = self.name(item.id);
        let Some(clip) = &item.clip else { return Some(Item::gap(id, length)) };
        let mut clip = self.clip(clip)?;
        if track.header.kind == TrackKind::Sound {
            let of_picture = item.clip.as_ref().and_then(|clip| clip.link);
            let of_picture = of_picture.and_then(|link| self.shifts.get(&link)).copied();
            let late = self.shift(start)?.minus(of_picture.unwrap_or_default())?;
            self.set_back(&mut clip, late)?;
        }
        Some(Item::clip(id, length, piece::tuck(clip, length)?))
    }

    /// Lets a clip that starts late by so many new frames start as much further into its source.
    fn set_back(&self, clip: &mut Clip, late: Ratio) -> Option<()> {
        let footage = Footage::of(self.film, self.rate, &clip.source);
        let step = footage.step(clip.speed, self.rate)?;
        if step > Ratio::ZERO {
            let at = clip.source_in.plus(step.times(late)?)?;
            clip.source_in = footage.first.map_or(at, |first| at.max(first));
        }
        Some(())
    }

    /// What a clip says in frames of its sequence, in new ones.
    fn clip(&self, old: &Clip) -> Option<Clip> {
        let mut clip = old.clone();
        curves::scale(&mut clip, self.scale)?;
        clip.sync = clip.sync.times(self.scale)?;
        clip.sound.loop_fade = match clip.sound.loop_fade {
            Some(fade) => Some(fade.times(self.scale)?),
            None => None,
        };
        for fade in [&mut clip.sound.fade_in, &mut clip.sound.fade_out].into_iter().flatten() {
            fade.length = fade.length.times(self.scale)?;
        }
        clip.link = clip.link.map(|link| self.name(link));
        clip.group = clip.group.map(|group| self.name(group));
        Some(clip)
    }

    fn layer(&self, old: &Layered) -> Option<Layered> {
        let at = match old.at {
            Place::Absolute(at) => Place::Absolute(at.times(self.scale)?),
            Place::Anchored(mut anchor) => {
                anchor.clip = self.name(anchor.clip);
                anchor.offset = anchor.offset.times(self.scale)?;
                Place::Anchored(anchor)
            }
        };
        Some(Layered { at, length: old.length.times(self.scale)?, clip: self.clip(&old.clip)? })
    }

    fn transition(&self, old: &Transition) -> Option<Transition> {
        let length = self.frame(old.length())?.max(1);
        let is_centred = old.before == old.length() / 2;
        let before = if is_centred { length / 2 } else { self.frame(old.before)?.min(length) };
        Some(Transition { before, after: length - before, ..old.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{drawing, film, scope, sound};

    #[track_caller]
    fn conformed(before: &str, rate: &str, after: &str) -> (Timeline, Vec<Note>) {
        let start = film(before);
        let edited =
            conform(&start, scope(), rate.parse().unwrap(), &mut IdSource::seeded(1)).unwrap();
        assert!(edited.timeline.main() == start.main());
        sound(&edited.timeline);
        let mut film = edited.timeline;
        Arc::make_mut(&mut film.settings).main = edited.made[0];
        assert_eq!(drawing(&film, after), after);
        (film, edited.notes)
    }

    #[test]
    fn cuts_go_to_the_nearest_frame_and_nothing_overlaps() {
        conformed("|AAAA|BB|", "48", "|AAAAAAAA|BBBB|\n 33445566 3344");
        conformed("|AAAA|BB|", "12", "|AA|B|\n 46 4");
        conformed("|AAA|BBB|CC|", "12", "|AA|B|C|");
        conformed("|AAA/|/BBB|", "48", "|AAAAAA//|//BBBBBB|");
        conformed("|AA/|//BBB|", "48", "|AAA///|///BBBBBBB|");
        let (_, notes) = conformed("|AAA|B|CC|", "8", "|A|C|");
        assert!(matches!(notes[..], [Note::TooShort { .. }]));
    }

    #[test]
    fn linked_sound_stays_in_sync() {
        let (film, _) =
            conformed("|.|AAA|BBB|\n|..|aa|bbbb|\n    45 3456", "12", "|.|A|BB|\n|.|a|bb|");
        let problems = timeline_format::check(&film);
        let late = problems.iter().filter(|problem| problem.code == "link-out-of-sync");
        assert_eq!(late.count(), 0, "{problems:?}");
    }
}
