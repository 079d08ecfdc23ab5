//! Marks of other programs in the text of a cue: taken for ours, or taken out.

use timeline_format::caption::{CueAlign, CuePlace};

/// A text whose tags (`<font ...>`, `<c.loud>`) are given to `keep`: what stands for each instead.
pub(super) fn tags(text: &str, mut keep: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = rest.find('>').map(|end| &rest[..=end]);
        let kept = tag.and_then(|tag| keep(tag).map(|kept| (tag, kept)));
        let (tag, kept) = kept.unwrap_or_else(|| ("<", "<".to_owned()));
        out.push_str(&kept);
        rest = &rest[tag.len()..];
    }
    out.push_str(rest);
    out
}

/// The name of a tag without its brackets, its slash and what follows: `font` of `</font>`.
pub(super) fn name(tag: &str) -> String {
    let inner = tag.trim_matches(['<', '>', '/']);
    inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// What the `{\an8}` of a cue says of its place; the text without such marks.
pub(super) fn placed(text: &str) -> (String, CueAlign, CuePlace) {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    let (mut align, mut place) = (CueAlign::default(), CuePlace::default());
    while let Some(at) = rest.find("{\\") {
        let Some(end) = rest[at..].find('}') else { break };
        out.push_str(&rest[..at]);
        let number = rest[at..at + end].strip_prefix("{\\an").and_then(|n| n.parse::<u8>().ok());
        if let Some(number @ 1..=9) = number {
            align =
                [CueAlign::Left, CueAlign::Centre, CueAlign::Right][usize::from((number - 1) % 3)];
            place =
                [CuePlace::Bottom, CuePlace::Middle, CuePlace::Top][usize::from((number - 1) / 3)];
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    (out, align, place)
}

/// `{\an8}` for a place that is not the usual one.
pub(super) fn place_mark(align: CueAlign, place: CuePlace) -> String {
    let row = match place {
        CuePlace::Bottom => 0,
        CuePlace::Middle => 3,
        CuePlace::Top => 6,
    };
    let column = match align {
        CueAlign::Left => 1,
        CueAlign::Centre => 2,
        CueAlign::Right => 3,
    };
    if row + column == 2 { String::new() } else { format!("{{\\an{}}}", row + column) }
}
