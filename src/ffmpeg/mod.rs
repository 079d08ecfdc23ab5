//! Owned handles over FFmpeg: demux, decode, encode, mux. The only unsafe code of the program.
//!
//! Each handle owns one pointer and frees it when dropped. Nothing above this folder names an FFmpeg
//! type.
#![expect(unsafe_code, reason = "FFmpeg is a C library; this is its one door")]

mod error;
mod version;

pub use error::Error;
pub use version::versions;
