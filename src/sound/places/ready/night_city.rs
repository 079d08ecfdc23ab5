//! A city at night, heard from above: nearly nothing, and it never ends.

use super::Set::Number;
use super::{Made, Ready, bed};

pub(super) const PLACE: Ready = Ready {
    id: "night_city",
    label: "City at night",
    help: "A city at night, heard from above: nearly nothing, and it never ends.",
    beds: &[
        bed("city", &[("level", Number(-46.0)), ("height", Number(60.0)), ("bustle", Number(8.0))]),
        bed("traffic", &[("level", Number(-52.0)), ("distance", Number(400.0)), ("flow", Number(150.0))]),
        bed("wind", &[("level", Number(-52.0)), ("speed", Number(3.0))]),
    ],
    outside: &[],
    room: &[Made("reverb", &[("decay", Number(1.2)), ("size", Number(24.0)), ("damping", Number(80.0)), ("mix", Number(100.0))])],
    crossing: 24,
};
