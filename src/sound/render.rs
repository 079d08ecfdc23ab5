//! The render half of a mix: computes, and does nothing else.
//!
//! Everything here may run on a real-time thread: it neither allocates, frees, locks nor logs. Where the
//! program has an allocator that traps (debug builds and all tests do), allocating here ends it.

use super::quantum::{Buffer, QUANTUM, quantum_start};
use super::reins::{Follower, Reins};
use super::schedule::Schedule;
use assert_no_alloc::assert_no_alloc;
use signal::Samples;

/// The render half of a mix.
#[derive(Debug)]
pub struct Render {
    schedule: Schedule,
    /// The last quantum, in the order of the film's layout.
    ready: Buffer,
    /// The sample behind the last quantum, on the graph's own clock.
    computed: i64,
    /// The next sample of the film to give.
    next: i64,
    /// Who leads through the film, where it does not run by itself: both counters above then count what
    /// was computed and given.
    follower: Option<Box<Follower>>,
}

impl Render {
    pub(super) fn new(schedule: Schedule, channels: usize) -> Self {
        let mut render =
            Self { schedule, ready: Buffer::new(channels), computed: 0, next: 0, follower: None };
        render.start(0, render.lead());
        render
    }

    /// How far ahead of a sample of the film the graph must begin.
    pub(super) fn lead(&self) -> i64 {
        (self.schedule.memory() + QUANTUM) as i64
    }

    /// The next sample that it gives.
    pub fn position(&self) -> i64 {
        let left = (self.computed - self.next).max(0);
        self.follower.as_ref().map_or(self.next, |follower| follower.position(left))
    }

    /// How far a feed must have read for the next step, and for nothing to fall silent in it.
    pub(super) const fn needed(&self) -> i64 {
        self.computed + 4 * QUANTUM as i64
    }

    /// Runs by itself again. It is to be sought then.
    pub(super) fn play(&mut self) {
        if self.follower.take().is_some() {
            self.make_ready(false);
        }
    }

    /// Lets `reins` lead from `sample` of the film on. It is to be sought before.
    pub(super) fn glide(&mut self, sample: i64, reins: &Reins, rate: u32) {
        self.make_ready(true);
        self.follower = Some(Box::new(Follower::new(sample, reins, rate)));
        (self.computed, self.next) = (0, 0);
    }

    fn make_ready(&mut self, glides: bool) {
        for processor in self.schedule.processors_mut() {
            processor.make_ready(glides);
        }
    }

    /// Puts `other` in the place of the schedule, and the other way round. Of each pair, the processor
    /// with the first number moves on from here to the second number there; delays likewise.
    pub(super) fn swap(
        &mut self,
        other: &mut Schedule,
        moves: &[(usize, usize)],
        delays: &[(usize, usize)],
    ) {
        for (from, to) in moves {
            let (mine, its) = (self.schedule.processors_mut(), other.processors_mut());
            std::mem::swap(&mut mine[*from], &mut its[*to]);
        }
        for (from, to) in delays {
            std::mem::swap(&mut self.schedule.delays_mut()[*from], &mut other.delays_mut()[*to]);
        }
        std::mem::swap(&mut self.schedule, other);
    }

    /// Has `sample`, which lies further on, be the next that it gives.
    pub(super) const fn aim(&mut self, sample: i64) {
        self.next = sample;
    }

    /// Whether the wires that turn have turned.
    pub(super) const fn has_turned(&self) -> bool {
        self.schedule.has_turned()
    }

    /// How the film is led through, if it is.
    pub(super) fn speed(&self) -> f64 {
        self.follower.as_ref().map_or(1.0, |follower| follower.speed())
    }

    /// The sample of the film that the next quantum begins with.
    pub(super) const fn computed(&self) -> i64 {
        self.computed
    }

    /// Goes to `sample`. The feed must seek to the same sample.
    pub fn seek(&mut self, sample: i64) {
        self.seek_within(sample, self.lead());
    }

    /// Goes to `sample`, and hears no more than `lead` samples of what lies before it.
    pub(super) fn seek_within(&mut self, sample: i64, lead: i64) {
        self.schedule.reset();
        self.start(sample, lead);
    }

    /// What is heard at a sample depends on no more than the graph's memory before it: so far ahead it
    /// starts, and gives the same samples as if it had come from the beginning.
    fn start(&mut self, sample: i64, lead: i64) {
        self.next = sample;
        self.computed = quantum_start(sample - lead);
    }

    /// Fills `out` with the next samples.
    pub fn render(&mut self, out: &mut Samples) {
        let mut filled = 0;
        while filled < out.length() {
            filled = self.step(out, filled);
        }
    }

    /// Computes one quantum, if the next sample is not there yet; whether it is there then.
    pub(super) fn compute(&mut self) -> bool {
        let wanted = self.wanted();
        if wanted >= self.computed {
            let (schedule, computed) = (&mut self.schedule, self.computed);
            let glide = self.follower.as_mut().map(|follower| follower.advance());
            let sample = glide.as_ref().map_or(computed, |glide| glide.whole);
            let result = assert_no_alloc(|| schedule.run_along(sample, glide.as_ref()));
            self.ready.silent = result.silent;
            for (ready, run) in self.ready.channels.iter_mut().zip(&result.channels) {
                *ready = *run;
            }
            self.computed += QUANTUM as i64;
        }
        wanted < self.computed
    }

    /// The next sample to give, on the graph's own clock.
    fn wanted(&self) -> i64 {
        let late = if self.follower.is_some() { 0 } else { self.schedule.latency() };
        self.next + late as i64
    }

    /// How many channels it gives.
    pub(super) fn channels(&self) -> usize {
        self.ready.channels.len()
    }

    /// Goes on filling `out`, from `filled` on, by one quantum at most; how far it is filled then.
    pub(super) fn step(&mut self, out: &mut Samples, filled: usize) -> usize {
        if !self.compute() {
            return filled;
        }
        let wanted = self.wanted();
        let from = QUANTUM - (self.computed - wanted) as usize;
        let count = (QUANTUM - from).min(out.length() - filled);
        for (index, to) in out.channels_mut().iter_mut().enumerate() {
            let to = &mut to[filled..filled + count];
            match self.ready.channels.get(index).filter(|_| !self.ready.silent) {
                Some(run) => to.copy_from_slice(&run[from..from + count]),
                None => to.fill(0.0),
            }
        }
        self.next += count as i64;
        filled + count
    }
}
