//! Marks in and out of the timeline.

use super::Desk;
use crate::play::transport::Marks;
use std::ops::Range;

impl Desk {
    /// The marked span, where both its ends are marked.
    pub(in crate::ui) fn span(&self) -> Option<Range<i64>> {
        match self.marks() {
            (Some(start), Some(end)) if start < end => Some(start..end),
            _ => None,
        }
    }

    /// The marks, either of which may lack. The mark out is the first frame that is not in.
    pub(in crate::ui) fn marks(&self) -> (Option<i64>, Option<i64>) {
        let marks = self.player.as_ref().map(|player| player.marks()).unwrap_or_default();
        (marks.first, marks.last.map(|last| last + 1))
    }

    /// Marks the frame at the playhead as the first.
    pub(in crate::ui) fn mark_in(&mut self) {
        let at = self.position();
        self.with_marks(|marks| marks.mark_in(at));
    }

    /// Marks the frame at the playhead as the last.
    pub(in crate::ui) fn mark_out(&mut self) {
        let at = self.position();
        self.with_marks(|marks| marks.mark_out(at));
    }

    fn with_marks(&mut self, act: impl FnOnce(&mut Marks)) {
        if let Some(player) = &mut self.player {
            act(player.marks_mut());
        }
    }

    /// Marks the chosen clips, or the one under the playhead.
    pub(in crate::ui) fn mark_clip(&mut self) {
        let chosen = self.selection.clips().iter().filter_map(|clip| self.span_of(*clip));
        let whole = chosen.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let under = || self.clip_at_playhead().and_then(|clip| self.span_of(clip));
        if let Some(span) = whole.or_else(under) {
            self.mark(span);
        }
    }

    /// Marks a span.
    pub(super) fn mark(&mut self, span: Range<i64>) {
        self.with_marks(|marks| {
            *marks = Marks { first: Some(span.start), last: Some(span.end - 1) };
        });
    }

    /// Takes both marks away.
    pub(in crate::ui) fn clear_marks(&mut self) {
        self.with_marks(|marks| *marks = Marks::default());
    }
}
