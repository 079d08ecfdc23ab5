//! A stack as a sequence.

use super::Reader;
use super::film::own_sequence;
use crate::interchange::NoteKind;
use crate::interchange::otio::json;
use crate::interchange::otio::object::{Object, keep, leftover, list, schema, text};
use crate::interchange::otio::time::{Range, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::sequence::SequenceHeader;
use timeline_format::track::TrackKind;
use timeline_format::{Id, Rate, Sequence, Track};

/// How deep sequences may lie in each other.
const DEEPEST: usize = 64;

/// Where a stack stands.
pub(super) struct Nested<'a> {
    /// A name, if the stack's own does not serve.
    pub(super) name: &'a str,
    /// The timecode of its first frame.
    pub(super) start: Option<Time>,
    /// The rate of the sequence that it lies in.
    pub(super) parent: Option<Rate>,
    /// Whether it is the cut of its file.
    pub(super) main: bool,
}

impl Reader<'_> {
    /// The sequence of a stack; stacks that hold the same are one sequence.
    pub(super) fn sequence(&mut self, stack: &Object, nested: &Nested<'_>) -> Id {
        let key = key(stack, nested);
        if let Some(id) = self.nested.get(&key) {
            return *id;
        }
        let own = own_sequence(stack).cloned();
        let wanted = own.as_ref().and_then(|own| own.get("id")).cloned();
        let wanted = wanted.or_else(|| nested.main.then(|| json!("main")));
        let id = self.claim(wanted.as_ref());
        let rate = self.rate_of(stack, own.as_ref(), nested);
        let mut sequence = Sequence::new(rate);
        self.header(&mut sequence.header, stack, own.as_ref(), nested);
        self.depth += 1;
        if self.depth > DEEPEST {
            self.note(NoteKind::Kept, "compositions lie in each other deeper than 64");
            let fields = Object::from_iter([("children".to_owned(), whole(stack))]);
            keep(&mut sequence.header.extra, fields);
        } else {
            let outer = std::mem::take(&mut self.place);
            self.fill(&mut sequence, stack);
            self.place = outer;
        }
        self.depth -= 1;
        self.sequences.insert(id, sequence);
        self.nested.insert(key, id);
        id
    }

    fn header(
        &mut self,
        header: &mut SequenceHeader,
        stack: &Object,
        own: Option<&Value>,
        nested: &Nested<'_>,
    ) {
        const KNOWN: &[&str] =
            &["name", "source_range", "effects", "markers", "enabled", "children", "metadata"];
        let rate = header.rate;
        if let Some(own) = own.and_then(|own| own.get("header"))
            && let Ok(restored) = serde_json::from_value::<SequenceHeader>(own.clone())
        {
            *header = restored;
        }
        header.rate = rate;
        let name = if nested.main { nested.name } else { text(stack, "name") };
        let shown = own.and_then(|own| own.get("shown")).and_then(Value::as_str);
        if own.is_none() || (nested.main && shown != Some(name)) {
            name.clone_into(&mut header.name);
        }
        if let Some(start) = nested.start.and_then(|start| start.on(rate)) {
            header.start = start.round();
        }
        if nested.main {
            let mut left = leftover(stack, &KNOWN[1..6]);
            if text(stack, "name") == "tracks" || text(stack, "name") == header.name {
                left.shift_remove("name");
            }
            left.extend(self.kept_effects(stack));
            if !left.is_empty() {
                let fields = Object::from_iter([("stack".to_owned(), Value::Object(left))]);
                keep(&mut header.extra, fields);
            }
        }
    }

    /// Effects of a whole stack or track, which a film has no place for: kept, and noted.
    pub(super) fn kept_effects(&mut self, object: &Object) -> Object {
        for effect in list(object, "effects") {
            let name = text(effect, "effect_name");
            let what = format!("the effect {name:?} of a whole {} is not applied", schema(object));
            self.note(NoteKind::Kept, what);
        }
        let mut kept = Object::new();
        if let Some(effects) = object.get("effects").filter(|_| list(object, "effects").count() > 0)
        {
            kept.insert("effects".to_owned(), json::pack(effects));
        }
        kept
    }

    /// Tracks, markers and buses. Picture tracks are read first, as they say best what media are.
    fn fill(&mut self, sequence: &mut Sequence, stack: &Object) {
        if let Some(buses) = own_sequence(stack).and_then(|own| own.get("buses")) {
            let buses: BTreeMap<Id, _> = serde_json::from_value(buses.clone()).unwrap_or_default();
            self.used.extend(buses.keys().copied());
            sequence.buses = buses.into_iter().map(|(id, bus)| (id, Arc::new(bus))).collect();
        }
        self.sequence_markers(sequence, stack);
        let children: Vec<&Object> = list(stack, "children").collect();
        let mut tracks: Vec<Option<Track>> = children.iter().map(|_| None).collect();
        for kind in [TrackKind::Picture, TrackKind::Sound] {
            for (index, child) in children.iter().enumerate() {
                let is_sound = schema(child) == "Track" && text(child, "kind") == "Audio";
                if is_sound == (kind == TrackKind::Sound) {
                    tracks[index] = self.within(format!("children[{index}]"), |reader| {
                        reader.track(child, sequence, index)
                    });
                }
            }
        }
        for track in tracks.into_iter().flatten() {
            super::track::add(sequence, track);
        }
        super::track::restore_anchors(self, sequence);
        self.link(sequence);
    }

    /// The rate of a stack: its own record's, what the artist states, the start's where an item has
    /// it, the most frequent, the start's, the parent's, 24.
    fn rate_of(&mut self, stack: &Object, own: Option<&Value>, nested: &Nested<'_>) -> Rate {
        let own = own.and_then(|own| own.get("header")?.get("rate")).cloned();
        if let Some(rate) = own.and_then(|rate| serde_json::from_value(rate).ok()) {
            return rate;
        }
        let mut counts = BTreeMap::new();
        count_rates(stack, &mut counts, 0);
        let start = nested.start.map(|start| start.rate);
        let frequent = counts.iter().max_by_key(|(_, count)| **count).map(|(rate, _)| *rate);
        let stated = self.options.rate.filter(|_| nested.parent.is_none());
        let known = stated
            .or(start.filter(|rate| counts.contains_key(rate)))
            .or(frequent)
            .or(start)
            .or(nested.parent);
        if known.is_none() {
            self.note(NoteKind::Guessed, "no time states a frame rate: 24 is assumed");
        }
        known.unwrap_or(Rate::FILM)
    }
}

/// What makes a stack the same as another, whatever range of it is shown and under what name.
fn key(stack: &Object, nested: &Nested<'_>) -> String {
    let same = json!([
        stack.get("children"),
        stack.get("markers"),
        own_sequence(stack),
        nested.start.map(Time::write),
        if own_sequence(stack).is_some() { "" } else { text(stack, "name") },
        nested.parent.is_none(),
    ]);
    blake3::hash(json::line(&same).as_bytes()).to_string()
}

fn whole(stack: &Object) -> Value {
    json::pack(stack.get("children").unwrap_or(&Value::Null))
}

/// Frame rates of the durations of items; sample rates count where there is nothing else.
fn count_rates(object: &Object, counts: &mut BTreeMap<Rate, u64>, depth: usize) {
    if depth > 2 * DEEPEST {
        return;
    }
    let weight = match schema(object) {
        "Clip" => 1_000_000,
        "Gap" => 1000,
        _ => 0,
    };
    let range = Range::read(object, "source_range").ok().flatten();
    if let Some(rate) = range.map(|range| range.duration.rate)
        && weight > 0
    {
        let is_frames = rate.nominal() < 1000;
        *counts.entry(rate).or_default() += if is_frames { weight } else { 1 };
    }
    let mut sound = BTreeMap::new();
    for child in list(object, "children") {
        let is_sound = schema(child) == "Track" && text(child, "kind") == "Audio";
        count_rates(child, if is_sound { &mut sound } else { &mut *counts }, depth + 1);
    }
    for (rate, count) in sound {
        *counts.entry(rate).or_default() += count.div_ceil(1000);
    }
}
