//! Sound: positions, cuts, mixing, and that nothing but the film decides a sample.

mod cuts;
mod exact;
mod film;
mod graph;
mod handles;
mod keys;
mod levels;
mod live;
mod loudness;
mod nodes;
mod rates;

pub use loudness::ebur128_of;
