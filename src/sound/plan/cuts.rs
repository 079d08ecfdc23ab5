//! What happens where clips meet, begin and end.
//!
//! At a cut between two clips: nothing where one goes on in the other; under a transition a crossfade
//! over its span, of equal power, or of equal gain where the same sound goes on at another level; else
//! a crossfade of 2 ms on each side, within handles where there are any, else within the clips
//! themselves. Beside silence a clip is faded over 2 ms of its own, unless its file begins or ends
//! there: that is no cut.

use super::clip::Heard;
use super::material::Planner;
use crate::sound::envelope::{Direction, Ramp};
use timeline_format::{FadeShape, Frames, Problem, Transition};

/// Milliseconds of declick on each side of a cut.
const DECLICK: i64 = 2;

/// Joins two neighbours, of which one may be silence. `span` is that of a transition over the cut, in
/// frames, and its shape.
pub(in crate::sound) fn join(
    planner: &mut Planner<'_>,
    before: Option<&mut Heard>,
    after: Option<&mut Heard>,
    span: Option<([i64; 2], Option<FadeShape>)>,
) {
    let declick = i64::from(planner.rate()) * DECLICK / 1000;
    let samples = span.map(|([from, to], shape)| {
        ([planner.sample(Frames::whole(from)), planner.sample(Frames::whole(to))], shape)
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
            if let Some((span, shape)) = samples {
                report(planner, Some(before), Some(after), span);
                let usual = if goes_on { FadeShape::EqualGain } else { FadeShape::EqualPower };
                cross(before, after, span, shape.unwrap_or(usual));
            } else if goes_on {
                let half = declick.min(room(before)).min(room(after));
                let span = [after.from - half, after.from + half];
                cross(before, after, span, FadeShape::EqualGain);
            } else {
                declick_between(before, after, declick);
            }
        }
        (Some(before), None) => match samples {
            Some((span, shape)) => {
                report(planner, Some(before), None, span);
                fall(before, span, shape.unwrap_or_default());
            }
            None => soften_end(before, declick),
        },
        (None, Some(after)) => match samples {
            Some((span, shape)) => {
                report(planner, None, Some(after), span);
                rise(after, span, shape.unwrap_or_default());
            }
            None => soften_start(after, declick),
        },
        (None, None) => {}
    }
}

/// The frames that `transition` over the cut at `cut` spans, and its shape.
pub(in crate::sound) fn span_of(
    transition: &Transition,
    cut: i64,
) -> ([i64; 2], Option<FadeShape>) {
    ([cut - transition.before, cut + transition.after], transition.shape)
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
fn report(
    planner: &mut Planner<'_>,
    before: Option<&Heard>,
    after: Option<&Heard>,
    [from, to]: [i64; 2],
) {
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
