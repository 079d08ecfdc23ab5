//! Making stand-ins in the background: how far it is, and how it is held while something else matters.

use super::film::Film;
use crate::play::shelf::lock;
use crate::workers::Stop;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Frames of a stand-in between two tellings of how far it is.
const TOLD_EVERY: i64 = 12;
/// How often who is held looks whether it is to end.
const LOOKS: Duration = Duration::from_millis(100);

/// When stand-ins are seen in the place of exact pictures that take a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StandIns {
    /// Never.
    Never,
    /// Where the exact picture takes a while.
    #[default]
    WhenSlow,
    /// Whenever a hand drags along the film; the exact picture follows.
    Always,
}

/// How far the making of stand-ins is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Those that are whole.
    pub done: usize,
    /// All that are made in this go.
    pub count: usize,
    /// The part that is done of the one at hand.
    pub part: f64,
    /// Whether it waits for something else.
    pub is_held: bool,
}

/// The making, as the thread that makes and who watches it share it.
#[derive(Debug, Default)]
pub(super) struct Making {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    progress: Option<(usize, usize, f64)>,
    is_held: bool,
}

impl Making {
    /// How far it is; `None` where nothing is made.
    pub(super) fn progress(&self) -> Option<Progress> {
        let state = lock(&self.state);
        let (done, count, part) = state.progress?;
        Some(Progress { done, count, part, is_held: state.is_held })
    }

    /// Lets it wait, or go on.
    pub(super) fn hold(&self, is_held: bool) {
        lock(&self.state).is_held = is_held;
        self.changed.notify_all();
    }

    /// Makes what a film lacks, one after the other.
    pub(super) fn run(&self, film: &Arc<Film>, stop: &Stop, wake: &dyn Fn()) {
        let media = film.timeline().media.keys().copied().collect::<Vec<_>>();
        let mut lacking = Vec::new();
        for slot in media.into_iter().filter_map(|id| film.slot(id)) {
            if !self.may_go_on(stop) {
                return;
            }
            film.stock().touch(slot.key());
            if slot.lacks_stand_in() {
                lacking.push(slot);
            }
        }
        for (done, slot) in lacking.iter().enumerate() {
            let mut go_on = |frame: i64, frames: i64| {
                if frame % TOLD_EVERY == 0 {
                    let part = frame as f64 / frames.max(1) as f64;
                    lock(&self.state).progress = Some((done, lacking.len(), part));
                    wake();
                }
                self.may_go_on(stop)
            };
            slot.make_stand_in(stop, &mut go_on);
            if stop.is_raised() {
                break;
            }
        }
        lock(&self.state).progress = None;
        wake();
    }

    /// Waits while it is held; false where it is to end.
    fn may_go_on(&self, stop: &Stop) -> bool {
        let mut state = lock(&self.state);
        while state.is_held && !stop.is_raised() {
            let waited = self.changed.wait_timeout(state, LOOKS);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        !stop.is_raised()
    }
}
