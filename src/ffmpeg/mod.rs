//! Owned handles over FFmpeg: demux, decode, encode, mux. The only unsafe code of the program.
//!
//! Each handle owns one pointer and frees it when dropped. Nothing above this folder names an FFmpeg
//! type.
#![expect(unsafe_code, reason = "FFmpeg is a C library; this is its one door")]

mod colour;
mod encode;
mod error;
mod frame;
mod hearing;
mod input;
mod label;
mod mux;
mod pixel;
mod quiet;
mod review;
mod unpack;
mod version;

pub use colour::{Kind, Tags};
pub use encode::{Coded, Packet, PictureEncoder, PictureSettings, SoundEncoder, SoundSettings};
pub use error::Error;
pub use frame::{Frame, LARGEST};
pub use input::{
    Decoder, Index, Input, Landing, Medium, PacketFacts, Speed, StreamFacts, open_plain,
};
pub use mux::{CaptionCodec, CaptionSettings, Container, FileSettings, Muxer, Sink, Stream};
pub use quiet::quiet;
pub use review::{Facts, PictureFacts, Piece, Review, SoundFacts};
pub use version::versions;
