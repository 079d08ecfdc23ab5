//! Reads sequences with their tracks, markers and buses.

use super::film::Film;
use super::items::{Items, MOST_FRAMES};
use super::record::escape;
use super::survey::Member;
use crate::caption::Captions;
use crate::mix::Bus;
use crate::sequence::SequenceHeader;
use crate::track::{Content, TrackHeader};
use crate::{Cut, Id, Item, Layered, Marker, Problem, Reel, Sequence, Track, Transition};
use imbl::OrdMap;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

type TransitionsByTrack = BTreeMap<Id, Vec<(usize, Cut, Transition)>>;

/// What tracks are made of, until they take it.
struct Parts<'a> {
    items: Items<'a>,
    free: BTreeMap<Id, Vec<(usize, Id, Arc<Layered>)>>,
    transitions: BTreeMap<Id, Vec<(usize, Cut, Transition)>>,
    transition_rows: Vec<Member<'a>>,
    tracks: BTreeMap<Id, Member<'a>>,
}

impl<'a> Film<'a> {
    /// Reads every sequence; keeps what belongs to none.
    pub(super) fn sequences(&mut self) -> OrdMap<Id, Arc<Sequence>> {
        let mut parts = self.parts();
        let mut sequences = BTreeMap::new();
        for row in self.rows("sequences") {
            if let Some(id) = self.id("sequences", &row)
                && let Some(sequence) = self.sequence(&row, &mut parts)
            {
                sequences.insert(id, sequence);
            }
        }
        self.keep_unplaced(&parts);
        self.owned::<Marker>("markers", &["at"], &mut sequences, |sequence, id, marker| {
            sequence.markers.insert(id, Arc::new(marker));
        });
        self.owned::<Bus>("buses", &["name"], &mut sequences, |sequence, id, bus| {
            sequence.buses.insert(id, Arc::new(bus));
        });
        self.owned::<Captions>("captions", &["cues"], &mut sequences, |sequence, id, captions| {
            sequence.captions.insert(id, Arc::new(captions));
        });
        sequences.into_iter().map(|(id, sequence)| (id, Arc::new(sequence))).collect()
    }

    fn parts(&mut self) -> Parts<'a> {
        let mut items = Items::read(self);
        let mut free: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (index, track, id, layer) in items.take_free() {
            free.entry(track).or_default().push((index, id, layer));
        }
        let (transitions, transition_rows) = self.transitions();
        let rows = self.rows("tracks").into_iter();
        let tracks = rows.filter_map(|row| Some((self.id("tracks", &row)?, row))).collect();
        Parts { items, free, transitions, transition_rows, tracks }
    }

    fn transitions(&mut self) -> (TransitionsByTrack, Vec<Member<'a>>) {
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let rows = self.rows("transitions");
        for (index, row) in rows.iter().enumerate() {
            let Some(id) = self.id("transitions", row) else { continue };
            let needed = ["kind", "before", "after", "from", "to", "track"];
            let Some(read) = self.record::<Transition>("transitions", row, &needed) else {
                continue;
            };
            let mut transition = Transition { id, ..read };
            let mut end = |name| Film::take(&mut transition.extra, name);
            let [track, from, to] = ["track", "from", "to"].map(|name| match end(name) {
                None => Ok(None),
                Some(value) => value.as_str().and_then(Id::parse).map(Some).ok_or(name),
            });
            let lengths = [transition.before, transition.after];
            let is_sane = lengths.iter().all(|length| (0..=MOST_FRAMES / 2).contains(length));
            match (track, from, to) {
                (Ok(Some(track)), Ok(from), Ok(to)) if is_sane => {
                    let cut = Cut { from, to };
                    found.entry(track).or_default().push((index, cut, transition));
                }
                _ => self.unplaced(
                    "transitions",
                    row,
                    "its track, its clips or its length are no such",
                ),
            }
        }
        (found, rows)
    }

    fn sequence(&mut self, row: &Member<'a>, parts: &mut Parts<'a>) -> Option<Sequence> {
        let mut header: SequenceHeader = self.record("sequences", row, &["rate"])?;
        let names = Film::take(&mut header.extra, "tracks");
        let pointer = format!("/sequences/{}/tracks", escape(&row.key));
        let names = self.order(row, &pointer, names);
        let mut tracks = imbl::Vector::new();
        for id in names {
            match parts.tracks.remove(&id) {
                Some(row) => tracks.push_back(Arc::new(self.track(id, &row, parts))),
                None => self.dangling(
                    row,
                    &pointer,
                    id,
                    "is in no table or stands in a sequence already",
                ),
            }
        }
        let mut sequence = Sequence::new(header.rate);
        (sequence.header, sequence.tracks) = (header, tracks);
        Some(sequence)
    }

    /// A list of ids that ends with an empty text.
    fn order(&mut self, row: &Member<'_>, pointer: &str, list: Option<Value>) -> Vec<Id> {
        let Some(Value::Array(mut names)) = list else {
            let message = "the list of ids is missing";
            let problem = Problem::error("order-unreadable", message).in_file(pointer);
            self.problems.add(row.span.start, problem.remedy("list the ids in their order"));
            if let Some(other) = list {
                self.kept.text(pointer, &other.to_string());
            }
            return Vec::new();
        };
        if names.last().is_some_and(|last| last == "") {
            names.pop();
        }
        let mut ids = Vec::with_capacity(names.len());
        for name in names {
            if let Some(id) = name.as_str().and_then(Id::parse) {
                ids.push(id);
            } else {
                let message = format!("{name} in the list is no id");
                let problem = Problem::error("order-unreadable", message).in_file(pointer);
                self.problems.add(row.span.start, problem.remedy("it is left out"));
            }
        }
        ids
    }

    fn dangling(&mut self, row: &Member<'_>, pointer: &str, id: Id, why: &str) {
        let problem = Problem::error("order-dangling", format!("{id} is listed but {why}"));
        let problem = problem.remedy("it is left out of the list; what follows it moves up");
        self.problems.add(row.span.start, problem.in_file(pointer));
    }

    fn track(&mut self, id: Id, row: &Member<'a>, parts: &mut Parts<'a>) -> Track {
        let Some(mut header) = self.record::<TrackHeader>("tracks", row, &["kind"]) else {
            return placeholder(id);
        };
        let is_free = Film::take(&mut header.extra, "free") == Some(Value::Bool(true));
        let order = Film::take(&mut header.extra, "order");
        let content = if is_free && order.is_none() {
            let layers = parts.free.remove(&id).unwrap_or_default();
            Content::Free(layers.into_iter().map(|(_, id, layer)| (id, layer)).collect())
        } else {
            let pointer = format!("/tracks/{}/order", escape(&row.key));
            let names = self.order(row, &pointer, order);
            Content::Sequential(self.reel(row, &pointer, names, &mut parts.items))
        };
        let mut transitions = OrdMap::new();
        for (index, cut, transition) in parts.transitions.remove(&id).unwrap_or_default() {
            if transitions.contains_key(&cut) {
                self.unplaced("transitions", &parts.transition_rows[index], "its cut has another");
            } else {
                transitions.insert(cut, Arc::new(transition));
            }
        }
        Track { id, header, content, transitions }
    }

    fn reel(
        &mut self,
        row: &Member<'_>,
        pointer: &str,
        names: Vec<Id>,
        items: &mut Items<'a>,
    ) -> Reel {
        let mut length = 0_i64;
        let mut reel: Vec<Item> = Vec::with_capacity(names.len());
        for id in names {
            match items.take(id) {
                Ok(item) if item.length <= MOST_FRAMES - length => {
                    length += item.length;
                    reel.push(item);
                }
                Ok(_) => {
                    self.dangling(row, pointer, id, "would end after frame 2^53");
                    items.keep(id, &mut self.kept);
                }
                Err(why) => self.dangling(row, pointer, id, why),
            }
        }
        reel.into_iter().collect()
    }

    /// Keeps what no track or sequence asked for.
    fn keep_unplaced(&mut self, parts: &Parts<'a>) {
        for row in parts.items.unplaced() {
            self.unplaced("clips", row, "no track lists it");
        }
        for (index, ..) in parts.free.values().flatten() {
            self.unplaced("clips", &parts.items.rows[*index], "its track is missing or not free");
        }
        for (index, ..) in parts.transitions.values().flatten() {
            self.unplaced("transitions", &parts.transition_rows[*index], "its track is missing");
        }
        for row in parts.tracks.values() {
            self.unplaced("tracks", row, "no sequence lists it");
        }
    }

    fn unplaced(&mut self, table: &str, row: &Member<'_>, why: &str) {
        let message = format!("{} of {table} has no place: {why}", row.key);
        let pointer = format!("/{table}/{}", escape(&row.key));
        let problem = Problem::warning("record-unplaced", message).in_file(pointer);
        let remedy = "it is kept in the file and left out of the film";
        self.problems.add(row.span.start, problem.remedy(remedy));
        self.kept.row(table, row);
    }

    /// Reads a table whose records are named `sequence/id`.
    fn owned<T>(
        &mut self,
        table: &'static str,
        needed: &[&str],
        sequences: &mut BTreeMap<Id, Sequence>,
        insert: impl Fn(&mut Sequence, Id, T),
    ) where
        T: serde::de::DeserializeOwned + crate::extra::HasExtra,
    {
        for row in self.rows(table) {
            let names = row.key.split_once('/');
            let names = names.and_then(|(owner, id)| Some((Id::parse(owner)?, Id::parse(id)?)));
            let Some((owner, id)) = names else {
                self.unplaced(table, &row, "its name is not SEQUENCE/ID");
                continue;
            };
            let Some(sequence) = sequences.get_mut(&owner) else {
                self.unplaced(table, &row, "its sequence is missing");
                continue;
            };
            if let Some(record) = self.record(table, &row, needed) {
                insert(sequence, id, record);
            }
        }
    }
}

/// Holds the place of a track that cannot be read: empty, hidden and locked.
fn placeholder(id: Id) -> Track {
    let mut track = Track::sequential(id, crate::track::TrackKind::Picture);
    "unreadable".clone_into(&mut track.header.name);
    (track.header.hidden, track.header.locked) = (true, true);
    track
}
