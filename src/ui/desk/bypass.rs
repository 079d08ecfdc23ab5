//! Before and after: the film without the repairs of the clip in hand, for the eye alone. No edit comes of it, and no
//! delivery knows of it.

use super::faults::is_repair;
use super::{Desk, Mode};
use crate::edit::{self, Edited, Faulty, Scope};
use std::sync::Arc;
use timeline_format::{Effect, Id, IdSource, Timeline};

/// What is left out of the film that is shown: the repairs of this clip of this version.
#[derive(Debug, Clone)]
pub(in crate::ui) struct LeftOut {
    film: Arc<Timeline>,
    clip: Id,
}

impl PartialEq for LeftOut {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.film, &other.film) && self.clip == other.clip
    }
}

impl Desk {
    /// Whether the film is shown without the repairs of the clip in hand.
    pub(in crate::ui) fn shows_before(&self) -> bool {
        self.viewing.mode == Mode::Before || self.viewing.holds_before
    }

    /// Shows the film as it was before the repairs, until [`Self::release_before`].
    pub(in crate::ui) const fn hold_before(&mut self) {
        self.viewing.holds_before = true;
    }

    /// Shows the film with its repairs again.
    pub(in crate::ui) const fn release_before(&mut self) {
        self.viewing.holds_before = false;
    }

    /// The film as it is shown: without the repairs of the clip in hand, where that is asked for.
    pub(super) fn film_bypassed(&self) -> Option<Arc<Timeline>> {
        let now = self.film()?.now();
        let left_out = self.left_out().and_then(|out| self.without_repairs(out.clip));
        Some(left_out.unwrap_or_else(|| Arc::clone(now)))
    }

    /// Has what plays go on with the film as it is shown now, where that is another.
    pub(super) fn mind_bypass(&mut self) {
        let now = self.left_out();
        if now != self.viewing.left_out {
            self.viewing.left_out = now;
            self.play_edited();
        }
    }

    fn left_out(&self) -> Option<LeftOut> {
        let clip = self.repaired_clip().filter(|_| self.shows_before())?;
        Some(LeftOut { film: Arc::clone(self.film()?.now()), clip })
    }

    /// The film without the repairs of a clip and of its take.
    pub(super) fn without_repairs(&self, clip: Id) -> Option<Arc<Timeline>> {
        let film = self.film()?;
        let (now, scope) = (film.now(), Scope::of(film.main()));
        let found = self.clip(clip)?;
        let own = found.look.effects.iter().filter(|it| is_repair(it)).map(|it| it.id);
        let mut ids = IdSource::seeded(1);
        let mut sum = Edited::plain((**now).clone());
        for effect in own {
            let off = |effect: &mut Effect| effect.bypass = true;
            sum = edit::change_effect(&sum.timeline, scope, (clip, effect), off, &mut ids).ok()?;
        }
        if let Some(Faulty::Take(shot, take)) = self.faulty_of_clip(clip) {
            let off = |effects: &mut Vec<Effect>| {
                effects.iter_mut().filter(|it| is_repair(it)).for_each(|it| it.bypass = true);
            };
            let change = |take: &mut timeline_format::Take| off(&mut take.look.effects);
            sum = edit::change_take(&sum.timeline, (shot, take), change).ok()?;
        }
        Some(Arc::new(sum.timeline))
    }
}
