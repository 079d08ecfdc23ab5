//! Strips: where tracks and buses meet, what they send elsewhere, the nodes that they go through.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use std::sync::Arc;
use timeline_format::mix::{Bus, NodeInstance, Send, Strip};
use timeline_format::{Id, IdSource, Param, Timeline};

/// Adds a bus; its id is made.
pub fn add_bus(
    film: &Timeline,
    scope: Scope,
    bus: &Bus,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let id = ids.next_id();
    let mut work = Work::begin(film, scope, ids)?;
    work.sequence.buses.insert(id, Arc::new(bus.clone()));
    check_outputs(&work, id)?;
    let mut edited = work.finish()?;
    edited.made.push(id);
    Ok(edited)
}

/// Changes a bus: its name, role, channels, strip.
pub fn set_bus(
    film: &Timeline,
    scope: Scope,
    bus: Id,
    change: impl FnOnce(&mut Bus),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let mut changed = (**work.sequence.buses.get(&bus).ok_or(no_bus(bus))?).clone();
    change(&mut changed);
    work.sequence.buses.insert(bus, Arc::new(changed));
    check_outputs(&work, bus)?;
    work.finish()
}

/// Takes a bus away. What led to it leads where it would without saying so; sends to it go with it.
pub fn remove_bus(
    film: &Timeline,
    scope: Scope,
    bus: Id,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let gone = work.sequence.buses.get(&bus).ok_or(no_bus(bus))?;
    if gone.strip.output.is_none() {
        let words = "the main bus is where everything meets: it cannot be taken away".to_owned();
        return Err(Refused::Value(words));
    }
    work.sequence.buses.remove(&bus);
    let names: Vec<Id> = work.sequence.buses.keys().copied().collect();
    for id in names {
        if let Some(other) = work.sequence.buses.get(&id).filter(|it| names_bus(&it.strip, bus)) {
            let mut other = (**other).clone();
            forget(&mut other.strip, bus);
            work.sequence.buses.insert(id, Arc::new(other));
        }
    }
    for index in 0..work.sequence.tracks.len() {
        if let Some(track) = work.sequence.tracks.get_mut(index)
            && names_bus(&track.header.strip, bus)
        {
            forget(&mut Arc::make_mut(track).header.strip, bus);
        }
    }
    work.finish()
}

/// Changes the strip of a track or a bus: its level, position, output, sends, nodes.
pub fn set_strip(
    film: &Timeline,
    scope: Scope,
    owner: Id,
    change: impl FnOnce(&mut Strip),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    self::change(&mut work, owner, change)?;
    work.finish()
}

/// Changes the strip of a track or a bus while a sequence is edited.
pub(super) fn change(
    work: &mut Work<'_>,
    owner: Id,
    change: impl FnOnce(&mut Strip),
) -> Result<(), Refused> {
    if let Some(bus) = work.sequence.buses.get(&owner) {
        let mut changed = (**bus).clone();
        change(&mut changed.strip);
        work.sequence.buses.insert(owner, Arc::new(changed));
    } else {
        let index = work.track_index(owner)?;
        if let Some(track) = work.sequence.tracks.get_mut(index) {
            change(&mut Arc::make_mut(track).header.strip);
        }
    }
    check_outputs(work, owner)
}

/// Sends a copy of a strip to a bus, or changes the send that is there.
pub fn set_send(
    film: &Timeline,
    scope: Scope,
    (owner, send): (Id, &Send),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if film.sequences.get(&scope.sequence).is_none_or(|it| !it.buses.contains_key(&send.to)) {
        return Err(no_bus(send.to));
    }
    set_strip(film, scope, owner, |strip| put_send(strip, send), ids)
}

fn put_send(strip: &mut Strip, send: &Send) {
    match strip.sends.iter_mut().find(|known| known.to == send.to) {
        Some(known) => *known = send.clone(),
        None => strip.sends.push(send.clone()),
    }
}

/// Takes a send away.
pub fn remove_send(
    film: &Timeline,
    scope: Scope,
    (owner, bus): (Id, Id),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    set_strip(film, scope, owner, |strip| strip.sends.retain(|send| send.to != bus), ids)
}

/// Puts a node on a strip, at a place in its order; past the end is the end. Its id is made.
pub fn put_node(
    film: &Timeline,
    scope: Scope,
    (owner, index, node): (Id, usize, &NodeInstance),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let id = ids.next_id();
    let put = |strip: &mut Strip| {
        let node = NodeInstance { id, ..node.clone() };
        strip.nodes.insert(index.min(strip.nodes.len()), node);
    };
    let mut edited = set_strip(film, scope, owner, put, ids)?;
    edited.made.push(id);
    Ok(edited)
}

/// Changes a node of a strip: its values, wires, whether it is bypassed.
pub fn set_node(
    film: &Timeline,
    scope: Scope,
    (owner, node): (Id, Id),
    change: impl FnOnce(&mut NodeInstance),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut found = false;
    let edited = set_strip(
        film,
        scope,
        owner,
        |strip| {
            if let Some(node) = strip.nodes.iter_mut().find(|it| it.id == node) {
                found = true;
                change(node);
            }
        },
        ids,
    )?;
    if found { Ok(edited) } else { Err(Refused::NoSuch { what: "sound node", id: node }) }
}

/// Sets a value of a node; `None` takes it back to its default.
pub fn set_node_value(
    film: &Timeline,
    scope: Scope,
    (owner, node): (Id, Id),
    (parameter, value): (&str, Option<Param>),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let change = |node: &mut NodeInstance| match value {
        Some(value) => drop(node.values.insert(parameter.to_owned(), value)),
        None => drop(node.values.remove(parameter)),
    };
    set_node(film, scope, (owner, node), change, ids)
}

/// Takes a node off a strip.
pub fn remove_node(
    film: &Timeline,
    scope: Scope,
    (owner, node): (Id, Id),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut found = false;
    let take = |strip: &mut Strip| {
        let before = strip.nodes.len();
        strip.nodes.retain(|it| it.id != node);
        found = strip.nodes.len() < before;
    };
    let edited = set_strip(film, scope, owner, take, ids)?;
    if found { Ok(edited) } else { Err(Refused::NoSuch { what: "sound node", id: node }) }
}

const fn no_bus(id: Id) -> Refused {
    Refused::NoSuch { what: "bus", id }
}

fn names_bus(strip: &Strip, bus: Id) -> bool {
    strip.output == Some(bus) || strip.sends.iter().any(|send| send.to == bus)
}

fn forget(strip: &mut Strip, bus: Id) {
    strip.sends.retain(|send| send.to != bus);
    strip.output = strip.output.filter(|output| *output != bus);
}

/// Refuses outputs and sends that lead nowhere, or back to where they come from.
fn check_outputs(work: &Work<'_>, owner: Id) -> Result<(), Refused> {
    let buses = &work.sequence.buses;
    let strip_of = |id: &Id| buses.get(id).map(|bus| &bus.strip);
    let track = work.sequence.track(owner).map(|(_, track)| &track.header.strip);
    let Some(strip) = strip_of(&owner).or(track) else { return Ok(()) };
    let leads = |strip: &Strip| -> Vec<Id> {
        strip.output.into_iter().chain(strip.sends.iter().map(|send| send.to)).collect()
    };
    let mut ahead = leads(strip);
    let mut seen = Vec::new();
    while let Some(bus) = ahead.pop() {
        if bus == owner {
            let words = format!("{owner} would lead back to itself: sound cannot go in a circle");
            return Err(Refused::Value(words));
        }
        let next = strip_of(&bus).ok_or(no_bus(bus))?;
        if !seen.contains(&bus) {
            seen.push(bus);
            ahead.extend(leads(next));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use timeline_format::mix::Layout;
    use timeline_format::sequence::Raster;
    use timeline_format::{Extra, Rate, Sequence, Track};

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn bus(output: Option<&str>) -> Bus {
        let strip = Strip { output: output.map(id), ..Strip::default() };
        Bus { name: "b".into(), role: None, layout: Layout::Stereo, strip, extra: Extra::new() }
    }

    fn film() -> (Timeline, Scope) {
        let raster = Raster { width: 16, height: 9 };
        let film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        let mut sequence = Sequence::new(Rate::FILM);
        let track = Track::sequential(id("a"), timeline_format::track::TrackKind::Sound);
        sequence.tracks.push_back(track.into());
        sequence.buses.insert(id("mix"), bus(None).into());
        sequence.buses.insert(id("room"), bus(Some("mix")).into());
        (film.with_sequence(id("main"), sequence), Scope::of(id("main")))
    }

    fn node() -> NodeInstance {
        NodeInstance {
            id: id("x"),
            kind: "gain".into(),
            bypass: false,
            values: BTreeMap::new(),
            wires: BTreeMap::new(),
            extra: Extra::new(),
        }
    }

    #[test]
    fn sends_and_nodes_come_change_and_go() {
        let (film, scope) = film();
        let ids = &mut IdSource::seeded(1);
        let send = Send { to: id("room"), gain: Some(Param::number(-6.0)), pre: false };
        let sent = set_send(&film, scope, (id("a"), &send), ids).unwrap().timeline;
        let louder = Send { gain: None, ..send };
        let sent = set_send(&sent, scope, (id("a"), &louder), ids).unwrap().timeline;
        let strip = |film: &Timeline| film.main().unwrap().tracks[0].header.strip.clone();
        assert_eq!(strip(&sent).sends, [louder]);
        let put = put_node(&sent, scope, (id("a"), 9, &node()), ids).unwrap();
        let made = put.made[0];
        let value = ("gain", Some(Param::number(3.0)));
        let set = set_node_value(&put.timeline, scope, (id("a"), made), value, ids).unwrap();
        assert_eq!(strip(&set.timeline).nodes[0].values["gain"], Param::number(3.0));
        let taken = remove_node(&set.timeline, scope, (id("a"), made), ids).unwrap().timeline;
        let bare = remove_send(&taken, scope, (id("a"), id("room")), ids).unwrap().timeline;
        assert_eq!(bare, film);
        assert!(remove_node(&film, scope, (id("a"), made), ids).is_err());
    }

    #[test]
    fn a_bus_that_goes_takes_its_sends_along_and_sound_does_not_go_in_circles() {
        let (film, scope) = film();
        let ids = &mut IdSource::seeded(2);
        let send = Send { to: id("room"), gain: None, pre: true };
        let sent = set_send(&film, scope, (id("a"), &send), ids).unwrap().timeline;
        let gone = remove_bus(&sent, scope, id("room"), ids).unwrap().timeline;
        assert!(gone.main().unwrap().tracks[0].header.strip.sends.is_empty());
        assert!(remove_bus(&film, scope, id("mix"), ids).is_err());
        let made = add_bus(&film, scope, &bus(Some("room")), ids).unwrap();
        let circle = |bus: &mut Bus| bus.strip.output = Some(made.made[0]);
        let refused = set_bus(&made.timeline, scope, id("room"), circle, ids).unwrap_err();
        assert!(refused.to_string().contains("circle"), "{refused}");
        let nowhere = |strip: &mut Strip| strip.output = Some(id("nowhere"));
        assert!(set_strip(&film, scope, id("a"), nowhere, ids).is_err());
    }
}
