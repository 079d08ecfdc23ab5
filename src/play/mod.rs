//! Picture, sound and media joined: a moment of the film, ready.
//!
//! [`Offline`] plays with no clock: it is the [`Programme`] that a delivery takes, and the frame that
//! a person asks for. Media that cannot be read is a slate and silence, and a line in a list.

mod ahead;
mod apart;
mod copies;
mod follow;
mod fonts;
mod frames;
mod graded;
mod grained;
mod heads;
mod inspect;
mod listen;
mod look;
mod loops;
mod lost;
mod metered;
mod motion;
mod numbered;
mod offline;
mod place;
mod plans;
mod programme;
mod remembered;
mod ride;
mod room;
pub mod screen;
mod shelf;
mod step;
mod survey;
mod tables;
pub mod tracking;
pub mod transport;
mod upright;
mod vault;

pub use apart::Apart;
pub use copies::Copied;
pub use follow::{Followed, Grip, Held, follow};
pub use fonts::{file_at as font_at, provide_fonts};
pub use graded::grade_at;
pub use grained::grain_of;
pub use inspect::{Wanted, frames_of, inspect};
pub use look::{Depth, Seen, Wish, look, look_at_all};
pub use loops::loop_points;
pub use lost::{found_media, missing_media};
pub use metered::Metered;
pub use motion::{Accent, Motion, motion};
pub use numbered::{Numbered, takes_in};
pub use offline::Offline;
pub use place::path_of;
pub use programme::{Failed, Programme};
pub use ride::ride;
pub use room::Room;
pub use shelf::{Unread, unreadable_media};
pub use step::Course;
pub use survey::survey;
pub use upright::upright;
