//! The render half of a mix: computes, and does nothing else.
//!
//! Everything here may run on a real-time thread: it neither allocates, frees, locks nor logs. Where the
//! program has an allocator that traps (debug builds and all tests do), allocating here ends it.

use super::quantum::{Buffer, QUANTUM, quantum_start};
use super::schedule::Schedule;
use crate::signal::Samples;
use assert_no_alloc::assert_no_alloc;

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
}

impl Render {
    pub(super) fn new(schedule: Schedule, channels: usize) -> Self {
        let mut render = Self { schedule, ready: Buffer::new(channels), computed: 0, next: 0 };
        render.start(0, render.lead());
        render
    }

    /// How far ahead of a sample of the film the graph must begin.
    pub(super) fn lead(&self) -> i64 {
        (self.schedule.memory() + QUANTUM) as i64
    }

    /// The next sample that it gives.
    pub const fn position(&self) -> i64 {
        self.next
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
        let wanted = self.next + self.schedule.latency() as i64;
        if wanted >= self.computed {
            let (schedule, computed) = (&mut self.schedule, self.computed);
            let result = assert_no_alloc(|| schedule.run(computed));
            self.ready.silent = result.silent;
            for (ready, run) in self.ready.channels.iter_mut().zip(&result.channels) {
                *ready = *run;
            }
            self.computed += QUANTUM as i64;
        }
        wanted < self.computed
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
        let wanted = self.next + self.schedule.latency() as i64;
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
