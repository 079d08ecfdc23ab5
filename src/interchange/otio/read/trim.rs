//! Compositions of which a part is seen.

use super::Reader;
use crate::interchange::NoteKind;
use crate::interchange::otio::object::{Object, list, schema, text};
use crate::interchange::otio::time::Range;
use serde_json::Value;
use std::sync::Arc;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{Clip, Frames, Id, Item, Rate, Ratio, Sequence, Source, Track};

/// What a composition's own range does to what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trim {
    /// It has none, or one of the whole.
    Whole,
    /// As long as the whole and nowhere near it, as some programs write: read as the whole.
    Astray,
    /// Some is left out.
    Part,
}

/// What the range of a composition does.
pub(super) fn trim_of(composition: &Object) -> Trim {
    let Ok(Some(range)) = Range::read(composition, "source_range") else {
        return Trim::Whole;
    };
    let second = Rate::new(1, 1).unwrap_or(Rate::FILM);
    let (Some(whole), Some(start)) = (content(composition, second, 0), range.start.on(second)) else {
        return Trim::Part;
    };
    let is_as_long = range.duration.on(second) == Some(whole);
    match start.abs() {
        Some(Frames::ZERO) if is_as_long => Trim::Whole,
        Some(far) if is_as_long && far >= whole => Trim::Astray,
        _ => Trim::Part,
    }
}

/// The length in seconds of what a composition holds, whatever its own range.
fn content(composition: &Object, second: Rate, depth: usize) -> Option<Ratio> {
    let mut lengths = list(composition, "children").map(|child| length(child, second, depth + 1));
    if schema(composition) == "Track" {
        lengths.try_fold(Ratio::ZERO, |sum, length| sum.plus(length?))
    } else {
        Some(lengths.collect::<Option<Vec<_>>>()?.into_iter().max().unwrap_or(Ratio::ZERO))
    }
}

/// The length in seconds of an item.
fn length(item: &Object, second: Rate, depth: usize) -> Option<Ratio> {
    if let Some(range) = Range::read(item, "source_range").ok()? {
        return range.duration.on(second);
    }
    match schema(item) {
        "Track" | "Stack" if depth < 128 => content(item, second, depth),
        "Clip" => {
            let one = item.get("media_reference");
            let key = text(item, "active_media_reference_key");
            let reference = one.or_else(|| item.get("media_references")?.get(key))?.as_object()?;
            Range::read(reference, "available_range").ok()??.duration.on(second)
        }
        _ => Some(Ratio::ZERO),
    }
}

/// A sequence that shows the part of `inner` that the range of its stack leaves.
pub(super) fn trim(reader: &mut Reader<'_>, stack: &Object, inner: Id, keeps_start: bool) -> Id {
    let Some(range) = reader.range(stack, "source_range") else {
        return inner;
    };
    let outer = reader.claim(Some(&Value::from("main")));
    let Some(inside) = reader.sequences.get(&inner) else {
        return inner;
    };
    let header = inside.header.clone();
    let kinds: Vec<_> = [TrackKind::Picture, TrackKind::Sound]
        .into_iter()
        .filter(|kind| inside.tracks.iter().any(|track| track.header.kind == *kind))
        .collect();
    let (from, length) = (range.start.on(header.rate), range.duration.on(header.rate));
    let (Some(from), Some(length)) = (from, length.map(Ratio::round)) else {
        return inner;
    };
    let mut sequence = Sequence::new(header.rate);
    sequence.header.name.clone_from(&header.name);
    sequence.header.start = if keeps_start { header.start } else { 0 };
    let link = (kinds.len() > 1).then(|| reader.claim(None));
    for kind in kinds.into_iter().filter(|_| length > 0) {
        let mut track = Track::sequential(reader.claim(None), kind);
        let mut clip = Clip::new(Source::Sequence(inner));
        (clip.source_in, clip.link) = (from, link);
        let item = Item::clip(reader.claim(None), length, clip);
        track.content = Content::Sequential([item].into_iter().collect());
        sequence.tracks.push_back(Arc::new(track));
    }
    reader.note(NoteKind::Changed, "the timeline is trimmed: its whole is a nested sequence");
    reader.sequences.insert(outer, sequence);
    outer
}
