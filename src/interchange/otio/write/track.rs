//! Tracks: sequential ones as they are, free ones spread over as many as their overlaps need.

use super::marker::sequence_marker;
use super::{Writer, metadata, object, put_back, record, theirs};
use crate::interchange::otio::object::{Object, kept};
use crate::interchange::otio::time::{self, write_range};
use crate::interchange::{Error, NoteKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::track::{Content, Place as At, TrackKind};
use timeline_format::{Frames, Id, Layered, Rate, Reel, Sequence, Track, Transition};

/// A free item with its place.
struct Lain {
    id: Id,
    start: Frames,
    end: Frames,
    layer: Arc<Layered>,
}

impl Writer<'_> {
    /// The OTIO tracks of a track.
    pub(super) fn track(&mut self, sequence: &Sequence, track: &Track) -> Result<Vec<Value>, Error> {
        self.note_header(track);
        match &track.content {
            Content::Sequential(reel) => {
                let children = self.reel(sequence, track, reel)?;
                Ok(vec![track_object(sequence, track, &children, false)])
            }
            Content::Free(layers) => {
                let lanes = self.lanes(sequence, layers);
                if lanes.len() > 1 {
                    let what = format!("its free items overlap: they lie on {} tracks", lanes.len());
                    self.note(NoteKind::Changed, what);
                }
                let mut tracks = Vec::with_capacity(lanes.len());
                for (index, lane) in lanes.into_iter().enumerate() {
                    let children = self.lane(sequence, lane)?;
                    tracks.push(track_object(sequence, track, &children, true));
                    if index > 0 && let Some(last) = tracks.last_mut() {
                        last["markers"] = json!([]);
                    }
                }
                Ok(tracks)
            }
        }
    }

    fn note_header(&mut self, track: &Track) {
        let header = &track.header;
        let strip = &header.strip;
        let mut unsaid = Vec::new();
        if strip.gain.is_some() || strip.pan.is_some() {
            unsaid.push("gain and pan");
        }
        if !strip.nodes.is_empty() || !strip.sends.is_empty() || strip.output.is_some() {
            unsaid.push("nodes and routing");
        }
        if strip.solo {
            unsaid.push("solo");
        }
        if header.role.is_some() {
            unsaid.push("its role");
        }
        if !unsaid.is_empty() {
            self.note(NoteKind::Kept, format!("OTIO has no word for {}", unsaid.join(", ")));
        }
    }

    fn reel(
        &mut self,
        sequence: &Sequence,
        track: &Track,
        reel: &Reel,
    ) -> Result<Vec<Value>, Error> {
        let rate = sequence.header.rate;
        let aside = set_aside(track, reel.count());
        let mut children = Vec::with_capacity(reel.count() + track.transitions.len());
        let mut at_cuts = 0;
        for (index, (start, item)) in reel.placed().map(Some).chain([None]).enumerate().map(
            |(index, placed)| (index, placed.unzip()),
        ) {
            self.place.frame = start;
            if let Some(transition) = track.transition_at(index).filter(|_| !track.transitions.is_empty()) {
                children.push(self.transition(transition, rate));
                at_cuts += 1;
            }
            children.extend(aside.get(&index).into_iter().flatten().cloned());
            let Some(item) = item else { continue };
            self.counted(1)?;
            children.push(match &item.clip {
                Some(clip) => self.clip(item.id, Frames::whole(item.length), clip, rate, None)?,
                None => gap_object(track, Some(item.id), Frames::whole(item.length), rate),
            });
        }
        (self.place.frame, self.place.item) = (None, String::new());
        if at_cuts < track.transitions.len() {
            let lost = track.transitions.len() - at_cuts;
            self.note(NoteKind::Dropped, format!("{lost} transitions whose cuts are gone"));
        }
        Ok(children)
    }

    /// Free items on lanes, so that none overlap on one.
    fn lanes(
        &mut self,
        sequence: &Sequence,
        layers: &imbl::OrdMap<Id, Arc<Layered>>,
    ) -> Vec<Vec<Lain>> {
        let reels = sequence.tracks.iter().filter_map(|track| track.reel());
        let starts: BTreeMap<Id, i64> =
            reels.flat_map(|reel| reel.placed().map(|(start, item)| (item.id, start))).collect();
        let mut lain: Vec<Lain> = Vec::with_capacity(layers.len());
        for (id, layer) in layers {
            let start = match layer.at {
                At::Absolute(at) => Some(at),
                At::Anchored(anchor) => starts
                    .get(&anchor.clip)
                    .and_then(|start| Frames::whole(*start).plus(anchor.offset)),
            };
            let end = start.and_then(|start| start.plus(layer.length));
            match (start, end) {
                (Some(start), Some(end)) if start >= Frames::ZERO => {
                    lain.push(Lain { id: *id, start, end, layer: Arc::clone(layer) });
                }
                _ => {
                    self.place.item.clone_from(&layer.clip.name);
                    let what = "a free item that starts before the film, or whose anchor is gone";
                    self.note(NoteKind::Dropped, what);
                }
            }
        }
        self.place.item = String::new();
        lain.sort_by_key(|lain| (lain.start, lain.id));
        let mut lanes: Vec<Vec<Lain>> = vec![Vec::new()];
        for item in lain {
            let fits = |lane: &Vec<Lain>| lane.last().is_none_or(|last| last.end <= item.start);
            match lanes.iter().position(fits) {
                Some(index) => lanes[index].push(item),
                None => lanes.push(vec![item]),
            }
        }
        lanes
    }

    fn lane(&mut self, sequence: &Sequence, lane: Vec<Lain>) -> Result<Vec<Value>, Error> {
        let rate = sequence.header.rate;
        let mut children = Vec::with_capacity(lane.len() * 2);
        let mut end = Frames::ZERO;
        for item in lane {
            self.place.frame = Some(item.start.floor());
            let gap = item.start.minus(end).unwrap_or(Frames::ZERO);
            if gap > Frames::ZERO {
                children.push(plain_gap(gap, rate));
            }
            self.counted(1)?;
            let anchor = match item.layer.at {
                At::Anchored(anchor) => serde_json::to_value(anchor).ok(),
                At::Absolute(_) => None,
            };
            let layer = &item.layer;
            children.push(self.clip(item.id, layer.length, &layer.clip, rate, anchor)?);
            end = item.end;
        }
        (self.place.frame, self.place.item) = (None, String::new());
        Ok(children)
    }

    fn transition(&mut self, transition: &Transition, rate: Rate) -> Value {
        let foreign = transition.kind.strip_prefix("x:otio.");
        let schema_type = match (transition.kind.as_str(), foreign) {
            ("dissolve", _) => "SMPTE_Dissolve",
            (_, Some(foreign)) => foreign,
            _ => "Custom_Transition",
        };
        if schema_type == "Custom_Transition" && foreign.is_none() {
            let what = format!("a transition {:?} is a custom one elsewhere", transition.kind);
            self.note(NoteKind::Kept, what);
        }
        let mut own = record(transition);
        for field in ["id", "before", "after"] {
            own.shift_remove(field);
        }
        let own = object([
            ("id", json!(transition.id.as_str())),
            ("transition", Value::Object(own)),
        ]);
        let trimmed = kept(&transition.extra, "trimmed");
        let untouched = trimmed
            .filter(|trimmed| trimmed["to"] == json!([transition.before, transition.after]))
            .and_then(|trimmed| trimmed["from"].as_array());
        let offset = |index: usize, frames: i64| {
            let stated = untouched.and_then(|from| from.get(index)?.as_i64());
            time::write(Frames::whole(stated.unwrap_or(frames)), rate)
        };
        let mut object = object([
            ("OTIO_SCHEMA", json!("Transition.1")),
            ("metadata", metadata(kept(&transition.extra, "metadata"), own)),
            ("name", kept(&transition.extra, "name").cloned().unwrap_or_else(|| json!(""))),
            ("in_offset", offset(0, transition.before)),
            ("out_offset", offset(1, transition.after)),
            ("transition_type", json!(schema_type)),
        ]);
        put_back(&mut object, theirs(&transition.extra), &["trimmed"]);
        Value::Object(object)
    }
}

fn track_object(
    sequence: &Sequence,
    track: &Track,
    children: &[Value],
    free: bool,
) -> Value {
    let header = &track.header;
    let mut own = object([
        ("id", json!(track.id.as_str())),
        ("header", Value::Object(record(header))),
    ]);
    if free {
        own.insert("free".to_owned(), json!(true));
    }
    let (kind, off) = match header.kind {
        TrackKind::Picture => ("Video", header.hidden),
        TrackKind::Sound => ("Audio", header.strip.mute),
    };
    let kind = kept(&header.extra, "kind").and_then(Value::as_str).unwrap_or(kind);
    let on_this = |marker: &timeline_format::Marker| {
        kept(&marker.extra, "on").and_then(Value::as_str) == Some(track.id.as_str())
    };
    let markers = sequence.markers.iter().filter(|(_, marker)| on_this(marker));
    let markers: Vec<Value> =
        markers.map(|(id, marker)| sequence_marker(*id, marker, sequence)).collect();
    let own = object([("track", Value::Object(own))]);
    let effects = kept(&header.extra, "effects").cloned().unwrap_or_else(|| json!([]));
    let mut object = object([
        ("OTIO_SCHEMA", json!("Track.1")),
        ("metadata", metadata(kept(&header.extra, "metadata"), own)),
        ("name", json!(header.name)),
        ("source_range", Value::Null),
        ("effects", effects),
        ("markers", json!(markers)),
        ("enabled", json!(!off)),
        ("children", json!(children)),
        ("kind", json!(kind)),
    ]);
    put_back(&mut object, theirs(&header.extra), &["gaps", "transitions"]);
    Value::Object(object)
}

/// Transitions that had no cut of their own, by item, if the track still has as many items.
fn set_aside(track: &Track, count: usize) -> BTreeMap<usize, Vec<Value>> {
    let mut aside: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let records = kept(&track.header.extra, "transitions").and_then(Value::as_array);
    for record in records.into_iter().flatten() {
        let number = |field: &str| record.get(field).and_then(Value::as_u64);
        if let (Some(index), Some(object)) = (number("index"), record.get("object"))
            && number("count") == Some(count as u64)
        {
            aside.entry(index as usize).or_default().push(object.clone());
        }
    }
    aside
}

fn gap_object(track: &Track, id: Option<Id>, length: Frames, rate: Rate) -> Value {
    let own = id.map_or(Object::new(), |id| object([("id", json!(id.as_str()))]));
    let fields = id.and_then(|id| kept(&track.header.extra, "gaps")?.get(id.as_str()));
    let range = write_range(&time::write(Frames::ZERO, rate), &time::write(length, rate));
    let text = |field: &str, none: Value| {
        fields.and_then(|fields| fields.get(field)).cloned().unwrap_or(none)
    };
    let mut object = object([
        ("OTIO_SCHEMA", json!("Gap.1")),
        ("metadata", metadata(fields.and_then(|fields| fields.get("metadata")), own)),
        ("name", text("name", json!(""))),
        ("source_range", range),
        ("effects", text("effects", json!([]))),
        ("markers", json!([])),
        ("enabled", json!(true)),
    ]);
    put_back(&mut object, fields, &[]);
    Value::Object(object)
}

fn plain_gap(length: Frames, rate: Rate) -> Value {
    let range = write_range(&time::write(Frames::ZERO, rate), &time::write(length, rate));
    json!({
        "OTIO_SCHEMA": "Gap.1", "metadata": {}, "name": "", "source_range": range,
        "effects": [], "markers": [], "enabled": true,
    })
}
