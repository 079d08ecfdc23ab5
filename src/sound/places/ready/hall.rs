//! A hall of stone, empty: a long answer, and a little wind at its doors.

use super::Set::{Number, Word};
use super::{Made, Ready, outside, tone};

pub(super) const PLACE: Ready = Ready {
    id: "hall",
    label: "Hall",
    help: "A hall of stone, empty: a long answer, and a little wind at its doors.",
    beds: &[
        tone(&[("level", Number(-52.0)), ("size", Number(28.0)), ("slope", Number(9.0))]),
        outside("wind", &[("level", Number(-34.0)), ("speed", Number(6.0)), ("howl", Number(-10.0))]),
    ],
    outside: &[Made("through", &[("obstacle", Word("heavy-door")), ("opening", Number(2.0))])],
    room: &[Made(
        "reverb",
        &[("decay", Number(3.2)), ("size", Number(22.0)), ("pre_delay", Number(30.0)), ("mix", Number(100.0))],
    )],
    crossing: 24,
};
