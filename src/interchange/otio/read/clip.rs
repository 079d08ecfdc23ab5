//! A clip or a nested stack: what it plays, from where, how fast.

use super::Reader;
use super::sequence::Nested;
use crate::interchange::NoteKind;
use crate::interchange::otio::decision::{self, Found};
use crate::interchange::otio::object::{Object, enabled, keep, leftover, ours, text};
use crate::interchange::otio::time::Time;
use serde_json::{Value, json};
use timeline_format::track::{Anchor, TrackKind};
use timeline_format::{Clip, Frames, Id, Rate, Source};

/// An item as it is played.
pub(super) struct Played {
    /// Its id.
    pub(super) id: Id,
    /// Its length in frames of the sequence.
    pub(super) length: Frames,
    /// The clip; a gap if absent.
    pub(super) clip: Option<Clip>,
    /// The clip that it is anchored to, by our own record.
    pub(super) anchor: Option<Anchor>,
}

/// Fields that a clip's own reader knows.
const KNOWN: &[&str] = &[
    "name",
    "source_range",
    "effects",
    "markers",
    "enabled",
    "media_reference",
    "media_references",
    "active_media_reference_key",
];

impl Reader<'_> {
    /// A clip of a track.
    pub(super) fn clip(&mut self, object: &Object, kind: TrackKind, rate: Rate) -> Option<Played> {
        let range = self.range(object, "source_range");
        let found = self.found(object, kind, rate, range);
        let range = range.or(found.available);
        let Some(range) = range else {
            let what = "a clip states no length: neither its source nor its media has a range";
            self.note(NoteKind::Dropped, what);
            return None;
        };
        let mut clip = Self::restored(object, found.source);
        if let Some(start) = range.start.on(found.grid).and_then(|start| start.minus(found.base)) {
            clip.source_in = start;
        }
        if clip.source_in.as_whole().is_none() && kind == TrackKind::Picture {
            self.note(NoteKind::Changed, "its first frame lies between two of its media");
        }
        let length = range.duration.on(rate)?;
        keep(&mut clip.extra, leftover(object, KNOWN));
        keep(&mut clip.extra, found.left);
        self.finish(object, &mut clip, Some((found.grid, found.base)));
        Some(self.played(object, length, clip))
    }

    /// A stack on a track: a clip of the sequence that it is.
    pub(super) fn nested(&mut self, stack: &Object, rate: Rate, kind: TrackKind) -> Option<Played> {
        let id = self.sequence(stack, &Nested { name: "", start: None, parent: Some(rate), main: false });
        let inside = self.sequences.get(&id)?;
        let (grid, whole) = (inside.header.rate, Frames::whole(inside.length()));
        let heard = inside.tracks.iter().any(|track| track.header.kind == TrackKind::Sound);
        let range = self.range(stack, "source_range");
        let start = range.map_or(Some(Frames::ZERO), |range| range.start.on(grid))?;
        let length = range.map_or(Time::new(whole, grid), |range| range.duration).on(rate)?;
        let mut clip = Self::restored(stack, Source::Sequence(id));
        clip.source_in = start;
        if kind == TrackKind::Picture && heard && ours(stack, "id").is_none() {
            let what = "the sound of a nested composition on a picture track is not heard there";
            self.note(NoteKind::Kept, what);
        }
        let left = leftover(stack, &[KNOWN, &["children"]].concat());
        keep(&mut clip.extra, left);
        self.finish(stack, &mut clip, None);
        Some(self.played(stack, length, clip))
    }

    fn played(&mut self, object: &Object, length: Frames, clip: Clip) -> Played {
        let anchor = ours(object, "anchor").cloned();
        let anchor = anchor.and_then(|anchor| serde_json::from_value(anchor).ok());
        let id = self.claim(ours(object, "id"));
        if ours(object, "clip").is_some() {
            self.restored.insert(id);
        }
        Played { id, length, clip: Some(clip), anchor }
    }

    /// The clip that our own record describes, or a new one, with this source.
    fn restored(object: &Object, source: Source) -> Clip {
        let own = ours(object, "clip").and_then(Value::as_object).cloned();
        let own = own.and_then(|mut own| {
            own.insert("media".to_owned(), json!("x"));
            serde_json::from_value::<Clip>(Value::Object(own)).ok()
        });
        let mut clip = own.unwrap_or_else(|| Clip::new(source.clone()));
        clip.source = source;
        let name = text(object, "name");
        if ours(object, "shown").and_then(Value::as_str) != Some(name) {
            name.clone_into(&mut clip.name);
        }
        clip
    }

    /// The colour decision in its metadata.
    fn decision(&mut self, object: &Object, clip: &mut Clip) {
        if matches!(clip.source, Source::Sequence(_)) {
            return;
        }
        if let Found::Kept = decision::take(object, clip, || self.claim(None)) {
            self.note(NoteKind::Kept, "its colour decision has numbers that no list allows");
        }
    }

    /// Effects, markers and whether it is on.
    fn finish(&mut self, object: &Object, clip: &mut Clip, source: Option<(Rate, Frames)>) {
        clip.disabled = !enabled(object);
        self.effects(object, clip);
        self.decision(object, clip);
        if let Some((grid, base)) = source {
            clip.markers = self.clip_markers(object, grid, base);
        }
    }
}
