//! Sequences in sequences, and buses into buses, come to an end.

use super::Found;
use super::facts::{Facts, Placed};
use crate::{Id, Problem, Sequence, Source};
use std::collections::{BTreeMap, BTreeSet};

/// The deepest nesting of sequences.
pub(super) const DEEPEST: usize = 64;

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    let mut nested: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (sequence, placed) in facts.marked(Placed::NESTED) {
        if let Source::Sequence(id) = placed.clip.source {
            nested.entry(sequence.id).or_default().insert(id);
        }
    }
    for (id, depth) in depths(&nested) {
        let Some(depth) = depth else {
            let message = format!("sequence {id} lies in itself");
            let problem = Problem::error("sequence-cycle", message)
                .in_film(crate::problem::FilmPlace::sequence(id));
            found.add(problem.remedy("take out one of the clips that show it"));
            continue;
        };
        if depth > DEEPEST {
            let message =
                format!("sequence {id} holds sequences {depth} deep; the most is {DEEPEST}");
            found.add(Problem::error("sequence-depth", message).remedy("nest less deep"));
        }
    }
    for sequence in &facts.sequences {
        for (id, depth) in depths(&routes(sequence.sequence)) {
            if depth.is_none() {
                let message = format!("bus {id} leads back into itself");
                let problem =
                    Problem::error("bus-cycle", message).in_film(sequence.place().track(id));
                found.add(problem.remedy("lead one of the buses on the way elsewhere"));
            }
        }
    }
}

/// Where the sound of each bus and track goes.
fn routes(sequence: &Sequence) -> BTreeMap<Id, BTreeSet<Id>> {
    let buses = sequence.buses.iter().map(|(id, bus)| (*id, &bus.strip));
    let tracks = sequence.tracks.iter().map(|track| (track.id, &track.header.strip));
    let mut routes: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (id, strip) in buses.chain(tracks) {
        let sends = strip.sends.iter().map(|send| send.to);
        routes.entry(id).or_default().extend(strip.output.into_iter().chain(sends));
        for feeder in strip.nodes.iter().flat_map(|node| node.wires.values()) {
            routes.entry(*feeder).or_default().insert(id);
        }
    }
    routes
}

/// How deep the graph goes below each of its nodes; `None` for a node on a circle.
fn depths(graph: &BTreeMap<Id, BTreeSet<Id>>) -> Vec<(Id, Option<usize>)> {
    let mut known: BTreeMap<Id, usize> = BTreeMap::new();
    let mut waiting: BTreeMap<Id, usize> = BTreeMap::new();
    let mut parents: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let mut ready = Vec::new();
    for (id, targets) in graph {
        let inner = targets.iter().filter(|target| graph.contains_key(target));
        let count = inner.inspect(|target| parents.entry(**target).or_default().push(*id)).count();
        waiting.insert(*id, count);
        if count == 0 {
            ready.push(*id);
        }
    }
    while let Some(id) = ready.pop() {
        let below = graph.get(&id).into_iter().flatten().filter_map(|target| known.get(target));
        let depth = below.max().map_or(usize::from(!graph[&id].is_empty()), |deepest| deepest + 1);
        known.insert(id, depth);
        for parent in parents.get(&id).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(parent) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*parent);
                }
            }
        }
    }
    let on_circle = circles(graph, &known);
    let depth = |id: &Id| (*id, known.get(id).copied());
    graph
        .keys()
        .map(depth)
        .filter(|(id, depth)| depth.is_some() || on_circle.contains(id))
        .collect()
}

/// The nodes that reach themselves, among those whose depth is not known.
fn circles(graph: &BTreeMap<Id, BTreeSet<Id>>, known: &BTreeMap<Id, usize>) -> BTreeSet<Id> {
    let mut left: BTreeSet<Id> =
        graph.keys().filter(|id| !known.contains_key(id)).copied().collect();
    loop {
        let is_reached = |id: &Id| left.iter().any(|other| graph[other].contains(id));
        let gone: Vec<Id> = left.iter().filter(|id| !is_reached(id)).copied().collect();
        if gone.is_empty() {
            return left;
        }
        for id in gone {
            left.remove(&id);
        }
    }
}
