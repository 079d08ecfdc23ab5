//! What happens where clips meet, begin and end.
//!
//! At a cut between two clips: nothing where one goes on in the other; under a transition a crossfade
//! over its span, of equal power, or of equal gain where the same sound goes on at another level; else
//! a crossfade of 2 ms on each side, within handles where there are any, else within the clips
//! themselves. Beside silence a clip is faded over 2 ms of its own, unless its file begins or ends
//! there: that is no cut. Where a transition uses more than a file has, see [`super::handles`].

use super::clip::Heard;
use super::material::Planner;
use crate::envelope::{Direction, Ramp};
use timeline_format::transition::Handles;
use timeline_format::{FadeShape, Frames, Problem, Transition};

/// Milliseconds of declick on each side of a cut.
const DECLICK: i64 = 2;

/// A declick in samples.
pub(super) const fn declick(rate: u32) -> i64 {
    rate as i64 * DECLICK / 1000
}

/// A transition over a cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Over {
    /// Its first frame of the sequence, and the first behind it.
    pub(crate) span: [i64; 2],
    /// The shape of its crossfade, where it states one.
    pub(crate) shape: Option<FadeShape>,
    /// What stands for samples that a side lacks.
    pub(crate) handles: Handles,
}

impl Over {
    /// `transition` over the cut at frame `cut`.
    pub(crate) fn of(transition: &Transition, cut: i64) -> Self {
        let span = [cut - transition.before, cut + transition.after];
        Self { span, shape: transition.shape, handles: transition.handles }
    }
}

/// Joins two neighbours, of which one may be silence; `over` is the transition over their cut.
pub(crate) fn join(
    planner: &mut Planner<'_>,
    before: Option<&mut Heard>,
    after: Option<&mut Heard>,
    over: Option<Over>,
) {
    let declick = declick(planner.rate());
    let over = over.map(|over| Over {
        span: over.span.map(|frame| planner.sample(Frames::whole(frame))),
        ..over
    });
    match (before, after) {
        (Some(before), Some(after)) => {
            let goes_on = after.continues(before);
            if goes_on {
                after.anchor = before.anchor;
            }
            if goes_on && after.sounds_like(before) {
                return;
            }
            if let Some(over) = over {
                report(planner, Some(before), Some(after), over);
                let usual = if goes_on { FadeShape::EqualGain } else { FadeShape::EqualPower };
                cross(before, after, over.span, over.shape.unwrap_or(usual));
                (before.tail, after.head) = (over.handles, over.handles);
            } else if goes_on {
                let half = declick.min(room(before)).min(room(after));
                let span = [after.from - half, after.from + half];
                cross(before, after, span, FadeShape::EqualGain);
            } else {
                declick_between(before, after, declick);
            }
        }
        (Some(before), None) => match over {
            Some(over) => {
                report(planner, Some(before), None, over);
                fall(before, over.span, over.shape.unwrap_or_default());
                before.tail = over.handles;
            }
            None => soften_end(before, declick),
        },
        (None, Some(after)) => match over {
            Some(over) => {
                report(planner, None, Some(after), over);
                rise(after, over.span, over.shape.unwrap_or_default());
                after.head = over.handles;
            }
            None => soften_start(after, declick),
        },
        (None, None) => {}
    }
}

fn cross(before: &mut Heard, after: &mut Heard, span: [i64; 2], shape: FadeShape) {
    fall(before, span, shape);
    rise(after, span, shape);
}

fn fall(heard: &mut Heard, [from, to]: [i64; 2], shape: FadeShape) {
    if to > from {
        heard.ramps.push(Ramp { from, to, shape, direction: Direction::Fall });
        heard.audible_to = to;
    }
}

fn rise(heard: &mut Heard, [from, to]: [i64; 2], shape: FadeShape) {
    if to > from {
        heard.ramps.push(Ramp { from, to, shape, direction: Direction::Rise });
        heard.audible_from = from;
    }
}

/// Half of what a clip owns: two declicks never meet.
fn room(heard: &Heard) -> i64 {
    (heard.to - heard.from) / 2
}

fn declick_between(before: &mut Heard, after: &mut Heard, declick: i64) {
    let ends_soft = before.sound.hard || before.sound.fade_out.is_some();
    let starts_soft = after.sound.hard || after.sound.fade_in.is_some();
    if ends_soft || starts_soft {
        soften_end(before, declick);
        soften_start(after, declick);
        return;
    }
    let cut = after.from;
    let early = if after.handle_before() >= declick { declick.min(room(before)) } else { 0 };
    let late = if before.handle_after() >= declick { declick.min(room(after)) } else { 0 };
    if early + late > 0 {
        cross(before, after, [cut - early, cut + late], FadeShape::EqualPower);
    } else {
        fall(before, [cut - declick.min(room(before)), cut], FadeShape::Smooth);
        rise(after, [cut, cut + declick.min(room(after))], FadeShape::Smooth);
    }
}

fn soften_end(heard: &mut Heard, declick: i64) {
    let is_cut = heard.handle_after() > 0;
    if is_cut && !heard.sound.hard && heard.sound.fade_out.is_none() {
        let length = declick.min(room(heard));
        fall(heard, [heard.to - length, heard.to], FadeShape::Smooth);
    }
}

fn soften_start(heard: &mut Heard, declick: i64) {
    let is_cut = heard.handle_before() > 0;
    if is_cut && !heard.sound.hard && heard.sound.fade_in.is_none() {
        let length = declick.min(room(heard));
        rise(heard, [heard.from, heard.from + length], FadeShape::Smooth);
    }
}

/// Says where a crossfade needs samples that a source does not have.
fn report(planner: &mut Planner<'_>, before: Option<&Heard>, after: Option<&Heard>, over: Over) {
    if over.handles != Handles::Real {
        return;
    }
    let [from, to] = over.span;
    let behind = before.map(|heard| (heard, heard.handle_after(), to - heard.to, "after its end"));
    let ahead = after
        .map(|heard| (heard, heard.handle_before(), heard.from - from, "before its beginning"));
    for (heard, have, need, side) in behind.into_iter().chain(ahead) {
        if need > have {
            let message = format!(
                "a crossfade needs {need} samples of the clip's sound {side}, and there are {have}: \
                 the rest is silent"
            );
            let frame = heard.start.floor();
            let place = planner.place().clip(heard.id).frame(planner.sequence, frame);
            let problem = Problem::warning("sound-short-handle", message)
                .remedy("shorten the transition, or shift it");
            planner.tell(problem, &place);
        }
    }
}
