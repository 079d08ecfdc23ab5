//! Heard through something, or from far away: walls, windows, doors, and the air between.
//!
//! What a leaf lets through, how far off the sound is and what the air takes are one magnitude, made
//! into a filter of the least delay.

use signal::{Kind, Parameter};
use super::convolution::Convolution;
use crate::air::{Leaf, air};
use crate::automation::Automation;
use crate::filter::minimum_phase;
use crate::node::{Node, Setup};

pub(super) const NODE: Node = Node {
    id: "through",
    label: "Heard through",
    help: "As heard through a wall, a window or a door, or from far away.",
    parameters: &[OBSTACLE, OPENING, DISTANCE, TEMPERATURE, HUMIDITY],
    sides: &[],
    build: |setup| Box::new(made(setup)),
};

const OBSTACLE: Parameter = Parameter {
    id: "obstacle",
    label: "Obstacle",
    help: "What stands between.",
    kind: Kind::Choice {
        options: &[
            "nothing",
            "window",
            "double-window",
            "door",
            "heavy-door",
            "light-wall",
            "brick-wall",
            "concrete-wall",
            "curtain",
        ],
    },
};

const OPENING: Parameter = Parameter {
    id: "opening",
    label: "Opening",
    help: "How much of it stands open.",
    kind: Kind::Setting { least: 0.0, most: 100.0, default: 0.0, unit: "%" },
};

const DISTANCE: Parameter = Parameter {
    id: "distance",
    label: "Distance",
    help: "How far away it sounds; at 1 m nothing is lost on the way.",
    kind: Kind::Setting { least: 1.0, most: 2000.0, default: 1.0, unit: "m" },
};

const TEMPERATURE: Parameter = Parameter {
    id: "temperature",
    label: "Temperature",
    help: "How warm the air is.",
    kind: Kind::Setting { least: -20.0, most: 50.0, default: 15.0, unit: "°C" },
};

const HUMIDITY: Parameter = Parameter {
    id: "humidity",
    label: "Humidity",
    help: "How moist the air is.",
    kind: Kind::Setting { least: 5.0, most: 100.0, default: 60.0, unit: "%" },
};

const fn leaf(mass: f64, coincidence: f64, damping: f64) -> Leaf {
    Leaf { mass, coincidence, damping }
}

/// The leaves of each obstacle, the second being nothing for most: glass of 4 mm; two panes of it; a
/// hollow door; a solid one; plasterboard on both sides of studs; half a brick, plastered; 160 mm of
/// concrete; heavy cloth.
const LEAVES: [[Option<Leaf>; 2]; 9] = [
    [None, None],
    [Some(leaf(10.0, 3100.0, 0.05)), None],
    [Some(leaf(10.0, 3100.0, 0.05)), Some(leaf(15.0, 2100.0, 0.05))],
    [Some(leaf(9.0, 2600.0, 0.05)), None],
    [Some(leaf(30.0, 900.0, 0.04)), None],
    [Some(leaf(10.0, 2700.0, 0.03)), Some(leaf(10.0, 2700.0, 0.03))],
    [Some(leaf(220.0, 220.0, 0.03)), None],
    [Some(leaf(370.0, 120.0, 0.03)), None],
    [Some(leaf(0.9, 30_000.0, 0.3)), None],
];

/// What lies between two leaves, in metres.
const GAP: f64 = 0.075;
/// Samples of the filter at up to 48 kHz.
const LENGTH: usize = 2048;

/// The part of the amplitude of `frequency` that comes through.
fn magnitude(setup: &Setup<'_>, frequency: f64) -> f64 {
    let reduction = match LEAVES[setup.choice(&OBSTACLE)] {
        [Some(one), Some(other)] => Leaf::double(one, other, GAP, frequency),
        [leaf, _] => leaf.map_or(0.0, |leaf| leaf.reduction(frequency)),
    };
    let open = setup.fixed(&OPENING) / 100.0;
    let power = open + (1.0 - open) * 10.0_f64.powf(-reduction / 10.0);
    let distance = setup.fixed(&DISTANCE);
    let (warm, moist) = (setup.fixed(&TEMPERATURE), setup.fixed(&HUMIDITY));
    power.sqrt() / distance * air(frequency, distance - 1.0, warm, moist)
}

fn made(setup: &Setup<'_>) -> Convolution {
    if setup.choice(&OBSTACLE) == 0 && setup.fixed(&DISTANCE) == 1.0 {
        return Convolution::nothing();
    }
    let length = LENGTH * (setup.sample_rate as usize).div_ceil(48_000).next_power_of_two();
    let response = minimum_phase(|at| magnitude(setup, at), length, setup.sample_rate);
    Convolution::with(setup, &[response], 0.0, Automation::constant(100.0))
}
