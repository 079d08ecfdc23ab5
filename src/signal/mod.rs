//! What flows: pictures, samples, and what their numbers mean.

pub mod catalogue;
pub mod chance;
pub mod colour;
pub mod image;
pub mod level;
pub mod parameter;
pub mod samples;
mod wide;
mod words;

pub use colour::{Colour, Matrix, Primaries, Range, Transfer};
pub use image::{AlphaMode, Depth, Image, Model, PixelFormat, Plane};
pub use level::Decibels;
pub use parameter::{Kind, PATH_POINT, Parameter, Rest};
pub use samples::Samples;
pub use wide::{by_eight, wide};
pub use words::Word;
