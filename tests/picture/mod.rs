//! Pictures: what is visible, how it is placed, mixed and converted.

mod blends;
mod convert;
mod mixing;
mod placing;
mod planning;
mod support;
