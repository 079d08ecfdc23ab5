//! Stand-ins: made by themselves while nothing else is done, held while something is, never delivered.

use super::{Desk, State};
use crate::play::screen::{Progress, StandIns};
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Timeline;

/// So long nobody has done anything when stand-ins begin to be made.
const IDLE: Duration = Duration::from_secs(3);

/// What is minded about stand-ins.
#[derive(Debug)]
pub(super) struct Minding {
    when: StandIns,
    /// When somebody did something last.
    stirred: Instant,
    /// The film whose media were looked through last.
    looked_through: Option<Arc<Timeline>>,
    /// They were asked for by name: nobody needs to be idle.
    is_asked: bool,
}

impl Default for Minding {
    fn default() -> Self {
        let (when, looked_through) = (StandIns::default(), None);
        Self { when, stirred: Instant::now(), looked_through, is_asked: false }
    }
}

impl Desk {
    /// When stand-ins are seen, and made.
    pub(in crate::ui) const fn stand_ins(&self) -> StandIns {
        self.minding.when
    }

    /// How far the making of stand-ins is.
    pub(in crate::ui) fn stand_ins_progress(&self) -> Option<Progress> {
        self.player.as_ref()?.screen().stand_ins_progress()
    }

    /// Says when stand-ins are seen, and made.
    pub(in crate::ui) fn use_stand_ins(&mut self, when: StandIns) {
        self.see_stand_ins(when);
        self.notices.note(match when {
            StandIns::Never => {
                "no stand-ins: only exact pictures, and the nearest at hand, are seen"
            }
            StandIns::WhenSlow => "stand-ins are seen where exact pictures take a while",
            StandIns::Always => "stand-ins are seen whenever one drags; the exact picture follows",
        });
    }

    /// Sets when stand-ins are seen, and made.
    pub(in crate::ui) fn see_stand_ins(&mut self, when: StandIns) {
        self.minding = Minding { when, looked_through: None, is_asked: false, ..self.minding };
        self.lead_stand_ins();
        if when == StandIns::Never
            && let Some(player) = &self.player
        {
            player.screen().stop_stand_ins();
        }
    }

    /// Tells the screen of the setting: it is the window's, and stays when another film is opened.
    pub(super) fn lead_stand_ins(&self) {
        if let Some(player) = &self.player {
            player.screen().use_stand_ins(self.minding.when);
        }
    }

    /// Makes stand-ins for media that are slow to show, in the background: they are never delivered.
    pub(in crate::ui) fn make_stand_ins(&mut self) {
        self.minding.is_asked = true;
        self.minding.looked_through = None;
        self.notices.note("stand-ins are made in the background for media that are slow to show");
    }

    /// Makes stand-ins, or has their making wait; how long until that is to be looked at again.
    pub(in crate::ui) fn mind_stand_ins(&mut self, has_stirred: bool) -> Option<Duration> {
        if has_stirred {
            self.minding.stirred = Instant::now();
        }
        let is_busy = self.is_playing()
            || self.deliveries.iter().any(|delivery| matches!(delivery.state, State::Runs));
        let (film, player) = (self.film.as_ref()?, self.player.as_ref()?);
        let (minding, screen) = (&mut self.minding, player.screen());
        let is_wanted = minding.is_asked || minding.when != StandIns::Never;
        let left = IDLE.saturating_sub(minding.stirred.elapsed());
        let waits = !minding.is_asked && minding.when == StandIns::WhenSlow && !left.is_zero();
        screen.hold_stand_ins(is_busy || waits);
        if !is_wanted || screen.is_making_stand_ins() {
            return (waits && is_wanted).then_some(left);
        }
        let is_known = |known: &Arc<Timeline>| known.media.ptr_eq(&film.now().media);
        if minding.looked_through.as_ref().is_some_and(is_known) {
            minding.is_asked = false;
            return None;
        }
        if !is_busy && !waits {
            minding.looked_through = Some(Arc::clone(film.now()));
            screen.make_stand_ins();
        }
        Some(left.max(Duration::from_millis(200)))
    }
}
