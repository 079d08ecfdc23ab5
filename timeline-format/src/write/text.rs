//! Lays values out as text.

use super::rows::Row;
use crate::Fields;
use serde_json::Value;
use std::fmt::Write as _;

/// A value with at most this many numbers, texts and flags may stand on one line.
const MOST_ON_A_LINE: usize = 12;

/// A film's text in the making.
pub(super) struct Text {
    out: String,
    is_first: bool,
}

impl Text {
    pub(super) fn new() -> Self {
        Self { out: "{\n".to_owned(), is_first: true }
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("\n}\n");
        self.out
    }

    fn name(&mut self, name: &str) {
        if !self.is_first {
            self.out.push_str(",\n");
        }
        self.is_first = false;
        string(&mut self.out, name);
        self.out.push_str(": ");
    }

    /// A member of the film that is no table of this version.
    pub(super) fn member(&mut self, name: &str, value: &Value) {
        if !value.is_number() {
            self.out.push_str(",\n\n");
            self.is_first = true;
        }
        self.name(name);
        value_at(&mut self.out, value, 0);
    }

    /// The film's settings.
    pub(super) fn settings(&mut self, fields: &Fields) {
        self.out.push_str(",\n\n");
        self.is_first = true;
        self.name("settings");
        broken_object(&mut self.out, fields, 0);
    }

    /// A table, one record after the other.
    pub(super) fn table(&mut self, name: &str, rows: Vec<Row<'_>>) {
        self.out.push_str(",\n\n");
        self.is_first = true;
        self.name(name);
        self.out.push_str("{\n");
        let count = rows.len();
        for (index, row) in rows.into_iter().enumerate() {
            string(&mut self.out, &row.key);
            self.out.push_str(": ");
            match row.body.value() {
                Value::Object(fields) => record(&mut self.out, &fields, row.body.is_clip()),
                other => value_at(&mut self.out, &other, 0),
            }
            self.out.push_str(if index + 1 < count { ",\n" } else { "\n" });
        }
        self.out.push('}');
    }
}

/// A record: one field a line; a gap on one line; what a clip shows apart from where it is, so that
/// git can merge a trim with a change of source.
fn record(out: &mut String, fields: &Fields, is_clip: bool) {
    if fields.len() == 1 && fields.contains_key("length") {
        return inline(out, &Value::Object(fields.clone()));
    }
    broken_object(out, fields, 0);
    if is_clip && let Some((last, _)) = fields.iter().next_back() {
        let start = out.rfind(&format!("\n  \"{last}\": "));
        if let Some(start) = start {
            out.insert(start, '\n');
        }
    }
}

fn broken_object(out: &mut String, fields: &Fields, indent: usize) {
    out.push_str("{\n");
    let count = fields.len();
    for (index, (key, value)) in fields.iter().enumerate() {
        margin(out, indent + 1);
        string(out, key);
        out.push_str(": ");
        value_at(out, value, indent + 1);
        out.push_str(if index + 1 < count { ",\n" } else { "\n" });
    }
    margin(out, indent);
    out.push('}');
}

fn margin(out: &mut String, indent: usize) {
    for _ in 0..indent {
        out.push_str("  ");
    }
}

fn value_at(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(fields) if !is_flat(value) => broken_object(out, fields, indent),
        Value::Array(list) if !is_flat(value) => {
            out.push_str("[\n");
            for (index, element) in list.iter().enumerate() {
                margin(out, indent + 1);
                value_at(out, element, indent + 1);
                out.push_str(if index + 1 < list.len() { ",\n" } else { "\n" });
            }
            margin(out, indent);
            out.push(']');
        }
        _ => inline(out, value),
    }
}

/// Whether a value stands on one line: it is small, is no record with an id, holds no list of two
/// objects, and is no list of ids.
fn is_flat(value: &Value) -> bool {
    fn leaves(value: &Value) -> Option<usize> {
        match value {
            Value::Object(fields) if fields.contains_key("id") => None,
            Value::Object(fields) => {
                fields.values().try_fold(0, |sum, field| Some(sum + leaves(field)?))
            }
            Value::Array(list) if list.iter().filter(|element| element.is_object()).count() > 1 => {
                None
            }
            Value::Array(list) if list.last().is_some_and(|last| last == "") => None,
            Value::Array(list) => {
                list.iter().try_fold(0, |sum, element| Some(sum + leaves(element)?))
            }
            _ => Some(1),
        }
    }
    leaves(value).is_some_and(|leaves| leaves <= MOST_ON_A_LINE)
}

fn inline(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => drop(write!(out, "{number}")),
        Value::String(text) => string(out, text),
        Value::Array(list) => {
            out.push('[');
            for (index, element) in list.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                inline(out, element);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (index, (key, field)) in fields.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                string(out, key);
                out.push_str(": ");
                inline(out, field);
            }
            out.push('}');
        }
    }
}

/// A text in quotes, escaped where JSON asks for it (RFC 8259, section 7) and nowhere else.
fn string(out: &mut String, text: &str) {
    out.push('"');
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push_str(text);
    } else {
        for character in text.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => out.push_str("\\r"),
                control if control < ' ' => drop(write!(out, "\\u{:04x}", u32::from(control))),
                other => out.push(other),
            }
        }
    }
    out.push('"');
}
