//! Pictures: what is visible, how it is placed, mixed, graded and converted.

mod blends;
mod convert;
mod effects;
mod filter_oracles;
mod grade_oracles;
mod grading;
mod layering;
mod measures;
mod mixing;
mod placing;
mod planning;
mod support;
