//! A gesture: all that a hand does to a value from its press to its release, or by the keyboard until the
//! field is left, is one edit. The film follows meanwhile, in picture and sound.
//!
//! A control calls [`Desk::edit_live`] whenever its value is another one, and nothing else. The window says
//! what holds on ([`Desk::hold`], [`Desk::settle`]): no control has to say that it is done.

use super::{Desk, Film};
use crate::edit::{Edited, Refused, Scope};
use std::sync::Arc;
use timeline_format::{IdSource, Timeline};

/// What has a control in hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::ui) struct Grip {
    /// Whether a button of the pointer is down.
    pub(in crate::ui) is_down: bool,
    /// The control that has the keyboard.
    pub(in crate::ui) focus: Option<u64>,
}

impl Grip {
    /// Whether what began with it goes on while there is `now`.
    fn lasts(self, now: Self) -> bool {
        if self.is_down { now.is_down } else { self.focus.is_some() && self.focus == now.focus }
    }
}

/// An edit that goes on.
#[derive(Debug)]
pub(super) struct Gesture {
    name: String,
    grip: Grip,
    before: Arc<Timeline>,
    ids: IdSource,
    /// Whether the newest step of the history is its own.
    is_made: bool,
    /// Whether it was given back: nothing more comes of it.
    is_spent: bool,
    /// What happened besides, as it is now.
    notes: Vec<String>,
}

impl Film {
    /// Makes an edit as more of the gesture of this name, or begins one: each edit starts from the film as
    /// it was before the gesture, and takes the place of the one before it.
    fn edit_on(
        &mut self,
        (name, grip): (&str, Grip),
        scope: Scope,
        verb: impl FnOnce(&Timeline, Scope, &mut IdSource) -> Result<Edited, Refused>,
    ) -> Result<Edited, Refused> {
        let open = self.gesture.take().filter(|open| open.name == name);
        let mut gesture = open.unwrap_or_else(|| Gesture {
            name: name.to_owned(),
            grip,
            before: Arc::clone(self.now()),
            ids: self.ids.clone(),
            is_made: false,
            is_spent: false,
            notes: Vec::new(),
        });
        if gesture.is_spent {
            let unchanged = Edited::plain((*gesture.before).clone());
            self.gesture = Some(gesture);
            return Ok(unchanged);
        }
        let mut ids = gesture.ids.clone();
        let edited = verb(&gesture.before, scope, &mut ids);
        if let Ok(edited) = &edited {
            self.ids = ids;
            gesture.notes = edited.notes.iter().map(ToString::to_string).collect();
            self.lay(&mut gesture, &edited.timeline);
        }
        self.gesture = Some(gesture);
        edited
    }

    /// The film that an edit of this name starts from: as it was before the gesture, if one is open.
    pub(super) fn ground(&self, name: &str) -> &Timeline {
        match &self.gesture {
            Some(open) if open.name == name => &open.before,
            _ => self.now(),
        }
    }

    /// Has the newest step of the history be what a gesture has come to.
    fn lay(&mut self, gesture: &mut Gesture, timeline: &Timeline) {
        if *timeline == **self.now() {
            return;
        }
        if *timeline == *gesture.before {
            return self.withdraw(gesture);
        }
        if gesture.is_made {
            self.history.amend(timeline.clone());
        } else {
            self.history.push(&gesture.name, timeline.clone());
        }
        gesture.is_made = true;
        self.keep();
    }

    fn withdraw(&mut self, gesture: &mut Gesture) {
        if std::mem::take(&mut gesture.is_made) {
            self.history.withdraw();
            self.keep();
        }
    }

    /// Takes back what the open gesture did; whether there was one.
    fn give_back(&mut self) -> bool {
        let Some(mut gesture) = self.gesture.take() else { return false };
        self.withdraw(&mut gesture);
        self.gesture = Some(Gesture { is_spent: true, notes: Vec::new(), ..gesture });
        true
    }
}

impl Desk {
    /// Makes an edit as a part of what the hand does now; whether it could be. Until the hand lets go, a
    /// further edit of this name takes its place, so that all of them are one step of the history: each is
    /// given the film as it was before the first, and brought back to that, no step is left.
    pub(in crate::ui) fn edit_live(
        &mut self,
        name: &str,
        verb: impl FnOnce(&Timeline, Scope, &mut IdSource) -> Result<Edited, Refused>,
    ) -> bool {
        let (Some(scope), grip) = (self.scope(), self.grip) else { return false };
        let Some(film) = &mut self.film else { return false };
        match film.edit_on((name, grip), scope, verb) {
            Ok(edited) => {
                self.made = edited.made;
                self.film_changed();
                true
            }
            Err(refused) => {
                self.say_once(&format!("{name}: {refused}"));
                false
            }
        }
    }

    /// Says what is wrong, unless that was said last: a hand that pushes on hears it once.
    fn say_once(&mut self, words: &str) {
        if self.notices.last().is_none_or(|last| last.words != words) {
            self.notices.trouble(words);
        }
    }

    /// Says what holds controls, before any of them is drawn.
    pub(in crate::ui) fn hold(&mut self, grip: Grip) {
        self.grip = grip;
    }

    /// Ends the gesture that nothing holds any more, after all controls were drawn.
    pub(in crate::ui) fn settle(&mut self, grip: Grip) {
        let Some(film) = &mut self.film else { return };
        if let Some(done) = film.gesture.take_if(|open| !open.grip.lasts(grip)) {
            done.notes.into_iter().for_each(|note| self.notices.note(note));
        }
    }

    /// Takes back what the hand does just now; it has to let go before it can do more.
    pub(in crate::ui) fn give_back(&mut self) {
        if self.film.as_mut().is_some_and(Film::give_back) {
            self.film_changed();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_lasts_until_its_release_and_the_keyboard_until_it_leaves() {
        let down = Grip { is_down: true, focus: Some(1) };
        let typed = Grip { is_down: false, focus: Some(1) };
        let elsewhere = Grip { is_down: false, focus: Some(2) };
        let nothing = Grip::default();
        assert!(down.lasts(down) && !down.lasts(typed) && !down.lasts(nothing));
        assert!(typed.lasts(typed) && typed.lasts(down));
        assert!(!typed.lasts(elsewhere) && !typed.lasts(nothing) && !nothing.lasts(nothing));
    }
}
