//! From a document to voices at exact samples, and strips that lead to buses.
//!
//! A clip of frames `[a, b)` owns the samples `[S(a), S(b))`. Its first sample plays the sample of its
//! source that starts at its `in`; a clip that goes on where the one before it stopped goes on sample
//! by sample, so that a through edit changes no bit.

mod clip;
mod cuts;
mod handles;
mod material;
mod picture;
mod routes;
mod track;

pub(super) use clip::voice;
pub(super) use material::{Planner, over};
pub(super) use picture::Dissolves;
pub(super) use routes::{Destination, Routes, layout_of, main_bus, tracks};
pub use routes::{Stem, stems};
pub(super) use track::clips;
