//! Playing while one works: the picture on screen, and the transport.

mod films;
mod hands;
mod screen;
mod stand_ins;
mod sync;
mod transport;
