//! How rooms answer: a bus for each, and what dialogue and foley send there while the picture is in it.

use super::names::derived;
use super::scenes::Scene;
use super::stands::{is_in_picture, stand_of, stepped};
use crate::plan::main_bus;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, Send, Strip};
use timeline_format::{Extra, Id, Location, Sequence, Timeline};

/// The level of what is sent to a room that one is not in, in dB.
const AWAY: f64 = -120.0;

/// Adds the buses of rooms, and the sends to them.
pub(super) fn answer(film: &Timeline, sequence: &mut Sequence, scenes: &[Scene]) {
    for (id, place) in &film.places {
        let is_visited = scenes.iter().any(|scene| scene.place == Some(*id));
        if place.room.is_empty() || !is_visited {
            continue;
        }
        let to = derived(&["room", id.as_str()]);
        let main = some_main_bus(sequence);
        sequence.buses.insert(to, Arc::new(room(place, main)));
        let level = |scene: &Scene| match scene.place {
            Some(place) if place == *id => stand_of(film, scene).room,
            _ => AWAY,
        };
        let gain = Some(stepped(scenes, level, AWAY));
        for track in sequence.tracks.iter_mut().filter(|track| is_in_picture(track)) {
            let sends = &mut Arc::make_mut(track).header.strip.sends;
            sends.push(Send { to, gain: gain.clone(), pre: false });
        }
    }
}

fn room(place: &Location, main: Id) -> Bus {
    let strip = Strip { nodes: place.room.clone(), output: Some(main), ..Strip::default() };
    let name = format!("{}: room", place.name);
    Bus { name, role: None, layout: Layout::Stereo, strip, extra: Extra::new() }
}

/// The bus that leads nowhere, which is made where there is none: a room would take its place.
fn some_main_bus(sequence: &mut Sequence) -> Id {
    if let Some(id) = main_bus(sequence) {
        return id;
    }
    let id = derived(&["main"]);
    let (name, strip) = ("main".to_owned(), Strip::default());
    let main = Bus { name, role: None, layout: Layout::default(), strip, extra: Extra::new() };
    sequence.buses.insert(id, Arc::new(main));
    id
}
