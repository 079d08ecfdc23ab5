//! A track: items one after the other, laid on the frames of the sequence.

use super::Reader;
use super::clip::Played;
use super::trim::{Trim, trim_of};
use crate::interchange::otio::json;
use crate::interchange::otio::object::{Object, enabled, keep, leftover, list, ours, schema, text};
use crate::interchange::{NoteKind, Place};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::track::{Anchor, Content, Place as At, TrackHeader, TrackKind};
use timeline_format::{Clip, Frames, Id, Item, Layered, Rate, Sequence, Track};

/// The last frame that a track may reach: 2^50 frames are a million years.
const LAST: Frames = Frames::whole(1 << 50);

/// An item with its exact place, before it is laid on frames.
struct Piece {
    id: Id,
    start: Frames,
    end: Frames,
    clip: Option<Clip>,
    anchor: Option<Anchor>,
    place: Place,
}

/// What a track holds, in order.
#[derive(Default)]
struct Pieces<'a> {
    items: Vec<Piece>,
    /// Transitions, each with the number of items before it.
    transitions: Vec<(usize, &'a Object, String)>,
    end: Frames,
    /// Foreign fields of gaps by id.
    gaps: Object,
}

impl Reader<'_> {
    /// The track of a child of a stack.
    pub(super) fn track(
        &mut self,
        child: &Object,
        sequence: &mut Sequence,
        index: usize,
    ) -> Option<Track> {
        if schema(child) != "Track" {
            let name = text(child, "name");
            let alone = json!({ "OTIO_SCHEMA": "Track.1", "name": name, "kind": "Video", "children": [child] });
            return Some(self.plain_track(alone.as_object()?, sequence, index));
        }
        let trim = trim_of(child);
        if trim == Trim::Astray {
            self.note(NoteKind::Changed, "its range lies outside what it holds: read as the whole");
        }
        if trim != Trim::Part {
            return Some(self.plain_track(child, sequence, index));
        }
        self.note(NoteKind::Changed, "the track is trimmed: its whole is a nested sequence");
        let mut outer = child.clone();
        let mut inner = child.clone();
        inner.shift_remove("source_range");
        outer.shift_remove("source_range");
        outer.shift_remove("metadata");
        outer.insert("markers".to_owned(), json!([]));
        outer.insert("effects".to_owned(), json!([]));
        let stack = json!({
            "OTIO_SCHEMA": "Stack.1", "name": text(child, "name"),
            "source_range": child.get("source_range"), "children": [inner],
        });
        outer.insert("children".to_owned(), json!([stack]));
        Some(self.plain_track(&outer, sequence, index))
    }

    fn plain_track(
        &mut self,
        object: &Object,
        sequence: &mut Sequence,
        index: usize,
    ) -> Track {
        let own = ours(object, "track").cloned();
        let header = self.track_header(object, own.as_ref());
        let free = own.as_ref().and_then(|own| own.get("free")).and_then(Value::as_bool);
        let free = free.unwrap_or(false);
        let wanted = own.as_ref().and_then(|own| own.get("id"));
        let lane = wanted.and_then(Value::as_str).and_then(Id::parse).filter(|id| {
            free && self.lanes.contains(id)
        });
        let id = lane.unwrap_or_else(|| self.claim(wanted));
        let shown = if header.name.is_empty() { format!("{}", index + 1) } else { header.name.clone() };
        self.place = Place { track: shown, ..Place::default() };
        let mut track = Track::sequential(id, header.kind);
        track.header = header;
        self.track_markers(sequence, object, id);
        let mut pieces = Pieces::default();
        for (index, child) in list(object, "children").enumerate() {
            self.within(format!("children[{index}]"), |reader| {
                reader.child(child, track.header.kind, sequence, &mut pieces);
            });
        }
        self.place.item = String::new();
        self.place.frame = None;
        self.lay(&mut track, pieces, sequence.header.rate, free);
        if free {
            self.lanes.insert(id);
        }
        track
    }

    fn track_header(&mut self, object: &Object, own: Option<&Value>) -> TrackHeader {
        const KNOWN: &[&str] =
            &["name", "kind", "children", "source_range", "effects", "markers", "enabled"];
        let restored = own.and_then(|own| own.get("header")).cloned();
        let mut header: TrackHeader =
            restored.and_then(|header| serde_json::from_value(header).ok()).unwrap_or_default();
        text(object, "name").clone_into(&mut header.name);
        let is_on = enabled(object);
        match text(object, "kind") {
            "Audio" => (header.kind, header.strip.mute) = (TrackKind::Sound, !is_on),
            "Video" | "" => (header.kind, header.hidden) = (TrackKind::Picture, !is_on),
            other => {
                self.note(NoteKind::Kept, format!("a track of the kind {other:?} is not shown"));
                (header.kind, header.hidden) = (TrackKind::Picture, true);
                let kind = Object::from_iter([("kind".to_owned(), json!(other))]);
                keep(&mut header.extra, kind);
            }
        }
        keep(&mut header.extra, leftover(object, KNOWN));
        let effects = self.kept_effects(object);
        keep(&mut header.extra, effects);
        header
    }

    fn child<'a>(
        &mut self,
        child: &'a Object,
        kind: TrackKind,
        sequence: &mut Sequence,
        pieces: &mut Pieces<'a>,
    ) {
        let rate = sequence.header.rate;
        text(child, "name").clone_into(&mut self.place.item);
        self.place.frame = Some(pieces.end.round());
        let played = match schema(child) {
            "Clip" => self.clip(child, kind, rate),
            "Stack" => self.nested(child, rate, kind),
            "Track" => self.nested_track(child, rate, kind),
            "Gap" => self.gap(child, rate, sequence, pieces),
            "Transition" => {
                pieces.transitions.push((pieces.items.len(), child, self.path.join(".")));
                return;
            }
            other => {
                self.note(NoteKind::Dropped, format!("an item of the schema {other:?} is unknown"));
                self.range(child, "source_range").and_then(|range| {
                    Some(Played { id: self.claim(None), length: range.duration.on(rate)?, clip: None, anchor: None })
                })
            }
        };
        if let Some(played) = played {
            self.append(pieces, played);
        }
    }

    /// A track on a track: a nested sequence of one track, with the item's effects on the whole.
    fn nested_track(&mut self, child: &Object, rate: Rate, kind: TrackKind) -> Option<Played> {
        let mut inner = child.clone();
        let mut stack = Object::from_iter([
            ("OTIO_SCHEMA".to_owned(), json!("Stack.1")),
            ("name".to_owned(), json!(text(child, "name"))),
        ]);
        for field in ["source_range", "effects", "enabled"] {
            stack.extend(inner.shift_remove(field).map(|value| (field.to_owned(), value)));
        }
        stack.insert("children".to_owned(), json!([inner]));
        self.nested(&stack, rate, kind)
    }

    fn gap(
        &mut self,
        gap: &Object,
        rate: Rate,
        sequence: &mut Sequence,
        pieces: &mut Pieces<'_>,
    ) -> Option<Played> {
        let range = self.range(gap, "source_range");
        let length = range.map_or(Some(Frames::ZERO), |range| range.duration.on(rate))?;
        let id = self.claim(ours(gap, "id"));
        self.gap_markers(sequence, gap, pieces.end, range);
        for effect in list(gap, "effects") {
            let name = text(effect, "effect_name");
            self.note(NoteKind::Kept, format!("the effect {name:?} of a gap is not applied"));
        }
        let left = leftover(gap, &["source_range", "markers", "enabled"]);
        if !left.is_empty() {
            pieces.gaps.insert(id.to_string(), Value::Object(left));
        }
        Some(Played { id, length, clip: None, anchor: None })
    }

    fn append(&mut self, pieces: &mut Pieces<'_>, played: Played) {
        let end = pieces.end.plus(played.length).filter(|end| *end <= LAST);
        let Some(end) = end else {
            self.note(NoteKind::Dropped, "it ends later than any film");
            return;
        };
        let Played { id, clip, anchor, .. } = played;
        let place = Place { object: self.path.join("."), ..self.place.clone() };
        let start = std::mem::replace(&mut pieces.end, end);
        pieces.items.push(Piece { id, start, end, clip, anchor, place });
    }

    /// Puts pieces on a track: on whole frames, or free where sound lies between them.
    fn lay(&mut self, track: &mut Track, mut pieces: Pieces<'_>, rate: Rate, free: bool) {
        let is_off = |piece: &Piece| piece.end.as_whole().is_none();
        let between = pieces.items.iter().any(is_off) && pieces.transitions.is_empty();
        if !free && track.header.kind == TrackKind::Sound && between {
            let what = "its sounds lie between frames: they are free items at their exact places";
            self.note(NoteKind::Changed, what);
        }
        if free || (track.header.kind == TrackKind::Sound && between) {
            self.lay_free(track, pieces);
            return;
        }
        let mut cuts = Vec::with_capacity(pieces.items.len());
        let mut items = Vec::with_capacity(pieces.items.len());
        for piece in pieces.items {
            cuts.push(items.len());
            self.lay_one(&mut items, piece, &mut pieces.gaps);
        }
        cuts.push(items.len());
        let found: Vec<_> = pieces
            .transitions
            .into_iter()
            .map(|(before, object, path)| (cuts[before], object, path))
            .collect();
        track.content = Content::Sequential(items.into_iter().collect());
        self.transitions(track, &found, rate);
        if !pieces.gaps.is_empty() {
            let gaps = Object::from_iter([("gaps".to_owned(), Value::Object(pieces.gaps))]);
            keep(&mut track.header.extra, gaps);
        }
    }

    fn lay_one(&mut self, items: &mut Vec<Item>, piece: Piece, gaps: &mut Object) {
        let length = piece.end.round() - piece.start.round();
        let off = piece.start.as_whole().is_none() || piece.end.as_whole().is_none();
        let note = |reader: &mut Self, kind, what: &str| {
            let place = Place { frame: Some(piece.start.round()), ..piece.place.clone() };
            reader.notes.push(super::Note { kind, place, text: what.to_owned() });
        };
        match piece.clip {
            Some(_) if length == 0 => note(self, NoteKind::Dropped, "it lasts no frame"),
            Some(clip) => {
                if off {
                    note(self, NoteKind::Changed, "it lies between frames: put on the nearest");
                }
                items.push(Item::clip(piece.id, length, clip));
            }
            None if length == 0 => {
                if gaps.shift_remove(piece.id.as_str()).is_some() {
                    note(self, NoteKind::Dropped, "a gap that lasts no frame");
                }
            }
            None => items.push(Item::gap(piece.id, length)),
        }
    }

    fn lay_free(&mut self, track: &mut Track, pieces: Pieces<'_>) {
        let mut layers = imbl::OrdMap::new();
        for piece in pieces.items {
            let Some(clip) = piece.clip else { continue };
            let length = piece.end.minus(piece.start).unwrap_or(Frames::ZERO);
            if length == Frames::ZERO {
                let text = "it lasts no time".to_owned();
                self.notes.push(super::Note { kind: NoteKind::Dropped, place: piece.place, text });
                continue;
            }
            if let Some(anchor) = piece.anchor {
                self.anchors.insert(piece.id, anchor);
            }
            let layer = Layered { at: At::Absolute(piece.start), length, clip };
            layers.insert(piece.id, Arc::new(layer));
        }
        track.content = Content::Free(layers);
        for (_, object, path) in pieces.transitions {
            let place = Place { object: path, ..self.place.clone() };
            let text = "a transition between free sounds".to_owned();
            self.notes.push(super::Note { kind: NoteKind::Kept, place, text });
            let fields = Object::from_iter([("transitions".to_owned(), json!([json::pack(&Value::Object(object.clone()))]))]);
            keep(&mut track.header.extra, fields);
        }
    }
}

/// Adds a track; one that was spread over several of a file is put together again.
pub(super) fn add(sequence: &mut Sequence, track: Track) {
    let Some((index, first)) = sequence.track(track.id) else {
        sequence.tracks.push_back(Arc::new(track));
        return;
    };
    if let (Some(have), Some(more)) = (first.layers(), track.layers()) {
        let content = Content::Free(have.clone().union(more.clone()));
        let joined = Track { content, ..(**first).clone() };
        sequence.tracks.set(index, Arc::new(joined));
    }
}

/// Anchors free items to the clips that our own record names, where that is still their place.
pub(super) fn restore_anchors(reader: &mut Reader<'_>, sequence: &mut Sequence) {
    let anchors = std::mem::take(&mut reader.anchors);
    if anchors.is_empty() {
        return;
    }
    let reels = sequence.tracks.iter().filter_map(|track| track.reel());
    let starts: BTreeMap<Id, i64> =
        reels.flat_map(|reel| reel.placed().map(|(start, item)| (item.id, start))).collect();
    for track in &mut sequence.tracks {
        let Content::Free(layers) = &track.content else { continue };
        let mut layers = layers.clone();
        for (id, anchor) in &anchors {
            let Some(layer) = layers.get(id) else { continue };
            let start = starts.get(&anchor.clip).copied().map(Frames::whole);
            let start = start.and_then(|start| start.plus(anchor.offset)).map(At::Absolute);
            if start == Some(layer.at) {
                let anchored = Layered { at: At::Anchored(*anchor), ..(**layer).clone() };
                layers.insert(*id, Arc::new(anchored));
            }
        }
        Arc::make_mut(track).content = Content::Free(layers);
    }
}
