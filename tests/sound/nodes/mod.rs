//! Every node of the catalogue, and each against something that we did not write.

mod colour;
mod convolved;
mod ducking;
mod dynamics;
mod eq;
mod every;
mod limiter;
mod meters;
mod pans;
mod places;
mod rig;
mod rooms;
mod softened;

pub use rig::{
    Values, build, film_with, hall, key, nodes_with_keys, numbers, numpy, value, values, words,
};
