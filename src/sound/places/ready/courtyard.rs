//! A courtyard: the city over the roofs, leaves, a ventilator.

use super::Set::Number;
use super::{Made, Ready, bed};

pub(super) const PLACE: Ready = Ready {
    id: "courtyard",
    label: "Courtyard",
    help: "A courtyard: the city over the roofs, leaves, a ventilator.",
    beds: &[
        bed("city", &[("level", Number(-44.0)), ("height", Number(25.0))]),
        bed("wind", &[("level", Number(-48.0)), ("speed", Number(3.5)), ("leaves", Number(-6.0))]),
        bed("ventilation", &[("level", Number(-56.0)), ("turns", Number(1350.0))]),
    ],
    outside: &[],
    room: &[Made("reverb", &[("decay", Number(1.4)), ("size", Number(12.0)), ("damping", Number(60.0)), ("mix", Number(100.0))])],
    crossing: 18,
};
