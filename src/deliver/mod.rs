//! Playing with no clock, into FFmpeg or a Wave file, and holding the result against the film.
//!
//! Pictures go through the encoder, except those that lie in a file just as the encoder would have
//! them and that nothing touches: these are copied past it ([`crate::media::coded`]).
//!
//! A delivery is written under a hidden name beside its target, synced, and renamed when it is
//! whole: under the final name there is a complete delivery or what was there before. A delivery
//! that is stopped or fails leaves nothing behind, except that numbered frames which are whole are
//! kept, and the next delivery to the same name goes on from there.

pub mod captions;
mod claim;
mod coder;
pub mod contact;
pub mod continuity;
mod digest;
mod error;
mod feed;
mod file;
mod fold;
mod frames;
mod hearing;
mod job;
mod journal;
pub mod leveling;
mod listener;
mod output;
pub mod presets;
mod progress;
pub mod receipt;
mod sound;
mod stills;
mod suit;
mod threads;
mod through;
pub mod verify;
pub mod wave;

pub use crate::ffmpeg::quiet;
pub use digest::sha256;
pub use error::{Error, Left};
pub use fold::Folded;
pub use hearing::measure_file;
pub use job::{Report, Target, deliver};
pub use presets::Preset;
pub use progress::Progress;
pub use verify::{Verdict, verify};

/// A picture of a film as the bytes of a PNG: sRGB, 8 bits a channel, or 16 where it is `deep`.
///
/// # Errors
/// Where PNG cannot hold it.
pub fn png(image: &crate::signal::Image, deep: bool) -> Result<Vec<u8>, Error> {
    stills::png_of(image, deep).map_err(Error::Picture)
}
