//! Ids are unique where they must be.

use super::Found;
use super::facts::{Facts, Placed};
use crate::shot::Look;
use crate::track::Content;
use crate::{Id, Problem};
use std::collections::BTreeSet;

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    let tracks = facts.tracks().map(|(sequence, track)| (track.id, (sequence, track)));
    for (id, (sequence, track)) in doubles(tracks.collect()) {
        let message = format!("two tracks have the id {id}");
        found.add(double(message).in_film(sequence.place().track(track.id)));
    }
    if has_double_item(facts) {
        items(facts, found);
    }
    let transitions = facts.tracks().flat_map(|(sequence, track)| {
        track.transitions.values().map(move |transition| (transition.id, (sequence, track)))
    });
    for (id, (sequence, track)) in doubles(transitions.collect()) {
        let message = format!("two transitions have the id {id}");
        found.add(double(message).in_film(sequence.place().track(track.id)));
    }
    within(facts, found);
}

fn has_double_item(facts: &Facts<'_>) -> bool {
    let mut ids: Vec<Id> = Vec::new();
    for (_, track) in facts.tracks() {
        match &track.content {
            Content::Sequential(reel) => ids.extend(reel.iter().map(|item| item.id)),
            Content::Free(layers) => ids.extend(layers.keys()),
        }
    }
    has_double(ids)
}

fn items(facts: &Facts<'_>, found: &mut Found) {
    let items = facts.tracks().flat_map(|(sequence, track)| {
        let ids: Vec<Id> = match &track.content {
            Content::Sequential(reel) => reel.iter().map(|item| item.id).collect(),
            Content::Free(layers) => layers.keys().copied().collect(),
        };
        ids.into_iter().map(move |id| (id, (sequence, track)))
    });
    for (id, (sequence, track)) in doubles(items.collect()) {
        let message = format!("two items have the id {id}");
        found.add(double(message).in_film(sequence.place().track(track.id).clip(id)));
    }
}

/// Takes within a shot, nodes within a strip, operations within a list.
fn within(facts: &Facts<'_>, found: &mut Found) {
    for (id, shot) in &facts.film.shots {
        let takes = shot.takes.iter().map(|take| (take.id, ())).collect();
        for (take, ()) in doubles(takes) {
            let message = format!("two takes of shot {id} have the id {take}");
            found.add(double(message).in_file(format!("/shots/{id}/takes")));
        }
        for look in shot.takes.iter().map(|take| &take.look).chain([&shot.look]) {
            of_look(look, "shots", *id, found);
        }
    }
    for (id, saved) in &facts.film.looks {
        let effects = saved.effects.iter().map(|effect| effect.id);
        listed("operations", effects, &format!("/looks/{id}/effects"), found);
    }
    for (id, still) in &facts.film.stills {
        of_look(&still.clip.look, "stills", *id, found);
    }
    for (_, placed) in facts.marked(Placed::TREATED) {
        of_look(&placed.clip.look, "clips", placed.id, found);
    }
    for (sequence, track) in facts.tracks() {
        let nodes = track.header.strip.nodes.iter().map(|node| (node.id, ())).collect();
        for (node, ()) in doubles(nodes) {
            let message = format!("two sound nodes have the id {node}");
            found.add(double(message).in_film(sequence.place().track(track.id)));
        }
    }
    for sequence in &facts.sequences {
        for (id, bus) in &sequence.sequence.buses {
            let nodes = bus.strip.nodes.iter().map(|node| (node.id, ())).collect();
            for (node, ()) in doubles(nodes) {
                let message = format!("two sound nodes of bus {id} have the id {node}");
                found.add(double(message).in_film(sequence.place()));
            }
        }
    }
}

fn of_look(look: &Look, table: &str, record: Id, found: &mut Found) {
    let effects = look.effects.iter().map(|effect| effect.id);
    listed("operations", effects, &format!("/{table}/{record}/effects"), found);
    let lists = look.effects.iter().map(|effect| ("effects", &effect.masks));
    for (list, masks) in lists.chain([("masks", &look.masks)]) {
        let masks = masks.iter().map(|mask| mask.id);
        listed("masks", masks, &format!("/{table}/{record}/{list}"), found);
    }
}

fn listed(words: &str, ids: impl Iterator<Item = Id>, place: &str, found: &mut Found) {
    for (id, ()) in doubles(ids.map(|id| (id, ())).collect()) {
        let message = format!("two {words} have the id {id}");
        found.add(double(message).in_file(place.to_owned()));
    }
}

fn double(message: String) -> Problem {
    Problem::error("id-double", message).remedy("give one of them a new id")
}

/// Every entry whose id an earlier one has.
fn doubles<T>(entries: Vec<(Id, T)>) -> Vec<(Id, T)> {
    if !has_double(entries.iter().map(|(id, _)| *id).collect()) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    entries.into_iter().filter(|(id, _)| !seen.insert(*id)).collect()
}

fn has_double(mut ids: Vec<Id>) -> bool {
    ids.sort_unstable();
    ids.windows(2).any(|pair| pair[0] == pair[1])
}
