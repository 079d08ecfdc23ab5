//! The marks in braces of SubStation Alpha's texts, as those of the document; what it has no words for is told.

use super::ass::stand;
use std::collections::BTreeMap;
use timeline_format::Problem;
use timeline_format::caption::{CueAlign, CuePlace};

/// How letters look and where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Look {
    /// Bold, italic, underlined.
    pub(super) faces: [bool; 3],
    /// How lines stand.
    pub(super) align: CueAlign,
    /// How high they are.
    pub(super) place: CuePlace,
}

/// What could not be kept: how often, and the first line that says it.
#[derive(Debug, Default)]
pub(super) struct Lost(BTreeMap<String, (usize, usize)>);

impl Lost {
    /// Notes something of a line.
    pub(super) fn add(&mut self, what: &str, line: usize) {
        self.0.entry(what.to_owned()).or_insert((0, line)).0 += 1;
    }

    /// A problem for each kind of what is lost.
    pub(super) fn problems(&self) -> impl Iterator<Item = Problem> + '_ {
        self.0.iter().map(|(what, (count, line))| {
            let words = format!("{what} are not kept: {count} of them, the first in line {line}");
            let problem = Problem::warning("captions-style", words);
            problem.remedy("give the captions their look with `roomtone captions FILM set`")
        })
    }
}

/// The tags that are known but not kept, in words. The longer ones come ahead of those they begin with.
const OTHERS: [(&str, &str); 34] = [
    ("1c", "colours (\\c)"),
    ("2c", "colours (\\c)"),
    ("3c", "colours (\\c)"),
    ("4c", "colours (\\c)"),
    ("clip", "clips (\\clip)"),
    ("iclip", "clips (\\clip)"),
    ("c", "colours (\\c)"),
    ("1a", "transparencies (\\alpha)"),
    ("2a", "transparencies (\\alpha)"),
    ("3a", "transparencies (\\alpha)"),
    ("4a", "transparencies (\\alpha)"),
    ("alpha", "transparencies (\\alpha)"),
    ("bord", "outlines (\\bord)"),
    ("xbord", "outlines (\\bord)"),
    ("ybord", "outlines (\\bord)"),
    ("blur", "blurs (\\blur)"),
    ("be", "blurs (\\blur)"),
    ("shad", "shadows (\\shad)"),
    ("xshad", "shadows (\\shad)"),
    ("yshad", "shadows (\\shad)"),
    ("fade", "fades (\\fad)"),
    ("fad", "fades (\\fad)"),
    ("fax", "shears (\\fax)"),
    ("fay", "shears (\\fax)"),
    ("fr", "rotations (\\fr)"),
    ("fsc", "scales (\\fscx)"),
    ("fsp", "letter spacings (\\fsp)"),
    ("fs", "sizes (\\fs)"),
    ("fn", "fonts (\\fn)"),
    ("pos", "positions (\\pos)"),
    ("move", "moves (\\move)"),
    ("org", "origins (\\org)"),
    ("t(", "animations (\\t)"),
    ("k", "karaoke times (\\k)"),
];

/// A text as it is built.
struct Builder<'a> {
    out: String,
    look: Look,
    /// What is open, in its order.
    open: Vec<usize>,
    style: Look,
    styles: &'a BTreeMap<String, Look>,
    /// Whether what follows is a drawing.
    draws: bool,
}

const NAMES: [&str; 3] = ["b", "i", "u"];

/// The document's text of an event's, and how it looks and stands at its end; `line` is the event's.
pub(super) fn marked(
    text: &str,
    (style, styles): (Look, &BTreeMap<String, Look>),
    old: impl Fn(u8) -> (CueAlign, CuePlace),
    (lost, line): (&mut Lost, usize),
) -> (String, Look) {
    let (look, out, open) = (style, String::new(), Vec::new());
    let mut builder = Builder { out, look, open, style, styles, draws: false };
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '{'
            && let Some(end) = rest.find('}')
        {
            for tag in tags(&rest[1..end]) {
                if let Err(what) = builder.tag(tag, &old) {
                    lost.add(&what, line);
                }
            }
            rest = &rest[end + 1..];
            continue;
        }
        let (taken, character) = escape(rest).unwrap_or((first.len_utf8(), first));
        rest = &rest[taken..];
        builder.letter(character);
    }
    builder.faces([false; 3]);
    (builder.out, builder.look)
}

/// A character that two stand for, and their bytes.
fn escape(text: &str) -> Option<(usize, char)> {
    let next = text.strip_prefix('\\')?.chars().next()?;
    let character = match next {
        'N' | 'n' => '\n',
        'h' => '\u{a0}',
        '{' | '}' => next,
        '\u{2060}' => '\\',
        _ => return None,
    };
    Some((1 + next.len_utf8(), character))
}

/// The tags of a block: what follows each backslash that is in no parentheses.
fn tags(block: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), None, 0_usize);
    for (at, character) in block.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\\' if depth == 0 => {
                found.extend(start.map(|start| block[start..at].trim()));
                start = Some(at + 1);
            }
            _ => {}
        }
    }
    found.extend(start.map(|start| block[start..].trim()));
    found
}

impl Builder<'_> {
    /// Does what a tag says; what it is, where the document has no words for it.
    fn tag(&mut self, tag: &str, old: impl Fn(u8) -> (CueAlign, CuePlace)) -> Result<(), String> {
        let number = |rest: &str| rest.trim().parse::<u16>().ok();
        if let Some(at @ 1..=9) = tag.strip_prefix("an").and_then(number) {
            (self.look.align, self.look.place) = stand(at as u8, false);
        } else if let Some(at @ 1..=11) = tag.strip_prefix('a').and_then(number) {
            (self.look.align, self.look.place) = old(at as u8);
        } else if let Some(rest) = tag.strip_prefix('r') {
            let style = self.styles.get(rest.trim()).copied();
            self.look.faces = style.unwrap_or(self.style).faces;
        } else if let Some((index, value)) = face(tag) {
            self.look.faces[index] = value.unwrap_or(self.style.faces[index]);
        } else if let Some(size) = tag.strip_prefix('p').and_then(number) {
            self.draws = size > 0;
            return if self.draws { Err("drawings (\\p)".to_owned()) } else { Ok(()) };
        } else if let Some((_, words)) = other(tag) {
            return Err((*words).to_owned());
        } else if !matches!(tag.chars().next(), None | Some('q')) {
            let name: String = tag.chars().take_while(char::is_ascii_alphabetic).take(12).collect();
            return Err(format!("marks called \\{name}"));
        }
        Ok(())
    }

    fn letter(&mut self, character: char) {
        if !self.draws {
            self.faces(self.look.faces);
            self.out.push(character);
        }
    }

    /// Opens and closes marks until letters have these faces.
    fn faces(&mut self, wanted: [bool; 3]) {
        while let Some(at) = self.open.iter().position(|index| !wanted[*index]) {
            let closed = self.open.split_off(at);
            closed.iter().rev().for_each(|index| self.out.extend(["</", NAMES[*index], ">"]));
        }
        for index in (0..3).filter(|index| wanted[*index]) {
            if !self.open.contains(&index) {
                self.out.extend(["<", NAMES[index], ">"]);
                self.open.push(index);
            }
        }
    }
}

/// The face that a tag switches, and whether on; `None` for as the style has it.
fn face(tag: &str) -> Option<(usize, Option<bool>)> {
    let index = NAMES.iter().position(|name| tag.starts_with(name))?;
    let rest = tag[1..].trim();
    if rest.is_empty() {
        return Some((index, None));
    }
    let number: u16 = rest.parse().ok()?;
    Some((index, Some(if index == 0 && number > 1 { number >= 600 } else { number > 0 })))
}

fn other(tag: &str) -> Option<&'static (&'static str, &'static str)> {
    OTHERS.iter().find(|(start, _)| tag.to_ascii_lowercase().starts_with(start))
}
