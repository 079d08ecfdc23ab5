//! Takes: chosen, rated, added, changed, put in order.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::{Args, ValueEnum};
use timeline_format::shot::{FrameList, TakeState};
use timeline_format::{Frames, Id, Rate as FrameRate, Ratio, Take as TakeOfShot};

/// Choose the take that a shot shows; no cut moves.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone take harbour harbour-2")]
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
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone rate harbour harbour-2 keep --note \"the hand\"\n  roomtone cut film.roomtone rate harbour harbour-3 reject --reason hands flicker"
)]
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
    /// Why it is not the one, such as hands, face, flicker, drift, light, framing, or any word; one that was said already is taken back.
    #[arg(long, value_name = "WORD", num_args = 1..)]
    reason: Vec<String>,
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
        let (note, turned) = (self.note.clone(), self.reason.clone());
        let rating = edit::Rating { state, note, turned };
        Ok(edit::rate_take(bench.film, (self.shot, self.take), &rating)?)
    }
}

/// Add a media to a shot as one more take.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone add-take harbour harbour-3")]
pub(super) struct AddTake {
    /// The shot.
    shot: Id,
    /// The media, by id (see `roomtone add`).
    media: Id,
    /// The take's id; absent: that of the media.
    #[arg(long)]
    id: Option<Id>,
    /// A note.
    #[arg(long, default_value = "")]
    note: String,
}

impl AddTake {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let mut take = TakeOfShot::new(self.media, self.media);
        take.id = self.id.unwrap_or(self.media);
        take.note.clone_from(&self.note);
        Ok(edit::add_take(bench.film, self.shot, &take)?)
    }
}

/// Say how a take is read: its rate, where the shot begins in it, which frames are good.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone set-take harbour harbour-2 --rate 24 --offset 12 --window 12..48"
)]
pub(super) struct SetTake {
    /// The shot.
    shot: Id,
    /// The take.
    take: Id,
    /// Frames a second that it is shown at, whatever the media says: 24, 23.976.
    #[arg(long, value_parser = crate::cli::new::rate)]
    rate: Option<FrameRate>,
    /// The take's frame that is the shot's frame 0.
    #[arg(long, allow_negative_numbers = true)]
    offset: Option<Ratio>,
    /// Frames that are good to use, such as 12..48; more than one may be given, `all` takes them off.
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    window: Vec<Option<[Frames; 2]>>,
    /// The media's frames in the order that they are shown: "0-11x2" is on twos, `all` as they are.
    #[arg(long, value_parser = frames)]
    frames: Option<Shown>,
}

impl SetTake {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let change = |take: &mut TakeOfShot| self.change(take);
        Ok(edit::change_take(bench.film, (self.shot, self.take), change)?)
    }

    fn change(&self, take: &mut TakeOfShot) {
        take.rate = self.rate.or(take.rate);
        take.offset = self.offset.unwrap_or(take.offset);
        if !self.window.is_empty() {
            take.windows = self.window.iter().copied().flatten().collect();
        }
        match &self.frames {
            None => {}
            Some(Shown::All) => take.frames = None,
            Some(Shown::Listed(frames)) => take.frames = Some(frames.clone()),
        }
    }
}

/// Which frames of its media a take shows.
#[derive(Debug, Clone)]
enum Shown {
    All,
    Listed(FrameList),
}

fn frames(text: &str) -> Result<Shown, String> {
    if text == "all" {
        return Ok(Shown::All);
    }
    text.parse().map(Shown::Listed)
}

/// A window of a take; `None` is all of it.
fn window(text: &str) -> Result<Option<[Frames; 2]>, String> {
    if text == "all" {
        return Ok(None);
    }
    let wrong = || format!("{text:?} is no window: write FROM..TO, such as 12..48, or all");
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let ends: [Option<Frames>; 2] = [from, to].map(|end| end.parse().ok());
    match ends {
        [Some(from), Some(to)] if from < to => Ok(Some([from, to])),
        _ => Err(wrong()),
    }
}

/// Rank the takes of a shot, the best first; those that are not named lose their rank.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone order-takes harbour harbour-2 harbour-1"
)]
pub(super) struct OrderTakes {
    /// The shot.
    shot: Id,
    /// The takes, the best first.
    takes: Vec<Id>,
}

impl OrderTakes {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        Ok(edit::order_takes(bench.film, self.shot, &self.takes)?)
    }
}
