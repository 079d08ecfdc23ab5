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
        if self.acts_on_source() {
            return self.mark_source_in();
        }
        let at = self.position();
        self.with_marks(|marks| marks.mark_in(at));
    }

    /// Marks the frame at the playhead as the last.
    pub(in crate::ui) fn mark_out(&mut self) {
        if self.acts_on_source() {
            return self.mark_source_out();
        }
        let at = self.position();
        self.with_marks(|marks| marks.mark_out(at));
    }

    /// To the mark in of the viewer that has the keys.
    pub(in crate::ui) fn go_to_mark_in(&mut self) {
        match (self.acts_on_source(), &self.source) {
            (true, Some(viewed)) => viewed.mark_in.into_iter().for_each(|at| self.go_in_source(at)),
            _ => self.marks().0.into_iter().for_each(|at| self.go(at)),
        }
    }

    /// To the last marked frame of the viewer that has the keys.
    pub(in crate::ui) fn go_to_mark_out(&mut self) {
        match (self.acts_on_source(), &self.source) {
            (true, Some(viewed)) => {
                let out = viewed.mark_out;
                out.into_iter().for_each(|at| self.go_in_source(at - 1));
            }
            _ => self.marks().1.into_iter().for_each(|at| self.go(at - 1)),
        }
    }

    fn with_marks(&mut self, act: impl FnOnce(&mut Marks)) {
        if let Some(player) = &mut self.player {
            act(player.marks_mut());
        }
    }

    /// Marks the chosen clips, or the one under the playhead; all of the source where it has the keys.
    pub(in crate::ui) fn mark_clip(&mut self) {
        if self.acts_on_source() {
            return self.mark_source();
        }
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
        if self.acts_on_source() {
            return self.clear_source_marks();
        }
        self.clear_film_marks();
    }

    /// Takes both marks of the film away.
    pub(super) fn clear_film_marks(&mut self) {
        self.with_marks(|marks| *marks = Marks::default());
    }
}
