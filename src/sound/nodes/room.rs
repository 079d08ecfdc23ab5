//! A room of six walls, computed from its size and what they are made of.

use super::convolution::{Convolution, level};
use signal::{Kind, Parameter};
use crate::node::{Node, Setup};
use crate::room::Room;

pub(super) const NODE: Node = Node {
    id: "room",
    label: "Room",
    help: "A room of six walls, from its size, its walls and the distance in it.",
    parameters: &[WIDTH, DEPTH, HEIGHT, ABSORPTION, ABSORPTION_HIGH, DISTANCE, SEED, MIX],
    sides: &[],
    build: |setup| Box::new(made(setup)),
};

const fn metres(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    most: f64,
    default: f64,
) -> Parameter {
    Parameter { id, label, help, kind: Kind::Setting { least: 1.5, most, default, unit: "m" } }
}

const WIDTH: Parameter = metres("width", "Width", "From wall to wall.", 60.0, 5.0);
const DEPTH: Parameter = metres("depth", "Depth", "From front to back.", 100.0, 6.5);
const HEIGHT: Parameter = metres("height", "Height", "From floor to ceiling.", 30.0, 2.8);

const ABSORPTION: Parameter = Parameter {
    id: "absorption",
    label: "Absorption",
    help: "The part of the power that the walls take: 5 bare concrete, 20 a living room, 50 a studio.",
    kind: Kind::Setting { least: 1.0, most: 95.0, default: 20.0, unit: "%" },
};

const ABSORPTION_HIGH: Parameter = Parameter {
    id: "absorption_high",
    label: "Absorption at 8 kHz",
    help: "The same for high frequencies: curtains and carpets take more of them.",
    kind: Kind::Setting { least: 1.0, most: 95.0, default: 35.0, unit: "%" },
};

const DISTANCE: Parameter = Parameter {
    id: "distance",
    label: "Distance",
    help: "From the sound to the listener; the room's depth is the end.",
    kind: Kind::Setting { least: 0.3, most: 80.0, default: 2.5, unit: "m" },
};

const SEED: Parameter = Parameter {
    id: "seed",
    label: "Seed",
    help: "Another number is another tail of the same room.",
    kind: Kind::Setting { least: 0.0, most: 4_294_967_295.0, default: 0.0, unit: "" },
};

const MIX: Parameter = Parameter {
    id: "mix",
    label: "Mix",
    help: "How much of what is heard is the room, direct sound included; 100 on a bus that is sent to.",
    kind: Kind::Number { least: 0.0, most: 100.0, default: 25.0, unit: "%" },
};

fn made(setup: &Setup<'_>) -> Convolution {
    let room = Room {
        size: [&WIDTH, &DEPTH, &HEIGHT].map(|known| setup.fixed(known)),
        absorption: [&ABSORPTION, &ABSORPTION_HIGH].map(|known| setup.fixed(known) / 100.0),
        distance: setup.fixed(&DISTANCE),
        sample_rate: setup.sample_rate,
        seed: setup.fixed(&SEED) as u64,
    };
    let mut responses = room.response(setup.layout.channels());
    level(&mut responses);
    Convolution::with(setup, &responses, 0.0, setup.number(&MIX))
}
