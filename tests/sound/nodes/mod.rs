//! Every node of the catalogue, and each against something that we did not write.

mod colour;
mod convolved;
mod ducking;
mod dynamics;
mod eq;
mod every;
mod limiter;
mod meters;
mod places;
mod rig;
mod rooms;

pub use rig::{Values, numbers, numpy, words};
