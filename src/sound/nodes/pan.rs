//! To the left or to the right.

use signal::{Kind, Parameter};
use crate::automation::{Automation, Level};
use crate::layout::speakers;
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::place::Placement;
use crate::quantum::{Run, SILENCE};
use timeline_format::mix::PanLaw;

pub(super) const NODE: Node = Node {
    id: "pan",
    label: "Pan",
    help: "Moves the sound to the left or to the right; the centre leaves it as it is.",
    parameters: &[POSITION, LAW],
    sides: &[],
    build: |setup| Box::new(Pan::new(setup)),
};

const POSITION: Parameter = Parameter {
    id: "position",
    label: "Position",
    help: "Where the sound is: -1 left, 0 centre, 1 right.",
    kind: Kind::Number { least: -1.0, most: 1.0, default: 0.0, unit: "" },
};

const LAW: Parameter = Parameter {
    id: "law",
    label: "Law",
    help: "How much quieter the centre is than a side, in dB; balance only quiets the far side.",
    kind: Kind::Choice { options: &["-3", "-4.5", "-6", "balance"] },
};

#[derive(Debug)]
struct Pan {
    position: Automation,
    placement: Placement,
    heard: Vec<Run>,
}

impl Pan {
    fn new(setup: &Setup<'_>) -> Self {
        let laws = [PanLaw::EqualPower, PanLaw::Compromise, PanLaw::EqualGain, PanLaw::Balance];
        let from = speakers(setup.layout);
        let position = setup.number(&POSITION);
        let law = laws[setup.choice(&LAW)];
        let placement = Placement::new(from, setup.layout, law, position.clone());
        Self { position, placement, heard: vec![SILENCE; from.len()] }
    }
}

impl Processor for Pan {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if block.silent {
            return Outcome::Silent;
        }
        if self.position.steady(block.sample) == Some(0.0) {
            return Outcome::Bypassed;
        }
        for (heard, channel) in self.heard.iter_mut().zip(block.channels.iter_mut()) {
            *heard = std::mem::replace(channel, SILENCE);
        }
        let out = &mut *block.channels;
        let heard = &self.heard;
        self.placement.add(block.sample, |channel| &heard[channel], Level::Steady(1.0), out);
        Outcome::Written
    }
}
