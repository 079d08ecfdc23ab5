//! Filters of second order: designed against their analogue models, run as state-variable filters.

mod bank;
mod design;
mod lone;
mod minimum;
mod passes;
mod row;
mod section;

pub use bank::Bank;
pub use design::{Biquad, Corner};
pub use minimum::minimum_phase;
pub use passes::{high_pass, low_pass};
pub use section::Section;
