//! The rows of a list of takes: what they are sorted by, found by, and how they are told.

use crate::edit::in_order;
use crate::picture::measures::{self, First, Measure};
use crate::play::Seen;
use serde_json::{Map, Value, json};
use std::cmp::Ordering;

/// Letters of a prompt that a list shows.
const PROMPT: usize = 48;

/// A take in a list.
#[derive(Debug)]
pub(super) struct Row {
    /// What it is called there.
    pub(super) name: String,
    /// What is said of it besides: its state, its window, its note.
    pub(super) said: String,
    /// Its place in the artist's order.
    pub(super) rank: Option<u32>,
    /// The take itself.
    pub(super) seen: Seen,
    /// What programs are told besides.
    pub(super) fields: Map<String, Value>,
}

/// What a list may be sorted by.
pub(super) fn keys() -> Vec<&'static str> {
    let measures = measures::ALL.iter().map(|measure| measure.id);
    measures.chain(["seed", "name", "rank"]).collect()
}

/// Sorts by a key; what has nothing of it comes last, what is equal stays in its order.
pub(super) fn sort(rows: &mut [Row], by: Option<&str>) {
    let Some(by) = by else { return };
    let text = |row: &Row| match by {
        "name" => Some(row.name.clone()),
        _ => row.seen.media.origin.get("seed").cloned(),
    };
    match measures::named(by) {
        Some(measure) => rows.sort_by(|a, b| by_measure(measure, a, b)),
        None if by == "rank" => rows.sort_by_key(|row| row.rank.unwrap_or(u32::MAX)),
        None => rows.sort_by(|a, b| first_known(text(a), text(b), |a, b| in_order(a, b))),
    }
}

fn by_measure(measure: &Measure, a: &Row, b: &Row) -> Ordering {
    let size = |row: &Row| row.seen.measure(measure.id).map(f64::abs);
    first_known(size(a), size(b), |a, b| match measure.first {
        First::Least => a.total_cmp(b),
        First::Most => b.total_cmp(a),
    })
}

fn first_known<T>(a: Option<T>, b: Option<T>, order: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => order(&a, &b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// Whether a text has all of some words, whichever way they are spelled.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The text that a row is found by.
pub(super) fn text_of(row: &Row) -> String {
    let origin: Vec<&str> = row.seen.media.origin.values().map(String::as_str).collect();
    format!("{} {} {} {}", row.name, row.said, row.seen.path.display(), origin.join(" "))
}

/// The columns of a list: those of which any row has something, as wide as the rows need.
pub(super) struct Columns {
    name: usize,
    measures: Vec<&'static Measure>,
    /// How wide the texts are; 0: none has one.
    texts: [usize; 3],
}

/// What a list says of takes in words: `~` and a number are those that look alike.
const TEXTS: [&str; 3] = ["seed", "state", "prompt"];

impl Columns {
    /// Those of some rows.
    pub(super) fn of(rows: &[Row]) -> Self {
        let is_taken =
            |measure: &&Measure| rows.iter().any(|row| row.seen.measure(measure.id).is_some());
        let (mut name, mut texts) = (4, [0; 3]);
        for row in rows {
            name = name.max(row.name.chars().count());
            for ((wide, text), head) in texts.iter_mut().zip(texts_of(row)).zip(TEXTS) {
                let letters = text.chars().count();
                *wide = (*wide).max(if letters > 0 { letters.max(head.len()) } else { 0 });
            }
        }
        let measures = measures::ALL.iter().copied().filter(is_taken).collect();
        Self { name, measures, texts }
    }

    /// Their heads.
    pub(super) fn head(&self) -> String {
        let measures = self.measures.iter().map(|measure| format!("{:>11}", measure.id));
        self.line(["take", "size", "frames"], measures.collect(), TEXTS.map(str::to_owned))
    }

    /// A row for people.
    pub(super) fn words(&self, row: &Row) -> String {
        let media = &row.seen.media;
        let picture = media.picture.as_ref();
        let size = picture.map(|picture| format!("{}x{}", picture.width, picture.height));
        let frames = media.length.map_or_else(|| "still".to_owned(), |length| length.to_string());
        let measures = self.measures.iter().map(|measure| figure(row, measure)).collect();
        let first = [&row.name, size.as_deref().unwrap_or_default(), &frames];
        let broken = row.seen.broken.as_ref().map(|why| format!("\n      {why}"));
        self.line(first, measures, texts_of(row)) + &broken.unwrap_or_default()
    }

    fn line(
        &self,
        [name, size, frames]: [&str; 3],
        measures: String,
        texts: [String; 3],
    ) -> String {
        let wide = self.name;
        let seen = texts.into_iter().zip(self.texts).filter(|(_, wide)| *wide > 0);
        let texts: Vec<String> = seen.map(|(text, wide)| format!("  {text:wide$}")).collect();
        let texts = texts.concat();
        let line = format!("  {name:wide$} {size:>11} {frames:>7}{measures}{texts}");
        line.trim_end().to_owned()
    }
}

/// What [`TEXTS`] are of a row.
fn texts_of(row: &Row) -> [String; 3] {
    let origin = |name: &str| row.seen.media.origin.get(name).map_or("", String::as_str);
    [origin("seed").to_owned(), row.said.clone(), shortened(origin("prompt"), PROMPT)]
}

fn figure(row: &Row, measure: &Measure) -> String {
    let digits = measure.digits;
    let value = row.seen.measure(measure.id);
    value.map_or_else(|| format!("{:>11}", "-"), |value| format!("{value:>11.digits$}"))
}

/// A text on one line, at most so many letters of it.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most - 1).chain(['…']).collect()
}

/// A row for programs.
pub(super) fn object(row: &Row) -> Value {
    let Seen { media, likeness, measured, broken, path, .. } = &row.seen;
    let measured: Map<String, Value> =
        measured.iter().map(|(measure, value)| (measure.id.to_owned(), json!(value))).collect();
    let picture = media.picture.as_ref();
    let mut object = json!({
        "name": row.name, "path": path, "kind": media.kind, "frames": media.length,
        "width": picture.map(|picture| picture.width),
        "height": picture.map(|picture| picture.height),
        "origin": media.origin, "likeness": likeness.map(|likeness| likeness.to_string()),
        "measures": measured,
    });
    if let Value::Object(fields) = &mut object {
        fields.extend(broken.iter().map(|why| ("broken".to_owned(), json!(why))));
        fields.extend(row.fields.clone());
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use timeline_format::Media;
    use timeline_format::media::MediaKind;

    fn row(name: &str, seed: &str, sharpness: Option<f64>, rank: Option<u32>) -> Row {
        let mut media = Media::new(MediaKind::Still, "");
        if !seed.is_empty() {
            media.origin.insert("seed".into(), seed.into());
        }
        let measure = measures::named("sharpness").unwrap();
        let measured = sharpness.map(|value| (measure, value)).into_iter().collect();
        let path = PathBuf::from(name);
        let seen = Seen { path, media, likeness: None, measured, broken: None, small: None };
        Row { name: name.into(), said: String::new(), rank, seen, fields: Map::new() }
    }

    #[test]
    fn a_list_is_sorted_by_any_key_and_what_has_none_comes_last() {
        let mut rows = vec![
            row("a10", "", Some(3.0), Some(2)),
            row("a9", "100", None, None),
            row("b", "99", Some(7.0), Some(1)),
        ];
        for (key, order) in [
            ("sharpness", ["b", "a10", "a9"]),
            ("seed", ["b", "a9", "a10"]),
            ("name", ["a9", "a10", "b"]),
            ("rank", ["b", "a10", "a9"]),
        ] {
            sort(&mut rows, Some(key));
            assert_eq!(
                rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
                order,
                "{key}"
            );
        }
        let columns = Columns::of(&rows);
        let lists = [columns.head(), columns.words(&rows[0]), columns.words(&rows[1])];
        assert!(lists[0].ends_with("sharpness  seed"), "{lists:?}");
        assert!(lists[1].ends_with("  99") && lists[2].ends_with("3.0"), "{lists:?}");
        assert!(has_words("A Quiet harbour 99", "HARBOUR quiet"));
        assert!(!has_words("A quiet harbour", "quiet storm"));
    }
}
