//! Reads the table of clips and gaps.

use super::film::Film;
use super::kept::Kept;
use super::plain;
use super::record::{self, Fault, Outcome, escape};
use super::survey::Member;
use crate::index::Index;
use crate::track::Place;
use crate::{Clip, Extra, Frames, Id, Item, Layered};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;

/// The longest track that is read, in frames: integers are exact up to here in every JSON reader.
pub(crate) const MOST_FRAMES: i64 = 1 << 53;

/// A record of the table of clips, until it is placed.
pub(super) enum Parsed {
    /// An item of a sequential track.
    Item(Item),
    /// A free item of this track.
    Free(Id, Arc<Layered>),
    /// It is kept, and a gap of this length holds its place.
    Kept(i64),
    /// It stands on a track.
    Placed,
}

/// Every clip and gap of a film, in order of their ids.
pub(super) struct Items<'a> {
    pub(super) rows: Vec<Member<'a>>,
    parsed: Vec<(Id, Parsed)>,
    index: Index,
}

impl<'a> Items<'a> {
    pub(super) fn read(film: &mut Film<'a>) -> Self {
        let mut rows = film.rows("clips");
        rows.retain(|row| film.id("clips", row).is_some());
        let parse = |row: &Member<'a>| Some((Id::parse(&row.key)?, parse(film, row)));
        let mut parsed: Vec<(Id, Parsed)> = Vec::with_capacity(rows.len());
        parsed.extend(rows.iter().filter_map(parse));
        let index = Index::new(parsed.iter().map(|(id, _)| *id).collect());
        Self { rows, parsed, index }
    }

    /// Takes the item with this id for a sequential track; `Err` says why it is not there.
    pub(super) fn take(&mut self, id: Id) -> Result<Item, &'static str> {
        let slot = self.index.find(id).and_then(|index| self.parsed.get_mut(index));
        let (_, slot) = slot.ok_or("is in no table")?;
        match std::mem::replace(slot, Parsed::Placed) {
            Parsed::Item(item) => Ok(item),
            Parsed::Kept(length) => Ok(Item::gap(id, length)),
            Parsed::Placed => Err("stands on a track already"),
            free @ Parsed::Free(..) => {
                *slot = free;
                Err("says itself that it is a free item of a track")
            }
        }
    }

    /// Keeps the record of an item that was taken and has no place.
    pub(super) fn keep(&self, id: Id, kept: &mut Kept) {
        if let Some(row) = self.index.find(id).and_then(|index| self.rows.get(index)) {
            kept.row("clips", row);
        }
    }

    /// Takes the free items, in order of their ids.
    pub(super) fn take_free(&mut self) -> impl Iterator<Item = (usize, Id, Id, Arc<Layered>)> {
        self.parsed.iter_mut().enumerate().filter_map(|(index, (id, slot))| match slot {
            Parsed::Free(track, layer) => {
                let free = (index, *track, *id, Arc::clone(layer));
                *slot = Parsed::Placed;
                Some(free)
            }
            _ => None,
        })
    }

    /// The records that no track has, and that are not kept already.
    pub(super) fn unplaced(&self) -> impl Iterator<Item = &Member<'a>> {
        let is_left = |parsed: &(Id, Parsed)| matches!(parsed.1, Parsed::Item(_));
        let left = self.rows.iter().zip(&self.parsed).filter(move |(_, parsed)| is_left(parsed));
        left.map(|(row, _)| row)
    }
}

fn parse(film: &mut Film<'_>, row: &Member<'_>) -> Parsed {
    if row.unsound.is_none()
        && let Some(parsed) = plain::read(row)
    {
        return parsed;
    }
    match record::read::<Clip>(row, &["shot", "media", "sequence", "generator"]) {
        Outcome::Read(mut clip, mut faults) => {
            let placed = place(row, &mut clip);
            faults.retain(|fault| !matches!(fault.pointer.as_str(), "/length" | "/at" | "/track"));
            film.tell(&faults, &format!("/clips/{}", escape(&row.key)));
            placed.map_or_else(|fault| lose(film, row, &fault), |place| place.with(row, clip))
        }
        Outcome::Unreadable(fault) => gap(film, row).unwrap_or_else(|| lose(film, row, &fault)),
    }
}

/// Where a clip goes, as its record says.
enum Spot {
    Sequential(i64),
    Free { track: Id, at: Place, length: Frames },
}

impl Spot {
    fn with(self, row: &Member<'_>, clip: Clip) -> Parsed {
        let id = Id::parse(&row.key).unwrap_or_else(Id::unnamed);
        match self {
            Self::Sequential(length) => Parsed::Item(Item::clip(id, length, clip)),
            Self::Free { track, at, length } => {
                Parsed::Free(track, Arc::new(Layered { at, length, clip }))
            }
        }
    }
}

/// Takes a clip's place out of the fields that a clip does not know.
fn place(row: &Member<'_>, clip: &mut Clip) -> Result<Spot, Fault> {
    let track: Option<Id> = take(row, &mut clip.extra, "track")?;
    let at: Option<Place> = take(row, &mut clip.extra, "at")?;
    let length: Option<Frames> = take(row, &mut clip.extra, "length")?;
    let length = length.ok_or_else(|| fault(row, "/length", "its length is missing"))?;
    if length <= Frames::ZERO || length > Frames::whole(MOST_FRAMES) {
        return Err(fault(row, "/length", "its length is not within 1 and 2^53"));
    }
    match (track, at, length.as_whole()) {
        (Some(track), Some(at), _) => Ok(Spot::Free { track, at, length }),
        (None, None, Some(length)) => Ok(Spot::Sequential(length)),
        (None, None, None) => {
            Err(fault(row, "/length", "an item of a sequential track has whole frames"))
        }
        _ => {
            Err(fault(row, "/at", "a free item has both a track and a place; this has one of them"))
        }
    }
}

fn take<T: DeserializeOwned>(
    row: &Member<'_>,
    extra: &mut Extra,
    name: &str,
) -> Result<Option<T>, Fault> {
    let Some(value) = Film::take(extra, name) else { return Ok(None) };
    let read = serde_json::from_value(value).map(Some);
    read.map_err(|error| fault(row, &format!("/{name}"), &error.to_string()))
}

fn fault(row: &Member<'_>, pointer: &str, message: &str) -> Fault {
    Fault { pointer: pointer.to_owned(), message: message.to_owned(), at: row.span.start }
}

/// The gap that a record is, if it is one: a length and no source. One that says more is kept.
fn gap(film: &mut Film<'_>, row: &Member<'_>) -> Option<Parsed> {
    const CLIPS: [&str; 6] = ["shot", "media", "sequence", "generator", "track", "at"];
    let fields: Extra = serde_json::from_str(row.text).ok().filter(|_| row.unsound.is_none())?;
    let length = fields.get("length").and_then(Value::as_i64)?;
    if CLIPS.iter().any(|name| fields.contains_key(*name)) || !(1..=MOST_FRAMES).contains(&length) {
        return None;
    }
    if fields.len() > 1 {
        film.kept.row("clips", row);
        return Some(Parsed::Kept(length));
    }
    Some(Parsed::Item(Item::gap(Id::parse(&row.key)?, length)))
}

/// Keeps a record that cannot be read; a gap of its length, or of a frame, holds its place.
fn lose(film: &mut Film<'_>, row: &Member<'_>, fault: &Fault) -> Parsed {
    film.lose("clips", row, fault);
    let fields = serde_json::from_str::<Extra>(row.text).unwrap_or_default();
    let length = fields.get("length").and_then(Value::as_i64);
    Parsed::Kept(length.filter(|length| (1..=MOST_FRAMES).contains(length)).unwrap_or(1))
}
