//! Clips, and nested sequences by value.

use super::marker::clip_marker;
use super::sequence::finished;
use super::{Writer, metadata, object, put_back, record, theirs};
use crate::interchange::otio::decision;
use crate::interchange::otio::object::{Object, kept};
use crate::interchange::otio::reference::grid;
use crate::interchange::otio::time::{self, Range, Time, write_range};
use crate::interchange::path::file_name;
use crate::interchange::{Error, NoteKind};
use serde_json::{Value, json};
use timeline_format::{Clip, Effect, Frames, Id, Rate, Ratio, Source};

/// How deep sequences may lie in each other.
const DEEPEST: usize = 64;

impl Writer<'_> {
    /// A clip of `length` frames of `rate`.
    pub(super) fn clip(
        &mut self,
        id: Id,
        length: Frames,
        clip: &Clip,
        rate: Rate,
        anchor: Option<Value>,
    ) -> Result<Value, Error> {
        let shown = self.shown(clip);
        self.place.item.clone_from(&shown);
        self.note_unsaid(clip);
        let mut own = object([("id", json!(id.as_str())), ("shown", json!(shown))]);
        own.extend(anchor.map(|anchor| ("anchor".to_owned(), anchor)));
        own.insert("clip".to_owned(), Value::Object(own_clip(clip)));
        if let Source::Shot(shot) = &clip.source {
            own.insert("shot".to_owned(), json!(shot.as_str()));
        }
        let duration = time::write(length, rate);
        if let Source::Sequence(inner) = &clip.source {
            return self.nested(*inner, clip, &shown, &duration, own);
        }
        let (grid, base) = self.base(clip, rate);
        let start = clip.source_in.plus(base).unwrap_or(clip.source_in);
        let markers = clip.markers.iter().map(|marker| clip_marker(marker, grid, base));
        let markers: Vec<Value> = markers.collect();
        let (references, active) = self.references(clip, rate);
        let stated = decision::metadata(kept(&clip.extra, "metadata"), clip);
        let mut object = object([
            ("OTIO_SCHEMA", json!("Clip.2")),
            ("metadata", metadata(stated.as_ref(), own)),
            ("name", json!(shown)),
            ("source_range", write_range(&time::write(start, grid), &duration)),
            ("effects", json!(effects(clip))),
            ("markers", json!(markers)),
            ("enabled", json!(!clip.disabled)),
            ("media_references", Value::Object(references)),
            ("active_media_reference_key", json!(active)),
        ]);
        put_back(&mut object, theirs(&clip.extra), &["reference", "time_scalar"]);
        Ok(Value::Object(object))
    }

    fn nested(
        &mut self,
        inner: Id,
        clip: &Clip,
        shown: &str,
        duration: &Value,
        mut own: Object,
    ) -> Result<Value, Error> {
        let Some(sequence) = self.film.sequences.get(&inner) else {
            self.note(NoteKind::Dropped, format!("the film has no sequence {inner}: a gap"));
            return Ok(gap(duration, own));
        };
        if self.open.contains(&inner) || self.open.len() >= DEEPEST {
            self.note(NoteKind::Dropped, "a sequence that holds itself, or is too deep: a gap");
            return Ok(gap(duration, own));
        }
        let start = time::write(clip.source_in, sequence.header.rate);
        let place = self.place.clone();
        let stack = self.stack(inner)?;
        self.place = place;
        if let Some(own) = own.get_mut("clip").and_then(Value::as_object_mut)
            && !clip.markers.is_empty()
        {
            let markers = serde_json::to_value(&clip.markers).unwrap_or_default();
            own.insert("markers".to_owned(), markers);
            self.note(NoteKind::Kept, "markers on a nested sequence, besides its own");
        }
        let mut object = finished(stack, shown, theirs(&clip.extra), own);
        object.insert("source_range".to_owned(), write_range(&start, duration));
        object.insert("effects".to_owned(), json!(effects(clip)));
        object.insert("enabled".to_owned(), json!(!clip.disabled));
        put_back(&mut object, theirs(&clip.extra), &["reference", "time_scalar"]);
        Ok(Value::Object(object))
    }

    /// The name of a clip, or of what it shows.
    fn shown(&self, clip: &Clip) -> String {
        if !clip.name.is_empty() {
            return clip.name.clone();
        }
        let film = self.film;
        let name = match &clip.source {
            Source::Shot(id) => film.shots.get(id).map(|shot| shot.name.clone()),
            Source::Media(id) => film.media.get(id).map(|media| match media.name.as_str() {
                "" => file_name(&media.path).to_owned(),
                name => name.to_owned(),
            }),
            Source::Sequence(id) => film.sequences.get(id).map(|inner| inner.header.name.clone()),
            Source::Generator(generator) => Some(generator.kind.clone()),
        };
        name.unwrap_or_default()
    }

    /// The grid of a clip's frames, and the time of its frame 0 in the file.
    fn base(&self, clip: &Clip, rate: Rate) -> (Rate, Frames) {
        let found = match &clip.source {
            Source::Media(id) => self.film.media.get(id).map(|media| (media, None)),
            Source::Shot(id) => self.film.shots.get(id).and_then(|shot| {
                let take = shot.chosen()?;
                Some((self.film.media.get(&take.media)?, Some(take)))
            }),
            Source::Generator(generator) => {
                let kept = theirs(&generator.extra).and_then(Value::as_object);
                let range = kept.and_then(|kept| Range::read(kept, "available_range").ok().flatten());
                let range = range.filter(|range| range.duration.count > Frames::ZERO);
                let base = range.and_then(|range| range.start.on(rate));
                return (rate, base.unwrap_or(Frames::ZERO));
            }
            Source::Sequence(_) => None,
        };
        let Some((media, take)) = found else {
            return (rate, Frames::ZERO);
        };
        let grid = take.and_then(|take| take.rate).unwrap_or_else(|| grid(media, rate));
        let offset = take.map_or(Frames::ZERO, |take| take.offset);
        (grid, Frames::whole(media.start).plus(offset).unwrap_or(offset))
    }

    fn note_unsaid(&mut self, clip: &Clip) {
        let decision = decision::of(clip).filter(|_| !matches!(clip.source, Source::Sequence(_)));
        let is_said = |effect: &&Effect| decision.is_some_and(|it| it.id == effect.id);
        let unforeign = clip.look.effects.iter().filter(|effect| foreign(effect).is_none());
        let ours = unforeign.filter(|effect| !is_said(effect)).count();
        let mut unsaid = Vec::new();
        if !clip.look.placement.is_empty() {
            unsaid.push("placement".to_owned());
        }
        if ours > 0 {
            unsaid.push(format!("{ours} effects"));
        }
        if clip.sound != timeline_format::ClipSound::default() {
            unsaid.push("the levels and fades of its sound".to_owned());
        }
        if clip.link.is_some() || clip.group.is_some() {
            unsaid.push("its link or group".to_owned());
        }
        if !unsaid.is_empty() {
            self.note(NoteKind::Kept, format!("OTIO has no word for {}", unsaid.join(", ")));
        }
    }
}

/// Our own record of a clip, without what OTIO says itself.
fn own_clip(clip: &Clip) -> Object {
    let mut plain = clip.clone();
    plain.look.effects.retain(|effect| foreign(effect).is_none());
    plain.markers.clear();
    let mut own = record(&plain);
    for field in ["shot", "media", "sequence", "generator", "in", "disabled"] {
        own.shift_remove(field);
    }
    own
}

/// The object of a foreign effect that was kept.
fn foreign(effect: &Effect) -> Option<&Value> {
    kept(&effect.extra, "effect")
}

/// Speed as a time warp, and foreign effects as they were.
fn effects(clip: &Clip) -> Vec<Value> {
    let mut effects = Vec::new();
    if clip.speed == Ratio::ZERO {
        effects.push(warp("FreezeFrame", 0.0));
    } else if clip.speed != Ratio::ONE {
        effects.push(warp("LinearTimeWarp", scalar(clip)));
    }
    for effect in &clip.look.effects {
        if let Some(object) = foreign(effect) {
            let mut object = object.clone();
            if let Some(object) = object.as_object_mut().filter(|_| effect.bypass) {
                object.insert("enabled".to_owned(), json!(false));
            }
            effects.push(object);
        }
    }
    effects
}

/// The speed as a file stated it, if it still is the same, else as it is.
fn scalar(clip: &Clip) -> f64 {
    let speed = clip.speed.to_f64();
    let stated = kept(&clip.extra, "time_scalar").and_then(Value::as_f64);
    stated.filter(|stated| (stated - speed).abs() < 1e-8).unwrap_or(speed)
}

fn warp(name: &str, scalar: f64) -> Value {
    json!({
        "OTIO_SCHEMA": format!("{name}.1"), "metadata": {}, "name": "", "effect_name": name,
        "enabled": true, "time_scalar": scalar,
    })
}

fn gap(duration: &Value, own: Object) -> Value {
    let zero = Time::read(Some(duration)).ok().flatten();
    let rate = zero.map_or(Rate::FILM, |time| time.rate);
    json!({
        "OTIO_SCHEMA": "Gap.1", "metadata": metadata(None, own), "name": "",
        "source_range": write_range(&time::write(Frames::ZERO, rate), duration),
        "effects": [], "markers": [], "enabled": true,
    })
}
