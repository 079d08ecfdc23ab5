//! Small stand-ins for videos whose frames take many others to be decoded: every frame by itself, at a
//! part of the size, for the picture while one works.
//!
//! A stand-in has as many frames as its original, with the same numbers. It is named for the original's
//! path, size and time of change, so that one that is out of date is not found. What comes out of it is
//! [`Rough`] and no picture: nothing that is delivered can be made of it.

mod make;
mod name;
mod rough;
mod shrink;

pub use make::{make, make_while};
pub use name::{helps, place};
pub use rough::{Proxy, Rough};
