//! Clips keep to what is good of their takes.

use super::Found;
use super::facts::{Facts, Placed};
use crate::Problem;
use crate::track::Content;
use crate::usable::Beyond;

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    for (sequence, placed) in facts.marked(Placed::SHORT) {
        let rate = sequence.sequence.header.rate;
        let used = handles(placed);
        let Some(beyond) = Beyond::of(facts.film, rate, placed.clip, placed.length, used) else {
            continue;
        };
        let parts = [(beyond.head, "at its head"), (beyond.tail, "at its tail")];
        let parts = parts.iter().filter(|(frames, _)| *frames > 0);
        let parts: Vec<_> = parts.map(|(frames, place)| format!("{frames} {place}")).collect();
        let message =
            format!("the clip shows frames that are not good of its take: {}", parts.join(" and "));
        let problem = Problem::warning("outside-window", message);
        let remedy = "trim or slip it, shorten the dissolve, or choose another take";
        found.add(problem.in_film(sequence.place_of(placed)).remedy(remedy));
    }
}

/// Frames that transitions use ahead of a clip's head and behind its tail.
fn handles(placed: &Placed<'_>) -> [i64; 2] {
    let Content::Sequential(reel) = &placed.track.content else { return [0, 0] };
    reel.index_of(placed.id).map_or([0, 0], |index| placed.track.handles_of(index))
}
