//! The layers at the playhead, as a composite has them, and new ones over them.

use super::Desk;
use crate::edit::{self, AddTrack};
use std::collections::BTreeMap;
use timeline_format::clip::Generator;
use timeline_format::media::Alpha;
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{Clip, Extra, Frames, Id, Layered, Ratio, Source};

/// A layer at the playhead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct LayerSeen {
    /// The clip or free item.
    pub(in crate::ui) clip: Id,
    /// What it is called.
    pub(in crate::ui) name: String,
    /// The track that it lies on.
    pub(in crate::ui) track: String,
    /// Whether it is seen.
    pub(in crate::ui) is_on: bool,
}

impl Desk {
    /// The layers at the playhead, the uppermost first.
    pub(in crate::ui) fn layers_seen(&self) -> Vec<LayerSeen> {
        let Some(sequence) = self.sequence() else { return Vec::new() };
        let at = self.position();
        let pictures = sequence.tracks.iter().filter(|it| it.header.kind == TrackKind::Picture);
        let mut seen = Vec::new();
        for (place, track) in pictures.enumerate() {
            let named = if track.header.name.is_empty() {
                format!("V{}", place + 1)
            } else {
                track.header.name.clone()
            };
            let add = |id: Id, clip: &Clip| LayerSeen {
                clip: id,
                name: if clip.name.is_empty() {
                    self.name_of(&clip.source)
                } else {
                    clip.name.clone()
                },
                track: named.clone(),
                is_on: !clip.disabled && !track.header.hidden,
            };
            match &track.content {
                Content::Sequential(reel) => {
                    let item = reel.at(at).and_then(|(index, _)| reel.get(index));
                    let clip = item.and_then(|item| Some((item.id, item.clip.as_ref()?)));
                    seen.extend(clip.map(|(id, clip)| add(id, clip)));
                }
                Content::Free(items) => {
                    let is_here = |item: &Layered| {
                        let start = sequence.start_of(item)?;
                        let behind = Ratio::whole(at).minus(start)?;
                        Some(behind >= Ratio::ZERO && behind < item.length)
                    };
                    let mut here: Vec<_> =
                        items.iter().filter(|(_, item)| is_here(item) == Some(true)).collect();
                    here.sort_by_key(|(_, item)| sequence.start_of(item));
                    seen.extend(here.into_iter().map(|(id, item)| add(*id, &item.clip)));
                }
            }
        }
        seen.reverse();
        seen
    }

    /// How the colours of a source go with its alpha, as its file or the film says; `None` where it has none.
    pub(in crate::ui) fn alpha_of(&self, source: &Source) -> Option<Alpha> {
        self.media_behind(source)?.1.picture.as_ref()?.alpha
    }

    /// Lays what a generator makes on a new free track above all pictures: as long as the clip that is chosen or seen.
    pub(in crate::ui) fn add_layer(&mut self, kind: &str) {
        let seen = self.clip_in_sight().map(|(clip, ..)| clip);
        let span = self.selection.lead().or(seen).and_then(|clip| self.span_of(clip));
        let Some(span) = span else { return };
        let Some(sequence) = self.sequence() else { return };
        let tracks = sequence.tracks.iter().enumerate();
        let pictures = tracks.filter(|(_, it)| it.header.kind == TrackKind::Picture);
        let top = pictures.map(|(index, _)| index).max();
        let index = top.map_or(0, |top| top + 1);
        let made =
            Generator { kind: kind.to_owned(), values: BTreeMap::default(), extra: Extra::new() };
        let item = Layered {
            at: Place::Absolute(Frames::whole(span.start)),
            length: Frames::whole(span.end - span.start),
            clip: Clip::new(Source::Generator(made)),
        };
        let mut chosen = None;
        self.edit(&format!("Add {kind}"), |film, scope, ids| {
            let name = String::new();
            let track =
                AddTrack { index, kind: TrackKind::Picture, is_free: true, name, role: None };
            let with_track = edit::add_track(film, scope, &track, ids)?;
            let made = with_track.made.first().copied();
            let track = made.ok_or(edit::Refused::TooBig)?;
            let placed = edit::place(&with_track.timeline, scope, (track, &item), ids)?;
            chosen = placed.made.first().copied();
            Ok(placed)
        });
        self.selection.choose(chosen);
    }
}
