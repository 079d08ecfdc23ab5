//! Playing while one works: the picture on screen, and the transport.

mod ahead;
mod films;
mod hands;
mod screen;
mod stand_ins;
mod sync;
mod together;
mod transport;

pub use films::Dice;
