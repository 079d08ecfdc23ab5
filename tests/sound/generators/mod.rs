//! Every generator of sound, and each held against the statistics of what it is named for.

mod every;
mod matched;
mod rig;
mod room_tone;
