//! Playing while the film changes: the half that plays, in real time.
//!
//! What plays is changed in two ways. A whole other mix takes its place, crossfaded over [`FADE`] samples:
//! a seek, or the same film run up with every tail. Or a [graft](super::graft): what an edit left as it was
//! goes on with its state, and only what changed is faded. What has played goes back the way it came: on
//! the real-time thread nothing is allocated, freed, locked or waited for.

pub use super::control::{Control, start};
pub use super::fade::FADE;
pub use super::readers::Readers;

use super::graft::Graft;
use super::quantum::QUANTUM;
use super::render::Render;
use assert_no_alloc::assert_no_alloc;
use crossbeam::queue::ArrayQueue;
use signal::Samples;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// What may be on its way back.
const RETIRED: usize = 4;
/// How many quanta a mix that comes late may make up for in one of what is heard.
const HASTE: usize = 4;

/// What lies between the two halves.
#[derive(Debug)]
pub(super) struct Rings {
    pub(super) coming: ArrayQueue<Arrival>,
    pub(super) retired: ArrayQueue<Arrival>,
    position: AtomicI64,
    /// How fast the film goes by, as the bits of a float.
    speed: AtomicU64,
    /// The number of the mix that this is said of.
    heard: AtomicU64,
}

/// What is on its way, to or fro.
#[derive(Debug)]
pub(super) enum Arrival {
    Mix(Box<Part>),
    Graft(Box<Graft>),
}

/// The render half of a mix on its way.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) number: u64,
    pub(super) render: Render,
    /// It goes on somewhere else, and does not wait for its own sample.
    pub(super) is_jump: bool,
}

impl Rings {
    pub(super) fn new(sample: i64) -> Self {
        Self {
            coming: ArrayQueue::new(1),
            retired: ArrayQueue::new(RETIRED),
            position: AtomicI64::new(sample),
            speed: AtomicU64::new(1.0_f64.to_bits()),
            heard: AtomicU64::new(0),
        }
    }

    /// The next sample of the film that is heard.
    pub(super) fn position(&self) -> i64 {
        self.position.load(Ordering::Acquire)
    }

    /// The number of the mix that is heard, or fades in.
    pub(super) fn heard(&self) -> u64 {
        self.heard.load(Ordering::Acquire)
    }

    /// Samples of the film a sample.
    pub(super) fn speed(&self) -> f64 {
        f64::from_bits(self.speed.load(Ordering::Relaxed))
    }
}

/// The half that plays, for the real-time thread.
#[derive(Debug)]
pub struct Live {
    playing: Box<Part>,
    coming: Option<Box<Part>>,
    /// What the playing graph grows into.
    graft: Option<Box<Graft>>,
    /// What has played, until there is room to give it back.
    leaving: Option<Arrival>,
    faded: usize,
    rings: Arc<Rings>,
    old: Samples,
    new: Samples,
}

impl Live {
    pub(super) fn new(render: Render, rings: &Arc<Rings>) -> Self {
        let channels = render.channels();
        Self {
            playing: Box::new(Part { number: 0, render, is_jump: false }),
            coming: None,
            graft: None,
            leaving: None,
            faded: 0,
            rings: Arc::clone(rings),
            old: Samples::silence(channels, QUANTUM),
            new: Samples::silence(channels, QUANTUM),
        }
    }

    /// The next sample of the film that it gives.
    pub fn position(&self) -> i64 {
        self.playing.render.position()
    }

    /// How fast the film goes by: 1, unless it is led.
    pub fn speed(&self) -> f64 {
        self.playing.render.speed()
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
        let jump = self.coming.as_ref().filter(|part| part.is_jump);
        let heard = jump.unwrap_or(&self.playing);
        let (position, speed) = (heard.render.position(), heard.render.speed());
        self.rings.speed.store(speed.to_bits(), Ordering::Relaxed);
        self.rings.position.store(position, Ordering::Release);
        self.rings.heard.store(heard.number, Ordering::Release);
    }

    /// Gives back what has played, takes what comes next, and lets it catch up.
    fn receive(&mut self) {
        self.give_back();
        self.end_graft();
        if self.coming.is_none() && self.leaving.is_none() && self.graft.is_none() {
            match self.rings.coming.pop() {
                Some(Arrival::Mix(part)) => {
                    self.coming = Some(part);
                    self.faded = 0;
                }
                Some(Arrival::Graft(mut graft)) => {
                    graft.begin(&mut self.playing.render);
                    self.graft = Some(graft);
                }
                None => {}
            }
        }
        self.catch_up();
    }

    fn give_back(&mut self) {
        if let Some(gone) = self.leaving.take() {
            self.leaving = self.rings.retired.push(gone).err();
        }
    }

    fn end_graft(&mut self) {
        if self.leaving.is_none()
            && self.playing.render.has_turned()
            && let Some(mut graft) = self.graft.take()
        {
            graft.end(&mut self.playing.render);
            self.leaving = Some(Arrival::Graft(graft));
            self.give_back();
        }
    }

    fn catch_up(&mut self) {
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
            let gone = std::mem::replace(&mut self.playing, part);
            self.leaving = Some(Arrival::Mix(gone));
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
