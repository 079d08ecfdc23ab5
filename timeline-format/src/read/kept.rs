//! What could not be read or placed: kept as it was, so that saving loses nothing.

use super::record::escape;
use super::survey::Member;
use crate::Extra;
use serde_json::Value;
use std::collections::BTreeMap;

/// The table of texts that are no JSON, or not one value: `{"/clips/c1": "{...}"}`.
pub(crate) const UNREADABLE: &str = "unreadable";

/// What was set aside, as it will stand in [`crate::Timeline::extra`].
#[derive(Debug, Default)]
pub(super) struct Kept {
    tables: BTreeMap<String, Extra>,
    members: Extra,
}

impl Kept {
    /// Keeps a record of `table` where it was if it is JSON, else as text.
    pub(super) fn row(&mut self, table: &str, row: &Member<'_>) {
        let rows = self.tables.entry(table.to_owned()).or_default();
        match value_of(row) {
            Some(value) if !rows.contains_key(row.key.as_ref()) => {
                rows.insert(row.key.to_string(), value);
            }
            _ => self.text(&format!("/{table}/{}", escape(&row.key)), row.text),
        }
    }

    /// Keeps a record of `table` as text: another has its name.
    pub(super) fn double(&mut self, table: &str, row: &Member<'_>) {
        self.text(&format!("/{table}/{}", escape(&row.key)), row.text);
    }

    /// Keeps a member of the film that is unknown or no table.
    pub(super) fn member(&mut self, member: &Member<'_>) {
        match value_of(member) {
            Some(Value::Object(texts)) if member.key == UNREADABLE => {
                self.tables.entry(UNREADABLE.to_owned()).or_default().extend(texts);
            }
            Some(value) if !self.members.contains_key(member.key.as_ref()) => {
                self.members.insert(member.key.to_string(), value);
            }
            _ => self.text(&format!("/{}", escape(&member.key)), member.text),
        }
    }

    /// Keeps a text that stood at `pointer`.
    pub(super) fn text(&mut self, pointer: &str, text: &str) {
        let table = self.tables.entry(UNREADABLE.to_owned()).or_default();
        let mut name = pointer.to_owned();
        while table.get(&name).is_some_and(|other| other != text) {
            name.push('+');
        }
        table.insert(name, Value::String(text.to_owned()));
    }

    pub(super) fn number(&mut self, name: &str, number: u64) {
        self.members.insert(name.to_owned(), number.into());
    }

    pub(super) fn into_extra(self) -> Extra {
        let tables = self.tables.into_iter().filter(|(_, rows)| !rows.is_empty());
        let tables = tables.map(|(name, rows)| (name, Value::Object(rows.into_fields())));
        self.members.into_fields().into_iter().chain(tables).collect()
    }
}

fn value_of(member: &Member<'_>) -> Option<Value> {
    let value = serde_json::from_str(member.text).ok();
    value.filter(|_| member.unsound.is_none())
}
