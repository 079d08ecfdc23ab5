//! roomtone: a non-linear editor and sound-design engine for finishing generated pictures.
//!
//! # The map
//!
//! ```text
//! timeline-format    the nouns: the document and its file format
//! signal  workers    what flows; the only place where a thread starts
//! edit               the verbs: pure Timeline -> Timeline
//! interchange        other programs' cuts, in and out
//! picture  sound     from a document to the frame at a time, to the samples of a block
//! ffmpeg <- media    the only unsafe code; files in
//! project            films on disk: open, save, older versions
//! play               picture, sound and media joined: a moment of the film, ready
//! deliver            playing with no clock, into FFmpeg; and holding the result against the film
//! ui                 the window: commands, pages, panels
//! cli                one file a command
//! ```
//!
//! # What never happens
//!
//! 1. `picture` and `sound` open no file, start no thread and read no clock: they are given inputs
//!    and return outputs.
//! 2. `edit` never changes a timeline: it returns another. Undo is the one before.
//! 3. Nothing above `ffmpeg` names an FFmpeg type; only `media` and `deliver` use it, and nothing
//!    else is unsafe.
//! 4. Nothing reached from `sound`'s `render` allocates, frees, locks or logs.
//! 5. A delivery is playing with no clock: there is one function for a frame and one for a sample.
//! 6. `cli` and `ui` hold no editing logic: they send the verbs of `edit`.
//! 7. A damaged document or missing media gives a film and a list of problems, not an error.
//!
//! `signal`, `workers`, `picture` and `sound` are crates of their own, in their folders: they are compiled
//! apart and their manifests say what they use. `tests/tidy.rs` holds the tree to these.

pub use roomtone_signal as signal;
pub use roomtone_workers as workers;

pub mod captions;
pub mod edit;
pub mod interchange;
pub use roomtone_picture as picture;
pub use roomtone_sound as sound;

pub mod ffmpeg;
pub mod media;
pub mod project;

pub mod play;

pub mod deliver;

#[cfg(feature = "gui")]
pub mod ui;

pub mod cli;
