//! From a file's bytes to its corrections.

use super::{Correction, edl};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The most bytes of a list.
const MOST_BYTES: usize = 16 << 20;
/// Why a file is no list.
const NONE: &str =
    "it has no ColorCorrection, as a .cc, .ccc or .cdl has, and no ASC_SOP or ASC_SAT, as an .edl";

/// Every correction of a file, in its order, whichever of the three forms it has, or of an edit decision list.
///
/// # Errors
/// Says in words why it is no list.
pub fn read(bytes: &[u8]) -> Result<Vec<Correction>, String> {
    if bytes.len() > MOST_BYTES {
        return Err("it is larger than 16 MiB, which no colour decision list is".to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| format!("it is no text: {error}"))?;
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('<') {
        let found = edl::read(text)?;
        return if found.is_empty() { Err(NONE.to_owned()) } else { Ok(found) };
    }
    let mut reader = Reader::from_str(text);
    let mut found = Found::default();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| format!("at byte {at}: {error}"))?;
        match event {
            Event::Start(start) => found.begin(&start)?,
            Event::Empty(start) => {
                found.begin(&start)?;
                found.end()?;
            }
            Event::End(_) => found.end()?,
            Event::Text(text) => {
                let words = text.decode().map_err(|error| format!("at byte {at}: {error}"))?;
                found.words.push_str(&words);
            }
            Event::GeneralRef(name) => found.words.push(letter(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    if found.all.is_empty() {
        return Err(NONE.to_owned());
    }
    Ok(found.all)
}

/// The text of an attribute, its entities as the letters that they are.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, behind) = after.split_once(';').unwrap_or(("", after));
        plain.push(letter(name.as_bytes()));
        rest = behind;
    }
    plain + rest
}

/// The letter that an entity of XML stands for.
fn letter(name: &[u8]) -> char {
    match name {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        _ => ' ',
    }
}

/// What was read so far.
#[derive(Default)]
struct Found {
    all: Vec<Correction>,
    /// The names of the elements that are open.
    open: Vec<String>,
    /// The text since the last beginning of one.
    words: String,
}

impl Found {
    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        let name = String::from_utf8_lossy(start.local_name().as_ref()).to_lowercase();
        if name == "colorcorrection" {
            let id = start.attributes().flatten().find(|it| it.key.local_name().as_ref() == b"id");
            let id = id.map(|it| plain(&String::from_utf8_lossy(&it.value)));
            self.all.push(Correction { id: id.unwrap_or_default(), ..Correction::default() });
        }
        if self.open.len() > 64 {
            return Err("its elements lie deeper than those of any list".to_owned());
        }
        self.open.push(name);
        self.words.clear();
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let name = self.open.pop().unwrap_or_default();
        let words = std::mem::take(&mut self.words);
        if !self.open.iter().any(|name| name == "colorcorrection") {
            return Ok(());
        }
        let Some(last) = self.all.last_mut() else { return Ok(()) };
        match name.as_str() {
            "slope" => last.slope = three(&name, &words, 0.0)?,
            "offset" => last.offset = three(&name, &words, f64::MIN)?,
            "power" => last.power = three(&name, &words, f64::MIN_POSITIVE)?,
            "saturation" => [last.saturation] = numbers(&name, &words, 0.0)?,
            "description" if last.description.is_empty() => {
                words.trim().clone_into(&mut last.description);
            }
            _ => {}
        }
        Ok(())
    }
}

fn three(name: &str, words: &str, least: f64) -> Result<[f64; 3], String> {
    numbers(name, words, least)
}

fn numbers<const N: usize>(name: &str, words: &str, least: f64) -> Result<[f64; N], String> {
    let number = |word: &str| word.parse().ok().filter(|it: &f64| it.is_finite() && *it >= least);
    let found = words.split_whitespace().map(number).collect::<Option<Vec<f64>>>();
    found.and_then(|found| found.try_into().ok()).ok_or_else(|| {
        let shown: String = words.trim().chars().take(40).collect();
        format!("its {name} should be {N} of numbers that the list allows, and is {shown:?}")
    })
}
