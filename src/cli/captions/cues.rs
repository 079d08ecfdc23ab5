//! Cues: added, changed, taken away, moved, split, joined.

use super::Desk;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::{Args, ValueEnum};
use timeline_format::caption::{CueAlign, CuePlace};
use timeline_format::{Cue, Id};

/// Frames that may go back: 24, -2s.
pub(super) fn signed(desk: &Desk<'_>, text: &str) -> Result<i64, Failure> {
    match text.strip_prefix('-') {
        Some(rest) => Ok(-desk.length(rest)?),
        None => desk.length(text),
    }
}

/// Which captions.
#[derive(Debug, Args)]
struct Of {
    /// Which captions: by id, name or language.
    #[arg(long)]
    of: Option<String>,
}

/// Where a cue stands.
#[derive(Debug, Args)]
struct Stand {
    /// How its lines stand.
    #[arg(long, value_enum)]
    align: Option<Align>,
    /// How high it is.
    #[arg(long, value_enum)]
    place: Option<Place>,
    /// Who speaks.
    #[arg(long)]
    speaker: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Align {
    Centre,
    Left,
    Right,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Place {
    Bottom,
    Middle,
    Top,
}

impl Stand {
    fn set(&self, cue: &mut Cue) {
        cue.align = match self.align {
            None => cue.align,
            Some(Align::Centre) => CueAlign::Centre,
            Some(Align::Left) => CueAlign::Left,
            Some(Align::Right) => CueAlign::Right,
        };
        cue.place = match self.place {
            None => cue.place,
            Some(Place::Bottom) => CuePlace::Bottom,
            Some(Place::Middle) => CuePlace::Middle,
            Some(Place::Top) => CuePlace::Top,
        };
        if let Some(speaker) = &self.speaker {
            cue.speaker.clone_from(speaker);
        }
    }
}

/// A text as the command line writes it: \n for a new line.
fn text_of(text: &str) -> String {
    text.replace("\\n", "\n")
}

/// Add a cue; captions are made where the film has none.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone captions film.roomtone add 00:00:02:00 2s \"Before <i>morning</i>.\""
)]
pub(super) struct Add {
    /// Its first frame: a number or a timecode.
    at: String,
    /// How long it is seen: 48, 2s.
    length: String,
    /// What is written; \n begins a new line, <b>, <i> and <u> are marks.
    text: String,
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    stand: Stand,
}

impl Add {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let (at, length) = (desk.frame(&self.at)?, desk.length(&self.length)?);
        let mut cue = Cue::new(desk.ids.next_id(), at, length, text_of(&self.text));
        self.stand.set(&mut cue);
        if desk.main.captions.is_empty() && self.of.of.is_none() {
            let id = desk.ids.next_id();
            let all = timeline_format::Captions { cues: vec![cue], ..Default::default() };
            return Ok(edit::put_captions(desk.film, desk.scope, (id, &all), &mut desk.ids)?);
        }
        let (captions, _) = desk.captions(self.of.of.as_deref())?;
        Ok(edit::add_cue(desk.film, desk.scope, (captions, &cue), &mut desk.ids)?)
    }
}

/// Change a cue: its text, its time, its place.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone captions film.roomtone change q1 --text \"Look.\" --length 2s"
)]
pub(super) struct Change {
    /// The cue's id: see `captions FILM list`.
    cue: Id,
    /// What is written.
    #[arg(long)]
    text: Option<String>,
    /// Its first frame.
    #[arg(long)]
    at: Option<String>,
    /// How long it is seen.
    #[arg(long)]
    length: Option<String>,
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    stand: Stand,
}

impl Change {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let at = self.at.as_deref().map(|at| desk.frame(at)).transpose()?;
        let length = self.length.as_deref().map(|length| desk.length(length)).transpose()?;
        let (captions, _) = desk.captions(self.of.of.as_deref())?;
        let change = |cue: &mut Cue| {
            cue.at = at.unwrap_or(cue.at);
            cue.length = length.unwrap_or(cue.length);
            cue.text = self.text.as_deref().map_or_else(|| cue.text.clone(), text_of);
            self.stand.set(cue);
        };
        let which = (captions, self.cue);
        Ok(edit::change_cue(desk.film, desk.scope, which, change, &mut desk.ids)?)
    }
}

/// Take a cue away.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone remove q1")]
pub(super) struct Remove {
    /// The cue's id.
    cue: Id,
    #[command(flatten)]
    of: Of,
}

impl Remove {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let (captions, _) = desk.captions(self.of.of.as_deref())?;
        Ok(edit::remove_cue(desk.film, desk.scope, (captions, self.cue), &mut desk.ids)?)
    }
}

/// Move every cue, or those from a frame on.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone shift -12 --from 00:01:00:00")]
pub(super) struct Shift {
    /// By how much: 24, -2s.
    #[arg(allow_hyphen_values = true)]
    by: String,
    /// The first frame whose cues move.
    #[arg(long)]
    from: Option<String>,
    #[command(flatten)]
    of: Of,
}

impl Shift {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let from = self.from.as_deref().map_or(Ok(0), |from| desk.frame(from))?;
        let by = signed(desk, &self.by)?;
        let (captions, _) = desk.captions(self.of.of.as_deref())?;
        Ok(edit::shift_cues(desk.film, desk.scope, (captions, from, by), &mut desk.ids)?)
    }
}

/// Split a cue before a frame.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone split q1 00:00:03:00")]
pub(super) struct Split {
    /// The cue's id.
    cue: Id,
    /// The first frame of the second one.
    at: String,
    #[command(flatten)]
    of: Of,
}

impl Split {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let at = desk.frame(&self.at)?;
        let (captions, _) = desk.captions(self.of.of.as_deref())?;
        Ok(edit::split_cue(desk.film, desk.scope, (captions, self.cue, at), &mut desk.ids)?)
    }
}

/// Join a cue with the one behind it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone join q1")]
pub(super) struct Join {
    /// The first of the two.
    cue: Id,
    #[command(flatten)]
    of: Of,
}

impl Join {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let (captions, _) = desk.captions(self.of.of.as_deref())?;
        Ok(edit::join_cue(desk.film, desk.scope, (captions, self.cue), &mut desk.ids)?)
    }
}
