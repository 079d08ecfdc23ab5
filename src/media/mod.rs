//! Files in: what a file holds, its frames, its samples.

mod error;
mod kept;
mod openexr;
mod pictures;
pub mod sequence;
mod still;
mod video;

pub use error::Error;
pub use pictures::Pictures;
pub use video::Opening;
