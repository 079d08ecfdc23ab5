//! A kitchen by day: a refrigerator, and a street behind its window.

use super::Set::{Number, Word};
use super::{Made, Ready, bed, outside, tone};

pub(super) const PLACE: Ready = Ready {
    id: "kitchen",
    label: "Kitchen",
    help: "A kitchen by day: a refrigerator, and a street behind its window.",
    beds: &[
        tone(&[("level", Number(-54.0)), ("size", Number(3.6)), ("hum", Number(-82.0))]),
        bed("hum", &[("level", Number(-66.0)), ("buzz", Number(-20.0))]),
        outside("traffic", &[("level", Number(-34.0)), ("distance", Number(40.0))]),
    ],
    outside: &[Made("through", &[("obstacle", Word("window")), ("opening", Number(1.0))])],
    room: &[Made("reverb", &[("decay", Number(0.5)), ("size", Number(3.0)), ("mix", Number(100.0))])],
    crossing: 12,
};
