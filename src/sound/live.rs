//! Playing while the film changes: one mix takes the place of another, without a click.
//!
//! Every edit gives a new mix. Its nodes have no memory of their own that the film does not decide: away
//! from the real-time thread it is run up to a sample just ahead, so that it has every state that it
//! would have had if the film had always been so, and handed over. There the old one is crossfaded into
//! it, over [`FADE`] samples: what an edit did not touch is the same in both and goes on bit for bit, and
//! behind the fade the sound is the new film's bounce. The old mix goes back the same way: on the
//! real-time thread nothing is allocated, freed, locked or waited for.
//!
//! A graph with long tails takes long to run up. A seek that must be heard at once runs up a moment alone
//! and lacks the tails of what lies before it; the same film handed over again, run up in full, crossfades
//! them in.

use super::feed::Feed;
use super::mix::Mix;
use super::quantum::QUANTUM;
use super::render::Render;
use crate::signal::Samples;
use assert_no_alloc::assert_no_alloc;
use crossbeam::queue::ArrayQueue;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Samples over which one mix becomes another.
pub const FADE: usize = 512;

/// Mixes that may be on their way back.
const RETIRED: usize = 4;
/// How many quanta a mix that comes late may make up for in one of what is heard.
const HASTE: usize = 4;
/// The most samples of what lies before a seek that one waits for where it must be heard at once.
const AT_ONCE: i64 = 2048;
/// How far ahead, in samples, a handover is first tried: ten times the run-up's usual time.
const MARGIN: i64 = 2048;

/// What lies between the two halves.
#[derive(Debug)]
struct Rings {
    coming: ArrayQueue<Box<Part>>,
    retired: ArrayQueue<Box<Part>>,
    position: AtomicI64,
}

/// The render half of a mix on its way.
#[derive(Debug)]
struct Part {
    number: u64,
    render: Render,
    /// It goes on somewhere else, and does not wait for its own sample.
    is_jump: bool,
}

/// The half that hands mixes over, feeds those that play, and frees those that have played.
#[derive(Debug)]
pub struct Control {
    feeds: Vec<(u64, Feed)>,
    rings: Arc<Rings>,
    next: u64,
    /// Where the last seek goes.
    jump: Option<i64>,
}

/// The half that plays, for the real-time thread.
#[derive(Debug)]
pub struct Live {
    playing: Box<Part>,
    coming: Option<Box<Part>>,
    /// What has played, until there is room to give it back.
    leaving: Option<Box<Part>>,
    faded: usize,
    rings: Arc<Rings>,
    old: Samples,
    new: Samples,
}

/// Starts to play `mix` at `sample`. It should have been made to read [ahead](Mix::ahead).
pub fn start(mut mix: Mix, sample: i64) -> (Control, Live) {
    mix.run_up(sample);
    let (feed, render) = mix.split();
    let rings = Arc::new(Rings {
        coming: ArrayQueue::new(1),
        retired: ArrayQueue::new(RETIRED),
        position: AtomicI64::new(sample),
    });
    let channels = render.channels();
    let live = Live {
        playing: Box::new(Part { number: 0, render, is_jump: false }),
        coming: None,
        leaving: None,
        faded: 0,
        rings: Arc::clone(&rings),
        old: Samples::silence(channels, QUANTUM),
        new: Samples::silence(channels, QUANTUM),
    };
    (Control { feeds: vec![(0, feed)], rings, next: 1, jump: None }, live)
}

impl Control {
    /// The next sample of the film that is heard.
    pub fn position(&self) -> i64 {
        self.rings.position.load(Ordering::Acquire)
    }

    /// Reads ahead for every mix that plays or is to play, and frees what has played; whether there was
    /// anything to do. To be called often: a mix that is not fed is silent.
    pub fn advance(&mut self) -> bool {
        let mut worked = false;
        while let Some(part) = self.rings.retired.pop() {
            self.forget(&part);
            worked = true;
        }
        for (_, feed) in &mut self.feeds {
            worked |= feed.advance();
        }
        worked
    }

    /// Has `mix` take the place of what plays, a moment from now. A mix that still waited for its turn
    /// is dropped: the last one counts.
    pub fn replace(&mut self, mut mix: Mix) {
        let seeking = self.jump.take().filter(|_| !self.rings.coming.is_empty());
        if let Some(sample) = seeking {
            return self.jump(mix, sample);
        }
        let mut margin = MARGIN;
        loop {
            let at = self.position() + margin;
            mix.run_up(at);
            if self.position() <= at || margin > 64 * MARGIN {
                break;
            }
            margin *= 2;
        }
        self.hand_over(mix, false);
    }

    /// Has `mix` take the place of what plays, at `sample`: a seek, as soon as it is ready.
    pub fn jump(&mut self, mut mix: Mix, sample: i64) {
        mix.run_up(sample);
        self.jump = Some(sample);
        self.hand_over(mix, true);
    }

    /// The same seek, heard at once: without what nodes still hold of sound more than a moment before
    /// `sample`. [Replace](Self::replace) it by the same film when there is time, and that is there too.
    pub fn jump_at_once(&mut self, mut mix: Mix, sample: i64) {
        mix.run_up_within(sample, AT_ONCE);
        self.jump = Some(sample);
        self.hand_over(mix, true);
    }

    /// Steps of what plays for which nothing had been read, summed over tracks.
    pub fn missed(&self) -> u64 {
        self.feeds.iter().map(|(_, feed)| feed.missed()).sum()
    }

    fn hand_over(&mut self, mix: Mix, is_jump: bool) {
        let (feed, render) = mix.split();
        let part = Part { number: self.next, render, is_jump };
        self.feeds.push((self.next, feed));
        self.next += 1;
        if let Some(passed) = self.rings.coming.force_push(Box::new(part)) {
            self.forget(&passed);
        }
    }

    fn forget(&mut self, part: &Part) {
        self.feeds.retain(|(number, _)| *number != part.number);
    }
}

impl Live {
    /// The next sample of the film that it gives.
    pub fn position(&self) -> i64 {
        self.playing.render.position()
    }

    /// Fills `out` with the next samples.
    pub fn render(&mut self, out: &mut Samples) {
        assert_no_alloc(|| self.fill(out));
    }

    fn fill(&mut self, out: &mut Samples) {
        let mut filled = 0;
        while filled < out.length() {
            self.receive();
            filled += self.step(out, filled);
        }
        let ahead = self.coming.as_ref().filter(|part| part.is_jump);
        let position = ahead.map_or(self.position(), |part| part.render.position());
        self.rings.position.store(position, Ordering::Release);
    }

    /// Gives back what has played, takes the next mix, and lets it catch up.
    fn receive(&mut self) {
        if let Some(part) = self.leaving.take() {
            self.leaving = self.rings.retired.push(part).err();
        }
        if self.coming.is_none() && self.leaving.is_none() {
            self.coming = self.rings.coming.pop();
            self.faded = 0;
        }
        let position = self.position();
        let Some(part) = self.coming.as_mut().filter(|part| !part.is_jump) else { return };
        for _ in 0..HASTE {
            let late = (position - part.render.position()).clamp(0, QUANTUM as i64);
            pull(&mut part.render, &mut self.new, late as usize);
        }
    }

    /// Gives a quantum at most; how many samples.
    fn step(&mut self, out: &mut Samples, filled: usize) -> usize {
        let room = (out.length() - filled).min(QUANTUM);
        let wait = self.coming.as_ref().map_or(i64::MAX, |part| {
            if part.is_jump { 0 } else { part.render.position() - self.position() }
        });
        if wait != 0 {
            let count = if wait > 0 { room.min(wait.try_into().unwrap_or(room)) } else { room };
            pull(&mut self.playing.render, &mut self.old, count);
            put(&self.old, out, filled, count);
            return count;
        }
        let count = room.min(FADE - self.faded);
        pull(&mut self.playing.render, &mut self.old, count);
        if let Some(part) = &mut self.coming {
            pull(&mut part.render, &mut self.new, count);
        }
        self.cross(count);
        put(&self.old, out, filled, count);
        self.faded += count;
        if self.faded == FADE {
            self.retire();
        }
        count
    }

    /// The last `count` samples of the old become those of the new, as far as the fade has come.
    fn cross(&mut self, count: usize) {
        for (old, new) in self.old.channels_mut().iter_mut().zip(self.new.channels()) {
            let ends = old.iter_mut().zip(new).skip(QUANTUM - count);
            for (index, (old, new)) in (self.faded..).zip(ends) {
                let gain = (index as f32 + 0.5) / FADE as f32;
                *old += (new - *old) * gain;
            }
        }
    }

    fn retire(&mut self) {
        if let Some(part) = self.coming.take() {
            self.leaving = Some(std::mem::replace(&mut self.playing, part));
        }
    }
}

/// The next `count` samples of `render`, into the end of `block`.
fn pull(render: &mut Render, block: &mut Samples, count: usize) {
    let mut filled = QUANTUM - count;
    while filled < QUANTUM {
        filled = render.step(block, filled);
    }
}

fn put(block: &Samples, out: &mut Samples, filled: usize, count: usize) {
    for (index, to) in out.channels_mut().iter_mut().enumerate() {
        let to = &mut to[filled..filled + count];
        match block.channels().get(index) {
            Some(from) => to.copy_from_slice(&from[QUANTUM - count..]),
            None => to.fill(0.0),
        }
    }
}
