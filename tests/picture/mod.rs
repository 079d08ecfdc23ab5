//! Pictures: what is visible, how it is placed, mixed, graded and converted.

mod blends;
mod convert;
mod effects;
mod emoji;
mod faults;
mod filter_oracles;
mod grade_curves;
mod grade_oracle;
mod grade_oracles;
mod grading;
mod healing;
mod layering;
mod luts;
mod measures;
mod mixing;
mod placing;
mod planning;
mod repairs;
mod scopes;
mod support;
mod titles;
mod tracking;
