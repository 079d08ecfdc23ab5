//! Lines of credits: what is done on one side of a tab, who did it on the other.

/// A line of credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns<'a> {
    /// In the middle.
    One(&'a str),
    /// On both sides of the middle.
    Two(&'a str, &'a str),
}

/// The lines of a text.
pub(crate) fn columns(text: &str) -> impl Iterator<Item = Columns<'_>> {
    text.split('\n').map(|line| match line.split_once('\t') {
        Some((left, right)) => Columns::Two(left.trim(), right.trim()),
        None => Columns::One(line.trim_end_matches('\r')),
    })
}
