//! Letters of Helvetica: how wide they are, how they are written in a PDF, and where a line ends.

/// How wide the letters from the space to the tilde are, in thousandths of their size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// How wide a letter is that is not among those: the widest of the usual ones.
const OTHER: u16 = 778;
/// Joins words that belong on one line.
pub(super) const JOINED: char = '\u{a0}';

/// How wide a letter is, in sizes.
fn width(letter: char) -> f64 {
    let place = u32::from(letter).checked_sub(32).and_then(|code| WIDTHS.get(code as usize));
    let thousandths = if letter == JOINED { 278 } else { place.copied().unwrap_or(OTHER) };
    f64::from(thousandths) / 1000.0
}

/// How wide a line is, in sizes.
fn length(line: &str) -> f64 {
    line.chars().map(width).sum()
}

/// A paragraph in lines that are at most so wide, in sizes; a word that is wider is broken.
pub(super) fn lines(words: &str, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let is_end = |letter: char| letter.is_whitespace() && letter != JOINED;
    for word in words.split(is_end).filter(|word| !word.is_empty()) {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        if let Some(joined) = joined.filter(|line| length(line) <= most) {
            lines.pop();
            lines.push(joined);
        } else {
            lines.extend(broken(word, most));
        }
    }
    lines
}

/// A word in parts that are at most so wide.
fn broken(word: &str, most: f64) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in word.chars() {
        match parts.last_mut().filter(|part| length(part) + width(letter) <= most) {
            Some(part) => part.push(letter),
            None => parts.push(letter.to_string()),
        }
    }
    parts
}

/// Words as a string of a PDF, in its code for the letters of Western Europe; what that has not is a
/// question mark.
pub(super) fn string(words: &str) -> String {
    let mut text = String::from("(");
    for letter in words.chars() {
        match letter {
            '(' | ')' | '\\' => text.extend(['\\', letter]),
            JOINED => text.push(' '),
            ' '..='~' => text.push(letter),
            _ => text += &code(letter).map_or("?".to_owned(), |code| format!("\\{code:03o}")),
        }
    }
    text + ")"
}

/// The code of a letter in WinAnsiEncoding.
fn code(letter: char) -> Option<u8> {
    match letter {
        '€' => Some(0x80),
        '…' => Some(0x85),
        '\u{2018}' => Some(0x91),
        '\u{2019}' => Some(0x92),
        '\u{201c}' => Some(0x93),
        '\u{201d}' => Some(0x94),
        '•' => Some(0x95),
        '–' => Some(0x96),
        '—' => Some(0x97),
        '\u{a1}'..='\u{ff}' => u8::try_from(u32::from(letter)).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_words_and_words_that_are_too_wide_are_broken() {
        assert_eq!(lines("one two three", 4.0), ["one two", "three"]);
        assert_eq!(lines("mmmmmm", 2.0), ["mm", "mm", "mm"]);
        assert_eq!(lines(" \n ", 2.0), Vec::<String>::new());
        assert_eq!(lines("a noise\u{a0}1.5", 4.1), ["a", "noise\u{a0}1.5"]);
        assert_eq!(lines("WW", 0.1), ["W", "W"]);
    }

    #[test]
    fn what_ends_a_string_does_not_end_it() {
        assert_eq!(string("a(b)\\ é…日\n"), "(a\\(b\\)\\\\ \\351\\205??)");
        assert_eq!(string("x\u{a0}y"), "(x y)");
    }
}
