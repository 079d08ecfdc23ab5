//! Every generator of sound, and each held against the statistics of what it is named for.

mod elements;
mod every;
mod matched;
mod moments;
mod rig;
mod room_tone;
mod streets;
mod touch;
mod weather;
