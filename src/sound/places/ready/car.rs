//! In a car that drives: the road under it, the wind about it.

use super::Set::{Number, Word};
use super::{Made, Ready, bed, outside, tone};

pub(super) const PLACE: Ready = Ready {
    id: "car",
    label: "Car",
    help: "In a car that drives: the road under it, the wind about it.",
    beds: &[
        tone(&[("level", Number(-38.0)), ("size", Number(2.4)), ("slope", Number(11.0))]),
        bed("ventilation", &[("level", Number(-48.0)), ("turns", Number(1500.0)), ("tone", Number(-30.0))]),
        outside("wind", &[("level", Number(-24.0)), ("speed", Number(25.0)), ("gust", Number(8.0)), ("whistle", Number(-40.0))]),
    ],
    outside: &[Made("through", &[("obstacle", Word("window")), ("opening", Number(0.5))])],
    room: &[Made("reverb", &[("decay", Number(0.15)), ("size", Number(2.0)), ("pre_delay", Number(2.0)), ("mix", Number(100.0))])],
    crossing: 6,
};
