//! The elements of a file: a tree of a bounded depth and count, without document types, entities and instructions.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The most elements of a file.
const MOST: usize = 4096;
/// The deepest that elements lie.
const DEEPEST: usize = 16;

/// An element with what it holds.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: String,
    /// The line that it begins in, from 1.
    pub(super) line: usize,
    attributes: Vec<(String, String)>,
    /// The elements within it, in their order.
    pub(super) children: Vec<Self>,
    /// The text within it, that of its children left out.
    text: String,
}

impl Element {
    /// What an attribute says.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The number that an attribute says, if it is there.
    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, String> {
        let Some(said) = self.attribute(name) else { return Ok(None) };
        let number = said.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        number.map(Some).ok_or_else(|| format!("its {name} should be a number, and is {:?}", cut(said)))
    }

    /// The elements within it of this name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first one within it of this name, if there is one.
    pub(super) fn maybe(&self, name: &str) -> Option<&Self> {
        self.all(name).next()
    }

    /// The first one within it of this name.
    pub(super) fn one(&self, name: &str) -> Result<&Self, String> {
        self.maybe(name).ok_or_else(|| format!("it has no {name}"))
    }

    /// Whole numbers that an attribute says, so many at least and at most.
    pub(super) fn sizes(&self, name: &str, count: usize) -> Result<Vec<usize>, String> {
        let said = self.attribute(name).unwrap_or_default();
        let sizes = said.split_whitespace().map(|word| word.parse().ok()).collect::<Option<Vec<_>>>();
        sizes.filter(|sizes| sizes.len() == count).ok_or_else(|| {
            format!("the {name} of its {} should be {count} sizes, and is {:?}", self.name, cut(said))
        })
    }

    /// So many numbers of its text.
    pub(super) fn numbers(&self, count: usize) -> Result<Vec<f64>, String> {
        let wrong = |word: &str| {
            format!("line {}: its {} should be {count} numbers, and has {word}", self.line, self.name)
        };
        let mut numbers = Vec::with_capacity(count.min(1 << 16));
        for word in self.text.split_whitespace() {
            let number = word.parse::<f64>().map_err(|_not| wrong(&format!("{:?}", cut(word))))?;
            if numbers.len() == count {
                return Err(wrong("more"));
            }
            numbers.push(number);
        }
        let found = numbers.len();
        (found == count).then_some(numbers).ok_or_else(|| wrong(&found.to_string()))
    }

    /// So many numbers of its text, none of them without an end.
    pub(super) fn finite<const N: usize>(&self) -> Result<[f64; N], String> {
        let numbers = self.numbers(N)?;
        let held = numbers.try_into().ok().filter(|numbers: &[f64; N]| numbers.iter().all(|it| it.is_finite()));
        held.ok_or_else(|| format!("its {} should be {N} numbers that have an end", self.name))
    }

    /// Its name as far as it can be shown.
    pub(super) fn shown_name(&self) -> String {
        cut(&self.name)
    }
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The root of a file's text.
///
/// # Errors
/// Says in words, with the line, what is no plain XML.
pub(super) fn read(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut tree = Tree { lines: Lines { text, at: 0, line: 1 }, ..Tree::default() };
    loop {
        let at = reader.buffer_position() as usize;
        let line = tree.lines.line_of(at);
        let wrong = |why: &dyn std::fmt::Display| format!("line {line}: {why}");
        match reader.read_event().map_err(|error| wrong(&error))? {
            Event::Start(start) => tree.begin(&start, line).map_err(|why| wrong(&why))?,
            Event::Empty(start) => {
                tree.begin(&start, line).map_err(|why| wrong(&why))?;
                tree.end();
            }
            Event::End(_) => tree.end(),
            Event::Text(words) => tree.say(&words.decode().map_err(|error| wrong(&error))?),
            Event::CData(words) => tree.say(&words.decode().map_err(|error| wrong(&error))?),
            Event::GeneralRef(_) => tree.say("&"),
            Event::DocType(_) => return Err(wrong(&"it has a document type, and a CLF has none")),
            Event::Eof if tree.open.is_empty() => break,
            Event::Eof => {
                let name = tree.open.last().map(Element::shown_name).unwrap_or_default();
                return Err(wrong(&format!("it ends within {name}")));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    tree.root.ok_or_else(|| "it has no element: it is no CLF".to_owned())
}

/// What was read so far.
#[derive(Debug, Default)]
struct Tree<'a> {
    lines: Lines<'a>,
    root: Option<Element>,
    open: Vec<Element>,
    count: usize,
}

impl Tree<'_> {
    fn begin(&mut self, start: &BytesStart<'_>, line: usize) -> Result<(), String> {
        self.count += 1;
        if self.count > MOST || self.open.len() >= DEEPEST {
            let words = "elements, or elements deeper than";
            return Err(format!("it has more than {MOST} {words} {DEEPEST}, as no CLF has"));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err("it has a second root".to_owned());
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            attributes.push((text(attribute.key.local_name().as_ref()), text(&attribute.value)));
        }
        let name = text(start.local_name().as_ref());
        self.open.push(Element { name, line, attributes, ..Element::default() });
        Ok(())
    }

    fn say(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(words);
        }
    }

    fn end(&mut self) {
        let Some(done) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(done),
            None => self.root = Some(done),
        }
    }
}

/// Which line a byte lies in, asked for from front to back.
#[derive(Debug, Default)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_of(&mut self, byte: usize) -> usize {
        let passed = self.text.as_bytes().get(self.at..byte).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = byte.max(self.at);
        self.line
    }
}
