//! Pictures: what is visible, how it is placed, mixed, graded and converted.

mod blends;
mod convert;
mod faults;
mod grade_oracles;
mod grading;
mod measures;
mod mixing;
mod placing;
mod planning;
mod repairs;
mod support;
