//! Deliveries, read back by programs that we did not write.

mod copying;
mod exact;
pub mod film;
mod folds;
mod interrupted;
mod presets;
pub mod probe;
mod proof;
mod slow;
mod trouble;
mod wave;
