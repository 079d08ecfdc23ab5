//! Other programs' cuts, in and out: one file or folder a format.
//!
//! A reader turns bytes into a film and a list of notes; a writer turns a film into text and a list
//! of notes. What the other side cannot say is kept where it can be restored, and noted with its
//! place: nothing is left out in silence. Neither opens a file nor the network.

pub mod cdl;
mod exact;
mod format;
mod note;
mod path;

pub use format::{
    Error, ExportOptions, Exported, Format, ImportOptions, Imported, Look, Read, Write,
};
pub use note::{Note, NoteKind, Place};

crate::signal::catalogue! {
    /// Every format, by its usual name.
    pub FORMATS: FORMAT: Format = otio
}

/// The format that `file` is named for, by its extension.
pub fn format_of(file: &str) -> Option<&'static Format> {
    let extension = file.rsplit_once('.')?.1.to_ascii_lowercase();
    FORMATS.iter().copied().find(|format| format.extensions.contains(&extension.as_str()))
}
