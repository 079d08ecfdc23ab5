//! Media, takes and generators as media references.

use super::{Writer, metadata, object, put_back, theirs};
use crate::interchange::NoteKind;
use crate::interchange::otio::object::{Object, kept};
use crate::interchange::otio::reference::{grid, stated};
use crate::interchange::otio::time::{self, write_range};
use crate::interchange::path::is_absolute;
use serde_json::{Value, json};
use timeline_format::clip::Generator;
use timeline_format::media::MediaKind;
use timeline_format::{Clip, Frames, Id, Media, Rate, Shot, Source, Take};

/// The key of a clip's only reference.
const DEFAULT: &str = "DEFAULT_MEDIA";

impl Writer<'_> {
    /// The references of a clip by key, and the key of the active one.
    pub(super) fn references(&mut self, clip: &Clip, rate: Rate) -> (Object, String) {
        let only = |reference: Value| (object([(DEFAULT, reference)]), DEFAULT.to_owned());
        match &clip.source {
            Source::Media(id) => {
                only(self.reference(*id, rate, None, kept(&clip.extra, "reference")))
            }
            Source::Generator(generator) => only(generator_reference(generator)),
            Source::Shot(id) => match self.film.shots.get(id).cloned() {
                Some(shot) => self.takes(&shot, rate),
                None => only(self.missing("shot", *id)),
            },
            Source::Sequence(id) => only(self.missing("sequence", *id)),
        }
    }

    fn takes(&mut self, shot: &Shot, rate: Rate) -> (Object, String) {
        let mut references = Object::new();
        let mut active = String::new();
        for take in &shot.takes {
            let stated = kept(&take.extra, "key").and_then(Value::as_str);
            let key = match stated {
                Some(key) if !references.contains_key(key) => key.to_owned(),
                _ if shot.takes.len() == 1 => DEFAULT.to_owned(),
                _ => take.id.to_string(),
            };
            if take.id == shot.take {
                active.clone_from(&key);
            }
            references.insert(key, self.reference(take.media, rate, Some(take), None));
        }
        self.note_takes(shot);
        if active.is_empty() {
            let missing = self.missing("take", shot.take);
            references.insert(DEFAULT.to_owned(), missing);
            DEFAULT.clone_into(&mut active);
        }
        (references, active)
    }

    fn note_takes(&mut self, shot: &Shot) {
        if shot.takes.iter().any(|take| take.frames.is_some()) {
            self.note(NoteKind::Kept, "OTIO has no word for a take's list of frames");
        }
        let start = |take: &Take| {
            let media = self.film.media.get(&take.media)?;
            Frames::whole(media.start).plus(take.offset)
        };
        let first = shot.chosen().and_then(start);
        if shot.takes.iter().any(|take| start(take) != first) {
            let what = "its takes start at different times, and OTIO has one source range for all";
            self.note(NoteKind::Kept, what);
        }
    }

    fn missing(&mut self, what: &str, id: Id) -> Value {
        self.note(NoteKind::Dropped, format!("the film has no {what} {id}: a missing reference"));
        json!({
            "OTIO_SCHEMA": "MissingReference.1", "metadata": {}, "name": id.as_str(),
            "available_range": null, "available_image_bounds": null,
        })
    }

    /// The reference of a media; `fields` are foreign ones that a clip has instead of the media's.
    fn reference(&mut self, id: Id, rate: Rate, take: Option<&Take>, fields: Option<&Value>) -> Value {
        let Some(media) = self.film.media.get(&id).cloned() else {
            return self.missing("media", id);
        };
        let fields = fields.or_else(|| kept(&media.extra, "reference"));
        let mut reference = object([
            ("OTIO_SCHEMA", json!("")),
            ("metadata", json!({})),
            ("name", json!(media.name)),
            ("available_range", available(&media, rate)),
        ]);
        self.address(&mut reference, &media);
        let mut own = object([
            ("media", json!(id.as_str())),
            ("path", json!(media.path)),
            ("url", json!(stated(&reference))),
        ]);
        own.extend(take.map(|take| ("take".to_owned(), json!(take.id.as_str()))));
        let metadata = metadata(fields.and_then(|fields| fields.get("metadata")), own);
        reference.insert("metadata".to_owned(), metadata);
        put_back(&mut reference, fields, &[]);
        if !reference.contains_key("available_image_bounds") {
            reference.insert("available_image_bounds".to_owned(), Value::Null);
        }
        Value::Object(reference)
    }

    /// The schema and the address: as a file stated them if the media still is where it was.
    fn address(&self, reference: &mut Object, media: &Media) {
        let text = |field: &str| kept(&media.extra, field).and_then(Value::as_str);
        let unmoved = text("path") == Some(media.path.as_str());
        let schema = text("schema").filter(|_| unmoved).unwrap_or("ExternalReference.1");
        let url = match text("url") {
            Some(url) if unmoved => url.to_owned(),
            _ => self.placed(&media.path),
        };
        let is_known = schema.starts_with("External") || schema.starts_with("ImageSequence");
        if !is_known {
            let schema = if schema.is_empty() { "MissingReference.1" } else { schema };
            reference.insert("OTIO_SCHEMA".to_owned(), json!(schema));
        } else if media.kind == MediaKind::Sequence
            && let Some(numbered) = numbered(&url, media)
        {
            reference.extend(numbered);
        } else {
            reference.insert("OTIO_SCHEMA".to_owned(), json!("ExternalReference.1"));
            reference.insert("target_url".to_owned(), json!(url));
        }
    }

    fn placed(&self, path: &str) -> String {
        match self.options.media.trim_end_matches('/') {
            folder if !folder.is_empty() && !is_absolute(path) => format!("{folder}/{path}"),
            _ => path.to_owned(),
        }
    }
}

/// The fields of a numbered sequence whose last run of `#` stands for the number.
fn numbered(url: &str, media: &Media) -> Option<Object> {
    let (base, name) = url.rsplit_once('/').map_or(("", url), |(base, name)| (base, name));
    let end = name.rfind('#')? + 1;
    let start = name[..end].trim_end_matches('#').len();
    let slash = if url.contains('/') { "/" } else { "" };
    let rate = media.rate.unwrap_or(Rate::FILM);
    Some(object([
        ("OTIO_SCHEMA", json!("ImageSequenceReference.1")),
        ("target_url_base", json!(format!("{base}{slash}"))),
        ("name_prefix", json!(&name[..start])),
        ("name_suffix", json!(&name[end..])),
        ("start_frame", json!(media.first_number.unwrap_or(0).clamp(0, i64::from(i32::MAX)))),
        ("frame_step", kept(&media.extra, "reference").and_then(|kept| kept.get("frame_step")).cloned().unwrap_or_else(|| json!(1))),
        ("rate", json!(rate.ratio().to_f64())),
        ("frame_zero_padding", json!(end - start)),
        ("missing_frame_policy", kept(&media.extra, "reference").and_then(|kept| kept.get("missing_frame_policy")).cloned().unwrap_or_else(|| json!("error"))),
    ]))
}

/// The whole range of a media; of a single picture, what a file stated.
fn available(media: &Media, rate: Rate) -> Value {
    let grid = grid(media, rate);
    match media.length {
        Some(length) => {
            write_range(&time::write(Frames::whole(media.start), grid), &time::write(length, grid))
        }
        None => kept(&media.extra, "available_range").cloned().unwrap_or_default(),
    }
}

fn generator_reference(generator: &Generator) -> Value {
    let kept = theirs(&generator.extra);
    let renamed = kept.and_then(|kept| kept.get("generator_kind")?.as_str());
    let foreign = renamed.or_else(|| generator.kind.strip_prefix("x:otio."));
    let own = if foreign.is_some() { Object::new() } else { object([("generator", json!(true))]) };
    let mut parameters = kept.and_then(|kept| kept.get("parameters")?.as_object()).cloned();
    let parameters = parameters.get_or_insert_default();
    for (name, value) in &generator.values {
        parameters.insert(name.clone(), serde_json::to_value(value).unwrap_or_default());
    }
    let field = |name: &str, none: Value| {
        kept.and_then(|kept| kept.get(name)).cloned().unwrap_or(none)
    };
    let mut reference = object([
        ("OTIO_SCHEMA", json!("GeneratorReference.1")),
        ("metadata", metadata(kept.and_then(|kept| kept.get("metadata")), own)),
        ("name", field("name", json!(""))),
        ("available_range", field("available_range", Value::Null)),
        ("available_image_bounds", field("available_image_bounds", Value::Null)),
        ("generator_kind", json!(foreign.unwrap_or(&generator.kind))),
        ("parameters", Value::Object(parameters.clone())),
    ]);
    put_back(&mut reference, kept, &[]);
    Value::Object(reference)
}
