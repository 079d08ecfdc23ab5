//! The best picture that can be had at once: the same plan with the nearest frames that are decoded.

use super::film::Film;
use crate::picture::Plan;
use std::cell::Cell;

/// A frame that comes sooner than this many others is waited for.
pub(super) const SOON: i64 = 8;

/// A plan of what is at hand, and which frame of the film it is about.
#[derive(Debug)]
pub(super) struct Near {
    pub(super) plan: Plan,
    /// How far its furthest frame is from the one that was wanted, signed.
    pub(super) off: i64,
}

/// The plan with frames that are decoded already; `peeks` lets a key frame be decoded for it where that
/// is nearer. `None` where nothing is at hand.
pub(super) fn near(film: &Film, plan: &Plan, peeks: bool) -> Option<Near> {
    let store = film.stock().store();
    let (off, is_whole) = (Cell::new(0_i64), Cell::new(true));
    let plan = plan.with_frames(&mut |id, n| {
        let Some(slot) = film.slot(id) else { return n };
        if store.has(slot.key(), n) || slot.fails(n) {
            return n;
        }
        let found = store.nearest(slot.key(), n);
        let key = slot.timing().map(|timing| timing.group(n).start);
        let is_nearer = |key: i64| found.is_none_or(|found| (found - n).abs() > n - key);
        let peeked = key.filter(|key| peeks && is_nearer(*key)).and_then(|_| slot.peek(n, store));
        let Some(chosen) = peeked.or(found) else {
            is_whole.set(false);
            return n;
        };
        if (chosen - n).abs() > off.get().abs() {
            off.set(chosen - n);
        }
        chosen
    });
    is_whole.get().then(|| Near { plan, off: off.get() })
}
