//! What the nodes of strips hear beside their own sound, and in which order a strip goes through them.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::strips::{set_node, set_strip};
use timeline_format::mix::{NodeInstance, Strip};
use timeline_format::track::TrackKind;
use timeline_format::{Id, IdSource, Sequence, Timeline};

/// Has a side input of a node hear a track or a bus; `None` takes the wire away. What hears the node's own
/// strip is refused: sound cannot go in a circle.
pub fn wire_node(
    film: &Timeline,
    scope: Scope,
    (owner, node): (Id, Id),
    (input, from): (&str, Option<Id>),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if let (Some(sequence), Some(from)) = (film.sequences.get(&scope.sequence), from)
        && !may_hear(sequence, owner, from)
    {
        let words = format!("{owner} cannot hear {from}, which hears it, or is not there");
        return Err(Refused::Value(words));
    }
    let wire = |node: &mut NodeInstance| match from {
        Some(from) => drop(node.wires.insert(input.to_owned(), from)),
        None => drop(node.wires.remove(input)),
    };
    set_node(film, scope, (owner, node), wire, ids)
}

/// Moves a node of a strip to a place in its order, counted without it; past the end is the end.
pub fn move_node(
    film: &Timeline,
    scope: Scope,
    (owner, node, to): (Id, Id, usize),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut found = false;
    let order = |strip: &mut Strip| {
        if let Some(from) = strip.nodes.iter().position(|it| it.id == node) {
            found = true;
            let moved = strip.nodes.remove(from);
            strip.nodes.insert(to.min(strip.nodes.len()), moved);
        }
    };
    let edited = set_strip(film, scope, owner, order, ids)?;
    if found { Ok(edited) } else { Err(Refused::NoSuch { what: "sound node", id: node }) }
}

/// Whether a node of the strip `owner` may hear the strip `from`: it is there, and `owner` decides nothing
/// of what it sounds like.
pub fn may_hear(sequence: &Sequence, owner: Id, from: Id) -> bool {
    let is_there = strips(sequence).any(|(id, _)| id == from);
    is_there && !affected(sequence, owner).contains(&from)
}

/// Whether the sound of the strip `owner` may go to `bus`: that is there, and leads nowhere back to it.
pub fn may_lead(sequence: &Sequence, owner: Id, bus: Id) -> bool {
    let (mut reached, mut next) = (vec![bus], 0);
    while let Some(at) = reached.get(next).copied() {
        next += 1;
        reached.extend(
            leads(sequence, at)
                .into_iter()
                .filter(|ahead| !reached.contains(ahead))
                .collect::<Vec<_>>(),
        );
    }
    sequence.buses.contains_key(&bus) && !reached.contains(&owner)
}

/// The strips whose sound a strip has a part in: where it leads, is sent, and is heard; itself included.
fn affected(sequence: &Sequence, strip: Id) -> Vec<Id> {
    let mut reached = vec![strip];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        next += 1;
        let heard_by = strips(sequence).filter(|(_, other)| hears(other, at)).map(|(id, _)| id);
        for ahead in leads(sequence, at).into_iter().chain(heard_by) {
            if !reached.contains(&ahead) {
                reached.push(ahead);
            }
        }
    }
    reached
}

fn hears(strip: &Strip, from: Id) -> bool {
    strip.nodes.iter().any(|node| node.wires.values().any(|wire| *wire == from))
}

/// Where a strip leads: to its own bus, its role's or the main one, and where it is sent.
fn leads(sequence: &Sequence, id: Id) -> Vec<Id> {
    let Some((_, strip)) = strips(sequence).find(|(known, _)| *known == id) else {
        return Vec::new();
    };
    let sends = strip.sends.iter().map(|send| send.to);
    sends.chain(output_of(sequence, id, strip)).collect()
}

/// The bus that a strip leads to; `None` where it is the main one.
pub fn output_of(sequence: &Sequence, id: Id, strip: &Strip) -> Option<Id> {
    let main = main_bus(sequence);
    if main == Some(id) {
        return None;
    }
    let role = sequence.track(id).and_then(|(_, track)| track.header.role);
    let of_role = || sequence.buses.iter().find(|(_, bus)| role.is_some() && bus.role == role);
    strip.output.or_else(|| of_role().map(|(bus, _)| *bus)).or(main)
}

/// The bus where everything meets: of those that lead nowhere, the first without a role, else the first.
fn main_bus(sequence: &Sequence) -> Option<Id> {
    let open = || sequence.buses.iter().filter(|(_, bus)| bus.strip.output.is_none());
    let found = open().find(|(_, bus)| bus.role.is_none()).or_else(|| open().next());
    found.map(|(id, _)| *id)
}

/// Every strip of a sequence: buses, then sound tracks.
fn strips(sequence: &Sequence) -> impl Iterator<Item = (Id, &Strip)> {
    let buses = sequence.buses.iter().map(|(id, bus)| (*id, &bus.strip));
    let tracks = sequence.tracks.iter().filter(|it| it.header.kind == TrackKind::Sound);
    buses.chain(tracks.map(|track| (track.id, &track.header.strip)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use timeline_format::mix::{Bus, Send};
    use timeline_format::sequence::Raster;
    use timeline_format::{Rate, Role, Track};

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn node(name: &str) -> NodeInstance {
        serde_json::from_str(&format!(r#"{{"id":"{name}","kind":"duck"}}"#)).unwrap()
    }

    /// Dialogue leads to its role's bus, music to another, which is sent to a room; all meet in `mix`.
    fn film() -> (Timeline, Scope) {
        let raster = Raster { width: 16, height: 9 };
        let film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        let mut sequence = Sequence::new(Rate::FILM);
        for (name, bus) in [
            ("mix", r#"{"name":"Mix"}"#),
            ("speech", r#"{"name":"Speech","role":"dialogue","output":"mix"}"#),
            ("songs", r#"{"name":"Songs","output":"mix"}"#),
            ("room", r#"{"name":"Room","output":"mix"}"#),
        ] {
            let mut bus: Bus = serde_json::from_str(bus).unwrap();
            if name == "songs" {
                bus.strip.sends.push(Send { to: id("room"), gain: None, pre: false });
            }
            sequence.buses.insert(id(name), Arc::new(bus));
        }
        for (name, role, output) in
            [("dx", Some(Role::Dialogue), None), ("mx", None, Some("songs")), ("fx", None, None)]
        {
            let mut track = Track::sequential(id(name), TrackKind::Sound);
            track.header.role = role;
            track.header.strip.output = output.map(id);
            track.header.strip.nodes = ["n1", "n2", "n3"].map(node).to_vec();
            sequence.tracks.push_back(track.into());
        }
        (film.with_sequence(id("main"), sequence), Scope::of(id("main")))
    }

    #[test]
    fn a_node_hears_what_its_strip_has_no_part_in() {
        let (film, scope) = film();
        let ids = &mut IdSource::seeded(1);
        let wire = |film: &Timeline, owner: &str, from: &str, ids: &mut IdSource| {
            wire_node(film, scope, (id(owner), id("n1")), ("key", Some(id(from))), ids)
        };
        let wired = wire(&film, "mx", "speech", ids).unwrap().timeline;
        for (owner, from) in [
            ("mx", "mx"),
            ("mx", "songs"),
            ("mx", "room"),
            ("mx", "mix"),
            ("mx", "gone"),
            ("dx", "mx"),
            ("dx", "room"),
            ("dx", "speech"),
        ] {
            assert!(wire(&wired, owner, from, ids).is_err(), "{owner} hears {from}");
        }
        assert!(wire(&wired, "fx", "mx", ids).is_ok());
        assert!(wire(&film, "dx", "mx", ids).is_ok(), "unless it is heard there");
        let bare = wire_node(&wired, scope, (id("mx"), id("n1")), ("key", None), ids).unwrap();
        assert_eq!(bare.timeline, film);
    }

    #[test]
    fn nodes_are_put_in_another_order() {
        let (film, scope) = film();
        let ids = &mut IdSource::seeded(1);
        let order = |film: &Timeline| -> Vec<String> {
            let nodes = film.main().unwrap().tracks[0].header.strip.nodes.clone();
            nodes.iter().map(|node| node.id.to_string()).collect()
        };
        for (moved, to, wanted) in [
            ("n1", 2, ["n2", "n3", "n1"]),
            ("n3", 0, ["n3", "n1", "n2"]),
            ("n2", 1, ["n1", "n2", "n3"]),
            ("n1", 9, ["n2", "n3", "n1"]),
        ] {
            let edited = move_node(&film, scope, (id("dx"), id(moved), to), ids).unwrap();
            assert_eq!(order(&edited.timeline), wanted);
        }
        assert!(move_node(&film, scope, (id("dx"), id("n9"), 0), ids).is_err());
    }
}
