//! Sound: positions, cuts, mixing, and that nothing but the film decides a sample.

mod automation;
mod buses;
mod cuts;
mod device;
mod dice;
mod downmix;
mod exact;
mod film;
mod graph;
mod handles;
mod keys;
mod levels;
mod live;
mod loudness;
mod many_cuts;
mod nodes;
mod rates;
#[cfg(target_os = "linux")]
mod realtime;
mod room;
mod scrub;
mod server;
mod strips;
mod swap;
mod tails;
mod varispeed;

pub use loudness::ebur128_of;
