//! Reading a file: its streams, its packets, where each frame lies, and the frames themselves.

mod decode;
mod demux;
mod describe;
mod index;
mod packet;
mod source;

pub use decode::{Decoder, Speed};
pub use demux::Input;
pub(in crate::ffmpeg) use demux::copied;
pub(in crate::ffmpeg) use describe::dictionary;
pub use describe::{Medium, StreamFacts};
pub use index::{Index, Landing};
pub use packet::PacketFacts;
pub use source::open_plain;
