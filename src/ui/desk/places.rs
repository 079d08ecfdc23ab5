//! Where the film is: its places along the cut, what is heard there, and which clips are where.

use super::Desk;
use crate::edit::{self, Refused, Setting};
use crate::sound::places::{Ready, Span, scenes, spans};
use crate::sound::{generators, nodes};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::mix::NodeInstance;
use timeline_format::{
    Bed, Crossing, Extra, Id, Location, Param, Perspective, Source, Timeline, Value,
};

/// The nodes of a place that are set as those of strips are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Part {
    /// How the room answers.
    Room,
    /// What stands between the place and what is outside.
    Outside,
}

impl Part {
    /// Its nodes.
    pub(in crate::ui) fn of(self, place: &Location) -> &[NodeInstance] {
        match self {
            Self::Room => &place.room,
            Self::Outside => &place.outside,
        }
    }

    fn of_mut(self, place: &mut Location) -> &mut Vec<NodeInstance> {
        match self {
            Self::Room => &mut place.room,
            Self::Outside => &mut place.outside,
        }
    }
}

/// Where the places of a film are heard, kept until the film changes.
#[derive(Debug, Default)]
pub(super) struct Stays(RefCell<Option<(Arc<Timeline>, Arc<Vec<Span>>)>>);

impl Desk {
    /// Where the places are heard along the sequence that is cut.
    pub(in crate::ui) fn stays(&self) -> Arc<Vec<Span>> {
        let (Some(film), Some(sequence)) = (self.film(), self.sequence()) else {
            return Arc::default();
        };
        let mut known = self.stays.0.borrow_mut();
        if let Some((of, spans)) = &*known
            && Arc::ptr_eq(of, film.now())
        {
            return Arc::clone(spans);
        }
        let scenes = scenes(film.now(), sequence);
        let found = Arc::new(spans(film.now(), sequence, &scenes));
        *known = Some((Arc::clone(film.now()), Arc::clone(&found)));
        found
    }

    /// The place at the playhead.
    pub(in crate::ui) fn place_here(&self) -> Option<Id> {
        let here = self.position();
        let stays = self.stays();
        stays.iter().find(|stay| (stay.from..stay.to).contains(&here)).map(|stay| stay.place)
    }

    /// A place of the film.
    pub(in crate::ui) fn location(&self, id: Id) -> Option<Arc<Location>> {
        self.film()?.now().places.get(&id).cloned()
    }

    /// Every place of the film, and its name.
    pub(in crate::ui) fn places(&self) -> Vec<(Id, String)> {
        let Some(film) = self.film() else { return Vec::new() };
        film.now().places.iter().map(|(id, place)| (*id, place.name.clone())).collect()
    }

    /// Makes a place, ready or bare, and sets the chosen clips in it.
    pub(in crate::ui) fn make_place(&mut self, ready: Option<&'static Ready>) {
        let name = ready.map_or("Place", |ready| ready.label);
        let place = ready.map_or_else(|| Location::new(name), |ready| ready.location(name));
        let subjects = self.subjects();
        let mut made = None;
        self.edit(&format!("Make {name}"), |film, scope, ids| {
            let id = ids.next_id();
            made = Some(id);
            let edited = edit::put_place(film, id, &place)?;
            let setting = Setting { place: Some(Some(id)), of_shot: true, ..Setting::default() };
            edit::set_scene(&edited.timeline, scope, (&subjects, &setting), ids)
        });
        self.chosen_place = made;
    }

    /// Takes a place away.
    pub(in crate::ui) fn remove_place(&mut self, id: Id) {
        self.edit("Remove place", |film, _, _| edit::remove_place(film, id));
    }

    /// Sets the chosen clips in a place, or in that of their shots.
    pub(in crate::ui) fn set_place(&mut self, place: Option<Id>) {
        let setting = Setting { place: Some(place), of_shot: true, ..Setting::default() };
        self.set_scene("Place", setting);
    }

    /// Says how near the chosen clips let one be.
    pub(in crate::ui) fn set_perspective(&mut self, perspective: Option<Perspective>) {
        let perspective = Some(perspective);
        self.set_scene("Perspective", Setting { perspective, of_shot: true, ..Setting::default() });
    }

    fn set_scene(&mut self, name: &str, setting: Setting) {
        let subjects = self.subjects();
        self.edit(name, |film, scope, ids| {
            edit::set_scene(film, scope, (&subjects, &setting), ids)
        });
    }

    /// Changes a place, as a step of the history.
    pub(in crate::ui) fn change_place(
        &mut self,
        name: &str,
        id: Id,
        change: impl FnOnce(&mut Location),
    ) {
        self.edit(name, |film, _, _| {
            edit::change_place(film, id, |place| {
                change(place);
                Ok(())
            })
        });
    }

    /// Changes a place, as a part of what the hand does now.
    pub(in crate::ui) fn turn_place(
        &mut self,
        name: &str,
        id: Id,
        change: impl FnOnce(&mut Location),
    ) {
        self.edit_live(name, |film, _, _| {
            edit::change_place(film, id, |place| {
                change(place);
                Ok(())
            })
        });
    }

    /// Sets how a place comes in.
    pub(in crate::ui) fn turn_crossing(&mut self, id: Id, crossing: Crossing) {
        self.turn_place("Crossing", id, |place| place.crossing = crossing);
    }

    /// Sets a value of a bed's generator; `None` sets it back.
    pub(in crate::ui) fn turn_bed(
        &mut self,
        (place, bed): (Id, Id),
        parameter: &str,
        value: Option<Value>,
    ) {
        let name = format!("{parameter} of {bed}");
        self.edit_live(&name, |film, _, _| {
            edit::change_bed(film, (place, bed), |bed| {
                let Source::Generator(made) = &mut bed.source else {
                    return Err(Refused::Value("a recording has no values".to_owned()));
                };
                stated(&mut made.values, parameter, value);
                Ok(())
            })
        });
    }

    /// Sets the level of a bed, in dB.
    pub(in crate::ui) fn turn_bed_level(&mut self, (place, bed): (Id, Id), level: Option<f64>) {
        self.edit_live(&format!("Level of {bed}"), |film, _, _| {
            edit::change_bed(film, (place, bed), |bed| {
                bed.strip.gain = level.map(Param::number);
                Ok(())
            })
        });
    }

    /// Lays a bed of a generator into a place.
    pub(in crate::ui) fn add_bed(&mut self, place: Id, kind: &str) {
        let label = generators::find(kind).map_or(kind, |known| known.label);
        let made =
            Generator { kind: kind.to_owned(), values: BTreeMap::new(), extra: Extra::new() };
        self.edit(&format!("Add {label}"), |film, _, ids| {
            let id = ids.next_id();
            edit::change_place(film, place, |place| {
                place.beds.push(Bed::new(id, Source::Generator(made)));
                Ok(())
            })
        });
    }

    /// Puts a node of the catalogue into a part of a place.
    pub(in crate::ui) fn furnish(&mut self, place: Id, part: Part, kind: &str) {
        let label = nodes::find(kind).map_or(kind, |node| node.label);
        self.edit(&format!("Add {label}"), |film, _, ids| {
            let id = ids.next_id();
            edit::change_place(film, place, |place| {
                part.of_mut(place).push(NodeInstance {
                    id,
                    kind: kind.to_owned(),
                    bypass: false,
                    values: if part == Part::Room { wholly() } else { BTreeMap::new() },
                    wires: BTreeMap::new(),
                    extra: Extra::new(),
                });
                Ok(())
            })
        });
    }

    /// Sets a value of a node of a place; `None` sets it back.
    pub(in crate::ui) fn turn_place_node(
        &mut self,
        (place, part, node): (Id, Part, Id),
        parameter: &str,
        value: Option<Value>,
    ) {
        self.turn_place(&format!("{parameter} of {node}"), place, |place| {
            let found = part.of_mut(place).iter_mut().find(|known| known.id == node);
            found.into_iter().for_each(|node| stated(&mut node.values, parameter, value.clone()));
        });
    }

    /// Takes a node out of a place.
    pub(in crate::ui) fn remove_place_node(&mut self, (place, part, node): (Id, Part, Id)) {
        self.change_place("Remove node", place, |place| {
            part.of_mut(place).retain(|known| known.id != node);
        });
    }
}

/// A room that is sent to is heard by itself.
fn wholly() -> BTreeMap<String, Param> {
    BTreeMap::from([("mix".to_owned(), Param::number(100.0))])
}

fn stated(values: &mut BTreeMap<String, Param>, parameter: &str, value: Option<Value>) {
    match value {
        Some(value) => values.insert(parameter.to_owned(), Param::Constant(value)),
        None => values.remove(parameter),
    };
}
