//! Markers of a sequence.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use timeline_format::{Frames, Marker};

/// Put a marker on the film.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone mark 00:00:02:10 door --note \"too soon\""
)]
pub(super) struct Mark {
    /// The frame: a number or a timecode.
    at: String,
    /// Its name.
    name: String,
    /// A note.
    #[arg(long, default_value = "")]
    note: String,
    /// A colour, by name.
    #[arg(long, default_value = "")]
    colour: String,
    /// How long it is: 24, 1s; absent: a moment.
    #[arg(long)]
    length: Option<String>,
}

impl Mark {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let at = Frames::whole(bench.frame(&self.at)?);
        let length = self.length.as_deref().map(|length| bench.length(length)).transpose()?;
        let marker = Marker {
            at,
            length: Frames::whole(length.unwrap_or(0)),
            name: self.name.clone(),
            colour: self.colour.clone(),
            note: self.note.clone(),
            ..Marker::default()
        };
        Ok(edit::add_marker(bench.film, bench.scope, &marker, &mut bench.ids)?)
    }
}

/// Change what a marker says.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone set-marker door --colour red --length 1s"
)]
pub(super) struct SetMarker {
    /// The marker, by id or by name.
    marker: String,
    /// Another name.
    #[arg(long)]
    name: Option<String>,
    /// Another note.
    #[arg(long)]
    note: Option<String>,
    /// Another colour, by name.
    #[arg(long)]
    colour: Option<String>,
    /// How long it is: 24, 1s.
    #[arg(long)]
    length: Option<String>,
}

impl SetMarker {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let id = bench.marker(&self.marker)?;
        let length = self.length.as_deref().map(|length| bench.length(length)).transpose()?;
        let change = |marker: &mut Marker| {
            let texts = [&mut marker.name, &mut marker.note, &mut marker.colour];
            for (text, new) in texts.into_iter().zip([&self.name, &self.note, &self.colour]) {
                text.clone_from(new.as_ref().unwrap_or(&text.clone()));
            }
            marker.length = length.map_or(marker.length, Frames::whole);
        };
        Ok(edit::change_marker(bench.film, bench.scope, id, change, &mut bench.ids)?)
    }
}

/// Move a marker to a frame.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone move-marker door 72")]
pub(super) struct MoveMarker {
    /// The marker, by id or by name.
    marker: String,
    /// The frame: a number or a timecode.
    at: String,
}

impl MoveMarker {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let change = (bench.marker(&self.marker)?, Frames::whole(bench.frame(&self.at)?));
        Ok(edit::move_marker(bench.film, bench.scope, change, &mut bench.ids)?)
    }
}

/// Remove a marker.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-marker door")]
pub(super) struct RemoveMarker {
    /// The marker, by id or by name.
    marker: String,
}

impl RemoveMarker {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let marker = bench.marker(&self.marker)?;
        Ok(edit::remove_marker(bench.film, bench.scope, marker, &mut bench.ids)?)
    }
}
