//! Sound: positions, cuts, mixing, and that nothing but the film decides a sample.

mod automation;
mod buses;
mod cuts;
mod device;
mod dice;
mod disk;
mod downmix;
mod drawn;
mod ebu;
mod exact;
mod film;
mod generators;
mod graph;
mod handles;
mod keys;
mod levels;
mod live;
mod loudness;
mod many_cuts;
mod nodes;
mod places;
mod player;
mod rates;
#[cfg(target_os = "linux")]
mod realtime;
#[cfg(target_os = "linux")]
mod restless;
mod rides;
mod room;
mod scrub;
mod server;
mod strips;
mod swap;
mod tails;
mod varispeed;

pub use ebu::packet;
pub use loudness::ebur128_of;
