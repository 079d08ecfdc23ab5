//! Foley at the playhead: one-shots on the foley track, which is made where there is none.

use super::Desk;
use crate::edit::{self, AddTrack, Spotting, Vary};
use crate::sound::generators;
use std::collections::BTreeMap;
use timeline_format::clip::Generator;
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Extra, Role, Source};

impl Desk {
    /// Spots a one-shot of a generator to the playhead's frame.
    pub(in crate::ui) fn spot(&mut self, kind: &str) {
        let at = self.position();
        let label = generators::find(kind).map_or(kind, |known| known.label);
        let is_spotted = self.edit(&format!("Spot {label}"), |film, scope, ids| {
            let (film, track) = if let Some(track) = edit::foley_track(film, scope) {
                (film.clone(), track)
            } else {
                let edited = edit::add_track(film, scope, &foley(), ids)?;
                let track = edited.made.first().copied();
                (edited.timeline, track.unwrap_or(scope.sequence))
            };
            let pictures = film.sequences.get(&scope.sequence).and_then(|sequence| {
                let seen = |it: &&std::sync::Arc<timeline_format::Track>| {
                    it.header.kind == TrackKind::Picture && it.reel().is_some()
                };
                sequence.tracks.iter().find(seen).map(|track| track.id)
            });
            let spotting = Spotting {
                track,
                events: vec![(at, 0.0)],
                sounds: vec![one_shot(kind)],
                length: None,
                vary: Vary::default(),
                with: pictures,
                suggested: false,
            };
            edit::spot(&film, scope, &spotting, ids)
        });
        if is_spotted {
            let made = self.made.clone();
            self.selection.choose(made);
        }
    }
}

fn one_shot(kind: &str) -> Clip {
    let made = Generator { kind: kind.to_owned(), values: BTreeMap::new(), extra: Extra::new() };
    Clip::new(Source::Generator(made))
}

fn foley() -> AddTrack {
    AddTrack {
        index: usize::MAX,
        kind: TrackKind::Sound,
        is_free: true,
        name: "Foley".to_owned(),
        role: Some(Role::Foley),
    }
}
