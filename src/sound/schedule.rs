//! A compiled graph: steps in their order, run once a quantum, without allocating.

use super::fade::{FADE, Turn, add_turning};
use super::glide::Glide;
use super::layout::Matrix;
use super::node::{Block, Outcome, Processor};
use super::quantum::{Buffer, QUANTUM, Run, SILENCE, settle};
use signal::wide;

/// A compiled graph.
#[derive(Debug)]
pub struct Schedule {
    steps: Vec<Step>,
    processors: Vec<Box<dyn Processor>>,
    buffers: Vec<Buffer>,
    delays: Vec<Delay>,
    output: usize,
    latency: usize,
    memory: usize,
    /// How far the wires that turn have come, in samples; below 0 it has not begun.
    turned: i64,
}

/// One node's turn.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) node: usize,
    pub(super) inputs: Vec<Input>,
    pub(super) sides: Vec<Buffer>,
    pub(super) output: usize,
    /// So many channels of its input lie in its output's buffer already.
    pub(super) in_place: Option<usize>,
    /// Samples by which its input is late.
    pub(super) late: i64,
}

/// What a node hears.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) buffer: usize,
    /// 0 is what the node works on, 1 its first side input, and so on.
    pub(super) port: usize,
    pub(super) matrix: Matrix,
    /// Every channel goes to itself alone, unchanged.
    pub(super) is_straight: bool,
    pub(super) delay: Option<usize>,
    /// Whether it comes, goes or stays.
    pub(super) turn: Turn,
}

impl Schedule {
    pub(super) fn new(
        steps: Vec<Step>,
        processors: Vec<Box<dyn Processor>>,
        buffers: Vec<Buffer>,
        delays: Vec<Delay>,
        output: usize,
        latency: usize,
        memory: usize,
    ) -> Self {
        Self { steps, processors, buffers, delays, output, latency, memory, turned: 0 }
    }

    /// A graph of nothing.
    pub(super) fn silent() -> Self {
        Self::new(Vec::new(), Vec::new(), vec![Buffer::new(0)], Vec::new(), 0, 0, 0)
    }

    /// Samples by which the result is late.
    pub const fn latency(&self) -> usize {
        self.latency
    }

    /// Samples after which nothing before them matters.
    pub const fn memory(&self) -> usize {
        self.memory
    }

    /// How many buffers it needs.
    pub fn buffer_count(&self) -> usize {
        self.buffers.len()
    }

    /// Forgets everything that was heard.
    pub fn reset(&mut self) {
        for processor in &mut self.processors {
            processor.reset();
        }
        for delay in &mut self.delays {
            delay.reset();
        }
    }

    /// Has the wires that turn wait for `samples` before they do.
    pub(super) const fn turn_after(&mut self, samples: i64) {
        self.turned = -samples;
    }

    /// Whether they have.
    pub(super) const fn has_turned(&self) -> bool {
        self.turned >= FADE as i64
    }

    /// The processors, by the numbers of their nodes.
    pub(super) fn processors_mut(&mut self) -> &mut [Box<dyn Processor>] {
        &mut self.processors
    }

    /// The delays on wires.
    pub(super) fn delays_mut(&mut self) -> &mut [Delay] {
        &mut self.delays
    }

    /// Computes the quantum at `sample`, which is what the sources play.
    pub fn run(&mut self, sample: i64) -> &Buffer {
        self.run_along(sample, None)
    }

    /// The same, with sources that are heard along `glide` where there is one.
    pub(super) fn run_along(&mut self, sample: i64, glide: Option<&Glide>) -> &Buffer {
        let turned = self.turned;
        self.turned += QUANTUM as i64;
        for step in &mut self.steps {
            let mut block = std::mem::take(&mut self.buffers[step.output]);
            gather(step, &mut block, &self.buffers, &mut self.delays, turned);
            let mut seen = Block {
                sample: sample - step.late,
                channels: &mut block.channels,
                silent: block.silent,
                sides: &step.sides,
            };
            let processor = &mut self.processors[step.node];
            let outcome = match glide {
                None => processor.process(&mut seen),
                Some(glide) => processor.process_along(&mut seen, glide),
            };
            match outcome {
                Outcome::Silent => block.silent = true,
                Outcome::Bypassed => {}
                Outcome::Written => {
                    block.silent = false;
                    settle(&mut block.channels);
                }
            }
            self.buffers[step.output] = block;
        }
        &self.buffers[self.output]
    }
}

/// Sums what a node hears into its block, in the order of the inputs' names.
fn gather(
    step: &mut Step,
    block: &mut Buffer,
    buffers: &[Buffer],
    delays: &mut [Delay],
    turned: i64,
) {
    match step.in_place {
        Some(heard) if !block.silent => block.channels[heard..].fill(SILENCE),
        _ => block.silent = true,
    }
    for side in &mut step.sides {
        side.silent = true;
        side.channels.fill(SILENCE);
    }
    for input in step.inputs.iter().filter(|input| input.buffer != step.output) {
        let from = &buffers[input.buffer];
        let delayed = input.delay.map(|delay| delays[delay].pass(from));
        let from = delayed.unwrap_or(from);
        if from.silent || input.turn.is_shut(turned) {
            continue;
        }
        let is_whole = input.turn.is_open(turned);
        let to = match input.port {
            0 if block.silent && input.is_straight && is_whole => {
                block.silent = false;
                copy(&from.channels[..input.matrix.inputs()], &mut block.channels);
                continue;
            }
            0 => {
                if block.silent {
                    block.channels.fill(SILENCE);
                }
                &mut *block
            }
            port => &mut step.sides[port - 1],
        };
        if is_whole {
            add(input, &from.channels, &mut to.channels);
        } else {
            add_turning(input, turned, &from.channels, &mut to.channels);
        }
        to.silent = false;
    }
    if block.silent {
        block.channels.fill(SILENCE);
    }
}

/// Copies what there is; the channels beyond it are silent.
fn copy(from: &[Run], to: &mut [Run]) {
    let (heard, rest) = to.split_at_mut(from.len());
    heard.copy_from_slice(from);
    rest.fill(SILENCE);
}

fn add(input: &Input, from: &[Run], to: &mut [Run]) {
    let matrix = &input.matrix;
    wide(
        #[inline(always)]
        || {
            if input.is_straight {
                let heard = from[..matrix.inputs()].as_flattened();
                let sums = to.as_flattened_mut().iter_mut();
                return sums.zip(heard).for_each(|(sum, sample)| *sum += sample);
            }
            for (output, run) in to.iter_mut().enumerate().take(matrix.outputs()) {
                for (input, samples) in from.iter().enumerate().take(matrix.inputs()) {
                    let gain = matrix.gain(output, input);
                    if gain != 0.0 {
                        for (sum, sample) in run.iter_mut().zip(samples) {
                            *sum += sample * gain;
                        }
                    }
                }
            }
        },
    );
}

/// A delay on a wire: what makes paths that meet equally late.
#[derive(Debug)]
pub(super) struct Delay {
    lines: Vec<Vec<f32>>,
    at: usize,
    out: Buffer,
}

impl Delay {
    pub(super) fn new(channels: usize, length: usize) -> Self {
        Self { lines: vec![vec![0.0; length]; channels], at: 0, out: Buffer::new(channels) }
    }

    pub(super) fn length(&self) -> usize {
        self.lines.first().map_or(0, Vec::len)
    }

    fn reset(&mut self) {
        for line in &mut self.lines {
            line.fill(0.0);
        }
    }

    fn pass(&mut self, from: &Buffer) -> &Buffer {
        let length = self.length();
        for (channel, line) in self.lines.iter_mut().enumerate() {
            let silent = from.silent;
            let input = from.channels.get(channel).filter(|_| !silent).unwrap_or(&SILENCE);
            let mut out = *input;
            let (mut done, mut at) = (0, self.at);
            while done < QUANTUM {
                let count = (QUANTUM - done).min(length - at);
                line[at..at + count].swap_with_slice(&mut out[done..done + count]);
                (done, at) = (done + count, (at + count) % length);
            }
            self.out.channels[channel] = out;
        }
        self.at = (self.at + QUANTUM) % length;
        self.out.silent = false;
        &self.out
    }
}
