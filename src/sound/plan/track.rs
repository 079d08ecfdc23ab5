//! The clips of a track, joined at their cuts.

use super::clip::Heard;
use super::cuts::{Over, join};
use super::material::Planner;
use super::picture::Dissolves;
use crate::envelope::{Direction, Ramp};
use timeline_format::track::Content;
use timeline_format::{Clip, Frames, Reel, Track};

/// A clip that is heard, and what the document says of it.
pub(crate) type Planned<'a> = (Heard, &'a Clip);

/// Every clip of `track` that is heard, in the order of their first samples.
pub(crate) fn clips<'a>(
    planner: &mut Planner<'_>,
    dissolves: &Dissolves,
    track: &'a Track,
) -> Vec<Planned<'a>> {
    let mut planned = match &track.content {
        Content::Sequential(reel) => sequential(planner, dissolves, track, reel),
        Content::Free(_) => free(planner, track),
    };
    for (heard, _) in &mut planned {
        fades(planner, heard);
        heard.stand_in(planner.rate());
    }
    planned.sort_by_key(|(heard, _)| (heard.audible_from, heard.id));
    planned
}

fn sequential<'a>(
    planner: &mut Planner<'_>,
    dissolves: &Dissolves,
    track: &'a Track,
    reel: &'a Reel,
) -> Vec<Planned<'a>> {
    let mut planned: Vec<Planned<'a>> = Vec::new();
    let mut touches = false;
    for (index, (start, item)) in reel.placed().enumerate() {
        let heard = item.clip.as_deref().and_then(|clip| {
            let place = planner.place().track(track.id).clip(item.id);
            let place = place.frame(planner.sequence, start);
            let (from, to) = (Frames::whole(start), Frames::whole(start + item.length));
            Some((Heard::new(planner, (item.id, clip), from, to, &place)?, clip))
        });
        let mut next = heard;
        let before = planned.last_mut().filter(|_| touches).map(|(heard, _)| heard);
        let after = next.as_mut().map(|(heard, _)| heard);
        cut(planner, dissolves, track, (index, start), before, after);
        touches = next.is_some();
        planned.extend(next);
    }
    let before = planned.last_mut().filter(|_| touches).map(|(heard, _)| heard);
    cut(planner, dissolves, track, (reel.count(), reel.length()), before, None);
    planned
}

fn cut(
    planner: &mut Planner<'_>,
    dissolves: &Dissolves,
    track: &Track,
    (index, frame): (usize, i64),
    before: Option<&mut Heard>,
    after: Option<&mut Heard>,
) {
    if before.is_none() && after.is_none() {
        return;
    }
    let own = track.transition_at(index).map(|transition| Over::of(transition, frame));
    let links = (before.as_ref().and_then(|h| h.link), after.as_ref().and_then(|h| h.link));
    let over = own.or_else(|| dissolves.over(Frames::whole(frame), links.0, links.1));
    join(planner, before, after, over);
}

fn free<'a>(planner: &mut Planner<'_>, track: &'a Track) -> Vec<Planned<'a>> {
    let mut planned = Vec::new();
    let items = track.layers().into_iter().flatten();
    let starts = planner.sequence.starts(items.clone().map(|(_, layer)| layer.as_ref()));
    for (id, layer) in items {
        let place = planner.place().track(track.id).clip(*id);
        let start = starts.of(layer);
        let Some((start, end)) = start.and_then(|at| Some((at, at.plus(layer.length)?))) else {
            let message = "what this clip is anchored to is not there: it is not heard";
            let problem = timeline_format::Problem::error("sound-anchor-lost", message);
            planner.tell(problem, &place);
            continue;
        };
        let place = place.frame(planner.sequence, start.floor());
        if let Some(mut heard) = Heard::new(planner, (*id, &layer.clip), start, end, &place) {
            join(planner, None, Some(&mut heard), None);
            join(planner, Some(&mut heard), None, None);
            planned.push((heard, &layer.clip));
        }
    }
    planned
}

/// The fades that a clip states for itself.
fn fades(planner: &Planner<'_>, heard: &mut Heard) {
    let head = heard.sound.fade_in.and_then(|fade| {
        let to = planner.sample(heard.start.plus(fade.length)?);
        Some(Ramp { from: heard.from, to, shape: fade.shape, direction: Direction::Rise })
    });
    let tail = heard.sound.fade_out.and_then(|fade| {
        let from = planner.sample(heard.end.minus(fade.length)?);
        Some(Ramp { from, to: heard.to, shape: fade.shape, direction: Direction::Fall })
    });
    heard.ramps.extend(head.into_iter().chain(tail).filter(|ramp| ramp.to > ramp.from));
}
