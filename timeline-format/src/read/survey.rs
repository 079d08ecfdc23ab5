//! A first pass over a film's text: where its tables and records lie, and whether it is safe to read.
//!
//! It reads no values. It proves that brackets match, that nothing nests too deep and that no name
//! stands twice in one object, and it forgives a comma too many or too few between records, as a
//! merge by hand leaves them: so one damaged record costs that record.

use super::ReadError;
use std::borrow::Cow;
use std::ops::Range;

/// The deepest nesting of objects and lists.
pub(crate) const DEEPEST: usize = 64;
/// The most members of all objects, and the most separate values.
pub(crate) const MOST_VALUES: usize = 1 << 24;

/// A named value of the outermost object, or of a table in it.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    pub(crate) key: Cow<'a, str>,
    /// Where its value lies in the text.
    pub(crate) span: Range<usize>,
    pub(crate) text: &'a str,
    /// Its own members, if it is an object of the outermost object.
    pub(crate) members: Vec<Self>,
    /// Why its value cannot be kept as JSON, if so.
    pub(crate) unsound: Option<&'static str>,
}

/// What the first pass found.
#[derive(Debug)]
pub(crate) struct Survey<'a> {
    pub(crate) members: Vec<Member<'a>>,
    /// Where a comma is missing or too many.
    pub(crate) commas: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Key,
    Colon,
    Value,
    Comma,
}

#[derive(Debug)]
struct Open {
    is_object: bool,
    expect: Expect,
    after_comma: bool,
    keys_from: usize,
    value_from: usize,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    stack: Vec<Open>,
    keys: Vec<Range<usize>>,
    tables: Vec<Member<'a>>,
    rows: Vec<Member<'a>>,
    commas: Vec<usize>,
    unsound_row: Option<&'static str>,
    unsound_table: Option<&'static str>,
    values: usize,
    end: Option<usize>,
}

/// Surveys `text`, whose outermost value must be an object.
pub(crate) fn survey(text: &str) -> Result<Survey<'_>, ReadError> {
    let mut scanner = Scanner {
        text,
        at: 0,
        stack: Vec::new(),
        keys: Vec::new(),
        tables: Vec::new(),
        rows: Vec::new(),
        commas: Vec::new(),
        unsound_row: None,
        unsound_table: None,
        values: 0,
        end: None,
    };
    scanner.scan()?;
    Ok(Survey { members: scanner.tables, commas: scanner.commas })
}

impl Scanner<'_> {
    fn scan(&mut self) -> Result<(), ReadError> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            let from = self.at;
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                _ if self.end.is_some() => {
                    return self.fail(from, "the film has ended before this");
                }
                b'{' | b'[' => self.open(from, *byte == b'{')?,
                b'}' | b']' => self.close(from, *byte == b'}')?,
                b',' => self.comma(from)?,
                b':' => self.colon(from)?,
                b'"' => self.string(from)?,
                _ => self.scalar(from)?,
            }
        }
        match self.end {
            Some(_) => Ok(()),
            None => self.fail(self.at, "the text ends before the film does"),
        }
    }

    fn fail<T>(&self, at: usize, what: &str) -> Result<T, ReadError> {
        Err(ReadError::syntax(self.text, at, what))
    }

    /// Whether what stands here is read by this pass alone, so that it must be right.
    const fn is_outer(&self) -> bool {
        self.stack.len() <= 2
    }

    fn open(&mut self, from: usize, is_object: bool) -> Result<(), ReadError> {
        if self.stack.is_empty() && !is_object {
            return Err(ReadError::NotAFilm("it holds a list".into()));
        }
        self.begin_value(from)?;
        if self.stack.len() == DEEPEST {
            return Err(ReadError::too_deep(self.text, from));
        }
        let expect = if is_object { Expect::Key } else { Expect::Value };
        let keys_from = self.keys.len();
        self.stack.push(Open { is_object, expect, after_comma: false, keys_from, value_from: 0 });
        self.at += 1;
        Ok(())
    }

    fn close(&mut self, from: usize, is_object: bool) -> Result<(), ReadError> {
        let is_outer = self.is_outer();
        let Some(open) = self.stack.pop() else {
            return self.fail(from, "this closes nothing");
        };
        if open.is_object != is_object {
            return self.fail(from, "this closes what was not opened so");
        }
        if is_object && is_outer {
            match open.expect {
                Expect::Key if open.after_comma => self.commas.push(from),
                Expect::Key | Expect::Comma => {}
                Expect::Colon | Expect::Value => return self.fail(from, "a value is missing"),
            }
        }
        if is_object && !is_outer && self.has_double_key(open.keys_from) {
            self.unsound("a name stands twice in it");
        }
        self.keys.truncate(open.keys_from);
        self.at += 1;
        self.end_value()
    }

    fn comma(&mut self, from: usize) -> Result<(), ReadError> {
        self.at += 1;
        let is_outer = self.is_outer();
        let Some(open) = self.stack.last_mut().filter(|open| open.is_object) else {
            return if self.stack.is_empty() {
                self.fail(from, "a film begins with {")
            } else {
                Ok(())
            };
        };
        match open.expect {
            Expect::Comma => {
                (open.expect, open.after_comma) = (Expect::Key, true);
                Ok(())
            }
            Expect::Key if is_outer => {
                self.commas.push(from);
                Ok(())
            }
            _ if is_outer => self.fail(from, "a value is missing"),
            _ => {
                open.expect = Expect::Key;
                Ok(())
            }
        }
    }

    fn colon(&mut self, from: usize) -> Result<(), ReadError> {
        self.at += 1;
        let is_outer = self.is_outer();
        match self.stack.last_mut() {
            Some(open) if open.is_object && open.expect == Expect::Colon => {
                open.expect = Expect::Value;
                Ok(())
            }
            Some(_) if !is_outer => Ok(()),
            _ => self.fail(from, "a name in quotes is missing before the colon"),
        }
    }

    fn string(&mut self, from: usize) -> Result<(), ReadError> {
        let end = self.string_end(from)?;
        let is_outer = self.is_outer();
        if let Some(open) = self.stack.last_mut().filter(|open| open.is_object)
            && matches!(open.expect, Expect::Key | Expect::Comma)
        {
            if open.expect == Expect::Comma && is_outer {
                self.commas.push(from);
            }
            (open.expect, open.after_comma) = (Expect::Colon, false);
            self.keys.push(from..end);
            self.at = end;
            return self.count();
        }
        self.begin_value(from)?;
        self.at = end;
        self.end_value()
    }

    fn string_end(&self, from: usize) -> Result<usize, ReadError> {
        let bytes = self.text.as_bytes();
        let mut at = from + 1;
        loop {
            match bytes.get(at) {
                Some(b'"') => return Ok(at + 1),
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
                None => return self.fail(from, "this text in quotes does not end"),
            }
        }
    }

    fn scalar(&mut self, from: usize) -> Result<(), ReadError> {
        let rest = &self.text[from..];
        if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| rest.starts_with(mark)) {
            return Err(ReadError::conflict(self.text, from));
        }
        let is_end = |byte: u8| matches!(byte, b',' | b'}' | b']' | b'{' | b'[' | b'"' | b':');
        let length = rest.bytes().position(|byte| is_end(byte) || byte.is_ascii_whitespace());
        let token = &rest[..length.unwrap_or(rest.len())];
        self.begin_value(from)?;
        if token.len() > 15 && is_lossy(token) {
            self.unsound("it holds a whole number of more than 64 bits");
        }
        self.at += token.len();
        self.end_value()
    }

    fn count(&mut self) -> Result<(), ReadError> {
        self.values += 1;
        if self.values > MOST_VALUES { Err(ReadError::TooMany) } else { Ok(()) }
    }

    fn unsound(&mut self, why: &'static str) {
        self.unsound_row.get_or_insert(why);
        self.unsound_table.get_or_insert(why);
    }

    fn begin_value(&mut self, from: usize) -> Result<(), ReadError> {
        self.count()?;
        let is_outer = self.is_outer();
        match self.stack.last_mut() {
            Some(open) if open.is_object && open.expect != Expect::Value && is_outer => {
                self.fail(from, "a name in quotes is missing")
            }
            Some(open) => {
                open.value_from = from;
                Ok(())
            }
            None if self.text[from..].starts_with('{') => Ok(()),
            None => Err(ReadError::NotAFilm("it does not begin with {".into())),
        }
    }

    /// Files the value that ends here, if it is one of a table or of the film.
    fn end_value(&mut self) -> Result<(), ReadError> {
        let depth = self.stack.len();
        let Some(open) = self.stack.last_mut() else {
            self.end = Some(self.at);
            return Ok(());
        };
        if !open.is_object {
            return Ok(());
        }
        open.expect = Expect::Comma;
        if depth > 2 {
            return Ok(());
        }
        let (span, key) = (open.value_from..self.at, self.keys.last().cloned());
        let Some(key) = key else { return self.fail(span.start, "a name in quotes is missing") };
        let Ok(key) = decode(&self.text[key.clone()]) else {
            return self.fail(key.start, "this name is not well written");
        };
        let text = &self.text[span.clone()];
        let is_row = depth == 2;
        if is_row {
            let unsound = self.unsound_row.take();
            self.rows.push(Member { key, span, text, members: Vec::new(), unsound });
        } else {
            let members = std::mem::take(&mut self.rows);
            let unsound = self.unsound_table.take();
            self.unsound_row = None;
            self.tables.push(Member { key, span, text, members, unsound });
        }
        Ok(())
    }

    fn has_double_key(&self, from: usize) -> bool {
        let keys = &self.keys[from..];
        let text = |key: &Range<usize>| &self.text[key.clone()];
        if keys.len() <= 16 {
            let double =
                |(index, key)| keys[..index].iter().any(|other| same(text(other), text(key)));
            return keys.iter().enumerate().any(double);
        }
        let mut names: Vec<_> =
            keys.iter().map(|key| decode(text(key)).unwrap_or_default()).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }
}

fn same(a: &str, b: &str) -> bool {
    a == b || ((a.contains('\\') || b.contains('\\')) && decode(a).ok() == decode(b).ok())
}

fn decode(quoted: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    if quoted.contains('\\') {
        return serde_json::from_str(quoted).map(Cow::Owned);
    }
    Ok(Cow::Borrowed(&quoted[1..quoted.len() - 1]))
}

/// Whether a whole number has more than 64 bits, so that reading it would round it.
fn is_lossy(token: &str) -> bool {
    let digits = token.strip_prefix('-').unwrap_or(token);
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && token.parse::<i64>().is_err()
        && token.parse::<u64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = survey(text).unwrap();
        let shown: Vec<_> = found
            .members
            .iter()
            .map(|table| {
                let rows: Vec<_> =
                    table.members.iter().map(|row| format!("{}={}", row.key, row.text)).collect();
                format!("{}={} [{}]", table.key, table.text, rows.join(" "))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn tables_and_rows_are_found() {
        check(
            r#"{"a":1,"b":{"x":[1,{"y":2}],"z":{}}}"#,
            &["a=1 []", r#"b={"x":[1,{"y":2}],"z":{}} [x=[1,{"y":2}] z={}]"#],
        );
        check("{}", &[]);
    }

    #[test]
    fn commas_between_records_are_forgiven_and_reported() {
        let found = survey(r#"{"a":{"x":{}"y":{},},"b":1,}"#).unwrap();
        assert_eq!(found.members.len(), 2);
        assert_eq!(found.members[0].members.len(), 2);
        assert_eq!(found.commas.len(), 3);
    }

    #[test]
    fn double_names_and_huge_numbers_spoil_their_record_only() {
        let text = r#"{"t":{"a":{"k":1,"\u006b":2},"b":{"n":123456789012345678901234567890},"c":{"k":1}}}"#;
        let rows = &survey(text).unwrap().members[0].members;
        let unsound: Vec<_> = rows.iter().map(|row| row.unsound.is_some()).collect();
        assert_eq!(unsound, [true, true, false]);
    }

    #[test]
    fn what_cannot_be_told_apart_is_an_error_with_its_line() {
        for (text, line) in [
            ("", 1),
            ("{\n\"a\": {", 2),
            ("{\"a\": [}", 1),
            ("{\n\n\"a\" 1}", 3),
            ("{\"a\": }", 1),
            ("{\"a\": \"x", 1),
            ("{}\n}", 2),
            ("{1: 2}", 1),
        ] {
            let error = survey(text).unwrap_err();
            let said = error.to_string();
            assert!(said.contains(&format!("line {line}")) || text.is_empty(), "{text:?} {said}");
        }
    }
}
