//! The roomtone document: the nouns of a film, and the text that they are kept in.
//!
//! A [`Timeline`] is a value. Nothing here opens a path, starts a thread or knows a codec; an edit
//! makes a new timeline that shares what did not change with the old one. Positions are exact:
//! whole frames of a declared [`Rate`], or a reduced fraction of a frame ([`Frames`]), never a
//! float.
//!
//! The map: [`time`] (rates, frames, seconds, samples), [`timecode`], [`id`], [`media`], [`shot`],
//! [`clip`], [`location`] (what a place of the film sounds like), [`reel`] (a track's sequence of clips and gaps, cheap to copy), [`track`],
//! [`transition`], [`sequence`], [`effect`] and [`mask`] (what is done to a picture, and where), [`fault`] (what was found wrong with one), [`mix`] (buses, sends, sound nodes), [`parameter`] (values that
//! may move), [`timeline`], [`problem`] (what is wrong, and where).
#![forbid(unsafe_code)]

pub mod caption;
mod check;
pub mod clip;
pub mod effect;
mod extra;
pub mod fault;
pub mod footage;
pub mod id;
mod index;
pub mod location;
pub mod markup;
pub mod mask;
pub mod media;
pub mod mix;
pub mod parameter;
pub mod problem;
pub mod read;
pub mod reel;
pub mod saved_look;
pub mod sequence;
pub mod shot;
mod sieve;
pub mod still;
pub mod time;
pub mod timecode;
pub mod timeline;
pub mod track;
pub mod transition;
mod upgrade;
pub mod usable;
mod write;

pub use caption::{Captions, Cue};
pub use check::check;
pub use clip::{Clip, ClipSound, Fade, FadeShape, Source};
pub use effect::Effect;
pub use extra::{Extra, Fields};
pub use fault::{Fault, FaultState};
pub use id::{Id, IdSource};
pub use location::{Bed, Crossing, Location, Perspective, Stand};
pub use mask::Mask;
pub use media::Media;
pub use parameter::{Param, Value};
pub use problem::{Problem, Severity};
pub use read::{ReadError, read};
pub use reel::{Item, Reel};
pub use saved_look::SavedLook;
pub use sequence::{Marker, Sequence};
pub use shot::{Shot, Take};
pub use still::Still;
pub use time::{Frames, Rate, Ratio};
pub use timeline::Timeline;
pub use track::{Layered, Role, Track};
pub use transition::{Cut, Transition};
pub use write::write;

/// The format that this version reads and writes.
pub const FORMAT: u64 = 2;
