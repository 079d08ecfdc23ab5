//! Encoders: pictures and samples in, packets out.

mod context;
mod packet;
mod picture;
mod sound;

pub use packet::Packet;
pub use picture::{Coded, PictureEncoder, PictureSettings};
pub use sound::{SoundEncoder, SoundSettings};

pub(super) use context::{Context, c_string};
