//! Transitions stand over cuts, fit their neighbours and have the frames they need.

use super::Found;
use super::facts::{Facts, SequenceFacts};
use crate::footage::{Beside, Footage};
use crate::index::Index;
use crate::transition::Handles;
use crate::{Cut, Frames, Id, Item, Problem, Reel, Track, Transition};

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    for (sequence, track) in facts.tracks().filter(|(_, track)| !track.transitions.is_empty()) {
        let empty = Reel::default();
        let reel = track.reel().unwrap_or(&empty);
        let mut over_cuts = 0;
        let mut behind = 0;
        let mut ends: Vec<Id> =
            track.transitions.keys().filter_map(|cut| cut.to.or(cut.from)).collect();
        ends.sort_unstable();
        ends.dedup();
        let ends = Index::new(ends);
        for joint in joints(reel) {
            let end = joint.cut.to.or(joint.cut.from);
            let may_be = end.is_none_or(|end| ends.find(end).is_some());
            let transition = may_be.then(|| track.transitions.get(&joint.cut)).flatten();
            let Some(transition) = transition else {
                behind = 0;
                continue;
            };
            over_cuts += 1;
            let check = Check { facts, sequence, track, joint: &joint, transition };
            check.fit(behind, found);
            check.handles(found);
            behind = transition.after;
        }
        if over_cuts < track.transitions.len() {
            dangling(sequence, track, reel, found);
        }
    }
}

/// Where two items meet, or one begins or ends the track.
struct Joint<'a> {
    cut: Cut,
    frame: i64,
    from: Option<&'a Item>,
    to: Option<&'a Item>,
}

fn joints(reel: &Reel) -> impl Iterator<Item = Joint<'_>> {
    let clip_id = |item: Option<&Item>| item.filter(|item| !item.is_gap()).map(|item| item.id);
    let mut from: Option<&Item> = None;
    let items = reel.placed().map(|(start, item)| (start, Some(item)));
    items.chain([(reel.length(), None)]).map(move |(frame, to)| {
        let cut = Cut { from: clip_id(from), to: clip_id(to) };
        let joint = Joint { cut, frame, from, to };
        from = to;
        joint
    })
}

struct Check<'a> {
    facts: &'a Facts<'a>,
    sequence: &'a SequenceFacts<'a>,
    track: &'a Track,
    joint: &'a Joint<'a>,
    transition: &'a Transition,
}

impl Check<'_> {
    fn say(&self, problem: Problem, found: &mut Found) {
        let place = self.sequence.place_at(self.track, self.joint.frame);
        let place = match self.joint.to.or(self.joint.from) {
            Some(item) => place.clip(item.id),
            None => place,
        };
        found.add(problem.in_film(place).in_file(format!("/transitions/{}", self.transition.id)));
    }

    /// Lengths: above nothing, no longer than a neighbour, not into the transition before.
    fn fit(&self, behind: i64, found: &mut Found) {
        let (before, after) = (self.transition.before, self.transition.after);
        if before < 0 || after < 0 || before.saturating_add(after) == 0 {
            let message =
                format!("the transition has {before} frames before its cut and {after} after");
            return self.say(
                Problem::error("transition-length", message).remedy("give it a length"),
                found,
            );
        }
        let length = |item: Option<&Item>| item.map_or(0, |item| item.length);
        for (side, frames, room) in
            [("before", before, length(self.joint.from)), ("after", after, length(self.joint.to))]
        {
            if frames > room {
                let message = format!(
                    "the transition goes {frames} frames {side} its cut, and there are {room}"
                );
                let problem = Problem::error("transition-too-long", message);
                self.say(problem.remedy("shorten or shift the transition"), found);
            }
        }
        let room = length(self.joint.from);
        if behind > 0 && before > 0 && behind.saturating_add(before) > room {
            let message = format!(
                "two transitions meet in a clip of {room} frames: {behind} and {before} frames"
            );
            let problem = Problem::error("transition-overlap", message);
            self.say(problem.remedy("shorten one of them"), found);
        }
    }

    /// The outgoing clip lasts `after` frames longer, the incoming starts `before` frames earlier.
    fn handles(&self, found: &mut Found) {
        if self.transition.handles != Handles::Real {
            return;
        }
        let outgoing = self.beside(self.joint.from).map(|beside| beside.tail);
        let incoming = self.beside(self.joint.to).map(|beside| beside.head);
        for (which, need, have) in [
            ("outgoing clip behind its end", self.transition.after, outgoing),
            ("incoming clip ahead of its start", self.transition.before, incoming),
        ] {
            let Some(have) = have.map(|have| have.max(0)) else { continue };
            if need > have {
                let message = format!(
                    "the transition needs {need} frames of the {which}, and the source has {have}"
                );
                let problem = Problem::error("handles-missing", message);
                self.say(
                    problem
                        .remedy("shorten or shift it, or let it freeze, mirror or slow the clip"),
                    found,
                );
            }
        }
    }

    fn beside(&self, item: Option<&Item>) -> Option<Beside> {
        let (item, rate) = (item?, self.sequence.sequence.header.rate);
        let clip = item.clip.as_deref()?;
        let footage = self.facts.footage(rate, &clip.source).unwrap_or(Footage::endless(rate));
        footage.beside(clip, Frames::whole(item.length), rate)
    }
}

fn dangling(sequence: &SequenceFacts<'_>, track: &Track, reel: &Reel, found: &mut Found) {
    let cuts: std::collections::BTreeSet<Cut> = joints(reel).map(|joint| joint.cut).collect();
    for (cut, transition) in track.transitions.iter().filter(|(cut, _)| !cuts.contains(cut)) {
        let name = |id: Option<Id>| id.map_or_else(|| "nothing".to_owned(), |id| id.to_string());
        let message = format!(
            "the transition {} stands between {} and {}, which do not meet on its track",
            transition.id,
            name(cut.from),
            name(cut.to)
        );
        let problem = Problem::error("transition-dangling", message);
        let problem = problem.in_film(sequence.place().track(track.id));
        let problem = problem.in_file(format!("/transitions/{}", transition.id));
        found.add(
            problem.remedy("remove it, or bring the clips together; until then the cut is hard"),
        );
    }
}
