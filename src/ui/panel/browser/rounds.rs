//! Takes that play beside each other, in step on one clock.
//!
//! They are shown by rounds: all are asked for the picture of one moment, and the next moment is taken from
//! the clock when these are there. What lies between is dropped, and nothing waits for a picture that is
//! late: it keeps the one before.

use crate::play::screen::Of;
use crate::ui::desk::{Desk, Line, Thing};
use crate::ui::texture::Textures;
use eframe::egui::{Context, TextureHandle};
use std::collections::BTreeMap;
use std::time::Duration;
use timeline_format::{Frames, Id, Media};

/// Moments a second that are shown at most.
const PACE: f64 = 12.0;
/// Seconds after which a round goes on without what is late.
const PATIENCE: f64 = 0.5;
/// The most pictures that are kept as textures.
const MOST: usize = 400;

/// The clock of the takes, and what is seen of them.
#[derive(Debug)]
pub(super) struct Rounds {
    textures: Textures,
    /// Seconds that have been played.
    clock: f64,
    /// When it was drawn last.
    seen: Option<f64>,
    /// The moment that all are asked for, and when that began.
    moment: f64,
    since: f64,
    /// How many pictures of the moment are not there yet.
    late: usize,
    /// The picture of each media that was there last.
    last: BTreeMap<Id, Seen>,
    /// The frames of these.
    frames: BTreeMap<Id, i64>,
}

/// A picture that is seen.
struct Seen(TextureHandle);

impl std::fmt::Debug for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0.id())
    }
}

impl Default for Rounds {
    fn default() -> Self {
        Self {
            textures: Textures::of_most(MOST),
            clock: 0.0,
            seen: None,
            moment: 0.0,
            since: 0.0,
            late: 0,
            last: BTreeMap::new(),
            frames: BTreeMap::new(),
        }
    }
}

impl Rounds {
    /// The frames that are seen, by media.
    pub(super) const fn frames(&self) -> &BTreeMap<Id, i64> {
        &self.frames
    }

    /// The moment that is seen, in seconds; `None` where nothing has been played yet.
    pub(super) fn moment(&self) -> Option<f64> {
        (self.clock > 0.0).then_some(self.moment)
    }

    /// Lets the clock run, over takes the longest of which lasts so many seconds, and begins a round where it
    /// is time.
    pub(super) fn go_on(&mut self, context: &Context, is_playing: bool, longest: f64) {
        let now = context.input(|input| input.time);
        let passed = self.seen.map_or(0.0, |seen| now - seen);
        self.seen = Some(now);
        if !is_playing {
            return;
        }
        self.clock += passed.max(0.0);
        context.request_repaint_after(Duration::from_secs_f64(0.5 / PACE));
        let step = (self.clock * PACE).floor() / PACE;
        let moment = if longest > 0.0 { step % longest } else { 0.0 };
        if moment != self.moment && (self.late == 0 || now - self.since > PATIENCE) {
            (self.moment, self.since) = (moment, now);
        }
        self.late = 0;
    }

    /// The picture of a line's media at the moment of the round, or the one that was there before.
    pub(super) fn texture(
        &mut self,
        context: &Context,
        desk: &Desk,
        (line, id, media): (&Line, Id, &Media),
        size: (u32, u32),
    ) -> Option<TextureHandle> {
        let frame = frame_of(desk, (line, media), self.moment);
        match self.textures.of(context, desk, (Of::Media(id), frame, size)) {
            Some(texture) => {
                self.last.insert(id, Seen(texture));
                self.frames.insert(id, frame);
            }
            None => self.late += 1,
        }
        self.last.get(&id).map(|seen| seen.0.clone())
    }
}

/// How long the longest of these lasts, in seconds, from the moment on that their shot begins with.
pub(super) fn longest(desk: &Desk, lines: &[Line]) -> f64 {
    let of_line = |line: &Line| {
        let media = desk.film()?.now().media.get(&line.media?)?;
        let (rate, offset) = pace(desk, line, media)?;
        Some((media.length?.to_f64() - offset as f64) / rate)
    };
    lines.iter().filter_map(of_line).fold(0.0, f64::max)
}

/// The frame of a media that is seen so many seconds after its shot's first; its last one after that.
fn frame_of(desk: &Desk, (line, media): (&Line, &Media), seconds: f64) -> i64 {
    let Some(length) = media.length.map(Frames::floor) else { return 0 };
    let (rate, offset) = pace(desk, line, media).unwrap_or((0.0, 0));
    let frame = (seconds * rate + 1e-6).floor() as i64 + offset;
    frame.clamp(0, (length - 1).max(0))
}

/// The rate of a take, and which of its frames is its shot's first.
fn pace(desk: &Desk, line: &Line, media: &Media) -> Option<(f64, i64)> {
    let film = desk.film()?.now();
    let take = match line.thing {
        Thing::Take { shot, take } => {
            let takes = &film.shots.get(&shot)?.takes;
            takes.iter().find(|known| known.id == take)
        }
        Thing::Shot(_) | Thing::Media(_) => None,
    };
    let rate = take.and_then(|take| take.rate).or(media.rate).unwrap_or(film.settings.rate);
    Some((rate.ratio().to_f64(), take.map_or(0, |take| take.offset.floor())))
}
