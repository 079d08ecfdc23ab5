//! Where the film is: a coast, a room, a street, each with its air.

use super::id;
use super::mix;
use std::collections::BTreeMap;
use timeline_format::clip::Generator;
use timeline_format::mix::Strip;
use timeline_format::{Bed, Crossing, Extra, FadeShape, Frames, Id, Location, Param, Role, Source};

pub(super) fn all() -> Vec<(Id, Location)> {
    vec![(id("coast"), coast()), (id("room"), room()), (id("street"), street())]
}

/// A recording of wind, which goes round, over a sea that is made.
fn coast() -> Location {
    let mut wind = Bed::new(id("wind"), Source::Media(id("wind")));
    wind.strip.gain = Some(Param::number(-9.0));
    let sea = [("level", -41.0), ("period", 9.0), ("surf", 35.0), ("shingle", -14.0)];
    Location {
        beds: vec![wind, bed("sea", Role::Ambience, &sea, Strip::default())],
        crossing: crossing(40, 4),
        note: "the gusts over it lie on a track of their own".to_owned(),
        ..Location::new("The coast")
    }
}

/// Its tone is learned from a recording; the wind is left outside, and what is said answers from its walls.
fn room() -> Location {
    let mut tone = bed("matched_tone", Role::RoomTone, &[("gain", -15.0)], Strip::default());
    if let Source::Generator(made) = &mut tone.source {
        made.values.insert("like".to_owned(), mix::word("room-tone"));
    }
    let wind = [("level", -33.0), ("speed", 9.0), ("gust", 22.0), ("howl", -14.0)];
    let mut wind = bed("wind", Role::Ambience, &wind, mix::outside());
    wind.outside = true;
    Location {
        beds: vec![tone, wind],
        outside: vec![mix::window()],
        room: vec![mix::walls()],
        crossing: crossing(30, 4),
        note: "the wind is shut out, the room's own tone is left".to_owned(),
        ..Location::new("The room")
    }
}

/// It comes in ahead of its picture.
fn street() -> Location {
    let cars = [("level", -37.0), ("distance", 30.0), ("flow", 420.0), ("wet", 70.0)];
    let city = [("level", -46.0), ("height", 12.0), ("bustle", 15.0)];
    Location {
        beds: vec![
            bed("traffic", Role::Ambience, &cars, mix::traffic()),
            bed("city", Role::Ambience, &city, Strip::default()),
        ],
        crossing: crossing(36, 12),
        note: "traffic comes in ahead of its picture".to_owned(),
        ..Location::new("The street")
    }
}

fn crossing(length: i64, lead: i64) -> Crossing {
    let (length, lead) = (Frames::whole(length), Frames::whole(lead));
    Crossing { length, lead, shape: FadeShape::EqualPower }
}

fn bed(kind: &str, role: Role, values: &[(&str, f64)], strip: Strip) -> Bed {
    let (values, kind) = (numbers(values), kind.to_owned());
    let name = id(&kind.replace('_', "-"));
    let source = Source::Generator(Generator { kind, values, extra: Extra::new() });
    Bed { role, strip, ..Bed::new(name, source) }
}

pub(super) fn numbers(values: &[(&str, f64)]) -> BTreeMap<String, Param> {
    values.iter().map(|(name, value)| ((*name).to_owned(), Param::number(*value))).collect()
}
