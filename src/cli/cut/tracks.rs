//! Tracks: added, changed, moved, removed, locked, in sync.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use timeline_format::track::{TrackHeader, TrackKind};
use timeline_format::{Param, Role};

/// Add a track.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone track plates --index 1")]
pub(super) struct Track {
    /// Its name.
    name: String,
    /// It holds sound; absent: picture.
    #[arg(long)]
    sound: bool,
    /// Its place, counted from 0 at the bottom; absent: on top.
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    index: usize,
    /// Its items are free and may overlap.
    #[arg(long)]
    free: bool,
    /// What it is for: dialogue, foley, ambience, room-tone, music, effects, titles.
    #[arg(long, value_parser = role)]
    role: Option<Role>,
}

pub(super) fn role(text: &str) -> Result<Role, String> {
    let known = "the roles are dialogue, foley, ambience, room-tone, music, effects, titles";
    serde_json::from_value(text.into()).map_err(|error| format!("{error}; {known}"))
}

impl Track {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let add = edit::AddTrack {
            index: self.index,
            kind: if self.sound { TrackKind::Sound } else { TrackKind::Picture },
            is_free: self.free,
            name: self.name.clone(),
            role: self.role,
        };
        Ok(edit::add_track(bench.film, bench.scope, &add, &mut bench.ids)?)
    }
}

/// Change what a track says of itself.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone set-track ambience --gain -6 --mute false"
)]
pub(super) struct SetTrack {
    /// The track.
    track: String,
    /// Another name.
    #[arg(long)]
    name: Option<String>,
    /// What it is for.
    #[arg(long, value_parser = role)]
    role: Option<Role>,
    /// Not shown.
    #[arg(long, value_name = "true|false")]
    hidden: Option<bool>,
    /// Silenced.
    #[arg(long, value_name = "true|false")]
    mute: Option<bool>,
    /// Heard alone.
    #[arg(long, value_name = "true|false")]
    solo: Option<bool>,
    /// Level in dB.
    #[arg(long, allow_negative_numbers = true)]
    gain: Option<f64>,
    /// -1 left, 0 centre, 1 right.
    #[arg(long, allow_negative_numbers = true)]
    pan: Option<f64>,
}

impl SetTrack {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let track = bench.track(&self.track)?;
        let change = |header: &mut TrackHeader| self.change(header);
        Ok(edit::set_track(bench.film, bench.scope, track, change, &mut bench.ids)?)
    }

    fn change(&self, header: &mut TrackHeader) {
        header.name.clone_from(self.name.as_ref().unwrap_or(&header.name.clone()));
        header.role = self.role.or(header.role);
        header.hidden = self.hidden.unwrap_or(header.hidden);
        let strip = &mut header.strip;
        strip.mute = self.mute.unwrap_or(strip.mute);
        strip.solo = self.solo.unwrap_or(strip.solo);
        strip.gain = self.gain.map(Param::number).or_else(|| strip.gain.clone());
        strip.pan = self.pan.map(Param::number).or_else(|| strip.pan.clone());
    }
}

/// Put a track elsewhere in the order.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone move-track plates 0")]
pub(super) struct MoveTrack {
    /// The track.
    track: String,
    /// Its new place, counted from 0 at the bottom; past the end is the top.
    index: usize,
}

impl MoveTrack {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let change = (bench.track(&self.track)?, self.index);
        Ok(edit::move_track(bench.film, bench.scope, change, &mut bench.ids)?)
    }
}

/// Remove a track with what is on it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-track plates")]
pub(super) struct RemoveTrack {
    /// The track.
    track: String,
}

impl RemoveTrack {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let track = bench.track(&self.track)?;
        Ok(edit::remove_track(bench.film, bench.scope, track, &mut bench.ids)?)
    }
}

/// Lock tracks: no edit touches them.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone lock v1 dialogue")]
pub(super) struct Lock {
    /// The tracks.
    #[arg(required = true)]
    tracks: Vec<String>,
}

impl Lock {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let tracks = bench.tracks(&self.tracks)?;
        bench.each(tracks, |film, scope, track, ids| {
            edit::lock_track(film, scope, (track, true), ids)
        })
    }
}

/// Unlock tracks.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone unlock v1 dialogue")]
pub(super) struct Unlock {
    /// The tracks.
    #[arg(required = true)]
    tracks: Vec<String>,
}

impl Unlock {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let tracks = bench.tracks(&self.tracks)?;
        bench.each(tracks, |film, scope, track, ids| {
            edit::lock_track(film, scope, (track, false), ids)
        })
    }
}

/// Tie tracks to the ripples of others.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone sync ambience")]
pub(super) struct Sync {
    /// The tracks.
    #[arg(required = true)]
    tracks: Vec<String>,
}

impl Sync {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let tracks = bench.tracks(&self.tracks)?;
        bench.each(tracks, |film, scope, track, ids| {
            edit::sync_track(film, scope, (track, true), ids)
        })
    }
}

/// Free tracks of the ripples of others: they stay where they are.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone unsync music")]
pub(super) struct Unsync {
    /// The tracks.
    #[arg(required = true)]
    tracks: Vec<String>,
}

impl Unsync {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let tracks = bench.tracks(&self.tracks)?;
        bench.each(tracks, |film, scope, track, ids| {
            edit::sync_track(film, scope, (track, false), ids)
        })
    }
}
