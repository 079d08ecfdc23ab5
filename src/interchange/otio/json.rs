//! JSON as OTIO files hold it: with `NaN`, infinities and whole numbers of any size.
//!
//! What standard JSON cannot say becomes `{"$number": "NaN"}` (the token as text), so that it
//! survives in a film, and is written back as it was. What is nested so deep that a film's own text
//! could not hold it becomes `{"$json": "..."}`.

use crate::interchange::Error;
use serde_json::{Map, Number, Value};
use std::fmt::Write as _;

/// How deep objects and lists may be nested.
pub(super) const DEEPEST: usize = 1024;

/// How deep a value may be that a film keeps as it is.
const DEEPEST_KEPT: usize = 48;

const NUMBER: &str = "$number";
const JSON: &str = "$json";

/// Reads `bytes`; what is no UTF-8 is replaced.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, Error> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut parser = Parser { text, at: 0, depth: 0 };
    let value = parser.value()?;
    parser.space();
    if parser.at < text.len() { parser.fail("there is more after the end") } else { Ok(value) }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Value, Error> {
        self.space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => Ok(Value::String(self.string()?)),
            Some(_) => self.word(),
            None => self.fail("the text ends here, in the middle"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Error>) -> Result<Value, Error> {
        if self.depth == DEEPEST {
            return self.fail("objects are nested deeper than 1024");
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, Error> {
        let mut map = Map::new();
        if self.takes(b'}') {
            return Ok(Value::Object(map));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return self.fail("a name in quotes is missing here");
            }
            let name = self.string()?;
            if !self.takes(b':') {
                return self.fail("a colon is missing here");
            }
            let value = self.value()?;
            map.insert(name, value);
            if self.takes(b'}') {
                return Ok(Value::Object(map));
            }
            if !self.takes(b',') {
                return self.fail("a comma or the end of the object is missing here");
            }
        }
    }

    fn list(&mut self) -> Result<Value, Error> {
        let mut list = Vec::new();
        if self.takes(b']') {
            return Ok(Value::Array(list));
        }
        loop {
            list.push(self.value()?);
            if self.takes(b']') {
                return Ok(Value::Array(list));
            }
            if !self.takes(b',') {
                return self.fail("a comma or the end of the list is missing here");
            }
        }
    }

    fn string(&mut self) -> Result<String, Error> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(end) = rest.find(['"', '\\']) else {
                return self.fail("a text does not end");
            };
            string.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' {
                return Ok(string);
            }
            string.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, Error> {
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            Some(mark @ (b'"' | b'\\' | b'/')) => char::from(mark),
            _ => {
                self.at -= 1;
                return self.fail("this is no escape in a text");
            }
        })
    }

    /// After `\u`: a code unit, or two that are a pair; one half of a pair is replaced.
    fn unicode(&mut self) -> Result<char, Error> {
        let first = self.unit()?;
        if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            let start = self.at;
            self.at += 2;
            let second = self.unit()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = start;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Result<u32, Error> {
        let digits = self.text.get(self.at..self.at + 4);
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => self.fail("four hexadecimal digits are missing here"),
        }
    }

    fn word(&mut self) -> Result<Value, Error> {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ if is_special(word) => special(word),
            _ => match number(word) {
                Some(value) => value,
                None => return self.fail("this is no value"),
            },
        };
        self.at += length;
        Ok(value)
    }

    fn takes(&mut self, wanted: u8) -> bool {
        self.space();
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn space(&mut self) {
        let rest = self.text[self.at..].trim_start_matches([' ', '\t', '\n', '\r']);
        self.at = self.text.len() - rest.len();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fail<T>(&self, what: &str) -> Result<T, Error> {
        let mut end = self.at.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
        Err(Error::Form { line, column, what: what.to_owned() })
    }
}

fn is_special(word: &str) -> bool {
    matches!(word.trim_start_matches(['-', '+']), "NaN" | "nan" | "Inf" | "inf" | "Infinity")
}

fn special(word: &str) -> Value {
    Value::Object(Map::from_iter([(NUMBER.to_owned(), Value::String(word.to_owned()))]))
}

fn number(word: &str) -> Option<Value> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let whole = word.parse::<i64>().map(Number::from);
        let whole = whole.or_else(|_| word.parse::<u64>().map(Number::from));
        return Some(whole.map_or_else(|_| special(word), Value::Number));
    }
    let float = word.parse::<f64>().ok()?;
    Some(Number::from_f64(float).map_or_else(|| special(word), Value::Number))
}

/// The number that `value` is, infinities, `NaN` and huge whole numbers included.
pub(super) fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::Object(map) if map.len() == 1 => map.get(NUMBER)?.as_str()?.parse().ok(),
        _ => None,
    }
}

/// `value` as a film can keep it: what is nested too deep becomes text.
pub(super) fn pack(value: &Value) -> Value {
    pack_within(value, DEEPEST_KEPT)
}

fn pack_within(value: &Value, left: usize) -> Value {
    match value {
        Value::Object(_) | Value::Array(_) if left == 0 => {
            let text = Value::String(print(value, None));
            Value::Object(Map::from_iter([(JSON.to_owned(), text)]))
        }
        Value::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), pack_within(value, left - 1))).collect()
        }
        Value::Array(list) => list.iter().map(|value| pack_within(value, left - 1)).collect(),
        plain => plain.clone(),
    }
}

/// `value` as text, four spaces a level, with what [`parse`] and [`pack`] stand for put back.
pub(super) fn text(value: &Value) -> String {
    let mut text = print(value, Some(0));
    text.push('\n');
    text
}

/// `value` as text on one line: equal values have equal text.
pub(super) fn line(value: &Value) -> String {
    print(value, None)
}

fn print(value: &Value, indent: Option<usize>) -> String {
    let mut text = String::new();
    write_value(&mut text, value, indent);
    text
}

fn write_value(text: &mut String, value: &Value, indent: Option<usize>) {
    match value {
        Value::Object(map) => {
            if let Some(raw) = packed(map) {
                text.push_str(&raw);
                return;
            }
            let quoted = |name: &String| format!("{}: ", Value::String(name.clone()));
            let entries = map.iter().map(|(name, value)| (quoted(name), value));
            write_nested(text, ['{', '}'], entries, indent);
        }
        Value::Array(list) => {
            let entries = list.iter().map(|value| (String::new(), value));
            write_nested(text, ['[', ']'], entries, indent);
        }
        plain => {
            let _written = write!(text, "{plain}");
        }
    }
}

fn packed(map: &Map<String, Value>) -> Option<String> {
    let (name, value) = map.iter().next().filter(|_| map.len() == 1)?;
    let raw = value.as_str()?;
    match name.as_str() {
        NUMBER if is_special(raw) || number(raw).is_some() => Some(raw.to_owned()),
        JSON => parse(raw.as_bytes()).ok().map(|value| line(&value)),
        _ => None,
    }
}

fn write_nested<'a>(
    text: &mut String,
    [open, close]: [char; 2],
    entries: impl Iterator<Item = (String, &'a Value)>,
    indent: Option<usize>,
) {
    text.push(open);
    let mut is_empty = true;
    let inner = indent.map(|level| level + 1);
    for (name, value) in entries {
        text.push_str(if is_empty { "" } else { "," });
        is_empty = false;
        new_line(text, inner);
        text.push_str(&name);
        write_value(text, value, inner);
    }
    if !is_empty {
        new_line(text, indent);
    }
    text.push(close);
}

fn new_line(text: &mut String, indent: Option<usize>) {
    if let Some(level) = indent {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', level * 4));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_cannot_say_comes_back_as_it_was() {
        for text in [
            "[NaN,Inf,-Infinity,Infinity]",
            "170141183460469231731687303715884105728",
            "-57896044618658097711785492504343953926634992332820282019728792003956564819968",
            r#"{"a": 1.1,"b": [],"c": {},"d": 1e999}"#,
            "24.0",
            "[18446744073709551615,-9223372036854775808]",
        ] {
            assert_eq!(line(&parse(text.as_bytes()).unwrap()), text);
        }
        assert!(float(&parse(b"NaN").unwrap()).unwrap().is_nan());
        assert_eq!(float(&parse(b"-Inf").unwrap()), Some(f64::NEG_INFINITY));
    }

    #[test]
    fn strict_json_reads_as_it_does_elsewhere() {
        let text = r#" {"a" : [1, -2.5e3, true, null, "\u00e4\ud83d\ude00\n\"\\\/ x"], "b": {}} "#;
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(parse(text.as_bytes()).unwrap(), expected);
        assert_eq!(parse(super::text(&expected).as_bytes()).unwrap(), expected);
    }

    #[test]
    fn broken_text_is_refused_at_its_place() {
        for (text, line, column) in [
            ("", 1, 1),
            ("{\n \"a\" 1}", 2, 6),
            ("[1,\n2", 2, 2),
            ("\"ab", 1, 2),
            ("[\"\\u12\"]", 1, 5),
            ("nul", 1, 1),
            ("1 2", 1, 3),
            ("\"\\", 1, 3),
        ] {
            match parse(text.as_bytes()).unwrap_err() {
                Error::Form { line: l, column: c, .. } => assert_eq!((l, c), (line, column), "{text}"),
                other => panic!("{other}"),
            }
        }
        let deep = "[".repeat(1_000_000);
        assert!(parse(deep.as_bytes()).unwrap_err().to_string().contains("deeper"));
    }

    #[test]
    fn what_is_too_deep_for_a_film_is_kept_as_text() {
        let deep = format!("{}NaN{}", "[".repeat(200), "]".repeat(200));
        let value = parse(deep.as_bytes()).unwrap();
        let kept = pack(&value);
        let plain = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&plain).unwrap(), kept);
        assert_eq!(line(&kept), deep);
    }
}
