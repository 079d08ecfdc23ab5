//! Lengths are above nothing, pictures lie on frames, speeds are sane.

use super::Found;
use super::facts::{Facts, Placed, SequenceFacts};
use crate::read::MOST_FRAMES;
use crate::track::TrackKind;
use crate::{Frames, Problem, Ratio, Shot};

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    for (id, shot) in &facts.film.shots {
        if let Some(message) = shot_fault(shot) {
            let problem = Problem::error("range-empty", format!("shot {id}: {message}"));
            found
                .add(problem.in_file(format!("/shots/{id}")).remedy("set its end after its start"));
        }
    }
    for sequence in &facts.sequences {
        if sequence.length > MOST_FRAMES || sequence.sequence.header.start.abs() > MOST_FRAMES {
            let problem = Problem::error("too-long", "the sequence ends after frame 2^53");
            found.add(
                problem.in_film(sequence.place()).remedy("shorten it, or start its timecode lower"),
            );
        }
        gaps(sequence, found);
    }
    for (sequence, placed) in facts.clips() {
        clip(sequence, placed, found);
    }
    for (id, delivery) in &facts.film.deliveries {
        let from = delivery.from.unwrap_or(0);
        if from < 0 || delivery.to.is_some_and(|to| to <= from) {
            let problem = Problem::error("range-empty", format!("delivery {id} has no frames"));
            found.add(
                problem.in_file(format!("/deliveries/{id}")).remedy("set its end after its start"),
            );
        }
    }
}

fn shot_fault(shot: &Shot) -> Option<String> {
    if let (Some(from), Some(to)) = (shot.mark_in, shot.mark_out)
        && to <= from
    {
        return Some("its out lies before its in".to_owned());
    }
    let windows =
        shot.takes.iter().flat_map(|take| take.windows.iter().map(move |window| (take.id, window)));
    let empty = windows.into_iter().find(|(_, [from, to])| to <= from);
    empty.map(|(take, [from, to])| format!("the window {from} to {to} of take {take} is empty"))
}

/// Gaps too have a length.
fn gaps(sequence: &SequenceFacts<'_>, found: &mut Found) {
    let reels = sequence.sequence.tracks.iter().filter_map(|track| Some((track, track.reel()?)));
    for (track, reel) in reels {
        for (start, item) in reel.placed().filter(|(_, item)| item.length <= 0) {
            let message = format!("item {} is {} frames long", item.id, item.length);
            let place = sequence.place_at(track, start).clip(item.id);
            found.add(
                Problem::error("length", message).in_film(place).remedy("give it a length above 0"),
            );
        }
    }
}

fn clip(sequence: &SequenceFacts<'_>, placed: &Placed<'_>, found: &mut Found) {
    let mut say = |problem: Problem, remedy: &str| {
        found.add(problem.in_film(sequence.place_of(placed)).remedy(remedy));
    };
    let clip = placed.clip;
    if placed.length <= Frames::ZERO && placed.layer.is_some() {
        let message = format!("the clip is {} frames long", placed.length);
        say(Problem::error("length", message), "give it a length above 0");
    }
    let is_whole = |frames: Frames| frames.as_whole().is_some();
    let is_on_grid = placed.start.is_none_or(is_whole) && is_whole(placed.length);
    if placed.track.header.kind == TrackKind::Picture && !is_on_grid {
        let message = "the picture starts or ends between two frames";
        say(Problem::warning("off-grid", message), "move it to a frame");
    }
    if !placed.has(Placed::TIMED) {
        return;
    }
    let speed = clip.speed.abs().unwrap_or(Ratio::whole(i64::MAX));
    let is_slow = |speed: Ratio| speed.times(Ratio::whole(100)).is_some_and(|s| s < Ratio::ONE);
    if speed != Ratio::ZERO && (is_slow(speed) || speed > Ratio::whole(100)) {
        let message = format!("the clip runs at {} times its speed", clip.speed);
        say(Problem::warning("speed-range", message), "take a speed from 1/100 to 100");
    }
    fades(placed, say);
}

fn fades(placed: &Placed<'_>, mut say: impl FnMut(Problem, &str)) {
    let sound = &placed.clip.sound;
    let fades =
        [sound.fade_in, sound.fade_out].map(|fade| fade.map_or(Frames::ZERO, |fade| fade.length));
    let sum = fades[0].plus(fades[1]);
    if fades.iter().any(|fade| *fade < Frames::ZERO) || sum.is_none_or(|sum| sum > placed.length) {
        let message = format!(
            "its fades of {} and {} frames do not fit into its {}",
            fades[0], fades[1], placed.length
        );
        say(Problem::warning("fade-too-long", message), "shorten the fades");
    }
    if sound.loop_fade.is_some_and(|fade| fade < Frames::ZERO || fade > placed.length) {
        say(
            Problem::warning("fade-too-long", "its loop's crossfade does not fit into it"),
            "shorten it",
        );
    }
}
