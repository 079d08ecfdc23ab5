//! Coded pictures that go from a file into a delivery as they are: what was not touched is not
//! touched.
//!
//! A group of pictures is copied where it leans on nothing outside itself and where the encoder of
//! the delivery works to the very same headers, byte for byte, so that its own pictures and the
//! copied ones are one stream to any decoder. That is so for H.264 today: the parameter sets are
//! equal, the group begins with an instantaneous refresh (IDR) and holds slices alone.

mod groups;
mod units;

pub use groups::Groups;

use crate::signal::{Colour, PixelFormat};
use units::Headers;

/// What an encoder makes, as far as copied pictures must agree with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// FFmpeg's name of the codec.
    pub codec: &'static str,
    /// The encoder's headers.
    pub headers: Vec<u8>,
    /// Pixels across and lines.
    pub size: (u32, u32),
    /// How its planes are laid out.
    pub format: PixelFormat,
    /// What their numbers mean.
    pub colour: Colour,
    /// The most pictures that are shown before one and decoded after it.
    pub delay: i64,
}

impl Coding {
    /// The parameter sets of a codec whose pictures can be copied; `None` of any other.
    fn parameters(&self) -> Option<Headers> {
        (self.codec == "h264").then(|| Headers::read(&self.headers)).flatten()
    }
}

/// One coded picture of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedPicture {
    /// Its units, each after a start code (ITU-T H.264, Annex B).
    pub bytes: Vec<u8>,
    /// Frames after the first of its group, in the order of showing.
    pub shown: i64,
}
