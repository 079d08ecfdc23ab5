//! Titles laid over the picture, and captions written at the playhead.

use super::Desk;
use crate::edit::{self, AddTrack};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::track::{Content, Place, Role, TrackKind};
use timeline_format::{
    Captions, Clip, Cue, Extra, Frames, Id, IdSource, Layered, Sequence, Source, Timeline,
};

/// How long a title is seen unless marks say otherwise, in seconds.
const TITLE: i64 = 4;
/// How long credits and crawls run.
const ROLL: i64 = 12;
/// How long a caption is seen.
const CAPTION: i64 = 2;

/// The free track for titles.
fn track_for_titles(sequence: &Sequence) -> Option<Id> {
    let fits = |track: &&Arc<timeline_format::Track>| {
        let header = &track.header;
        let is_for_titles = header.role == Some(Role::Titles) && !header.locked;
        is_for_titles
            && header.kind == TrackKind::Picture
            && matches!(track.content, Content::Free(_))
    };
    sequence.tracks.iter().rev().find(fits).map(|track| track.id)
}

impl Desk {
    fn frames_of(&self, seconds: i64) -> i64 {
        let rate = self.sequence().map(|sequence| sequence.header.rate);
        let frames = rate.and_then(|rate| rate.frames(Frames::whole(seconds)));
        frames.map_or(48, Frames::round).max(1)
    }

    /// Lays a title at the playhead, or over the marked span, on the track of titles.
    pub(in crate::ui) fn add_title(&mut self, kind: &str) {
        let seconds = if matches!(kind, "credits" | "crawl") { ROLL } else { TITLE };
        let usual = self.position()..self.position() + self.frames_of(seconds);
        let span = self.span().unwrap_or(usual);
        let made =
            Generator { kind: kind.to_owned(), values: BTreeMap::new(), extra: Extra::new() };
        let layer = Layered {
            at: Place::Absolute(Frames::whole(span.start)),
            length: Frames::whole(span.end - span.start),
            clip: Clip::new(Source::Generator(made)),
        };
        let name = format!("Add {}", kind.replace('_', " "));
        let is_done = self.edit(&name, |film, scope, ids| {
            let (film, track) = with_track(film, scope, ids)?;
            edit::place(&film, scope, (track, &layer), ids)
        });
        if is_done {
            let made = std::mem::take(&mut self.made);
            self.selection.choose(made);
        }
    }

    /// The captions that are written in the window: the first of the sequence.
    pub(in crate::ui) fn captions(&self) -> Option<(Id, &Arc<Captions>)> {
        let chosen = self.chosen_captions;
        let all = &self.sequence()?.captions;
        let own = chosen.and_then(|id| all.get_key_value(&id)).or_else(|| all.iter().next());
        own.map(|(id, captions)| (*id, captions))
    }

    /// Whether the sequence has captions.
    pub(in crate::ui) fn has_captions(&self) -> bool {
        self.captions().is_some()
    }

    /// The caption at the playhead.
    pub(in crate::ui) fn cue_here(&self) -> Option<&Cue> {
        self.captions()?.1.at(self.position()).last()
    }

    /// Begins a caption at the playhead; it ends where the next one begins.
    pub(in crate::ui) fn add_caption(&mut self) {
        let at = self.position();
        let next = self
            .captions()
            .and_then(|(_, all)| all.cues.iter().map(|cue| cue.at).find(|start| *start > at));
        let usual = at + self.frames_of(CAPTION);
        let end = next.map_or(usual, |next| next.min(usual));
        let known = self.captions().map(|(id, _)| id);
        self.selection.clear();
        self.edit("Add caption", |film, scope, ids| {
            let cue = Cue::new(ids.next_id(), at, end - at, "");
            if let Some(captions) = known {
                return edit::add_cue(film, scope, (captions, &cue), ids);
            }
            let all = Captions { cues: vec![cue], ..Captions::default() };
            let id = ids.next_id();
            edit::put_captions(film, scope, (id, &all), ids)
        });
    }

    /// Changes a caption, as a part of what the hand does now.
    pub(in crate::ui) fn turn_cue(&mut self, name: &str, cue: Id, change: impl FnOnce(&mut Cue)) {
        let Some((captions, _)) = self.captions() else { return };
        self.edit_live(name, |film, scope, ids| {
            edit::change_cue(film, scope, (captions, cue), change, ids)
        });
    }

    /// Takes a caption away.
    pub(in crate::ui) fn remove_cue(&mut self, cue: Id) {
        let Some((captions, _)) = self.captions() else { return };
        self.edit("Remove caption", |film, scope, ids| {
            edit::remove_cue(film, scope, (captions, cue), ids)
        });
    }

    /// Splits the caption at the playhead.
    pub(in crate::ui) fn split_caption(&mut self) {
        let (Some((captions, _)), Some(cue)) = (self.captions(), self.cue_here()) else {
            return self.notices.trouble("no caption is seen here to be split");
        };
        let which = (captions, cue.id, self.position());
        self.edit("Split caption", |film, scope, ids| edit::split_cue(film, scope, which, ids));
    }

    /// Goes to the caption before the playhead, or behind it.
    pub(in crate::ui) fn go_to_caption(&mut self, is_forward: bool) {
        let here = self.position();
        let Some((_, all)) = self.captions() else { return };
        let starts = all.cues.iter().map(|cue| cue.at);
        let found = if is_forward {
            starts.filter(|start| *start > here).min()
        } else {
            starts.filter(|start| *start < here).max()
        };
        found.into_iter().for_each(|frame| self.go(frame));
    }

    /// Draws the captions into the picture, or no longer.
    pub(in crate::ui) fn toggle_burned(&mut self) {
        let Some((id, all)) = self.captions() else { return };
        let burned = !all.burned;
        let name = if burned { "Burn captions in" } else { "Take captions out of the picture" };
        self.edit(name, |film, scope, ids| {
            let change = |all: &mut Captions, _: &mut IdSource| {
                all.burned = burned;
                Ok(())
            };
            edit::change_captions(film, scope, id, change, ids)
        });
    }
}

/// The film with a track for titles, and which that is.
fn with_track(
    film: &Timeline,
    scope: edit::Scope,
    ids: &mut IdSource,
) -> Result<(Timeline, Id), edit::Refused> {
    let sequence = film.sequences.get(&scope.sequence);
    if let Some(track) = sequence.and_then(|sequence| track_for_titles(sequence)) {
        return Ok((film.clone(), track));
    }
    let track = AddTrack {
        index: usize::MAX,
        kind: TrackKind::Picture,
        is_free: true,
        name: "Titles".to_owned(),
        role: Some(Role::Titles),
    };
    let edited = edit::add_track(film, scope, &track, ids)?;
    let made = edited.made.first().copied();
    let made = made.ok_or(edit::Refused::NoSuch { what: "track", id: scope.sequence })?;
    Ok((edited.timeline, made))
}
