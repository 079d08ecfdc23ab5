//! Pictures and sounds of one media at one place are one: they are linked.

use super::{Note, Reader};
use crate::interchange::{NoteKind, Place};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{Clip, Frames, Id, Ratio, Reel, Sequence, Source};

/// What two clips share that are the picture and the sound of one thing.
type Same = (String, i64, i64, Frames, Ratio);

impl Reader<'_> {
    /// Links picture clips and sound clips that no record of ours links.
    pub(super) fn link(&mut self, sequence: &mut Sequence) {
        let mut places: BTreeMap<Same, [Vec<Id>; 2]> = BTreeMap::new();
        for track in &sequence.tracks {
            let side = usize::from(track.header.kind == TrackKind::Sound);
            let placed = track.reel().into_iter().flat_map(Reel::placed);
            for (start, item) in placed {
                if let Some(clip) = item.clip.as_ref().filter(|_| !self.restored.contains(&item.id)) {
                    let same = same(clip, start, item.length);
                    places.entry(same).or_default()[side].push(item.id);
                }
            }
        }
        let mut links = BTreeMap::new();
        for [pictures, sounds] in places.into_values() {
            if !pictures.is_empty() && !sounds.is_empty() {
                let link = self.claim(None);
                links.extend(pictures.into_iter().chain(sounds).map(|id| (id, link)));
            }
        }
        if links.is_empty() {
            return;
        }
        let text = format!(
            "{} clips show and play the same media at the same place: each picture is linked to its sound",
            links.len()
        );
        let place = Place { object: self.path.join("."), ..Place::default() };
        self.notes.push(Note { kind: NoteKind::Guessed, place, text });
        apply(sequence, &links);
    }
}

fn same(clip: &Clip, start: i64, length: i64) -> Same {
    let source = match &clip.source {
        Source::Shot(id) | Source::Media(id) | Source::Sequence(id) => id.to_string(),
        Source::Generator(generator) => format!("generator {}", generator.kind),
    };
    (source, start, length, clip.source_in, clip.speed)
}

fn apply(sequence: &mut Sequence, links: &BTreeMap<Id, Id>) {
    for track in &mut sequence.tracks {
        let Content::Sequential(reel) = &track.content else { continue };
        if !reel.iter().any(|item| links.contains_key(&item.id)) {
            continue;
        }
        let linked = reel.iter().cloned().map(|mut item| {
            if let (Some(clip), Some(link)) = (&mut item.clip, links.get(&item.id)) {
                Arc::make_mut(clip).link = Some(*link);
            }
            item
        });
        let content = Content::Sequential(linked.collect());
        Arc::make_mut(track).content = content;
    }
}
