//! What an import or an export could not carry over, in few words.

use super::output::Output;
use crate::interchange::{Note, NoteKind};
use std::collections::BTreeMap;

/// How many notes of the same words are told one by one.
const ONE_BY_ONE: usize = 3;

/// Tells notes: to programs all of them, to people the first few of the same words and how many
/// more there are.
pub(super) fn tell(notes: &[Note], output: Output) {
    let mut all: BTreeMap<(&str, NoteKind), usize> = BTreeMap::new();
    for note in notes {
        *all.entry((&note.text, note.kind)).or_default() += 1;
    }
    let mut told: BTreeMap<(&str, NoteKind), usize> = BTreeMap::new();
    for note in notes {
        let like = (note.text.as_str(), note.kind);
        let nth = told.entry(like).or_default();
        *nth += 1;
        let more = all.get(&like).map_or(0, |count| count.saturating_sub(ONE_BY_ONE));
        if output.is_json() || *nth <= ONE_BY_ONE || more == 1 {
            output.note(note);
        } else if *nth == ONE_BY_ONE + 1 {
            output.note(format_args!("... and {more} more: {} ({})", note.text, note.kind));
        }
    }
    if !output.is_json() && notes.iter().any(|note| note.kind == NoteKind::Kept) {
        output.note("What is kept aside has no effect here, and stays in the file.");
    }
}

/// How much was not carried over as it was.
pub(super) fn words(notes: &[Note]) -> String {
    let kinds = [NoteKind::Guessed, NoteKind::Kept, NoteKind::Changed, NoteKind::Dropped];
    let counts = kinds.map(|kind| (notes.iter().filter(|note| note.kind == kind).count(), kind));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = counts.map(|(count, kind)| format!("{count} {kind}")).collect();
    if words.is_empty() { "all of it carried over".to_owned() } else { words.join(", ") }
}
