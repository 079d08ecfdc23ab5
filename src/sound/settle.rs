//! Making exact what plays: the same film, run up with all of its past beside the playing, takes over.

use super::control::{Control, State};
use super::player::WINDOW;

/// How far ahead, in samples, a handover is first tried: ten times the run-up's usual time.
const MARGIN: i64 = 2048;
/// How far ahead of what is heard a mix must be that takes over: a block of a device, and more.
pub(super) const NEAR: i64 = 1024;
/// Steps of a run-up between two looks at what else there is to do.
const SLICE: usize = 16;
/// Samples after which a run-up that never catches up is given up.
const PATIENCE: i64 = 64 * 48_000;

impl Control {
    /// Makes what plays exact, a slice at a time; whether there was anything to do.
    pub(super) fn settle(&mut self) -> bool {
        let is_free = self.flights.is_empty() && self.wish.is_none() && !self.is_behind;
        if self.state == State::Exact || self.reins.is_some() || !is_free {
            return false;
        }
        let (here, edition) = (self.position(), self.edition);
        let Some(twin) = self.twin.as_mut().filter(|twin| twin.edition == edition) else {
            return false;
        };
        let mix = &mut twin.mix;
        if self.state == State::Inexact {
            mix.start_at(here + MARGIN, i64::MAX);
            self.state = State::Settling(here);
        }
        for _ in 0..SLICE {
            if !mix.run_up_step() {
                continue;
            }
            let ahead = mix.position() - self.rings.position();
            if ahead >= NEAR {
                return self.hand_over_settled();
            }
            mix.render.aim(self.rings.position() + NEAR + MARGIN);
        }
        let State::Settling(began) = self.state else { return true };
        if here - began > PATIENCE {
            self.state = State::Exact;
        }
        true
    }

    pub(super) fn hand_over_settled(&mut self) -> bool {
        let Some(twin) = self.twin.take() else { return false };
        twin.mix.half.feed.fill_to(twin.mix.render.needed() + 2 * WINDOW as i64);
        self.state = State::Exact;
        self.hand_over(twin.mix, None);
        true
    }

    pub(super) fn stop_settling(&mut self) {
        if let State::Settling(_) = self.state {
            self.state = State::Inexact;
        }
    }
}
