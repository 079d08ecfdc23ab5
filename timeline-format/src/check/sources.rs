//! Clips have sources, and use what these have.

use super::Found;
use super::facts::{Facts, Placed, SequenceFacts};
use crate::footage::Footage;
use crate::track::TrackKind;
use crate::{Frames, Problem, Ratio, Source};

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    for (sequence, placed) in facts.marked(Placed::SHORT) {
        let rate = sequence.sequence.header.rate;
        let source = &placed.clip.source;
        if matches!(source, Source::Sequence(id) if *id == sequence.id) {
            continue;
        }
        let Some(footage) = facts.footage(rate, source) else {
            missing(sequence, placed, found);
            continue;
        };
        if placed.clip.speed == Ratio::ZERO {
            frozen(sequence, placed, &footage, found);
            continue;
        }
        let Some(beside) = footage.beside(placed.clip, placed.length, rate) else {
            let problem = Problem::error(
                "time-too-big",
                "the clip's place in its source is beyond any source",
            );
            found.add(problem.in_film(sequence.place_of(placed)).remedy("set its in point"));
            continue;
        };
        for (frames, what) in
            [(beside.head, "before its source begins"), (beside.tail, "after its source ends")]
        {
            if frames < 0 {
                let message = format!("the clip shows {} frames {what}", frames.unsigned_abs());
                past(sequence, placed, message, found);
            }
        }
    }
}

fn missing(sequence: &SequenceFacts<'_>, placed: &Placed<'_>, found: &mut Found) {
    let (kind, id) = match &placed.clip.source {
        Source::Shot(id) => ("shot", *id),
        Source::Media(id) => ("media", *id),
        Source::Sequence(id) => ("sequence", *id),
        Source::Generator(_) => return,
    };
    let message = format!("the clip shows {kind} {id}, which the film has not");
    let problem = Problem::error("source-missing", message).in_film(sequence.place_of(placed));
    found.add(problem.remedy("add it, or give the clip another source"));
}

fn past(sequence: &SequenceFacts<'_>, placed: &Placed<'_>, message: String, found: &mut Found) {
    let is_seen = placed.track.header.kind == TrackKind::Picture;
    let make = if is_seen { Problem::error } else { Problem::warning };
    let problem = make("clip-past-media", message).in_film(sequence.place_of(placed));
    found.add(problem.remedy("shorten it, slip it, slow it down, or take a longer source"));
}

fn frozen(sequence: &SequenceFacts<'_>, placed: &Placed<'_>, footage: &Footage, found: &mut Found) {
    let at: Frames = placed.clip.source_in;
    let is_before = footage.first.is_some_and(|first| at < first);
    if is_before || footage.end.is_some_and(|end| at >= end) {
        let message = format!("the clip holds frame {at} of its source, which does not exist");
        past(sequence, placed, message, found);
    }
}
