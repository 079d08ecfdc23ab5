//! Files in: what a file holds, its frames, its samples.

mod block;
mod chunks;
pub mod coded;
mod error;
mod exif;
mod file;
mod floats;
mod generator;
pub mod hash;
mod kept;
mod known;
mod letters;
pub mod library;
mod openexr;
pub mod origin;
mod pictures;
mod probe;
mod profile;
pub mod sequence;
mod slate;
mod sounds;
mod stated;
mod still;
mod stream;
mod tags;
mod video;

pub use error::Error;
pub use library::{Found, scan};
pub use pictures::Pictures;
pub use probe::probe;
pub use slate::slate;
pub use sounds::Sounds;
pub use video::Opening;
