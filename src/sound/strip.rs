//! The end of a strip: its gain, pan and mute; and a bus, which only sums.

use super::automation::Automation;
use super::level::Gauge;
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
    /// What measures it, where it is the fader of a strip and not of a send.
    gauge: Option<Gauge>,
}

impl Fader {
    pub(super) fn new(gain: Automation, placement: Placement, mute: bool) -> Self {
        let heard = vec![SILENCE; placement.inputs()];
        Self { gain, placement, mute, heard, levels: SILENCE, gauge: None }
    }

    /// The same, measured if there is a gauge.
    pub(super) fn gauged(self, gauge: Option<Gauge>) -> Self {
        Self { gauge, ..self }
    }

    fn pass(&mut self, block: &mut Block<'_>) {
        let level = self.gain.level(block.sample, &mut self.levels);
        if self.placement.scale(block.sample, level, block.channels) {
            return;
        }
        for (heard, channel) in self.heard.iter_mut().zip(block.channels.iter()) {
            *heard = *channel;
        }
        block.channels.fill(SILENCE);
        let heard = &self.heard;
        self.placement.add(block.sample, |channel| &heard[channel], level, block.channels);
    }
}

impl Processor for Fader {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if block.silent || self.mute {
            self.gauge.iter_mut().for_each(Gauge::hear_nothing);
            return Outcome::Silent;
        }
        self.pass(block);
        self.gauge.iter_mut().for_each(|gauge| gauge.hear(block.channels));
        Outcome::Written
    }

    fn reset(&mut self) {
        self.gauge.iter_mut().for_each(Gauge::forget);
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
