//! The best picture that can be had at once: of stand-ins, if there are any; else the same plan with the
//! nearest frames that are decoded.

use super::film::{Film, Hand};
use crate::media::proxy::Rough;
use crate::picture::Plan;
use crate::signal::Image;
use std::sync::Arc;
use timeline_format::Id;

/// A frame that comes sooner than this many others is waited for.
pub(super) const SOON: i64 = 8;

/// A plan of what is at hand, and which frame of the film it is about.
#[derive(Debug)]
pub(super) struct Near {
    pub(super) plan: Plan,
    /// How far its furthest frame is from the one that was wanted, signed.
    pub(super) off: i64,
    /// Frames that were decoded for it.
    pub(super) peeked: Vec<((Id, i64), Arc<Image>)>,
}

/// The plan with frames that are decoded already; `peeks` lets a key frame be decoded for it where that
/// is nearer. `None` where nothing is at hand.
pub(super) fn near(film: &Film, plan: &Plan, peeks: bool) -> Option<Near> {
    let store = film.stock().store();
    let (mut off, mut is_whole, mut peeked) = (0_i64, true, Vec::new());
    let plan = plan.with_frames(&mut |id, n| {
        let Some(slot) = film.slot(id) else { return n };
        if store.has(slot.key(), n) || slot.fails(n) {
            return n;
        }
        let found = store.nearest(slot.key(), n);
        let key = slot.timing().map(|timing| timing.group(n).start);
        let is_nearer = |key: &i64| found.is_none_or(|found| (found - n).abs() > n - key);
        let picture = key.filter(|key| peeks && is_nearer(key)).and_then(|_| slot.peek(n, store));
        let chosen = picture.as_ref().map(|(number, _)| *number).or(found);
        is_whole &= chosen.is_some();
        let chosen = chosen.unwrap_or(n);
        peeked.extend(picture.map(|(number, image)| ((id, number), image)));
        if (chosen - n).abs() > off.abs() {
            off = chosen - n;
        }
        chosen
    });
    is_whole.then_some(Near { plan, off, peeked })
}

/// What stand-ins give for what a plan lacks; `None` where one lacks too.
pub(super) enum FromStandIns<'a> {
    /// The small picture itself: nothing is done to it.
    AsItIs(Arc<Image>),
    /// All frames of the plan, some of them rough: nothing made of them may be kept as exact.
    Hand(Hand<'a>),
}

/// The same picture with rough frames in the place of those that are not decoded.
pub(super) fn from_stand_ins<'a>(film: &'a Film, plan: &Plan) -> Option<FromStandIns<'a>> {
    let rough = |(id, n): (Id, i64)| film.slot(id)?.rough(n);
    if let Some(need) = plan.as_it_is() {
        let raster = (plan.raster.width, plan.raster.height);
        if let Some(rough) = rough(need).filter(|rough| rough.size() == raster) {
            return Some(FromStandIns::AsItIs(rough.small()));
        }
    }
    let enlarged = |rough: Rough| rough.enlarged();
    let hand = film.hand_or(plan, |need| rough(need).map(enlarged))?;
    Some(FromStandIns::Hand(hand))
}
