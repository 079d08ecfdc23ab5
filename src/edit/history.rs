//! Undo and redo without end: every film that was, with the name of the edit that made it.

use std::sync::Arc;
use timeline_format::Timeline;

/// A film that was, and the edit that made it.
#[derive(Debug, Clone)]
pub struct Step {
    /// What was done: "Trim", "Insert".
    pub name: String,
    /// The film after it.
    pub timeline: Arc<Timeline>,
}

/// Every film since the opening, and which of them is now. Films share what did not change.
#[derive(Debug, Clone)]
pub struct History {
    steps: Vec<Step>,
    now: usize,
}

impl History {
    /// A history that begins with `timeline`.
    pub fn new(timeline: Arc<Timeline>) -> Self {
        Self { steps: vec![Step { name: "Open".to_owned(), timeline }], now: 0 }
    }

    /// The film as it is now.
    pub fn now(&self) -> &Arc<Timeline> {
        &self.steps[self.now].timeline
    }

    /// Adds an edit: what could have been redone is gone.
    pub fn push(&mut self, name: impl Into<String>, timeline: impl Into<Arc<Timeline>>) {
        self.steps.truncate(self.now + 1);
        self.steps.push(Step { name: name.into(), timeline: timeline.into() });
        self.now += 1;
    }

    /// Puts another film in the place of the one that is now: more of the same edit.
    pub fn amend(&mut self, timeline: impl Into<Arc<Timeline>>) {
        self.steps[self.now].timeline = timeline.into();
    }

    /// Takes the edit that made the film that is now away, as if it had never been.
    pub fn withdraw(&mut self) {
        if self.now > 0 {
            self.now -= 1;
            self.steps.truncate(self.now + 1);
        }
    }

    /// Goes back one edit; gives the name of the edit that was undone.
    pub fn undo(&mut self) -> Option<&str> {
        self.now = self.now.checked_sub(1)?;
        Some(&self.steps[self.now + 1].name)
    }

    /// Goes forward one edit; gives the name of the edit that was done again.
    pub fn redo(&mut self) -> Option<&str> {
        if self.now + 1 == self.steps.len() {
            return None;
        }
        self.now += 1;
        Some(&self.steps[self.now].name)
    }

    /// Goes to a step by its index; `None` where there is none.
    pub fn jump(&mut self, step: usize) -> Option<&Arc<Timeline>> {
        let timeline = &self.steps.get(step)?.timeline;
        self.now = step;
        Some(timeline)
    }

    /// Every step, the opening first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The index of the step that is now.
    pub const fn position(&self) -> usize {
        self.now
    }

    /// The name of the edit that an undo would take back.
    pub fn undo_name(&self) -> Option<&str> {
        (self.now > 0).then(|| self.steps[self.now].name.as_str())
    }

    /// The name of the edit that a redo would do.
    pub fn redo_name(&self) -> Option<&str> {
        self.steps.get(self.now + 1).map(|step| step.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::sequence::Raster;
    use timeline_format::{Id, Rate};

    #[test]
    fn undo_gives_back_the_very_film_and_a_new_edit_ends_redo() {
        let main = Id::parse("main").unwrap();
        let raster = Raster { width: 16, height: 9 };
        let films: Vec<Arc<Timeline>> =
            (0..4).map(|n| Arc::new(Timeline::new(raster, Rate::FILM, 48_000 + n, main))).collect();
        let mut history = History::new(Arc::clone(&films[0]));
        for (name, film) in ["Trim", "Roll"].iter().zip(&films[1..]) {
            history.push(*name, Arc::clone(film));
        }
        assert_eq!(history.undo_name(), Some("Roll"));
        assert_eq!(history.undo(), Some("Roll"));
        assert_eq!(history.undo(), Some("Trim"));
        assert_eq!(history.undo(), None);
        assert!(Arc::ptr_eq(history.now(), &films[0]));
        assert_eq!(history.redo(), Some("Trim"));
        assert_eq!(history.redo_name(), Some("Roll"));
        history.push("Slip", Arc::clone(&films[3]));
        assert_eq!(history.redo(), None);
        assert!(history.jump(1).is_some_and(|film| Arc::ptr_eq(film, &films[1])));
        assert!(history.jump(7).is_none());
        assert_eq!(history.position(), 1);
        assert_eq!(history.steps().len(), 3);
        history.amend(Arc::clone(&films[2]));
        assert!(history.undo_name() == Some("Trim") && Arc::ptr_eq(history.now(), &films[2]));
        (0..2).for_each(|_| history.withdraw());
        assert!(history.steps().len() == 1 && Arc::ptr_eq(history.now(), &films[0]));
    }
}
