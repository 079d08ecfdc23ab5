//! The window: the room in which a film is cut, seen and heard.
//!
//! [`desk`] is what an editor has in hand (the film, what is chosen, where the playhead stands): it
//! draws nothing and is tested without a window. [`command`] holds every command once: menus, palette,
//! shortcuts and help are read from there. [`panel`] draws, one file a panel, and asks for commands;
//! [`page`] puts panels together. Nothing in here edits: the verbs are those of [`crate::edit`].

mod app;
mod command;
mod desk;
mod focus;
mod held;
mod jog;
mod page;
mod panel;
mod presses;
mod settings;
mod texture;
mod theme;

pub use app::{App, open};
pub use held::Held;
