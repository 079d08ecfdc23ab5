//! The quick way to read a clip or gap that has nothing unusual.
//!
//! Most records of a long film have a length, a source, an in point and a name. These are read
//! without the detours that unknown and rare fields ask for; a record with any other field is left
//! to the general way, which knows them all.

use super::items::{MOST_FRAMES, Parsed};
use super::survey::Member;
use crate::{Clip, Frames, Id, Item, Source};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

/// The record, if it is plain.
pub(super) fn read(row: &Member<'_>) -> Option<Parsed> {
    let Plain { length, clip } = serde_json::from_str(row.text).ok()?;
    let id = Id::parse(&row.key).filter(|_| (1..=MOST_FRAMES).contains(&length))?;
    Some(Parsed::Item(clip.map_or(Item::gap(id, length), |clip| Item::clip(id, length, clip))))
}

/// A record of nothing but plain fields.
struct Plain {
    length: i64,
    clip: Option<Clip>,
}

enum Field {
    Length,
    Name,
    In,
    Speed,
    Link,
    Shot,
    Media,
    Sequence,
    Other,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl Visitor<'_> for Names {
            type Value = Field;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the name of a field")
            }
            fn visit_str<E>(self, name: &str) -> Result<Field, E> {
                Ok(match name {
                    "length" => Field::Length,
                    "name" => Field::Name,
                    "in" => Field::In,
                    "speed" => Field::Speed,
                    "link" => Field::Link,
                    "shot" => Field::Shot,
                    "media" => Field::Media,
                    "sequence" => Field::Sequence,
                    _ => Field::Other,
                })
            }
        }
        deserializer.deserialize_identifier(Names)
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Plain;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a record of plain fields")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Plain, A::Error> {
                fields(map)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

fn fields<'de, A: MapAccess<'de>>(mut map: A) -> Result<Plain, A::Error> {
    let unusual = || serde::de::Error::custom("the record is not plain");
    let (mut length, mut source) = (None, None);
    let mut clip = Clip::new(Source::Media(Id::unnamed()));
    let mut seen = 0;
    let mut names = 0_u32;
    while let Some(field) = map.next_key::<Field>()? {
        names += 1;
        match field {
            Field::Length if length.is_none() => length = Some(map.next_value()?),
            Field::Name => clip.name = map.next_value()?,
            Field::In => clip.source_in = map.next_value::<Frames>()?,
            Field::Speed => clip.speed = map.next_value()?,
            Field::Link => clip.link = map.next_value()?,
            Field::Shot if source.is_none() => source = Some(Source::Shot(map.next_value()?)),
            Field::Media if source.is_none() => source = Some(Source::Media(map.next_value()?)),
            Field::Sequence if source.is_none() => {
                source = Some(Source::Sequence(map.next_value()?));
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
                return Err(unusual());
            }
        }
        seen |= 1_u32 << field_bit(&field);
    }
    let length = length.filter(|_| seen.count_ones() == names).ok_or_else(unusual)?;
    match source {
        Some(source) => Ok(Plain { length, clip: Some(Clip { source, ..clip }) }),
        None if names == 1 => Ok(Plain { length, clip: None }),
        None => Err(unusual()),
    }
}

/// A bit for each field that may stand once.
const fn field_bit(field: &Field) -> u32 {
    match field {
        Field::Length => 0,
        Field::Name => 1,
        Field::In => 2,
        Field::Speed => 3,
        Field::Link => 4,
        Field::Shot => 5,
        Field::Media => 6,
        Field::Sequence => 7,
        Field::Other => 8,
    }
}
