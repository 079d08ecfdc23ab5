//! Where in the film one is, and how it moves: play, hold, step, shuttle, loop, scrub, marks.
//!
//! A [`Transport`] has one position, in exact frames. At its own speed the film goes by what is heard
//! ([`Heard`]); without a sound device, and at other speeds, by the time that [`Transport::tick`] is
//! given. Picture and sound are asked for behind two small traits, so that a test can stand for either.

mod heard;
mod machine;
mod marks;
mod places;
mod roll;
mod scrub;
mod seen;
mod shuttle;

pub use heard::Heard;
pub use machine::Transport;
pub use marks::Marks;
pub use roll::{End, Roll};
pub use seen::Seen;
pub use shuttle::{SLOW, Way, faster, slower};
