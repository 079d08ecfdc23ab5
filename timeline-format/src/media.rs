//! What the film is made of: files, as they were found.

use crate::parameter::is_default;
use crate::{Extra, Fault, Frames, Rate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A file or a numbered sequence of files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Media {
    /// Where: relative to the document, with `/`, no `..` out of it unless the artist put the media
    /// there; a run of `#` stands for the frame number of a sequence (`####`: at least 4 digits).
    /// Never a network address.
    pub path: String,
    /// What it is.
    pub kind: MediaKind,
    /// A name for people, if the file's does not serve.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Frames a second: what a file states, what an artist said for a sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// Its length on its own grid: frames of `rate`; samples where there is sound alone. Stills
    /// have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Frames>,
    /// The timecode of its first frame, as a frame count at `rate`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start: i64,
    /// The number in the name of a sequence's first file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_number: Option<i64>,
    /// Numbers that a sequence lacks, as `"1007 1012-1014"`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub holes: String,
    /// The picture, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureStream>,
    /// The sound, if there is any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<SoundStream>,
    /// A hash of its content, to find it again: `blake3:` and hex digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
    /// Where it came from, as the file says: prompt, seed, model, sampler and the like.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub origin: BTreeMap<String, String>,
    /// What is wrong with its pictures, where it is shown without a shot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Media {
    /// The media at `path`, of which nothing but its kind is known yet.
    pub fn new(kind: MediaKind, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            kind,
            name: String::new(),
            rate: None,
            length: None,
            start: 0,
            first_number: None,
            holes: String::new(),
            picture: None,
            sound: None,
            hash: String::new(),
            origin: BTreeMap::new(),
            faults: Vec::new(),
            extra: Extra::new(),
        }
    }
}

/// What a media is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// Moving pictures, with or without sound.
    Video,
    /// One picture.
    Still,
    /// Numbered pictures.
    Sequence,
    /// Sound alone.
    Sound,
}

/// The picture of a media.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PictureStream {
    /// Width in pixels as stored.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
    /// Width of a pixel over its height, if not square: `"4/3"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixel_aspect: Option<crate::Ratio>,
    /// Degrees clockwise to turn it for viewing: 0, 90, 180, 270.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rotation: u16,
    /// Which field of a frame comes first, where its lines are interlaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Fields>,
    /// Whether it has alpha.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha: Option<Alpha>,
    /// How its numbers mean colours.
    #[serde(default, skip_serializing_if = "is_default")]
    pub colour: ColourTags,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The half of an interlaced frame's lines that comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fields {
    /// The first line and every second after it.
    Top,
    /// The second line and every second after it.
    Bottom,
}

/// How colour and alpha go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Alpha {
    /// Colour as if opaque.
    #[default]
    Straight,
    /// Colour already multiplied by alpha.
    Premultiplied,
}

/// How numbers mean colours: ITU-T H.273 names; empty is not stated by the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ColourTags {
    /// `bt709`, `bt601-525`, `bt601-625`, `bt2020`, `p3-d65` ...
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub primaries: String,
    /// `bt709`, `srgb`, `gamma22`, `gamma28`, `linear`, `pq`, `hlg` ...
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub transfer: String,
    /// `rgb`, `bt709`, `bt601`, `bt2020-ncl`, ...
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub matrix: String,
    /// `full` or `limited`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub range: String,
    /// The file did not state all of these: what is here is the guess that was made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guessed: bool,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The sound of a media.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SoundStream {
    /// Samples a second.
    pub rate: u32,
    /// Channels, in the file's order.
    pub channels: u16,
    /// Length in samples, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub samples: Option<i64>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
