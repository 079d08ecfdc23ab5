//! Media references as media of the film.

use super::{Range, Reader};
use crate::interchange::NoteKind;
use crate::interchange::otio::json;
use crate::interchange::otio::object::{Object, keep, kept, leftover, number, ours, schema, text};
use crate::interchange::otio::reference::{grid, stated};
use crate::interchange::path::{Address, address, extension, file_name, within};
use serde_json::{Value, json};
use timeline_format::media::{MediaKind, SoundStream};
use timeline_format::track::TrackKind;
use timeline_format::{Frames, Id, Media, Rate};

/// Extensions of single pictures.
const STILLS: &[&str] =
    &["png", "jpg", "jpeg", "tif", "tiff", "exr", "webp", "bmp", "tga", "dpx", "psd", "gif", "heic"];

/// Extensions of sound alone.
const SOUNDS: &[&str] = &["wav", "wave", "bwf", "aif", "aiff", "flac", "mp3", "ogg", "oga", "m4a", "aac", "opus", "w64", "rf64", "caf"];

/// A media of the film as a reference leads to it.
pub(super) struct Pooled {
    /// The media.
    pub(super) id: Id,
    /// The grid of its frames.
    pub(super) grid: Rate,
    /// The file's time of its frame 0, on that grid.
    pub(super) base: Frames,
    /// Its whole range, where stated.
    pub(super) available: Option<Range>,
    /// Fields of the reference that differ from those that the media keeps.
    pub(super) left: Object,
}

impl Reader<'_> {
    /// The media that our own record names, if the reference still leads to it.
    pub(super) fn own_media(&self, reference: &Object) -> Option<Id> {
        let id = ours(reference, "media").and_then(Value::as_str).and_then(Id::parse)?;
        let media = self.media.get(&id)?;
        let written = ours(reference, "path").and_then(Value::as_str)?;
        let leads_there = written == media.path && ours(reference, "url")?.as_str()? == stated(reference);
        leads_there.then_some(id)
    }

    /// The media of a reference.
    pub(super) fn media(
        &mut self,
        reference: &Object,
        name: &str,
        kind: TrackKind,
        rate: Rate,
        range: Option<Range>,
    ) -> Pooled {
        let available = self.range(reference, "available_range");
        if let Some(id) = self.own_media(reference) {
            return self.pooled(id, reference, rate, [available, range]);
        }
        let key = key(reference, name, available);
        if let Some(id) = self.pool.get(&key) {
            return self.pooled(*id, reference, rate, [available, range]);
        }
        let mut media = self.described(reference, name, kind, rate, available, range);
        let was_found = self.look(&mut media, reference);
        let fields = media_leftover(reference);
        let mut found = Object::new();
        found.insert("schema".to_owned(), json!(text(reference, "OTIO_SCHEMA")));
        found.insert("url".to_owned(), json!(stated(reference)));
        found.insert("path".to_owned(), json!(media.path));
        if media.kind == MediaKind::Still
            && let Some(range) = reference.get("available_range")
        {
            found.insert("available_range".to_owned(), json::pack(range));
        }
        if !fields.is_empty() {
            found.insert("reference".to_owned(), Value::Object(fields));
        }
        keep(&mut media.extra, found);
        let id = self.claim(None);
        let grid = grid(&media, rate);
        let stated = available.and_then(|range| range.start.on(grid));
        let base = match stated {
            _ if !was_found => Frames::whole(media.start),
            Some(stated) => stated,
            None => base_of(&media, grid, range),
        };
        self.media.insert(id, media);
        self.pool.insert(key, id);
        if available.is_some() {
            self.pool.entry(self::key(reference, name, None)).or_insert(id);
        }
        Pooled { id, grid, base, available, left: Object::new() }
    }

    fn pooled(
        &self,
        id: Id,
        reference: &Object,
        rate: Rate,
        [available, range]: [Option<Range>; 2],
    ) -> Pooled {
        let left = media_leftover(reference);
        let Some(media) = self.media.get(&id) else {
            return Pooled { id, grid: rate, base: Frames::ZERO, available, left };
        };
        let same = kept(&media.extra, "reference").and_then(Value::as_object) == Some(&left);
        let grid = grid(media, rate);
        let stated = available.and_then(|range| range.start.on(grid));
        let shifts = kept(&media.extra, "found").is_some();
        let base = match stated {
            Some(stated) if shifts => stated,
            None if shifts => base_of(media, grid, range),
            _ => Frames::whole(media.start),
        };
        Pooled { id, grid, base, available, left: if same { Object::new() } else { left } }
    }

    /// A media as the reference alone describes it.
    fn described(
        &mut self,
        reference: &Object,
        name: &str,
        kind: TrackKind,
        rate: Rate,
        available: Option<Range>,
        range: Option<Range>,
    ) -> Media {
        let path = self.path_of(reference, name);
        let mut media = Media::new(kind_of(reference, &path), path.clone());
        text(reference, "name").clone_into(&mut media.name);
        let times = [available.map(|range| range.duration), range.map(|range| range.start)];
        let rates: Vec<Rate> = times.into_iter().flatten().map(|time| time.rate).collect();
        let frames = rates.iter().copied().find(|rate| rate.nominal() < 1000);
        match media.kind {
            MediaKind::Still => {}
            MediaKind::Sound => {
                let samples = rates.iter().copied().find(|rate| rate.nominal() >= 1000);
                let rate = samples.map_or(self.options.sound, |rate| rate.nominal() as u32);
                let stream = SoundStream { rate, channels: 2, ..SoundStream::default() };
                media.sound = Some(stream);
            }
            MediaKind::Video => media.rate = Some(frames.unwrap_or(rate)),
            MediaKind::Sequence => {
                let stated = number(reference, "rate").and_then(Rate::from_decimal);
                media.rate = Some(stated.or(frames).unwrap_or(rate));
                media.first_number = number(reference, "start_frame").map(|number| number as i64);
                self.note_steps(reference);
            }
        }
        let grid = grid(&media, rate);
        let on = |time: Option<super::Time>| time.and_then(|time| time.on(grid));
        if media.kind != MediaKind::Still {
            media.length = on(available.map(|range| range.duration)).filter(|length| *length > Frames::ZERO);
        }
        media.start = on(available.map(|range| range.start)).map_or(0, timeline_format::Ratio::round);
        if kind == TrackKind::Sound && media.kind == MediaKind::Still {
            self.note(NoteKind::Guessed, "a single picture on a sound track is silent");
        }
        media
    }

    fn note_steps(&mut self, reference: &Object) {
        if number(reference, "frame_step").is_some_and(|step| step != 1.0) {
            self.note(NoteKind::Kept, "a numbered sequence counts in steps: every number is shown");
        }
        if !matches!(text(reference, "missing_frame_policy"), "" | "error") {
            let policy = text(reference, "missing_frame_policy");
            self.note(NoteKind::Kept, format!("missing frames are not treated as {policy:?}"));
        }
    }

    /// The path in the film of what a reference leads to.
    fn path_of(&mut self, reference: &Object, name: &str) -> String {
        let url = stated(reference);
        let is_file = matches!(schema(reference), "ExternalReference" | "ImageSequenceReference");
        match address(&url) {
            Address::File(path) if is_file && !path.is_empty() => {
                within(self.options.media, &path)
            }
            Address::Network if is_file => {
                self.note(NoteKind::Kept, format!("{url:?} is on a network, which is not asked"));
                within(self.options.media, file_name(url.split(['?', '#']).next().unwrap_or("")))
            }
            _ => {
                let what = match schema(reference) {
                    "MissingReference" | "" => "a clip names no media".to_owned(),
                    "ExternalReference" => "the address of its media is empty".to_owned(),
                    other => format!("a media reference of the schema {other:?} is unknown"),
                };
                self.note(NoteKind::Kept, what);
                format!("missing/{}", safe_name(name))
            }
        }
    }

    /// Takes what was found of a media in place of what the reference says of it.
    fn look(&mut self, media: &mut Media, reference: &Object) -> bool {
        let (Some(look), Address::File(path)) = (self.options.look, address(&stated(reference)))
        else {
            return false;
        };
        let Some(found) = look(&path).filter(|_| !path.is_empty()) else {
            return false;
        };
        if let (Some(said), Some(has)) = (media.length, found.length)
            && (said, media.rate) != (has, found.rate)
        {
            let what = format!("{path:?} is said to have {said} frames and has {has}");
            self.note(NoteKind::Changed, what);
        }
        let name = std::mem::take(&mut media.name);
        *media = found;
        if media.name.is_empty() {
            media.name = name;
        }
        keep(&mut media.extra, Object::from_iter([("found".to_owned(), json!(true))]));
        true
    }
}

/// The time of a media's frame 0 where the reference states no range: its own start timecode, if the
/// times of the clip are not before it.
fn base_of(media: &Media, grid: Rate, range: Option<Range>) -> Frames {
    let start = range.and_then(|range| range.start.on(grid)).unwrap_or(Frames::ZERO);
    let own = Frames::whole(media.start);
    if start >= own { own } else { Frames::ZERO }
}

/// What tells media apart: the address and the range that it is said to have.
fn key(reference: &Object, name: &str, available: Option<Range>) -> String {
    let address = stated(reference);
    let name = if address.is_empty() { name } else { "" };
    let second = Rate::new(1, 1).unwrap_or(Rate::FILM);
    let seconds = |time: super::Time| time.on(second).map_or(String::new(), |s| s.to_string());
    let range = available.map(|range| [seconds(range.start), seconds(range.duration)]);
    let step = json!([reference.get("start_frame"), reference.get("frame_step")]);
    json::line(&json!([schema(reference), address, name, range, step]))
}

fn media_leftover(reference: &Object) -> Object {
    const KNOWN: &[&str] = &[
        "name", "available_range", "target_url", "target_url_base", "name_prefix", "name_suffix",
        "start_frame", "rate", "frame_zero_padding",
    ];
    let mut left = leftover(reference, KNOWN);
    if left.get("frame_step").and_then(json::float) == Some(1.0) {
        left.shift_remove("frame_step");
    }
    if text(&left, "missing_frame_policy") == "error" {
        left.shift_remove("missing_frame_policy");
    }
    left
}

fn kind_of(reference: &Object, path: &str) -> MediaKind {
    let extension = extension(path);
    match schema(reference) {
        "ImageSequenceReference" => MediaKind::Sequence,
        _ if SOUNDS.contains(&extension.as_str()) => MediaKind::Sound,
        _ if STILLS.contains(&extension.as_str()) => MediaKind::Still,
        _ => MediaKind::Video,
    }
}

fn safe_name(name: &str) -> String {
    let safe = |c: char| if c.is_control() || "/\\:#".contains(c) { '_' } else { c };
    let name: String = name.chars().take(100).map(safe).collect();
    if name.trim_matches(['.', ' ']).is_empty() { "unnamed".to_owned() } else { name }
}
