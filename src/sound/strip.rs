//! The end of a strip: its gain, pan and mute; and a bus, which only sums.

use super::automation::Automation;
use super::node::{Block, Outcome, Processor};
use super::place::Placement;
use super::quantum::{Run, SILENCE};

/// A strip's own gain and pan, from its channels to those of where it leads.
#[derive(Debug)]
pub(super) struct Fader {
    gain: Automation,
    placement: Placement,
    mute: bool,
    heard: Vec<Run>,
    /// Room for a level that moves.
    levels: Run,
}

impl Fader {
    pub(super) fn new(gain: Automation, placement: Placement, mute: bool) -> Self {
        let heard = vec![SILENCE; placement.inputs()];
        Self { gain, placement, mute, heard, levels: SILENCE }
    }
}

impl Processor for Fader {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if block.silent || self.mute {
            return Outcome::Silent;
        }
        let level = self.gain.level(block.sample, &mut self.levels);
        if self.placement.scale(block.sample, level, block.channels) {
            return Outcome::Written;
        }
        for (heard, channel) in self.heard.iter_mut().zip(block.channels.iter()) {
            *heard = *channel;
        }
        block.channels.fill(SILENCE);
        let heard = &self.heard;
        self.placement.add(block.sample, |channel| &heard[channel], level, block.channels);
        Outcome::Written
    }
}

/// Where strips meet: the wires have summed already.
#[derive(Debug)]
pub(super) struct Sum;

impl Processor for Sum {
    fn process(&mut self, _block: &mut Block<'_>) -> Outcome {
        Outcome::Bypassed
    }
}
