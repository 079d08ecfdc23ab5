//! What a clip leads to: a media, a shot with takes, or a generator.

use super::Reader;
use super::media::Pooled;
use crate::interchange::NoteKind;
use crate::interchange::exact;
use crate::interchange::otio::json;
use crate::interchange::otio::object::{Object, keep, leftover, ours, schema, text};
use crate::interchange::otio::reference::grid;
use crate::interchange::otio::time::Range;
use serde_json::{Map, Value, json};
use timeline_format::track::TrackKind;
use timeline_format::{Extra, Frames, Id, Param, Rate, Shot, Source, Take};

/// What a clip leads to, and how its times are counted there.
pub(super) struct Found {
    /// What.
    pub(super) source: Source,
    /// The grid of its frames.
    pub(super) grid: Rate,
    /// The file's time of its frame 0, on that grid.
    pub(super) base: Frames,
    /// Its whole range, where stated.
    pub(super) available: Option<Range>,
    /// Foreign fields to keep on the clip.
    pub(super) left: Object,
}

/// Generators of other programs that one of ours makes, with its defaults.
const SAME: &[(&str, &str)] = &[("SMPTEBars", "bars"), ("black", "colour")];

/// References by key, the active one first.
type References = Vec<(String, Object)>;

impl Reader<'_> {
    /// What the references of a clip lead to.
    pub(super) fn found(
        &mut self,
        clip: &Object,
        kind: TrackKind,
        rate: Rate,
        range: Option<Range>,
    ) -> Found {
        let references = references(clip);
        if let Some(found) = self.own_shot(clip, &references, rate) {
            return found;
        }
        let Some((_, active)) = references.first() else {
            let missing = json!({ "OTIO_SCHEMA": "MissingReference.1" });
            let missing = missing.as_object().cloned().unwrap_or_default();
            return self.single(clip, &missing, kind, rate, range);
        };
        let made = |(_, reference): &(String, Object)| schema(reference) == "GeneratorReference";
        if references.len() == 1 || references.iter().any(made) {
            let mut found = self.single(clip, active, kind, rate, range);
            self.keep_alternatives(&mut found, &references[1..]);
            return found;
        }
        self.foreign_shot(clip, &references, kind, rate, range)
    }

    fn keep_alternatives(&mut self, found: &mut Found, others: &[(String, Object)]) {
        if others.is_empty() {
            return;
        }
        self.note(NoteKind::Kept, "media references beside the active one cannot be takes here");
        let others = others
            .iter()
            .map(|(key, reference)| (key.clone(), json::pack(&Value::Object(reference.clone()))));
        found.left.insert("media_references".to_owned(), Value::Object(others.collect()));
    }

    fn single(
        &mut self,
        clip: &Object,
        reference: &Object,
        kind: TrackKind,
        rate: Rate,
        range: Option<Range>,
    ) -> Found {
        if schema(reference) == "GeneratorReference" {
            return self.generator(reference, rate);
        }
        let pooled = self.media(reference, text(clip, "name"), kind, rate, range);
        let Pooled { id, grid, base, available, left } = pooled;
        let left = if left.is_empty() {
            left
        } else {
            Object::from_iter([("reference".to_owned(), Value::Object(left))])
        };
        Found { source: Source::Media(id), grid, base, available, left }
    }

    fn generator(&mut self, reference: &Object, rate: Rate) -> Found {
        const KNOWN: &[&str] = &["generator_kind", "parameters", "available_range"];
        let named = text(reference, "generator_kind");
        let is_ours = ours(reference, "generator").is_some();
        let same = SAME.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(named));
        let kind = match same {
            _ if is_ours => named.to_owned(),
            Some((_, ours)) => (*ours).to_owned(),
            None => format!("x:otio.{named}"),
        };
        if !is_ours {
            let what = match same {
                Some(_) => format!("the generator {named:?} is made by our own {kind:?}"),
                None => format!("the generator {named:?} is not known here"),
            };
            self.note(if same.is_some() { NoteKind::Changed } else { NoteKind::Kept }, what);
        }
        let mut values = std::collections::BTreeMap::new();
        let mut left = leftover(reference, KNOWN);
        if same.is_some() && !is_ours {
            left.insert("generator_kind".to_owned(), json!(named));
        }
        let parameters = reference.get("parameters").and_then(Value::as_object);
        for (name, value) in parameters.into_iter().flatten() {
            match serde_json::from_value::<Param>(value.clone()) {
                Ok(param) => {
                    values.insert(name.clone(), param);
                }
                Err(_not_a_parameter) => {
                    let kept = left.entry("parameters").or_insert_with(|| json!({}));
                    if let Some(kept) = kept.as_object_mut() {
                        kept.insert(name.clone(), json::pack(value));
                    }
                }
            }
        }
        if let Some(range) = reference.get("available_range").filter(|range| !range.is_null()) {
            left.insert("available_range".to_owned(), json::pack(range));
        }
        let mut extra = Extra::new();
        keep(&mut extra, left);
        let available = self.range(reference, "available_range");
        let available = available.filter(|range| range.duration.count > Frames::ZERO);
        let base = available.and_then(|range| range.start.on(rate)).unwrap_or(Frames::ZERO);
        let source = Source::Generator(timeline_format::clip::Generator { kind, values, extra });
        Found { source, grid: rate, base, available, left: Object::new() }
    }

    /// The shot that our own record names, where the active reference still is one of its takes.
    fn own_shot(&mut self, clip: &Object, references: &References, rate: Rate) -> Option<Found> {
        let id = ours(clip, "shot").and_then(Value::as_str).and_then(Id::parse)?;
        let (_, active) = references.first()?;
        let media_id = self.own_media(active)?;
        let take_id = ours(active, "take").and_then(Value::as_str).and_then(Id::parse)?;
        let shot = self.shots.get_mut(&id)?;
        let take = shot.takes.iter().find(|take| take.id == take_id && take.media == media_id)?;
        let (offset, take_rate) = (take.offset, take.rate);
        let swapped = shot.take != take_id;
        shot.take = take_id;
        if swapped {
            self.note(NoteKind::Changed, "another take is active: the shot has it in every clip");
        }
        let media = self.media.get(&media_id)?;
        let grid = take_rate.unwrap_or_else(|| grid(media, rate));
        let base = Frames::whole(media.start).plus(offset)?;
        let available = self.range(active, "available_range");
        Some(Found { source: Source::Shot(id), grid, base, available, left: Object::new() })
    }

    fn foreign_shot(
        &mut self,
        clip: &Object,
        references: &References,
        kind: TrackKind,
        rate: Rate,
        range: Option<Range>,
    ) -> Found {
        let name = text(clip, "name");
        let pooled: Vec<Pooled> = references
            .iter()
            .map(|(_, reference)| self.media(reference, name, kind, rate, range))
            .collect();
        let first = &pooled[0];
        let (grid, base, available) = (first.grid, first.base, first.available);
        let media: Vec<&str> = pooled.iter().map(|pooled| pooled.id.as_str()).collect();
        let key = format!("shot {name:?} {media:?}");
        let shot_id = match self.pool.get(&key) {
            Some(id) => *id,
            None => self.new_shot(&key, name, references, &pooled),
        };
        Found { source: Source::Shot(shot_id), grid, base, available, left: Object::new() }
    }

    fn new_shot(
        &mut self,
        key: &str,
        name: &str,
        references: &References,
        pooled: &[Pooled],
    ) -> Id {
        let mut takes: Vec<Take> = Vec::with_capacity(pooled.len());
        let (grid, base) = (pooled[0].grid, pooled[0].base);
        for ((key, _), found) in references.iter().zip(pooled) {
            let wanted = take_id(key).filter(|id| takes.iter().all(|take| take.id != *id));
            let id = wanted.unwrap_or_else(|| self.claim(None));
            let start = exact::rescale(base, grid, found.grid);
            let offset = start.and_then(|start| start.minus(found.base)).unwrap_or(Frames::ZERO);
            let mut take = Take { offset, ..Take::new(id, found.id) };
            keep(&mut take.extra, Object::from_iter([("key".to_owned(), json!(key))]));
            takes.push(take);
        }
        let id = self.claim(None);
        let first = takes[0].id;
        let shot = Shot { takes, ..Shot::new(name, first) };
        self.shots.insert(id, shot);
        self.pool.insert(key.to_owned(), id);
        id
    }
}

/// The id that a reference's key makes, if it makes one.
fn take_id(key: &str) -> Option<Id> {
    let id: String = key.to_lowercase().chars().take(Id::LONGEST).collect();
    Id::parse(&id.replace(' ', "-"))
}

/// References of a clip of either version, the active one first.
fn references(clip: &Object) -> References {
    let one = clip.get("media_reference").and_then(Value::as_object);
    let empty = Map::new();
    let many = clip.get("media_references").and_then(Value::as_object).unwrap_or(&empty);
    let mut found: References = many
        .iter()
        .filter_map(|(key, reference)| Some((key.clone(), reference.as_object()?.clone())))
        .collect();
    let active = text(clip, "active_media_reference_key");
    if let Some(index) = found.iter().position(|(key, _)| key == active) {
        found[..=index].rotate_right(1);
    }
    if let Some(one) = one.filter(|_| found.is_empty()) {
        found.push(("DEFAULT_MEDIA".to_owned(), one.clone()));
    }
    found
}
