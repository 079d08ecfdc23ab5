//! Picture, sound and media joined: a moment of the film, ready.

mod programme;

pub use programme::{Failed, Programme};
