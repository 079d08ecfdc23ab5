//! The fixed step in which the graph runs, and the buffers that it runs on.
//!
//! Whatever block a device or a file asks for, the graph computes [`QUANTUM`] samples at a time, on a
//! grid that starts at sample 0 of the film: so that block sizes and seeks never change a sample.

use signal::wide;

/// Samples in a step of the graph.
pub const QUANTUM: usize = 128;

/// One channel of a step.
pub type Run = [f32; QUANTUM];

/// Nothing sounds.
pub const SILENCE: Run = [0.0; QUANTUM];

/// The channels of one step between two nodes.
#[derive(Debug, Clone, Default)]
pub struct Buffer {
    /// The samples, a run a channel.
    pub channels: Vec<Run>,
    /// Nothing sounds: whatever the runs hold counts as zeros.
    pub silent: bool,
}

impl Buffer {
    /// Room for `channels` channels, silent.
    pub fn new(channels: usize) -> Self {
        Self { channels: vec![SILENCE; channels], silent: true }
    }
}

/// What travels from node to node is a number, at most 200 dB above full scale, and 0 where it is below
/// -340 dB: nothing in the graph can overflow, and no square of a sample nor of a tenth of one is too small to
/// be held in full, which processors compute a hundred times slower. The processor's own switch for such
/// numbers stays as it is: Rust has no defined way to set it, and a sample must be the same on every thread.
pub fn settle(runs: &mut [Run]) {
    const LEAST: f32 = 1e-17;
    const MOST: f32 = 1e10;
    wide(
        #[inline(always)]
        || {
            for sample in runs.as_flattened_mut() {
                let size = sample.abs();
                let held = sample.clamp(-MOST, MOST);
                *sample = if size >= LEAST { held } else { 0.0 };
            }
        },
    );
}

/// The first sample of the step that holds `sample`.
pub const fn quantum_start(sample: i64) -> i64 {
    sample.div_euclid(QUANTUM as i64) * QUANTUM as i64
}
