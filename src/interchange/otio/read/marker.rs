//! Markers of stacks, tracks, gaps and clips.

use super::Reader;
use crate::interchange::otio::object::{Object, keep, leftover, list, ours, text};
use crate::interchange::otio::time::{Range, Time};
use serde_json::{Value, json};
use std::sync::Arc;
use timeline_format::{Frames, Id, Marker, Rate, Sequence};

impl Reader<'_> {
    /// Markers of the stack itself.
    pub(super) fn sequence_markers(&mut self, sequence: &mut Sequence, stack: &Object) {
        self.add_markers(sequence, stack, None, Frames::ZERO);
    }

    /// Markers of a track lie on its sequence and remember the track.
    pub(super) fn track_markers(&mut self, sequence: &mut Sequence, track: &Object, id: Id) {
        self.add_markers(sequence, track, Some(id), Frames::ZERO);
    }

    /// Markers of a gap lie on its sequence, where they are seen.
    pub(super) fn gap_markers(
        &mut self,
        sequence: &mut Sequence,
        gap: &Object,
        start: Frames,
        range: Option<Range>,
    ) {
        let first = range.and_then(|range| range.start.on(sequence.header.rate));
        let shift = start.minus(first.unwrap_or(Frames::ZERO)).unwrap_or(start);
        self.add_markers(sequence, gap, None, shift);
    }

    fn add_markers(
        &mut self,
        sequence: &mut Sequence,
        owner: &Object,
        track: Option<Id>,
        shift: Frames,
    ) {
        for object in list(owner, "markers") {
            let mut marker = self.marker(object, sequence.header.rate);
            marker.at = marker.at.plus(shift).unwrap_or(marker.at);
            if let Some(track) = track {
                let on = Object::from_iter([("on".to_owned(), json!(track.as_str()))]);
                keep(&mut marker.extra, on);
            }
            let id = self.claim(ours(object, "id"));
            sequence.markers.insert(id, Arc::new(marker));
        }
    }

    /// Markers of a clip, on the grid of its source.
    pub(super) fn clip_markers(&mut self, clip: &Object, grid: Rate, base: Frames) -> Vec<Marker> {
        let objects: Vec<&Object> = list(clip, "markers").collect();
        let mut markers = Vec::with_capacity(objects.len());
        for object in objects {
            let mut marker = self.marker(object, grid);
            marker.at = marker.at.minus(base).unwrap_or(marker.at);
            markers.push(marker);
        }
        markers
    }

    /// A marker: versions 1 (`range`), 2 (a colour's name) and 3 (a colour as an object).
    fn marker(&mut self, object: &Object, rate: Rate) -> Marker {
        let field = if object.contains_key("marked_range") { "marked_range" } else { "range" };
        let range = self.range(object, field);
        let on = |time: Time| time.on(rate).unwrap_or(Frames::ZERO);
        let colour = object.get("color");
        let named = colour.and_then(Value::as_object).map(|colour| text(colour, "name"));
        let mut marker = Marker {
            at: range.map_or(Frames::ZERO, |range| on(range.start)),
            length: range.map_or(Frames::ZERO, |range| on(range.duration)),
            name: text(object, "name").to_owned(),
            colour: named.unwrap_or_else(|| text(object, "color")).to_lowercase(),
            note: text(object, "comment").to_owned(),
            ..Marker::default()
        };
        let own = ours(object, "marker").and_then(Value::as_object).cloned();
        marker.extra = own.unwrap_or_default().into();
        let mut known = vec!["marked_range", "range", "name", "comment"];
        if colour.is_some_and(Value::is_string) {
            known.push("color");
        }
        keep(&mut marker.extra, leftover(object, &known));
        marker
    }
}
