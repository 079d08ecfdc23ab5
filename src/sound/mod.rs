//! From a document to samples.
//!
//! A plan turns a sequence into voices at exact sample positions and strips that lead to buses; a
//! [`graph`] compiles them to a [`schedule`] that runs in steps of [`quantum::QUANTUM`] samples and
//! neither allocates nor locks. A [`Mix`] has two halves: a [`Feed`] that reads, resamples and
//! generates ahead, and a [`Render`] that only computes: on one thread, on two in a [`Bounce`], or live.
//! Neither threads, block sizes nor seeks ever change a sample.
//! While it plays, it is edited, sought and led by hand through [`live`].
//!
//! No thread has the processor take numbers too small to be held in full for 0 (its flags FTZ and DAZ):
//! Rust takes it for granted that these are as a program finds them, so that setting them is undefined,
//! in a library as in a line of our own. They are not needed: what travels is [settled](quantum::settle),
//! nodes flush what they feed back, and a test holds every node to be as quick on what dies away as on
//! noise.

pub mod automation;
pub mod device;
pub mod envelope;
pub mod filter;
pub mod generators;
pub mod glide;
pub mod graph;
pub mod kernel;
pub mod law;
pub mod layout;
pub mod live;
pub mod loudness;
pub mod node;
pub mod nodes;
pub mod place;
pub mod places;
pub mod quantum;
pub mod schedule;
pub mod sources;
pub mod stretch;

mod air;
mod blend;
mod bounce;
mod build;
mod clip_level;
mod control;
mod convolver;
mod dynamics;
mod fade;
mod feed;
mod flights;
mod folded;
mod gauges;
mod graft;
mod landing;
mod ledger;
mod level;
mod line;
mod logarithm;
mod loops;
mod mix;
mod nest;
mod plan;
mod player;
mod range;
mod reader;
mod readers;
mod recent;
mod reins;
mod render;
mod resampler;
mod ride;
mod room;
mod running;
mod settle;
mod strip;
mod survey;
mod tail;
mod tangent;
mod tape;
mod taps;
mod texture;
mod true_peak;
mod varispeed;
mod watch;

pub use bounce::Bounce;
pub use clip_level::clip_level;
pub use feed::Feed;
pub use gauges::Gauges;
pub use level::Level;
pub use loops::{LoopPoints, loop_points};
pub use mix::{Mix, Score};
pub use nodes::Reading;
pub use plan::{Stem, stems};
pub use render::Render;
pub use ride::{Ride, Unridden, ride};
pub use sources::{Library, SoundFile, Sources};
pub use survey::{Look, Survey, survey};
