//! Sound: positions, cuts, mixing, and that nothing but the film decides a sample.

mod cuts;
mod exact;
mod film;
mod handles;
mod levels;
mod nodes;
mod rates;
