//! From OTIO objects to a film.

mod clip;
mod film;
mod links;
mod marker;
mod media;
mod retime;
mod sequence;
mod shot;
mod track;
mod transition;
mod trim;

use super::json;
use super::object::Object;
use super::time::{Range, Time};
use crate::interchange::{Error, ImportOptions, Imported, Note, NoteKind, Place};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use timeline_format::track::Anchor;
use timeline_format::{Id, IdSource, Media, Rate, Sequence, Shot};

/// Reads a `.otio` file.
pub(super) fn read(bytes: &[u8], options: &ImportOptions<'_>) -> Result<Imported, Error> {
    let root = json::parse(bytes)?;
    let mut reader = Reader::new(options);
    let timeline = film::read(&mut reader, &root)?;
    Ok(Imported { timeline, notes: reader.notes })
}

/// What grows while a file is read.
struct Reader<'a> {
    options: &'a ImportOptions<'a>,
    ids: IdSource,
    used: BTreeSet<Id>,
    notes: Vec<Note>,
    media: BTreeMap<Id, Media>,
    shots: BTreeMap<Id, Shot>,
    sequences: BTreeMap<Id, Sequence>,
    /// Media and shots by what their references say.
    pool: BTreeMap<String, Id>,
    /// Nested sequences by what they hold.
    nested: BTreeMap<String, Id>,
    /// Our own records of the whole film.
    ours: Object,
    /// Anchors of free items that our own record names, by item.
    anchors: BTreeMap<Id, Anchor>,
    /// Free tracks that are spread over several of the file.
    lanes: BTreeSet<Id>,
    /// Items that our own record describes, links included.
    restored: BTreeSet<Id>,
    place: Place,
    path: Vec<String>,
    depth: usize,
    snapped: BTreeSet<Rate>,
}

impl<'a> Reader<'a> {
    fn new(options: &'a ImportOptions<'a>) -> Self {
        Self {
            options,
            ids: IdSource::seeded(options.seed),
            used: BTreeSet::new(),
            notes: Vec::new(),
            media: BTreeMap::new(),
            shots: BTreeMap::new(),
            sequences: BTreeMap::new(),
            pool: BTreeMap::new(),
            nested: BTreeMap::new(),
            ours: Object::new(),
            anchors: BTreeMap::new(),
            lanes: BTreeSet::new(),
            restored: BTreeSet::new(),
            place: Place::default(),
            path: Vec::new(),
            depth: 0,
            snapped: BTreeSet::new(),
        }
    }

    /// The id that a record of ours asks for if it is free, else a new one.
    fn claim(&mut self, wanted: Option<&Value>) -> Id {
        let wanted = wanted.and_then(Value::as_str).and_then(Id::parse);
        let mut id = wanted.unwrap_or_else(|| self.ids.next_id());
        while !self.used.insert(id) {
            id = self.ids.next_id();
        }
        id
    }

    fn note(&mut self, kind: NoteKind, text: impl Into<String>) {
        let place = Place { object: self.path.join("."), ..self.place.clone() };
        self.notes.push(Note { kind, place, text: text.into() });
    }

    /// Runs `work` one step further into the file.
    fn within<T>(&mut self, step: impl Into<String>, work: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let result = work(self);
        self.path.pop();
        result
    }

    /// The range of a field; one that is broken is noted and counts as absent.
    fn range(&mut self, object: &Object, field: &str) -> Option<Range> {
        match Range::read(object, field) {
            Ok(range) => {
                if let Some(range) = range {
                    self.note_rounded(range.start);
                    self.note_rounded(range.duration);
                }
                range
            }
            Err(why) => {
                self.note(NoteKind::Dropped, format!("a range makes no sense: {why}"));
                None
            }
        }
    }

    /// The time of a field; one that is broken is noted and counts as absent.
    fn time(&mut self, object: &Object, field: &str) -> Option<Time> {
        match Time::read(object.get(field)) {
            Ok(time) => {
                if let Some(time) = time {
                    self.note_rounded(time);
                }
                time
            }
            Err(why) => {
                self.note(NoteKind::Dropped, format!("{field} makes no sense: {why}"));
                None
            }
        }
    }

    /// Notes a rounded rate once.
    fn note_rounded(&mut self, time: Time) {
        if time.rounded && self.snapped.insert(time.rate) {
            let exact = time.rate;
            self.note(NoteKind::Changed, format!("a rounded frame rate is read as {exact}"));
        }
    }
}
