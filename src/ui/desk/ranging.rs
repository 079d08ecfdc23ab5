//! A range by the keyboard: it goes from where it was begun to the playhead, and what lies in it is chosen.

use super::{Desk, Viewer};

/// A range that is being drawn out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    /// Where it was begun.
    anchor: i64,
    /// Where the playhead was left.
    at: i64,
}

impl Desk {
    /// Goes somewhere, and marks what lies between there and where the range was begun. A range goes on
    /// where the playhead was left and the marks are those that it made; else another begins.
    pub(in crate::ui) fn extend(&mut self, go: impl FnOnce(&mut Self)) {
        self.focus_on(Viewer::Program);
        let from = self.position();
        let goes_on = |range: &Range| {
            let (start, end) = (range.anchor.min(range.at), range.anchor.max(range.at));
            range.at == from && (start == end || self.span() == Some(start..end))
        };
        let anchor = self.range.filter(goes_on).map_or(from, |range| range.anchor);
        go(self);
        let at = self.position();
        self.range = Some(Range { anchor, at });
        if anchor == at {
            self.clear_film_marks();
            return self.selection.clear();
        }
        self.mark(anchor.min(at)..anchor.max(at));
        self.select_in_span();
    }
}
