//! What records point at is there.

use super::Found;
use super::facts::{Facts, SequenceFacts};
use crate::mix::Strip;
use crate::problem::FilmPlace;
use crate::track::Place;
use crate::{Id, Problem, Source};

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    let film = facts.film;
    if film.main().is_none() {
        let message = format!("the film's main sequence {} is missing", film.settings.main);
        let problem = Problem::error("main-missing", message).in_file("/settings/main");
        found.add(problem.remedy("name a sequence of the film"));
    }
    shots(facts, found);
    stills(facts, found);
    for (sequence, placed) in facts.clips() {
        if let Some(Place::Anchored(anchor)) = placed.layer.map(|layer| layer.at)
            && placed.start.is_none()
        {
            let message = format!("the clip is anchored to {}, which is gone", anchor.clip);
            let problem = Problem::warning("anchor-missing", message);
            let problem = problem.in_film(sequence.place_of(placed));
            found.add(problem.remedy("anchor it to another clip, or place it at a frame; until then it is not heard or seen"));
        }
    }
    for (sequence, track) in facts.tracks() {
        strip(sequence, &track.header.strip, &sequence.place().track(track.id), found);
    }
    for sequence in &facts.sequences {
        for (id, bus) in &sequence.sequence.buses {
            strip(sequence, &bus.strip, &sequence.place().track(*id), found);
        }
    }
}

fn shots(facts: &Facts<'_>, found: &mut Found) {
    for (id, shot) in &facts.film.shots {
        if shot.chosen().is_none() {
            let message = format!("shot {id} has chosen take {}, which it has not", shot.take);
            let problem =
                Problem::error("take-missing", message).in_file(format!("/shots/{id}/take"));
            found.add(problem.remedy("choose a take of the shot"));
        }
        for take in shot.takes.iter().filter(|take| !facts.has_media(take.media)) {
            let message = format!(
                "take {} of shot {id} shows media {}, which the film has not",
                take.id, take.media
            );
            let severity = if take.id == shot.take { Problem::error } else { Problem::warning };
            let problem = severity("source-missing", message).in_file(format!("/shots/{id}/takes"));
            found.add(problem.remedy("add the media, or give the take another"));
        }
    }
}

fn stills(facts: &Facts<'_>, found: &mut Found) {
    for (id, still) in &facts.film.stills {
        let (kind, source) = match &still.clip.source {
            Source::Media(media) if !facts.has_media(*media) => ("media", media),
            Source::Shot(shot) if !facts.film.shots.contains_key(shot) => ("shot", shot),
            Source::Sequence(inner) if !facts.film.sequences.contains_key(inner) => {
                ("sequence", inner)
            }
            _ => continue,
        };
        let message = format!("still {id} shows {kind} {source}, which the film has not");
        let problem = Problem::warning("still-source-missing", message);
        let problem = problem.in_file(format!("/stills/{id}"));
        found.add(problem.remedy(
            "add it again, or take the still away; its grade can be taken from it as before",
        ));
    }
}

fn strip(sequence: &SequenceFacts<'_>, strip: &Strip, place: &FilmPlace, found: &mut Found) {
    let is_bus = |id: &Id| sequence.sequence.buses.contains_key(id);
    let is_track = |id: &Id| sequence.sequence.track(*id).is_some();
    let mut miss = |what: &str, id: Id| {
        let message = format!("its {what} leads to {id}, which the sequence has not");
        let problem = Problem::error("bus-missing", message).in_film(place.clone());
        found.add(problem.remedy("add the bus, or lead it elsewhere"));
    };
    for id in strip.output.iter().filter(|id| !is_bus(id)) {
        miss("output", *id);
    }
    for send in strip.sends.iter().filter(|send| !is_bus(&send.to)) {
        miss("send", send.to);
    }
    for id in strip.nodes.iter().flat_map(|node| node.wires.values()) {
        if !is_bus(id) && !is_track(id) {
            miss("wire", *id);
        }
    }
}
