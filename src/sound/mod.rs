//! From a document to samples.
//!
//! A plan turns a sequence into voices at exact sample positions and strips that lead to buses;
//! a graph compiles them to a schedule that runs in steps of [`quantum`] samples and neither
//! allocates nor locks. A mix has two halves: a feed that reads, resamples and generates ahead, and a
//! render half that only computes. Block sizes and seeks never change a sample.

pub mod quantum;
pub mod sources;

pub use sources::{SoundFile, Sources};
