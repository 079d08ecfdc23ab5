//! From the text of one record to its noun; what of it cannot be read is set aside, not lost.

use super::survey::Member;
use crate::extra::HasExtra;
use crate::{Fields, Problem};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What came of a record.
pub(super) enum Outcome<T> {
    /// All of it was read, or all but some fields, which are in its `extra` as they were.
    Read(T, Vec<Fault>),
    /// None of it was.
    Unreadable(Fault),
}

/// What is wrong with a record or a field of it.
#[derive(Debug)]
pub(super) struct Fault {
    /// The pointer from the record on: empty, or `/field`.
    pub(super) pointer: String,
    pub(super) message: String,
    /// The byte in the text of the film near which it is.
    pub(super) at: usize,
}

impl Fault {
    /// As a problem of the record at `pointer`.
    pub(super) fn problem(&self, code: &'static str, pointer: &str, remedy: &str) -> Problem {
        Problem::error(code, self.message.clone())
            .remedy(remedy)
            .in_file(format!("{pointer}{}", self.pointer))
    }
}

/// Reads a record that cannot do without `required`.
pub(super) fn read<T: DeserializeOwned + HasExtra>(
    row: &Member<'_>,
    required: &[&str],
) -> Outcome<T> {
    if let Some(why) = row.unsound {
        let fault = Fault { pointer: String::new(), message: why.to_owned(), at: row.span.start };
        return Outcome::Unreadable(fault);
    }
    match serde_json::from_str(row.text) {
        Ok(record) => Outcome::Read(record, Vec::new()),
        Err(error) => salvage(row, required, &error),
    }
}

fn salvage<T: DeserializeOwned + HasExtra>(
    row: &Member<'_>,
    required: &[&str],
    error: &serde_json::Error,
) -> Outcome<T> {
    let whole = Fault { pointer: String::new(), message: say(error), at: offset(row, error) };
    let Ok(fields) = serde_json::from_str::<Fields>(row.text) else {
        return Outcome::Unreadable(whole);
    };
    let is_required = |field: &(String, Value)| required.contains(&field.0.as_str());
    let (needed, others): (Vec<_>, Vec<_>) = fields.into_iter().partition(is_required);
    let needed: Fields = needed.into_iter().collect();
    if let Err(error) = parse::<T>(&needed) {
        return Outcome::Unreadable(Fault { message: say(&error), ..whole });
    }
    let (mut good, mut aside, mut faults) = (needed.clone(), Fields::new(), Vec::new());
    for (key, value) in others {
        match parse_with::<T>(&needed, &key, value.clone()) {
            Ok(()) => drop(good.insert(key, value)),
            Err(error) => {
                let pointer = format!("/{}", escape(&key));
                faults.push(Fault { pointer, message: say(&error), at: whole.at });
                let (kept, bad) = sift::<T>(&needed, &key, value);
                good.extend(kept.map(|kept| (key.clone(), kept)));
                aside.insert(key, bad);
            }
        }
    }
    match parse::<T>(&good) {
        Ok(mut record) => {
            record.extra_mut().extend(aside);
            Outcome::Read(record, faults)
        }
        Err(_) => Outcome::Unreadable(whole),
    }
}

/// Parts a list into the elements that can be read, if any, and those that cannot.
fn sift<T: DeserializeOwned>(needed: &Fields, key: &str, value: Value) -> (Option<Value>, Value) {
    let Value::Array(elements) = value else { return (None, value) };
    let reads =
        |element: &Value| parse_with::<T>(needed, key, Value::Array(vec![element.clone()])).is_ok();
    let (good, bad): (Vec<_>, Vec<_>) = elements.into_iter().partition(reads);
    let good = Some(good).filter(|good| !good.is_empty());
    (good.map(Value::Array), Value::Array(bad))
}

fn parse<T: DeserializeOwned>(fields: &Fields) -> Result<T, serde_json::Error> {
    serde_json::from_value(Value::Object(fields.clone()))
}

fn parse_with<T: DeserializeOwned>(
    needed: &Fields,
    key: &str,
    value: Value,
) -> Result<(), serde_json::Error> {
    let mut fields = needed.clone();
    fields.insert(key.to_owned(), value);
    parse::<T>(&fields).map(drop)
}

/// The message of `error` without the place, which is not the film's.
fn say(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rfind(" at line ").map_or_else(|| text.clone(), |end| text[..end].to_owned())
}

/// The byte of the film's text at which `error` stands.
fn offset(row: &Member<'_>, error: &serde_json::Error) -> usize {
    let lines = row.text.split_inclusive('\n').take(error.line().saturating_sub(1));
    row.span.start + lines.map(str::len).sum::<usize>()
}

/// A name as part of a JSON pointer (RFC 6901, section 3).
pub(super) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
