//! An office at work: air from the ceiling, a city far below.

use super::Set::{Number, Word};
use super::{Made, Ready, bed, outside, tone};

pub(super) const PLACE: Ready = Ready {
    id: "office",
    label: "Office",
    help: "An office at work: air from the ceiling, a city far below.",
    beds: &[
        tone(&[("level", Number(-50.0)), ("size", Number(9.0)), ("ventilation", Number(7.0))]),
        bed("ventilation", &[("level", Number(-52.0)), ("turns", Number(900.0))]),
        outside("city", &[("level", Number(-36.0)), ("height", Number(40.0))]),
    ],
    outside: &[Made("through", &[("obstacle", Word("double-window"))])],
    room: &[Made("reverb", &[("decay", Number(0.6)), ("size", Number(6.0)), ("mix", Number(100.0))])],
    crossing: 12,
};
