//! Tracks: added, taken away, locked, kept in sync, silenced, heard alone, targeted.

use super::Desk;
use crate::edit::{self, AddTrack};
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::track::{Role, TrackHeader, TrackKind};
use timeline_format::{Id, Sequence, Track};

/// A track that is being given another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Renaming {
    /// Which.
    pub(in crate::ui) track: Id,
    /// What was typed so far.
    pub(in crate::ui) name: String,
    /// Whether the field has been given the keyboard.
    pub(in crate::ui) has_begun: bool,
}

impl Desk {
    /// A track of the sequence.
    pub(in crate::ui) fn track(&self, id: Id) -> Option<&Track> {
        self.sequence()?.track(id).map(|(_, track)| &**track)
    }

    /// Adds a track: of clips, or free, for layers that may overlap.
    pub(in crate::ui) fn add_track(&mut self, kind: TrackKind, role: Option<Role>, is_free: bool) {
        let index = self.sequence().map_or(0, |sequence| sequence.tracks.len());
        let track = AddTrack { index, kind, is_free, name: String::new(), role };
        self.edit("Add track", |film, scope, ids| edit::add_track(film, scope, &track, ids));
    }

    /// Takes a track away, with what is on it.
    pub(in crate::ui) fn remove_track(&mut self, track: Id) {
        self.edit("Remove track", |film, scope, ids| edit::remove_track(film, scope, track, ids));
    }

    /// Locks a track, or unlocks it.
    pub(in crate::ui) fn toggle_lock(&mut self, track: Id) {
        let Some(locked) = self.track(track).map(|track| !track.header.locked) else { return };
        let name = if locked { "Lock track" } else { "Unlock track" };
        self.edit(name, |film, scope, ids| edit::lock_track(film, scope, (track, locked), ids));
    }

    /// Lets a track stay when others ripple, or go along.
    pub(in crate::ui) fn toggle_sync(&mut self, track: Id) {
        let Some(in_sync) = self.track(track).map(|track| track.header.sync_free) else { return };
        let name = if in_sync { "Lock sync" } else { "Free of sync" };
        self.edit(name, |film, scope, ids| edit::sync_track(film, scope, (track, in_sync), ids));
    }

    /// Changes what a track says of itself.
    pub(in crate::ui) fn set_track(
        &mut self,
        name: &str,
        track: Id,
        change: impl FnOnce(&mut TrackHeader),
    ) {
        self.edit(name, |film, scope, ids| edit::set_track(film, scope, track, change, ids));
    }

    /// The uppermost targeted track: what commands about one track are about.
    pub(in crate::ui) fn target(&self) -> Option<Id> {
        let tracks = self.sequence()?.tracks.iter().rev();
        let of_kind = |kind| {
            let mut of_kind = tracks.clone().filter(move |track| track.header.kind == kind);
            of_kind.find(|track| self.targets.contains(&track.id))
        };
        let found = of_kind(TrackKind::Picture).or_else(|| of_kind(TrackKind::Sound));
        found.map(|track| track.id)
    }

    /// Begins to give a track another name.
    pub(in crate::ui) fn begin_renaming(&mut self, track: Id) {
        let name = self.track(track).map(|track| track.header.name.clone());
        self.renaming = name.map(|name| Renaming { track, name, has_begun: false });
    }

    /// Gives the track that is being renamed the name that was typed.
    pub(in crate::ui) fn finish_renaming(&mut self) {
        let Some(Renaming { track, name, .. }) = self.renaming.take() else { return };
        let name = name.trim().to_owned();
        if self.track(track).is_some_and(|track| track.header.name != name) {
            self.set_track("Rename track", track, |header| header.name = name);
        }
    }

    /// Silences a track, or lets it be heard.
    pub(in crate::ui) fn toggle_mute(&mut self, track: Id) {
        self.set_track("Mute", track, |header| header.strip.mute = !header.strip.mute);
    }

    /// Has a track heard alone, or with all others.
    pub(in crate::ui) fn toggle_solo(&mut self, track: Id) {
        self.set_track("Solo", track, |header| header.strip.solo = !header.strip.solo);
    }

    /// Shows a track, or hides it.
    pub(in crate::ui) fn toggle_hidden(&mut self, track: Id) {
        self.set_track("Show or hide", track, |header| header.hidden = !header.hidden);
    }

    /// Has commands work on a track, or leave it alone.
    pub(in crate::ui) fn toggle_target(&mut self, track: Id) {
        if !self.targets.remove(&track) {
            self.targets.insert(track);
        }
    }
}

/// The first picture track and the first sound track of clips: where edits go at first.
pub(super) fn usual_targets(sequence: Option<&Arc<Sequence>>) -> BTreeSet<Id> {
    let tracks = sequence.into_iter().flat_map(|sequence| sequence.tracks.iter());
    let of_kind = |kind| {
        let mut tracks = tracks.clone();
        tracks.find(|track| track.header.kind == kind && track.reel().is_some())
    };
    let first = [TrackKind::Picture, TrackKind::Sound].into_iter().filter_map(of_kind);
    first.map(|track| track.id).collect()
}
