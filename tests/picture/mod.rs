//! Pictures: what is visible, how it is placed, mixed and converted.

mod convert;
mod measures;
mod mixing;
mod placing;
mod planning;
mod support;
