//! A forest: wind in leaves, a brook that one nearly sees.

use super::Set::Number;
use super::{Made, Ready, bed};

pub(super) const PLACE: Ready = Ready {
    id: "forest",
    label: "Forest",
    help: "A forest: wind in leaves, a brook that one nearly sees.",
    beds: &[
        bed("wind", &[("level", Number(-40.0)), ("speed", Number(5.0)), ("leaves", Number(0.0)), ("whistle", Number(-40.0)), ("howl", Number(-60.0))]),
        bed("water", &[("level", Number(-50.0)), ("flow", Number(20.0))]),
    ],
    outside: &[],
    room: &[Made("reverb", &[("decay", Number(1.0)), ("size", Number(30.0)), ("damping", Number(85.0)), ("mix", Number(100.0))])],
    crossing: 24,
};
