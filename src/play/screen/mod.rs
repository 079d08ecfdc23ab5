//! The picture while one works: an editor drags along the timeline and sees the frame at once.
//!
//! [`Screen::show`] says which frame is wanted and what the hand is about to do; it never waits, and the
//! latest wish wins. [`Screen::latest`] is what can be seen now: at once the best picture at hand, soon
//! the exact one, which has the pixels that a delivery has. One thread shows ([`front`]), one decodes
//! ([`decoder`]): what is wanted now first, then what the intent makes likely ([`agenda`]). Decoded
//! frames stay in one store within a budget of bytes ([`store`]).

mod agenda;
mod at_hand;
mod board;
mod decoder;
mod film;
mod front;
mod intent;
mod making;
mod memory;
mod service;
mod shown;
mod slot;
mod stock;
mod store;
mod thumbnails;

pub use intent::Intent;
pub use making::{Progress, StandIns};
pub use memory::usual_budget;
pub use service::Screen;
pub use shown::{Counts, Shown};
pub use thumbnails::{Name, Of};
