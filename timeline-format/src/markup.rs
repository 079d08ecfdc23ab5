//! Text with the little markup that captions and titles share: `<b>`, `<i>`, `<u>`, and their ends.
//!
//! Anything else between angle brackets is text.

use std::ops::Range;

/// A part of a text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Styled {
    /// The bytes of the plain text.
    pub range: Range<usize>,
    /// `<b>`
    pub bold: bool,
    /// `<i>`
    pub italic: bool,
    /// `<u>`
    pub underline: bool,
}

/// The marks, and what they switch.
const MARKS: [(&str, usize, bool); 6] = [
    ("<b>", 0, true),
    ("</b>", 0, false),
    ("<i>", 1, true),
    ("</i>", 1, false),
    ("<u>", 2, true),
    ("</u>", 2, false),
];

/// The mark that a text begins with: its length, what it switches, and whether on.
fn mark(text: &str) -> Option<(usize, usize, bool)> {
    let starts =
        |mark: &str| text.get(..mark.len()).is_some_and(|own| own.eq_ignore_ascii_case(mark));
    let found = MARKS.into_iter().find(|(mark, ..)| starts(mark));
    found.map(|(mark, which, on)| (mark.len(), which, on))
}

/// A text without its marks, and its parts that have a style.
pub fn parse(text: &str) -> (String, Vec<Styled>) {
    let mut plain = String::with_capacity(text.len());
    let (mut parts, mut depth, mut start) = (Vec::new(), [0_usize; 3], 0);
    let mut rest = text;
    while !rest.is_empty() {
        let Some((length, which, on)) = mark(rest) else {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let next = rest[first..].find('<').map_or(rest.len(), |at| at + first);
            plain.push_str(&rest[..next]);
            rest = &rest[next..];
            continue;
        };
        push(&mut parts, start..plain.len(), depth);
        start = plain.len();
        depth[which] = if on { depth[which] + 1 } else { depth[which].saturating_sub(1) };
        rest = &rest[length..];
    }
    push(&mut parts, start..plain.len(), depth);
    (plain, parts)
}

fn push(parts: &mut Vec<Styled>, range: Range<usize>, [bold, italic, underline]: [usize; 3]) {
    let [bold, italic, underline] = [bold > 0, italic > 0, underline > 0];
    if !range.is_empty() && (bold || italic || underline) {
        parts.push(Styled { range, bold, italic, underline });
    }
}

/// A text without its marks.
pub fn plain(text: &str) -> String {
    parse(text).0
}

/// A text whose marks are kept, and every other run of it changed.
pub fn map_text(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        if let Some((length, ..)) = mark(&text[at..]) {
            out.push_str(&change(&text[from..at]));
            out.push_str(&text[at..at + length].to_ascii_lowercase());
            at += length;
            from = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out.push_str(&change(&text[from..]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> String {
        let (plain, parts) = parse(text);
        let shown = parts.iter().map(|part| {
            let marks = [(part.bold, "b"), (part.italic, "i"), (part.underline, "u")];
            let marks: String = marks.iter().filter(|(is_on, _)| *is_on).map(|(_, m)| *m).collect();
            format!(" {marks}:{}", &plain[part.range.clone()])
        });
        let shown: String = shown.collect();
        format!("{plain}{shown}")
    }

    #[test]
    fn marks_are_taken_out_and_the_rest_is_text() {
        assert_eq!(drawn("a <b>b <I>c</i></b> d"), "a b c d b:b  bi:c");
        assert_eq!(drawn("1 < 2 <x> <3 é<"), "1 < 2 <x> <3 é<");
        assert_eq!(drawn("<i>open"), "open i:open");
        assert_eq!(drawn("é<b>אב</b>חד"), "éאבחד b:אב");
        assert_eq!(drawn("</i></b>x<b></b>"), "x");
        assert_eq!(drawn(""), "");
        assert_eq!(map_text("<B>a&</b>&", |run| run.replace('&', "+")), "<b>a+</b>+");
    }
}
