//! Builds a film from its tables.

use super::Header;
use super::kept::Kept;
use super::problems::Problems;
use super::record::{self, Fault, Outcome, escape};
use super::survey::{Member, Survey};
use crate::extra::HasExtra;
use crate::sequence::Raster;
use crate::timeline::{Delivery, Settings};
use crate::{
    Extra, FORMAT, Id, Location, Media, Problem, Rate, SavedLook, Sequence, Shot, Still, Timeline,
};
use imbl::OrdMap;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The tables that this version knows, in the order in which they are written.
pub(crate) const TABLES: [&str; 13] = [
    "media",
    "shots",
    "looks",
    "stills",
    "places",
    "sequences",
    "tracks",
    "clips",
    "transitions",
    "markers",
    "buses",
    "captions",
    "deliveries",
];

/// A film in the making.
pub(super) struct Film<'a> {
    pub(super) problems: Problems<'a>,
    pub(super) kept: Kept,
    tables: BTreeMap<&'static str, Vec<Member<'a>>>,
}

impl<'a> Film<'a> {
    pub(super) fn new(problems: Problems<'a>, header: &Header) -> Self {
        let mut film = Self { problems, kept: Kept::default(), tables: BTreeMap::new() };
        if header.format > FORMAT {
            let message = format!(
                "the film has format {} and this program writes format {FORMAT}",
                header.format
            );
            let remedy = "what is unknown is kept; a newer version of the program shows all of it";
            film.problems.add(0, Problem::warning("format-newer", message).remedy(remedy));
            film.kept.number("format", header.format);
            film.kept.number("min_reader", header.min_reader);
        }
        film
    }

    pub(super) fn read(mut self, survey: Survey<'a>) -> (Timeline, Vec<Problem>) {
        for at in survey.commas {
            let problem =
                Problem::warning("comma", "a comma between records is missing or too many");
            self.problems.add(at, problem.remedy("saving the film mends it"));
        }
        let settings = self.sort_members(survey.members);
        let media = self.simple::<Media>("media", &["path", "kind"]);
        let shots = self.simple::<Shot>("shots", &["name", "take", "takes"]);
        let looks = self.simple::<SavedLook>("looks", &["name"]);
        let stills = self.simple::<Still>("stills", &["name", "clip"]);
        let places = self.simple::<Location>("places", &["name"]);
        let deliveries = self.simple::<Delivery>("deliveries", &["preset"]);
        let sequences = self.sequences();
        let settings = settings.unwrap_or_else(|| self.settings_without(&sequences));
        let timeline = Timeline {
            settings: Arc::new(settings),
            media,
            shots,
            looks,
            stills,
            places,
            sequences,
            deliveries,
            extra: Arc::new(self.kept.into_extra()),
        };
        (timeline, self.problems.into_list())
    }

    /// Files the outermost members, and reads the settings.
    fn sort_members(&mut self, members: Vec<Member<'a>>) -> Option<Settings> {
        let mut settings = None;
        for member in members {
            let known = TABLES.iter().find(|name| **name == member.key);
            match (known, member.key.as_ref()) {
                (Some(name), _) if member.text.starts_with('{') => {
                    self.tables.entry(name).or_default().extend(member.members);
                }
                (Some(name), _) => {
                    let message = format!("{name} is no table of records");
                    let problem = Problem::error("table-unreadable", message);
                    self.add_kept(&member, problem.in_file(format!("/{name}")));
                    self.kept.text(&format!("/{name}"), member.text);
                }
                (None, "format" | "min_reader") => {}
                (None, "settings") if settings.is_none() => settings = self.settings(&member),
                (None, _) => self.kept.member(&member),
            }
        }
        settings
    }

    fn add_kept(&mut self, member: &Member<'_>, problem: Problem) {
        self.problems.add(member.span.start, problem.remedy("it is kept as it is in the file"));
    }

    fn settings(&mut self, member: &Member<'a>) -> Option<Settings> {
        let needed = ["raster", "rate", "sound", "main"];
        match record::read(member, &needed) {
            Outcome::Read(settings, faults) => {
                self.tell(&faults, "/settings");
                Some(settings)
            }
            Outcome::Unreadable(fault) => {
                let problem = fault.problem("settings-unreadable", "/settings", "");
                self.add_kept(member, problem);
                self.kept.text("/settings", member.text);
                None
            }
        }
    }

    /// Settings for a film that has none that can be read.
    fn settings_without(&mut self, sequences: &OrdMap<Id, Arc<Sequence>>) -> Settings {
        let first = sequences.iter().next();
        let rate = first.map_or(Rate::FILM, |(_, sequence)| sequence.header.rate);
        let raster = Raster { width: 1920, height: 1080 };
        let message =
            format!("the film's settings are missing; taken instead: {raster}, {rate}, 48000");
        let problem = Problem::error("settings-missing", message).in_file("/settings");
        self.problems.add(0, problem.remedy("set the film's size, rate and sound"));
        let main = first.map(|(id, _)| *id).or_else(|| Id::parse("main"));
        let main = main.unwrap_or_else(Id::unnamed);
        Timeline::new(raster, rate, 48_000, main).settings.as_ref().clone()
    }

    /// The records of a table, in order of their names, each name once.
    pub(super) fn rows(&mut self, table: &'static str) -> Vec<Member<'a>> {
        let mut rows = self.tables.remove(table).unwrap_or_default();
        if !rows.is_sorted_by(|a, b| a.key < b.key) {
            rows.sort_by(|a, b| a.key.cmp(&b.key));
            rows.dedup_by(|later, first| {
                let is_double = later.key == first.key;
                if is_double {
                    let message =
                        format!("{} stands twice in {table}; the first is taken", first.key);
                    let pointer = format!("/{table}/{}", escape(&first.key));
                    let problem = Problem::error("id-double", message).in_file(pointer);
                    let remedy = "the second is kept as text; give it a name of its own";
                    self.problems.add(later.span.start, problem.remedy(remedy));
                    self.kept.double(table, later);
                }
                is_double
            });
        }
        rows
    }

    /// Reads a table whose records stand for themselves.
    fn simple<T>(&mut self, table: &'static str, needed: &[&str]) -> OrdMap<Id, Arc<T>>
    where
        T: DeserializeOwned + HasExtra,
    {
        let rows = self.rows(table);
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(id) = self.id(table, &row) else { continue };
            if let Some(record) = self.record::<T>(table, &row, needed) {
                records.push((id, Arc::new(record)));
            }
        }
        records.into_iter().collect()
    }

    /// The id of a record; a record with an ill-formed one is kept.
    pub(super) fn id(&mut self, table: &str, row: &Member<'_>) -> Option<Id> {
        let id = Id::parse(&row.key);
        if id.is_none() {
            let message = format!(
                "{:?} is no id: write 1 to 16 of a-z, 0-9, - and _",
                super::brief(&row.key)
            );
            let problem = Problem::error("id-form", message);
            self.add_kept(row, problem.in_file(format!("/{table}/{}", escape(&row.key))));
            self.kept.row(table, row);
        }
        id
    }

    /// A record; one that cannot be read is kept.
    pub(super) fn record<T>(&mut self, table: &str, row: &Member<'_>, needed: &[&str]) -> Option<T>
    where
        T: DeserializeOwned + HasExtra,
    {
        let pointer = || format!("/{table}/{}", escape(&row.key));
        match record::read(row, needed) {
            Outcome::Read(record, faults) => {
                if !faults.is_empty() {
                    self.tell(&faults, &pointer());
                }
                Some(record)
            }
            Outcome::Unreadable(fault) => {
                self.lose(table, row, &fault);
                None
            }
        }
    }

    /// Keeps a record that cannot be read, and says so.
    pub(super) fn lose(&mut self, table: &str, row: &Member<'_>, fault: &Fault) {
        let pointer = format!("/{table}/{}", escape(&row.key));
        let remedy = "it is kept as it is in the file, and left out of the film";
        self.problems.add(fault.at, fault.problem("record-unreadable", &pointer, remedy));
        self.kept.row(table, row);
    }

    /// Says which fields could not be read.
    pub(super) fn tell(&mut self, faults: &[Fault], pointer: &str) {
        for fault in faults {
            let remedy = "it is kept as it is in the file, and has no effect";
            self.problems.add(fault.at, fault.problem("field-unreadable", pointer, remedy));
        }
    }

    /// Extra fields taken out of `extra` by name.
    pub(super) fn take(extra: &mut Extra, name: &str) -> Option<serde_json::Value> {
        extra.shift_remove(name)
    }
}
