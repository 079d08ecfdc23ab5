//! Speeds, values, keyframes, takes, markers, tracks.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited, Target};
use clap::{Args, ValueEnum};
use timeline_format::parameter::{Ease, Follow};
use timeline_format::shot::TakeState;
use timeline_format::track::TrackKind;
use timeline_format::{Frames, Id, Marker, Param, Ratio, Role, Value};

/// Set the speed of a clip, exactly.
#[derive(Debug, Args)]
pub(super) struct Speed {
    /// The clip.
    clip: String,
    /// 2 is twice as fast, 1/2 half as fast, -1 backwards.
    #[arg(allow_negative_numbers = true)]
    speed: Ratio,
    /// Keep the length and show more or less of the source, instead of keeping its frames.
    #[arg(long)]
    keep_length: bool,
}

impl Speed {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let of_source = edit::Keep::Source(edit::Ripple::Follow);
        let keep = if self.keep_length { edit::Keep::Length } else { of_source };
        let change = edit::SetSpeed { clip: bench.clip(&self.clip)?, speed: self.speed, keep };
        Ok(edit::set_speed(bench.film, bench.scope, &change, &mut bench.ids)?)
    }
}

/// Hold a frame: for the whole clip, or for a while put in at it.
#[derive(Debug, Args)]
pub(super) struct Freeze {
    /// The clip.
    clip: String,
    /// The frame whose picture is held: a number or a timecode.
    #[arg(long)]
    at: String,
    /// Put a hold of this length in; what follows moves.
    #[arg(long)]
    length: Option<String>,
}

impl Freeze {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let length = self.length.as_deref().map(|length| bench.length(length)).transpose()?;
        let freeze =
            edit::Freeze { clip: bench.clip(&self.clip)?, at: bench.frame(&self.at)?, length };
        Ok(edit::freeze(bench.film, bench.scope, &freeze, &mut bench.ids)?)
    }
}

/// Which value of a clip: `gain`, `pan`, or a placement of `roomtone list placement`.
fn target(name: &str) -> Target {
    match name {
        "gain" => Target::Gain,
        "pan" => Target::Pan,
        placement => Target::Placement(placement.to_owned()),
    }
}

/// A value as it is written in a film: 1.5, [960, 540], true, fill.
fn value(text: &str) -> Result<Value, String> {
    if text.is_empty() {
        return Err("write a value: 1.5, [960,540], true, fill".to_owned());
    }
    Ok(serde_json::from_str(text).unwrap_or_else(|_| Value::Text(text.to_owned())))
}

/// Set a value of a clip: gain, pan, or placement (fit, position, scale, rotation, opacity ...).
#[derive(Debug, Args)]
pub(super) struct Set {
    /// The clip.
    clip: String,
    /// The value's name.
    name: String,
    /// The value: 1.5, [960,540], fill; absent: as it is without.
    #[arg(allow_negative_numbers = true, value_parser = value)]
    value: Option<Value>,
}

impl Set {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let (clip, target) = (bench.clip(&self.clip)?, target(&self.name));
        let value = self.value.clone().map(Param::Constant);
        let change = (clip, &target, value);
        Ok(edit::set_parameter(bench.film, bench.scope, change, &mut bench.ids)?)
    }
}

/// Set a keyframe of a value of a clip.
#[derive(Debug, Args)]
pub(super) struct Key {
    /// The clip.
    clip: String,
    /// The value's name.
    name: String,
    /// Frames from the clip's head.
    #[arg(long, allow_negative_numbers = true)]
    at: Ratio,
    /// The value there.
    #[arg(allow_negative_numbers = true, value_parser = value)]
    value: Value,
    /// The way to the next key.
    #[arg(long, value_enum, default_value = "ease")]
    ease: Way,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Way {
    Linear,
    Hold,
    Ease,
}

impl Key {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let ease = match self.ease {
            Way::Linear => Ease::Linear,
            Way::Hold => Ease::Hold,
            Way::Ease => Ease::Ease,
        };
        let key = edit::SetKey {
            clip: bench.clip(&self.clip)?,
            target: target(&self.name),
            at: self.at,
            value: self.value.clone(),
            ease,
            follow: Follow::Clip,
        };
        Ok(edit::set_key(bench.film, bench.scope, &key, &mut bench.ids)?)
    }
}

/// Choose the take that a shot shows; no cut moves.
#[derive(Debug, Args)]
pub(super) struct Take {
    /// The shot.
    shot: Id,
    /// The take.
    take: Id,
}

impl Take {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        Ok(edit::choose_take(bench.film, (self.shot, self.take))?)
    }
}

/// Say what you think of a take.
#[derive(Debug, Args)]
pub(super) struct Rate {
    /// The shot.
    shot: Id,
    /// The take.
    take: Id,
    /// Keep it, perhaps, or reject it; it stays either way.
    #[arg(value_enum)]
    state: Option<State>,
    /// A note.
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum State {
    New,
    Keep,
    Maybe,
    Reject,
}

impl Rate {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let state = self.state.map(|state| match state {
            State::New => TakeState::New,
            State::Keep => TakeState::Keep,
            State::Maybe => TakeState::Maybe,
            State::Reject => TakeState::Reject,
        });
        let rating = edit::Rating { state, note: self.note.clone() };
        Ok(edit::rate_take(bench.film, (self.shot, self.take), &rating)?)
    }
}

/// Put a marker on the film.
#[derive(Debug, Args)]
pub(super) struct Mark {
    /// The frame: a number or a timecode.
    at: String,
    /// Its name.
    name: String,
    /// A note.
    #[arg(long, default_value = "")]
    note: String,
}

impl Mark {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let at = Frames::whole(bench.frame(&self.at)?);
        let marker =
            Marker { at, name: self.name.clone(), note: self.note.clone(), ..Marker::default() };
        Ok(edit::add_marker(bench.film, bench.scope, &marker, &mut bench.ids)?)
    }
}

/// Add a track on top.
#[derive(Debug, Args)]
pub(super) struct Track {
    /// Its name.
    name: String,
    /// It holds sound; absent: picture.
    #[arg(long)]
    sound: bool,
    /// Its items are free and may overlap.
    #[arg(long)]
    free: bool,
    /// What it is for: dialogue, foley, ambience, room-tone, music, effects, titles.
    #[arg(long, value_parser = role)]
    role: Option<Role>,
}

fn role(text: &str) -> Result<Role, String> {
    let known = "the roles are dialogue, foley, ambience, room-tone, music, effects, titles";
    serde_json::from_value(text.into()).map_err(|error| format!("{error}; {known}"))
}

impl Track {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let add = edit::AddTrack {
            index: usize::MAX,
            kind: if self.sound { TrackKind::Sound } else { TrackKind::Picture },
            is_free: self.free,
            name: self.name.clone(),
            role: self.role,
        };
        Ok(edit::add_track(bench.film, bench.scope, &add, &mut bench.ids)?)
    }
}
