//! What clips are called: their own name, or else that of what they show.

use super::{Desk, Question};
use crate::edit;

impl Desk {
    /// Asks what the chosen clips are to be called; where none is chosen, the uppermost targeted track.
    pub(in crate::ui) fn ask_for_name(&mut self) {
        match self.selection.lead().and_then(|lead| self.clip(lead)) {
            Some(clip) => self.question = Some(Question::Name(clip.name.clone())),
            None => self.target().into_iter().for_each(|track| self.begin_renaming(track)),
        }
    }

    /// Gives the chosen clips a name.
    pub(in crate::ui) fn set_name(&mut self, name: &str) {
        let (clips, name) = (self.subjects(), name.trim());
        self.edit("Name", |film, scope, ids| edit::rename_clips(film, scope, (&clips, name), ids));
    }

    /// Gives the chosen clips the name that is being typed.
    pub(in crate::ui) fn adjust_name(&mut self, name: &str) {
        let clips = self.subjects();
        self.edit_live("Name", |film, scope, ids| {
            edit::rename_clips(film, scope, (&clips, name), ids)
        });
    }
}
