//! The document as a value.

use crate::media::Media;
use crate::parameter::is_default;
use crate::sequence::Raster;
use crate::{Extra, Id, Location, Param, Rate, SavedLook, Sequence, Shot, Still};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A film: an immutable value. An edit makes another that shares what it did not change, so that
/// undo is keeping the old one and a thread that plays or renders holds its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// What holds for the whole film.
    pub settings: Arc<Settings>,
    /// What it is made of.
    pub media: OrdMap<Id, Arc<Media>>,
    /// Shots and their takes.
    pub shots: OrdMap<Id, Arc<Shot>>,
    /// Looks that clips share.
    pub looks: OrdMap<Id, Arc<SavedLook>>,
    /// Stills of its gallery.
    pub stills: OrdMap<Id, Arc<Still>>,
    /// What its places sound like.
    pub places: OrdMap<Id, Arc<Location>>,
    /// The cut and what is nested in it.
    pub sequences: OrdMap<Id, Arc<Sequence>>,
    /// Deliveries that were set up.
    pub deliveries: OrdMap<Id, Arc<Delivery>>,
    /// Unknown tables and fields.
    pub extra: Arc<Extra>,
}

/// What holds for the whole film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The film's title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The picture's size.
    pub raster: Raster,
    /// The rate of new sequences.
    pub rate: Rate,
    /// Samples a second, 8000 to 192000.
    pub sound: u32,
    /// What colours mean in the film: `rec709`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub colour: WorkingColour,
    /// The sequence that is delivered.
    pub main: Id,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What colours mean in the film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WorkingColour {
    /// BT.709 primaries and transfer; sRGB stills keep their code values.
    #[default]
    Rec709,
    /// BT.2020 primaries with the BT.709 transfer.
    Rec2020,
}

/// A delivery that was set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// The preset's name.
    pub preset: String,
    /// Where to, relative to the document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// First frame, of the main sequence; absent is 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// First frame after the last; absent is the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// What differs from the preset.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Param>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Timeline {
    /// A film with one empty sequence of the id `main`.
    pub fn new(raster: Raster, rate: Rate, sound: u32, main: Id) -> Self {
        let settings = Settings {
            title: String::new(),
            raster,
            rate,
            sound,
            colour: WorkingColour::Rec709,
            main,
            extra: Extra::new(),
        };
        Self {
            settings: Arc::new(settings),
            media: OrdMap::new(),
            shots: OrdMap::new(),
            looks: OrdMap::new(),
            stills: OrdMap::new(),
            places: OrdMap::new(),
            sequences: OrdMap::unit(main, Arc::new(Sequence::new(rate))),
            deliveries: OrdMap::new(),
            extra: Arc::new(Extra::new()),
        }
    }

    /// The sequence that is delivered.
    pub fn main(&self) -> Option<&Arc<Sequence>> {
        self.sequences.get(&self.settings.main)
    }

    /// This film with another sequence under `id`.
    #[must_use]
    pub fn with_sequence(&self, id: Id, sequence: Sequence) -> Self {
        let sequences = self.sequences.update(id, Arc::new(sequence));
        Self { sequences, ..self.clone() }
    }

    /// The size of a sequence: its own, or the film's.
    pub fn raster_of(&self, sequence: &Sequence) -> Raster {
        sequence.header.raster.unwrap_or(self.settings.raster)
    }
}
