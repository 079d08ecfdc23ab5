//! The transport itself: one position, and everything that moves it.

use super::heard::Heard;
use super::marks::Marks;
use super::places;
use super::roll::{End, Roll};
use super::scrub::Scrub;
use super::seen::Seen;
use super::shuttle::{self, Way, faster};
use crate::play::programme::Failed;
use crate::play::screen::Intent;
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;
use timeline_format::timecode::TimecodeError;
use timeline_format::{Rate, Ratio, Sequence, Timeline};

/// Seconds that are played before and after an edit.
const ROLL_SECONDS: i64 = 2;

/// Where in a film one is, and how it moves.
pub struct Transport {
    sequence: Arc<Sequence>,
    sample_rate: u32,
    seen: Box<dyn Seen>,
    heard: Option<Box<dyn Heard>>,
    position: i64,
    /// Where it was when it began to move: `stop` goes back there.
    began: i64,
    motion: Motion,
    marks: Marks,
    is_looping: bool,
    dropped: u64,
}

#[derive(Debug, Clone, PartialEq)]
enum Motion {
    Held,
    Rolling(Roll),
    Scrubbing(Scrub),
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "transport at {}, {:?}", self.position, self.motion)
    }
}

impl Transport {
    /// A transport at frame 0 of the main sequence of `timeline`, held.
    ///
    /// # Errors
    /// Where the film has no main sequence.
    pub fn new(
        timeline: &Arc<Timeline>,
        seen: Box<dyn Seen>,
        heard: Option<Box<dyn Heard>>,
    ) -> Result<Self, Failed> {
        let sequence = timeline.main().map(Arc::clone);
        let sequence = sequence.ok_or_else(|| Failed("the film has no main sequence".into()))?;
        let mut transport = Self {
            sequence,
            sample_rate: timeline.settings.sound,
            seen,
            heard,
            position: 0,
            began: 0,
            motion: Motion::Held,
            marks: Marks::default(),
            is_looping: false,
            dropped: 0,
        };
        transport.show();
        Ok(transport)
    }

    /// The frame that one is at: from the first to the place behind the last, where a film goes on.
    pub const fn position(&self) -> i64 {
        self.position
    }

    /// Times the film's own speed; 0 where it is held.
    pub const fn speed(&self) -> Ratio {
        match &self.motion {
            Motion::Rolling(roll) => roll.speed,
            Motion::Held | Motion::Scrubbing(_) => Ratio::ZERO,
        }
    }

    /// Whether the film moves by itself.
    pub const fn is_rolling(&self) -> bool {
        matches!(self.motion, Motion::Rolling(_))
    }

    /// Frames that were due while the film played, and not shown.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// In and out.
    pub const fn marks(&self) -> Marks {
        self.marks
    }

    /// In and out, to change.
    pub const fn marks_mut(&mut self) -> &mut Marks {
        &mut self.marks
    }

    /// Whether playing starts again at the end: of what is marked, or of the film.
    pub const fn is_looping(&self) -> bool {
        self.is_looping
    }

    /// Frames a second.
    pub fn rate(&self) -> Rate {
        self.sequence.header.rate
    }

    /// The film's length in frames.
    pub fn length(&self) -> i64 {
        self.sequence.length()
    }

    /// Plays from here: at the end of the film, from its start.
    pub fn play(&mut self) {
        let length = self.length();
        let range = if self.is_looping { self.marks.range(length) } else { 0..length };
        let end = if self.is_looping { End::Loop } else { End::Hold };
        let is_outside = self.is_looping && !range.contains(&self.position);
        let at_end = self.position >= length - 1;
        let from = if is_outside || at_end { range.start } else { self.position };
        self.roll(from, Ratio::ONE, range, end);
    }

    /// Holds the film where it is.
    pub fn pause(&mut self) {
        self.hold_at(self.position);
    }

    /// Plays if it is held, holds if it plays.
    pub fn toggle(&mut self) {
        if self.is_rolling() { self.pause() } else { self.play() }
    }

    /// Holds the film, and goes back to where it began to play.
    pub fn stop(&mut self) {
        let to = if self.is_rolling() { self.began } else { self.position };
        self.hold_at(to);
    }

    /// Plays what is marked, from its first frame to its last.
    pub fn play_in_to_out(&mut self) {
        let range = self.marks.range(self.length());
        let end = if self.is_looping { End::Loop } else { End::Hold };
        self.roll(range.start, Ratio::ONE, range, end);
    }

    /// Plays some seconds before and after `edit`, and comes back to where one is.
    pub fn play_around(&mut self, edit: i64) {
        let seconds = self.rate().frames(ROLL_SECONDS.into()).map_or(50, Ratio::ceil);
        let range = (edit - seconds).max(0)..(edit + seconds).min(self.length());
        let end = if self.is_looping { End::Loop } else { End::Return(self.position) };
        self.roll(range.start, Ratio::ONE, range, end);
    }

    /// Sets whether playing starts again at the end.
    pub const fn set_looping(&mut self, is_looping: bool) {
        self.is_looping = is_looping;
    }

    /// Goes to a frame. A film that plays goes on from there.
    pub fn go(&mut self, frame: i64) {
        let frame = frame.clamp(0, self.length());
        match self.motion.clone() {
            Motion::Rolling(roll) => {
                let is_inside = roll.range.contains(&frame);
                let range = if is_inside { roll.range } else { 0..self.length() };
                let end = if is_inside { roll.end } else { End::Hold };
                self.roll(frame, roll.speed, range, end);
            }
            Motion::Held | Motion::Scrubbing(_) => self.hold_at(frame),
        }
    }

    /// Goes so many frames on, and holds there.
    pub fn step(&mut self, frames: i64) {
        self.hold_at(self.position.saturating_add(frames).clamp(0, self.length()));
    }

    /// Goes so many seconds on.
    pub fn step_seconds(&mut self, seconds: i64) {
        let frames = self.rate().frames(seconds.into()).map_or(0, Ratio::round);
        self.step(frames);
    }

    /// Goes to the next edit of any track.
    pub fn next_edit(&mut self) {
        places::edit_after(&self.sequence, self.position).into_iter().for_each(|at| self.go(at));
    }

    /// Goes to the edit before.
    pub fn previous_edit(&mut self) {
        places::edit_before(&self.sequence, self.position).into_iter().for_each(|at| self.go(at));
    }

    /// Goes to the next marker.
    pub fn next_marker(&mut self) {
        places::marker_after(&self.sequence, self.position).into_iter().for_each(|at| self.go(at));
    }

    /// Goes to the marker before.
    pub fn previous_marker(&mut self) {
        places::marker_before(&self.sequence, self.position).into_iter().for_each(|at| self.go(at));
    }

    /// Goes to what somebody typed: a timecode, a frame number, or `+` or `-` and either.
    ///
    /// # Errors
    /// Where it is none.
    pub fn go_to(&mut self, text: &str) -> Result<(), TimecodeError> {
        places::typed(&self.sequence, self.position, text).map(|frame| self.go(frame))
    }

    /// J or L: each press doubles the speed, up to 32; the other way starts at 1.
    pub fn shuttle(&mut self, way: Way) {
        let speed = faster(self.speed(), way);
        self.roll_at(speed);
    }

    /// Slow motion: each press doubles the speed, up to half of the film's own.
    pub fn shuttle_slowly(&mut self, way: Way) {
        let speed = shuttle::slower(self.speed(), way);
        self.roll_at(speed);
    }

    /// J or L while K is down: a frame at once, then slow motion until [`Self::pause`].
    pub fn creep(&mut self, way: Way) {
        self.step(way.sign());
        self.roll_at(shuttle::slow(way));
    }

    fn roll_at(&mut self, speed: Ratio) {
        let end = if self.is_looping { End::Loop } else { End::Hold };
        let range =
            if self.is_looping { self.marks.range(self.length()) } else { 0..self.length() };
        let range = if range.contains(&self.position) { range } else { 0..self.length() };
        self.roll(self.position, speed, range, end);
    }

    /// A hand drags to a frame: it is seen, and heard, at once. `now` tells how fast.
    pub fn scrub_to(&mut self, frame: i64, now: Instant) {
        let frame = frame.clamp(0, self.length());
        let mut scrub = match &self.motion {
            Motion::Scrubbing(scrub) => *scrub,
            Motion::Held | Motion::Rolling(_) => {
                self.silence();
                Scrub::default()
            }
        };
        scrub.move_to(frame, now);
        self.position = frame;
        self.motion = Motion::Scrubbing(scrub);
        self.seen.show(frame, Intent::Drag { speed: scrub.speed() });
        let sample = self.rate().sample_of(frame, self.sample_rate);
        self.heard.as_mut().into_iter().for_each(|heard| heard.scrub_to(sample));
    }

    /// The hand lets go: the exact frame follows.
    pub fn end_scrub(&mut self) {
        if matches!(self.motion, Motion::Scrubbing(_)) {
            self.heard.as_mut().into_iter().for_each(|heard| heard.end_scrub());
            self.motion = Motion::Held;
            self.show();
        }
    }

    /// Goes on with an edited film, in picture and sound, at the frame where one is.
    pub fn edit(&mut self, timeline: &Arc<Timeline>) {
        let Some(sequence) = timeline.main() else { return };
        let before = std::mem::replace(&mut self.sequence, Arc::clone(sequence)).length();
        self.sample_rate = timeline.settings.sound;
        let length = self.length();
        if let Motion::Rolling(roll) = &mut self.motion {
            let end = if roll.range.end >= before { length } else { roll.range.end.min(length) };
            roll.range = roll.range.start.min(end)..end;
        }
        self.position = self.position.clamp(0, length);
        self.seen.edit(timeline);
        self.heard.as_mut().into_iter().for_each(|heard| heard.edit(timeline));
    }

    /// The frame to be seen at `now`, which is asked for. Call it at every refresh.
    pub fn tick(&mut self, now: Instant) -> i64 {
        match self.motion.clone() {
            Motion::Held => {}
            Motion::Scrubbing(scrub) => self.rest_if_still(scrub, now),
            Motion::Rolling(roll) => self.roll_on(roll, now),
        }
        self.position
    }

    fn rest_if_still(&mut self, mut scrub: Scrub, now: Instant) {
        if scrub.comes_to_rest(now) {
            self.motion = Motion::Scrubbing(scrub);
            self.show();
        }
    }

    fn roll_on(&mut self, mut roll: Roll, now: Instant) {
        roll.since = roll.since.or(Some(now));
        let rate = self.rate();
        let heard = self.heard.as_ref().filter(|_| roll.is_heard);
        let heard =
            heard.and_then(|heard| roll.heard(now, heard.sample_at(now), rate, self.sample_rate));
        let frame = heard.unwrap_or_else(|| roll.paced(now, rate));
        if !roll.range.contains(&frame) {
            return self.reach_end(roll, frame);
        }
        if frame != self.position {
            self.count(&roll, frame);
            self.position = frame;
        }
        let speed = roll.speed.to_f64();
        self.motion = Motion::Rolling(roll);
        self.seen.show(frame, Intent::Play { speed });
    }

    /// Counts what was due since the last tick and not seen; above its own speed a film leaves frames
    /// out by itself.
    fn count(&mut self, roll: &Roll, frame: i64) {
        if roll.speed.abs().is_some_and(|speed| speed <= Ratio::ONE) {
            let missed = (frame - self.position).abs() - 1;
            let unseen = u64::from(!self.seen.is_shown(self.position));
            self.dropped += missed.max(0) as u64 + unseen;
        }
    }

    fn reach_end(&mut self, roll: Roll, frame: i64) {
        let (first, last) = (roll.range.start, (roll.range.end - 1).max(roll.range.start));
        match roll.end {
            End::Hold => self.hold_at(if frame < first { first } else { last }),
            End::Return(to) => self.hold_at(to),
            End::Loop => {
                let from = if roll.speed < Ratio::ZERO { last } else { first };
                let began = self.began;
                self.roll(from, roll.speed, roll.range, End::Loop);
                self.began = began;
            }
        }
    }

    fn roll(&mut self, from: i64, speed: Ratio, range: Range<i64>, end: End) {
        if range.is_empty() {
            return;
        }
        if !self.is_rolling() {
            self.began = self.position;
        }
        self.position = from.clamp(range.start, range.end - 1);
        let sample = self.rate().sample_of(self.position, self.sample_rate);
        let mut is_heard = false;
        if let Some(heard) = &mut self.heard {
            if speed == Ratio::ONE {
                heard.play(sample);
                is_heard = true;
            } else if !heard.shuttle(sample, speed) {
                heard.hold();
            }
        }
        let from = self.position;
        self.motion = Motion::Rolling(Roll {
            from,
            since: None,
            speed,
            range,
            end,
            is_heard,
            is_settled: false,
        });
        self.seen.show(from, Intent::Play { speed: speed.to_f64() });
    }

    fn hold_at(&mut self, frame: i64) {
        self.silence();
        self.motion = Motion::Held;
        self.position = frame.clamp(0, self.length());
        self.show();
    }

    fn silence(&mut self) {
        if self.is_rolling() {
            self.heard.as_mut().into_iter().for_each(|heard| heard.hold());
        }
    }

    fn show(&mut self) {
        self.seen.show(self.position, Intent::Rest);
    }
}
