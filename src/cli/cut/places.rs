//! Places: made, furnished with beds, and named by clips.

use super::Bench;
use super::catalogue::known;
use super::effects::constants;
use super::name::{Shape, value_of_name};
use crate::cli::Failure;
use crate::edit::{self, Edited, Refused, Setting};
use crate::sound::places;
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use timeline_format::mix::NodeInstance;
use timeline_format::{Crossing, Extra, Frames, Id, Location, Perspective, Stand, Value};

impl Bench<'_> {
    /// The place that `text` names: by its id, or by its name.
    pub(super) fn place(&self, text: &str) -> Result<Id, Failure> {
        let places = &self.film.places;
        let by_id = Id::parse(text).filter(|id| places.contains_key(id));
        let by_name = || places.iter().find(|(_, place)| place.name == text).map(|(id, _)| *id);
        by_id.or_else(by_name).ok_or_else(|| {
            let names: Vec<String> = places.keys().map(Id::to_string).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            Failure::call(format!(
                "there is no place {text:?}; the places are {names}: make one with `make-place`"
            ))
        })
    }
}

/// How near a shot lets one be.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Near {
    Close,
    Medium,
    Wide,
    /// As the shot says, or not said.
    None,
}

impl From<Near> for Option<Perspective> {
    fn from(near: Near) -> Self {
        match near {
            Near::Close => Some(Perspective::Close),
            Near::Medium => Some(Perspective::Medium),
            Near::Wide => Some(Perspective::Wide),
            Near::None => None,
        }
    }
}

/// How a place comes in.
#[derive(Debug, Args)]
struct Comes {
    /// How long it and the place before it are heard together: 12, 0.5s; 0 is a hard cut.
    #[arg(long, value_name = "LENGTH")]
    crossing: Option<String>,
    /// Frames by which the crossing lies ahead of the cut (a J cut); below 0 behind it (an L cut).
    #[arg(long, allow_negative_numbers = true)]
    lead: Option<Frames>,
    /// How the level moves.
    #[arg(long, value_enum)]
    shape: Option<Shape>,
}

impl Comes {
    const fn is_stated(&self) -> bool {
        self.crossing.is_some() || self.lead.is_some() || self.shape.is_some()
    }

    fn over(&self, usual: Crossing, bench: &Bench<'_>) -> Result<Crossing, Failure> {
        let length = self.crossing.as_deref().map(|text| bench.length(text)).transpose()?;
        Ok(Crossing {
            length: length.map_or(usual.length, Frames::whole),
            lead: self.lead.unwrap_or(usual.lead),
            shape: self.shape.map_or(usual.shape, Into::into),
        })
    }
}

/// Make a place: what is heard wherever the picture is there.
#[derive(Debug, Args)]
#[command(after_help = "\
The ready places are listed by `roomtone list places`.

Example:
  roomtone cut film.roomtone make-place kitchen --like kitchen --name \"Her kitchen\"")]
pub(super) struct MakePlace {
    /// Its id: a word.
    id: Id,
    /// What it is called; absent: as its id.
    #[arg(long)]
    name: Option<String>,
    /// A ready place to begin from; absent: a place where nothing is heard.
    #[arg(long, value_name = "READY")]
    like: Option<String>,
    #[command(flatten)]
    comes: Comes,
}

impl MakePlace {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        if bench.film.places.contains_key(&self.id) {
            let words = "change it with `set-place`, or choose another id";
            return Err(Failure::call(format!("there is a place {} already: {words}", self.id)));
        }
        let name = self.name.clone().unwrap_or_else(|| self.id.to_string());
        let mut place = match &self.like {
            None => Location::new(&name),
            Some(like) => {
                known("places", like)?;
                places::find(like)
                    .map_or_else(|| Location::new(&name), |ready| ready.location(&name))
            }
        };
        place.crossing = self.comes.over(place.crossing, bench)?;
        Ok(edit::put_place(bench.film, self.id, &place)?)
    }
}

/// Change a place: its name, how it comes in, what sizes of shots mean there.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone set-place kitchen --crossing 1s --lead 6 --stand wide=-8,-5,-6"
)]
pub(super) struct SetPlace {
    /// The place.
    place: String,
    /// What it is called.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    comes: Comes,
    /// What a size of shot does to dialogue and foley there: level, air at 10 kHz and room, in dB.
    #[arg(long = "stand", value_name = "SIZE=LEVEL,AIR,ROOM", value_parser = stand)]
    stands: Vec<(Perspective, Stand)>,
}

/// `wide=-8,-5,-6`.
fn stand(text: &str) -> Result<(Perspective, Stand), String> {
    let wrong = || "write SIZE=LEVEL,AIR,ROOM in dB, such as wide=-8,-5,-6".to_owned();
    let (size, numbers) = text.split_once('=').ok_or_else(wrong)?;
    let size = Perspective::ALL.into_iter().find(|known| known.word() == size);
    let numbers: Vec<f64> = numbers.split(',').filter_map(|one| one.trim().parse().ok()).collect();
    match (size, &numbers[..]) {
        (Some(size), [gain, air, room]) => {
            Ok((size, Stand { gain: *gain, air: *air, room: *room }))
        }
        _ => Err(wrong()),
    }
}

impl SetPlace {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let id = bench.place(&self.place)?;
        let usual = bench.film.places.get(&id).map(|place| place.crossing).unwrap_or_default();
        let crossing = self.comes.over(usual, bench)?;
        Ok(edit::change_place(bench.film, id, |place| {
            place.crossing = crossing;
            if let Some(name) = &self.name {
                place.name.clone_from(name);
            }
            place.stands.extend(self.stands.iter().copied());
            Ok(())
        })?)
    }
}

/// Take a place away; the clips that were there are nowhere.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-place kitchen")]
pub(super) struct RemovePlace {
    /// The place.
    place: String,
}

impl RemovePlace {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let place = bench.place(&self.place)?;
        Ok(edit::remove_place(bench.film, place)?)
    }
}

/// Which nodes of a place.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    /// How the room answers dialogue and foley.
    Room,
    /// What stands between the place and what is outside.
    Outside,
}

impl Part {
    fn of(self, place: &mut Location) -> &mut Vec<NodeInstance> {
        match self {
            Self::Room => &mut place.room,
            Self::Outside => &mut place.outside,
        }
    }
}

/// Put a sound node into the room of a place, or between it and what is outside; or change the one of this
/// kind that is there.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone furnish kitchen outside through --set obstacle=window --set opening=20"
)]
pub(super) struct Furnish {
    /// The place.
    place: String,
    /// Where in it.
    part: Part,
    /// What it is (see `roomtone list nodes`).
    kind: String,
    /// A value, such as decay=0.6; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
    /// Take it away.
    #[arg(long, conflicts_with = "values")]
    remove: bool,
}

impl Furnish {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        known("nodes", &self.kind)?;
        let place = bench.place(&self.place)?;
        let id = Id::parse(&self.kind).unwrap_or_else(|| bench.ids.next_id());
        let kind = &self.kind;
        Ok(edit::change_place(bench.film, place, |place| {
            let nodes = self.part.of(place);
            let there = nodes.iter().position(|node| node.kind == *kind);
            match there {
                Some(index) if self.remove => drop(nodes.remove(index)),
                None if self.remove => {
                    return Err(Refused::Value(format!("there is no node {kind} there")));
                }
                Some(index) => nodes[index].values.extend(constants(&self.values)),
                None => nodes.push(self.node(id)),
            }
            Ok(())
        })?)
    }

    fn node(&self, id: Id) -> NodeInstance {
        let (values, wires, extra) = (constants(&self.values), BTreeMap::new(), Extra::new());
        NodeInstance { id, kind: self.kind.clone(), bypass: false, values, wires, extra }
    }
}

/// Say where clips are, how near they let one be, and how their place comes in.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone scene v1@0 v1@58 --place kitchen --perspective close"
)]
pub(super) struct Scene {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
    /// The place; none: as their shots say.
    #[arg(long)]
    place: Option<String>,
    /// How near one is.
    #[arg(long, value_enum)]
    perspective: Option<Near>,
    /// Say it of their shots, and so of every clip of them.
    #[arg(long)]
    of_shot: bool,
    #[command(flatten)]
    comes: Comes,
    /// Let the place come in as it usually does.
    #[arg(long, conflicts_with_all = ["crossing", "lead", "shape"])]
    usual_crossing: bool,
}

impl Scene {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        let place = match self.place.as_deref() {
            None => None,
            Some("none") => Some(None),
            Some(place) => Some(Some(bench.place(place)?)),
        };
        let usual = place.flatten().and_then(|id| bench.film.places.get(&id));
        let usual = usual.map(|place| place.crossing).unwrap_or_default();
        let crossing = match (self.comes.is_stated(), self.usual_crossing) {
            (true, _) => Some(Some(self.comes.over(usual, bench)?)),
            (false, true) => Some(None),
            (false, false) => None,
        };
        let perspective = self.perspective.map(Into::into);
        let setting = Setting { place, perspective, crossing, of_shot: self.of_shot };
        Ok(edit::set_scene(bench.film, bench.scope, (&clips, &setting), &mut bench.ids)?)
    }
}
