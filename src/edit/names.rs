//! What the names of files say: which word is the shot's, and what only tells its takes apart.

use std::cmp::Ordering;

/// Words that say nothing of a shot where they are all there is.
const PLAIN: &[&str] =
    &["frame", "frames", "image", "images", "img", "out", "output", "pic", "picture", "render"];
/// Words that count takes, with a number fused to them or behind them.
const TAKE: &[&str] = &["take", "takes", "tk", "seed", "version", "ver", "v", "t"];
/// Words that say which shot it is, so that the number at them is the shot's.
const SHOT: &[&str] = &["shot", "sh", "scene", "sc", "sequence", "seq"];
/// Words that a copy has.
const COPY: &[&str] = &["copy", "kopie", "copie", "final"];

/// The name of the shot that a file of takes is of: its path's last part that says anything, without
/// ending, numbers of takes, seeds and versions. `a/harbour_take03.png` is of `harbour`, and so is
/// `harbour/0003.png`.
pub(super) fn shot_name(path: &str) -> String {
    let parts = path.rsplit(['/', '\\']).enumerate();
    let names = parts.map(|(nth, part)| if nth == 0 { without_ending(part) } else { part });
    let mut words = names.map(words_of_shot).filter(|words| !words.is_empty());
    words.next().unwrap_or_default().join(" ")
}

fn without_ending(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn words_of_shot(name: &str) -> Vec<String> {
    let is_between = |letter: char| !letter.is_alphanumeric();
    let words = name.split(is_between).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    while let Some(shorter) = without_take(&words) {
        words = shorter;
    }
    if words.iter().all(|word| PLAIN.contains(&word.as_str())) { Vec::new() } else { words }
}

/// The words without the last of them that tells takes apart; `None` where the last is the shot's.
fn without_take(words: &[String]) -> Option<Vec<String>> {
    let (last, before) = words.split_last()?;
    let word = last.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_of_shot = before.last().is_some_and(|word| SHOT.contains(&word.as_str()));
    if SHOT.contains(&word) || (word.is_empty() && is_of_shot) {
        return None;
    }
    let counts = word.is_empty() || TAKE.contains(&word) || COPY.contains(&word);
    if counts {
        return Some(before.to_vec());
    }
    let fused = word.len() < last.len() && word.chars().count() > 1;
    fused.then(|| [before, &[word.to_owned()]].concat())
}

/// The order of names in which 9 comes before 10; then that of their bytes.
pub fn in_order(a: &str, b: &str) -> Ordering {
    pieces(a).cmp(pieces(b)).then_with(|| a.cmp(b))
}

/// A part of a name: a number, or what is none.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'a> {
    /// Digits without zeros before them: the longer is the larger.
    Number(usize, &'a str),
    Text(String),
}

fn pieces(name: &str) -> impl Iterator<Item = Piece<'_>> {
    let is_digit = |letter: &u8| letter.is_ascii_digit();
    let runs = name.as_bytes().chunk_by(move |a, b| is_digit(a) == is_digit(b));
    let mut at = 0;
    runs.map(move |run| {
        let text = &name[at..at + run.len()];
        at += run.len();
        if run.first().is_some_and(u8::is_ascii_digit) {
            let number = text.trim_start_matches('0');
            Piece::Number(number.len(), number)
        } else {
            Piece::Text(text.to_lowercase())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_what_counts_takes_is_the_shot() {
        for (path, name) in [
            ("harbour_take03.png", "harbour"),
            ("rushes/Harbour-12.PNG", "harbour"),
            ("harbour_v2_00017_.png", "harbour"),
            ("harbour wide (3).jpg", "harbour wide"),
            ("harbour_seed_90210.webp", "harbour"),
            ("harbour7.mp4", "harbour"),
            ("harbour.####.exr", "harbour"),
            ("harbour/0003.png", "harbour"),
            ("harbour/take_04/frame.####.png", "harbour"),
            ("shot_010_take_2.png", "shot 010"),
            ("sh020.png", "sh020"),
            ("sh020-t3.png", "sh020"),
            ("ComfyUI_00042_.png", "comfyui"),
            ("0003.png", ""),
        ] {
            assert_eq!(shot_name(path), name, "{path}");
        }
    }

    #[test]
    fn nine_comes_before_ten() {
        let mut names = ["a10.png", "a9.png", "b1", "a09.png", "A9b.png", "é2", "a.png"];
        names.sort_by(|a, b| in_order(a, b));
        assert_eq!(names, ["a09.png", "a9.png", "A9b.png", "a10.png", "a.png", "b1", "é2"]);
    }
}
