//! Places that are ready to be taken, one a file: each a recipe to begin from.

use std::collections::BTreeMap;
use timeline_format::clip::Generator;
use timeline_format::mix::NodeInstance;
use timeline_format::{Bed, Crossing, Extra, Frames, Id, Location, Param, Role, Source, Value};

signal::catalogue! {
    /// Every ready place, indoors first.
    pub ALL: PLACE: Ready = kitchen office hall cellar car street courtyard night_city forest shore
}

/// A place that is ready to be taken: one entry of the catalogue.
#[derive(Debug)]
pub struct Ready {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it is, in one sentence.
    pub help: &'static str,
    beds: &'static [Layer],
    outside: &'static [Made],
    room: &'static [Made],
    /// How long it takes to come in, in frames.
    crossing: i64,
}

/// A bed: what it is, whether it is outside, and what makes it.
#[derive(Debug)]
struct Layer {
    id: &'static str,
    role: Role,
    outside: bool,
    made: Made,
}

/// A kind of generator or node, and its values.
#[derive(Debug)]
struct Made(&'static str, &'static [(&'static str, Set)]);

/// A value.
#[derive(Debug, Clone, Copy)]
enum Set {
    Number(f64),
    Word(&'static str),
}

const fn tone(values: &'static [(&'static str, Set)]) -> Layer {
    let made = Made("room_tone", values);
    Layer { id: "tone", role: Role::RoomTone, outside: false, made }
}

const fn bed(id: &'static str, values: &'static [(&'static str, Set)]) -> Layer {
    Layer { id, role: Role::Ambience, outside: false, made: Made(id, values) }
}

const fn outside(id: &'static str, values: &'static [(&'static str, Set)]) -> Layer {
    Layer { outside: true, ..bed(id, values) }
}

/// The ready place called `id`.
pub fn find(id: &str) -> Option<&'static Ready> {
    ALL.iter().find(|ready| ready.id == id).copied()
}

impl Ready {
    /// It as a place of a film, called `name`.
    pub fn location(&self, name: &str) -> Location {
        let length = Frames::whole(self.crossing);
        Location {
            beds: self.beds.iter().filter_map(Layer::bed).collect(),
            outside: nodes(self.outside),
            room: nodes(self.room),
            crossing: Crossing { length, ..Crossing::default() },
            ..Location::new(name)
        }
    }
}

impl Layer {
    fn bed(&self) -> Option<Bed> {
        let Made(kind, values) = &self.made;
        let made = Generator { kind: (*kind).to_owned(), values: set(values), extra: Extra::new() };
        let (role, outside) = (self.role, self.outside);
        Some(Bed { role, outside, ..Bed::new(Id::parse(self.id)?, Source::Generator(made)) })
    }
}

fn nodes(made: &[Made]) -> Vec<NodeInstance> {
    let node = |Made(kind, values): &Made| {
        let id = Id::parse(kind)?;
        let (values, wires, extra) = (set(values), BTreeMap::new(), Extra::new());
        Some(NodeInstance { id, kind: (*kind).to_owned(), bypass: false, values, wires, extra })
    };
    made.iter().filter_map(node).collect()
}

fn set(values: &[(&str, Set)]) -> BTreeMap<String, Param> {
    let value = |set: &Set| match set {
        Set::Number(number) => Value::Number(*number),
        Set::Word(word) => Value::Text((*word).to_owned()),
    };
    let param = |(name, set): &(&str, Set)| ((*name).to_owned(), Param::Constant(value(set)));
    values.iter().map(param).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{generators, nodes};
    use signal::Parameter;
    use signal::parameter::Kind;

    fn fits(parameters: &[Parameter], values: &BTreeMap<String, Param>, of: &str) {
        for (name, value) in values {
            let known = parameters.iter().find(|known| known.id == name);
            let known = known.unwrap_or_else(|| panic!("{of} has no {name}"));
            let fits = match (known.kind, value) {
                (
                    Kind::Number { least, most, .. } | Kind::Setting { least, most, .. },
                    Param::Constant(Value::Number(number)),
                ) => (least..=most).contains(number),
                (Kind::Choice { options }, Param::Constant(Value::Text(word))) => {
                    options.contains(&word.as_str())
                }
                _ => false,
            };
            assert!(fits, "{of}: {name} is {value:?}");
        }
    }

    #[test]
    fn every_ready_place_is_made_of_what_there_is() {
        for ready in ALL {
            let place = ready.location(ready.label);
            assert_eq!(place.beds.len(), ready.beds.len(), "{}", ready.id);
            for bed in &place.beds {
                let Source::Generator(made) = &bed.source else { panic!("{}", ready.id) };
                let found = generators::find(&made.kind);
                let of = format!("{}, {}", ready.id, made.kind);
                fits(found.unwrap_or_else(|| panic!("{of}")).parameters, &made.values, &of);
            }
            for node in place.outside.iter().chain(&place.room) {
                let of = format!("{}, {}", ready.id, node.kind);
                let found = nodes::find(&node.kind).unwrap_or_else(|| panic!("{of}"));
                fits(found.parameters, &node.values, &of);
            }
            let outside = place.beds.iter().any(|bed| bed.outside);
            assert_eq!(outside, !place.outside.is_empty(), "{}", ready.id);
        }
    }
}
