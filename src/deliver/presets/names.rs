//! How formats and colours are spelled in a preset's file.

use serde::{Deserialize, Serialize};

use crate::signal::{Colour, Depth, Model, PixelFormat, Word};

/// Formats as `yuv420p8`, `yuva444p10`, `rgb16`, `rgba-f32`, `grey8`.
pub(super) mod format {
    use super::PixelFormat;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(in super::super) fn serialize<S: Serializer>(
        format: &PixelFormat,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::format_name(*format))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<PixelFormat, D::Error> {
        let name = String::deserialize(deserializer)?;
        super::every_format()
            .find(|format| super::format_name(*format) == name)
            .ok_or_else(|| de::Error::custom(format!("there is no pixel format {name:?}")))
    }
}

/// Options as an object.
pub(super) mod options {
    use super::super::preset::Options;
    use serde::{Deserialize as _, Deserializer, Serializer, de};
    use serde_json::{Map, Value};

    pub(in super::super) fn serialize<S: Serializer>(
        options: &Options,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(options.iter().map(|(name, value)| (name, value)))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Options, D::Error> {
        let text = |value: Value| match value {
            Value::String(text) => Ok(text),
            Value::Number(number) => Ok(number.to_string()),
            other => Err(de::Error::custom(format!("{other} is neither a text nor a number"))),
        };
        Map::deserialize(deserializer)?
            .into_iter()
            .map(|(name, value)| Ok((name.into(), text(value)?.into())))
            .collect()
    }
}

/// Colours as an object of four names.
pub(super) mod colour {
    use super::{Colour, Tags};
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(in super::super) fn serialize<S: Serializer>(
        colour: &Colour,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Tags::of(*colour).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Colour, D::Error> {
        Tags::deserialize(deserializer)?.colour().map_err(serde::de::Error::custom)
    }
}

const DEPTHS: [(Depth, &str); 5] = [
    (Depth::U8, "8"),
    (Depth::U10, "10"),
    (Depth::U12, "12"),
    (Depth::U16, "16"),
    (Depth::F32, "-f32"),
];

const MODELS: [Model; 5] = [
    Model::Grey,
    Model::Rgb,
    Model::Yuv { across: 1, down: 1 },
    Model::Yuv { across: 1, down: 0 },
    Model::Yuv { across: 0, down: 0 },
];

fn every_format() -> impl Iterator<Item = PixelFormat> {
    MODELS.into_iter().flat_map(|model| {
        [false, true].into_iter().flat_map(move |alpha| {
            DEPTHS.into_iter().map(move |(depth, _)| PixelFormat { model, alpha, depth })
        })
    })
}

/// A format's name: `yuv420p8`, `yuva444p10`, `rgb16`, `rgba-f32`, `grey8`.
pub(in crate::deliver) fn format_name(format: PixelFormat) -> String {
    let alpha = if format.alpha { "a" } else { "" };
    let depth = DEPTHS.iter().find(|(depth, _)| *depth == format.depth).map_or("", |(_, n)| n);
    match format.model {
        Model::Grey => format!("grey{alpha}{depth}"),
        Model::Rgb => format!("rgb{alpha}{depth}"),
        Model::Yuv { across, down } => {
            let sub = match (across, down) {
                (0, 0) => "444",
                (1, 0) => "422",
                (1, 1) => "420",
                _ => "4xx",
            };
            format!("yuv{alpha}{sub}p{depth}")
        }
    }
}

/// The four names of a colour.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::deliver) struct Tags {
    pub(in crate::deliver) primaries: String,
    pub(in crate::deliver) transfer: String,
    pub(in crate::deliver) matrix: String,
    pub(in crate::deliver) range: String,
}

fn value_of<T: Word>(what: &str, name: &str) -> Result<T, String> {
    T::of_word(name).ok_or_else(|| {
        let names: Vec<_> = T::WORDS.iter().map(|(_, name)| *name).collect();
        format!("{what} {name:?} is not one of {}", names.join(", "))
    })
}

impl Tags {
    pub(in crate::deliver) fn of(colour: Colour) -> Self {
        Self {
            primaries: colour.primaries.word().to_owned(),
            transfer: colour.transfer.word().to_owned(),
            matrix: colour.matrix.word().to_owned(),
            range: colour.range.word().to_owned(),
        }
    }

    fn colour(&self) -> Result<Colour, String> {
        Ok(Colour {
            primaries: value_of("primaries", &self.primaries)?,
            transfer: value_of("transfer", &self.transfer)?,
            matrix: value_of("matrix", &self.matrix)?,
            range: value_of("range", &self.range)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name_of_its_own() {
        let mut names: Vec<_> = every_format().map(format_name).collect();
        assert!(names.contains(&"yuva444p10".into()) && names.contains(&"rgba-f32".into()));
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
