//! Which characters are emoji, and whether they are to be seen as pictures or as letters.

use super::fonts;
use skrifa::{FontRef, MetadataProvider as _};
use std::ops::Range;

/// Asks for the picture of the character ahead of it.
const AS_PICTURE: char = '\u{fe0f}';
/// Asks for the letter.
const AS_LETTER: char = '\u{fe0e}';
/// Joins emoji.
const JOINER: char = '\u{200d}';

/// The characters below U+1F000 that are pictures where nothing else is said (Unicode 17, `emoji-data.txt`,
/// Emoji_Presentation).
const PICTURES: [[u32; 2]; 33] = [
    [0x231a, 0x231b],
    [0x23e9, 0x23ec],
    [0x23f0, 0x23f0],
    [0x23f3, 0x23f3],
    [0x25fd, 0x25fe],
    [0x2614, 0x2615],
    [0x2648, 0x2653],
    [0x267f, 0x267f],
    [0x2693, 0x2693],
    [0x26a1, 0x26a1],
    [0x26aa, 0x26ab],
    [0x26bd, 0x26be],
    [0x26c4, 0x26c5],
    [0x26ce, 0x26ce],
    [0x26d4, 0x26d4],
    [0x26ea, 0x26ea],
    [0x26f2, 0x26f3],
    [0x26f5, 0x26f5],
    [0x26fa, 0x26fa],
    [0x26fd, 0x26fd],
    [0x2705, 0x2705],
    [0x270a, 0x270b],
    [0x2728, 0x2728],
    [0x274c, 0x274c],
    [0x274e, 0x274e],
    [0x2753, 0x2755],
    [0x2757, 0x2757],
    [0x2795, 0x2797],
    [0x27b0, 0x27b0],
    [0x27bf, 0x27bf],
    [0x2b1b, 0x2b1c],
    [0x2b50, 0x2b50],
    [0x2b55, 0x2b55],
];

/// Whether a character may be seen as an emoji: the bundled font of emoji has it, and no alphabet.
fn may_be(character: char) -> bool {
    let font = fonts::FILES.last().and_then(|file| FontRef::new(file).ok());
    u32::from(character) >= 0x2190
        && font.is_some_and(|font| font.charmap().map(character).is_some())
}

/// The family of the machine in whose colours the emoji of a text are seen; `None` where it has none.
pub(super) fn family(text: &str, wanted: bool) -> Option<String> {
    let has_some = |c: char| c == AS_PICTURE || (!c.is_ascii() && may_be(c));
    if !wanted || !text.chars().any(has_some) {
        return None;
    }
    fonts::machine()?.emoji_in_colour()
}

/// The parts of a text that say how they are to be seen, and whether as pictures: a character that a selector
/// follows, and one that is a letter where nothing is said.
pub(super) fn presented(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut last = None;
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let end = start + character.len_utf8();
        match next {
            Some(AS_PICTURE) => found.push((start..end + AS_PICTURE.len_utf8(), true)),
            Some(AS_LETTER) => found.push((start..end + AS_LETTER.len_utf8(), false)),
            _ if last != Some(JOINER) && is_letter(character, next) => {
                found.push((start..end, false));
            }
            _ => {}
        }
        last = Some(character);
    }
    found
}

/// Whether a character that may be an emoji is a letter, by itself and what follows.
fn is_letter(character: char, next: Option<char>) -> bool {
    let code = u32::from(character);
    let is_picture = || PICTURES.iter().any(|[from, to]| (*from..=*to).contains(&code));
    let is_joined = next.is_some_and(|next| next == JOINER || is_skin(next));
    code < 0x1f000 && !is_joined && may_be(character) && !is_picture()
}

/// Whether a character gives the skin of the one ahead of it.
const fn is_skin(character: char) -> bool {
    matches!(character, '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_picture_and_what_a_letter_is_said_or_known() {
        for (text, wanted) in [
            ("a☀️b", &[(1, 7, true)][..]),
            ("☀", &[(0, 3, false)]),
            ("☀︎", &[(0, 6, false)]),
            ("⚡ 😀 é 漢", &[]),
            ("👩‍⚕ ☝🏽", &[]),
            ("1️⃣", &[(0, 4, true)]),
        ] {
            let found: Vec<_> = presented(text)
                .into_iter()
                .map(|(range, is_picture)| (range.start, range.end, is_picture))
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
