//! In and out: a range of the film that somebody marked.

use std::ops::Range;

/// Marks of a film. What is marked out on a frame includes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// The first frame.
    pub first: Option<i64>,
    /// The last frame, which belongs to what is marked.
    pub last: Option<i64>,
}

impl Marks {
    /// Marks the first frame; a last one before it goes.
    pub fn mark_in(&mut self, frame: i64) {
        self.first = Some(frame);
        self.last = self.last.filter(|last| *last >= frame);
    }

    /// Marks the last frame; a first one after it goes.
    pub fn mark_out(&mut self, frame: i64) {
        self.last = Some(frame);
        self.first = self.first.filter(|first| *first <= frame);
    }

    /// The marked part of a film of `length` frames: all of it where nothing is marked.
    pub fn range(&self, length: i64) -> Range<i64> {
        let end = self.last.map_or(length, |last| last.saturating_add(1)).clamp(0, length.max(0));
        self.first.unwrap_or(0).clamp(0, end)..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_hold_both_their_frames_and_never_cross() {
        let mut marks = Marks::default();
        assert_eq!(marks.range(100), 0..100);
        marks.mark_in(10);
        marks.mark_out(10);
        assert_eq!(marks.range(100), 10..11);
        marks.mark_out(5);
        assert_eq!((marks.first, marks.range(100)), (None, 0..6));
        marks.mark_in(50);
        assert_eq!((marks.last, marks.range(100), marks.range(20)), (None, 50..100, 20..20));
    }
}
