//! Versions of the film: gone back to, saved, left.

use super::{Desk, Film, Question};
use std::path::Path;

impl Desk {
    /// Goes to a version in the history.
    pub(in crate::ui) fn jump(&mut self, step: usize) {
        if let Some(film) = &mut self.film {
            film.jump(step);
            self.film_changed();
        }
    }

    /// Saves the film.
    pub(in crate::ui) fn save(&mut self) {
        let Some(film) = &mut self.film else { return };
        match film.save() {
            Ok(()) => self.notices.note(format_args!("Saved {}", film.path().display())),
            Err(error) => self.notices.trouble(error),
        }
    }

    /// Saves the film under another name.
    pub(in crate::ui) fn save_as(&mut self, path: &Path) {
        let Some(film) = &mut self.film else { return };
        match film.save_as(path) {
            Ok(()) => self.notices.note(format_args!("Saved {}", path.display())),
            Err(error) => self.notices.trouble(error),
        }
    }

    /// Closes the window, after a question where something would be lost.
    pub(in crate::ui) fn leave(&mut self) {
        if self.film.as_ref().is_some_and(Film::is_changed) {
            self.question = Some(Question::Close);
        } else {
            self.is_leaving = true;
        }
    }

    /// Closes the window; what is not saved is given up.
    pub(in crate::ui) fn give_up(&mut self) {
        self.film.iter_mut().for_each(Film::close);
        self.is_leaving = true;
    }
}
