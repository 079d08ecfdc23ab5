//! The sample film's maker: paints its pictures, makes its sounds, writes its cut. Everything follows
//! from seeds, so that it can be made again.

#![forbid(unsafe_code)]

mod canvas;
mod document;
mod finish;
mod noise;
mod pictures;
mod sounds;
mod trace;
mod vector;
mod write;

pub use document::{film, text};
pub use pictures::paint_all;
pub use sounds::sound_all;
