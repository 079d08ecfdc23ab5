//! Records that keep the fields that this version does not know.

use crate::caption::Captions;
use crate::clip::Clip;
use crate::location::Location;
use crate::media::Media;
use crate::mix::Bus;
use crate::saved_look::SavedLook;
use crate::sequence::{Marker, SequenceHeader};
use crate::shot::Shot;
use crate::still::Still;
use crate::timeline::{Delivery, Settings};
use crate::track::TrackHeader;
use crate::transition::Transition;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

/// Named JSON values, in their order.
pub type Fields = serde_json::Map<String, Value>;

/// Fields that this version does not know: kept, in their order, and written back.
///
/// Nearly every record has none, and then it is a word of memory.
#[derive(Debug, Clone, Default)]
pub struct Extra(Option<Box<Fields>>);

static NONE: LazyLock<Fields> = LazyLock::new(Fields::new);

impl Extra {
    /// No fields.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|fields| fields.is_empty())
    }

    /// The fields themselves.
    pub fn into_fields(self) -> Fields {
        self.0.map_or_else(Fields::new, |fields| *fields)
    }
}

impl Deref for Extra {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        self.0.as_deref().unwrap_or_else(|| &NONE)
    }
}

impl DerefMut for Extra {
    fn deref_mut(&mut self) -> &mut Fields {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Extra {}

impl From<Fields> for Extra {
    fn from(fields: Fields) -> Self {
        Self((!fields.is_empty()).then(|| Box::new(fields)))
    }
}

impl FromIterator<(String, Value)> for Extra {
    fn from_iter<T: IntoIterator<Item = (String, Value)>>(fields: T) -> Self {
        Fields::from_iter(fields).into()
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Named;
        impl<'de> Visitor<'de> for Named {
            type Value = Extra;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Extra, A::Error> {
                let mut extra = Extra::new();
                while let Some((name, value)) = map.next_entry()? {
                    extra.insert(name, value);
                }
                Ok(extra)
            }
        }
        deserializer.deserialize_map(Named)
    }
}

/// A record of a table.
pub(crate) trait HasExtra {
    fn extra(&self) -> &Extra;
    fn extra_mut(&mut self) -> &mut Extra;
}

macro_rules! has_extra {
    ($($record:ty),+ $(,)?) => {
        $(impl HasExtra for $record {
            fn extra(&self) -> &Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut Extra {
                &mut self.extra
            }
        })+
    };
}

has_extra!(
    Bus,
    Captions,
    Clip,
    Delivery,
    Location,
    Marker,
    Media,
    SavedLook,
    SequenceHeader,
    Settings,
    Shot,
    Still,
    TrackHeader,
    Transition,
);
