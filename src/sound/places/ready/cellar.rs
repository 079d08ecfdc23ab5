//! A cellar: dull, close, with pipes that hum and water somewhere.

use super::Set::Number;
use super::{Made, Ready, bed, tone};

pub(super) const PLACE: Ready = Ready {
    id: "cellar",
    label: "Cellar",
    help: "A cellar: dull, close, with pipes that hum and water somewhere.",
    beds: &[
        tone(&[("level", Number(-52.0)), ("size", Number(6.0)), ("slope", Number(10.0))]),
        bed("hum", &[("level", Number(-58.0)), ("ground", Number(0.0))]),
        bed("water", &[("level", Number(-58.0)), ("flow", Number(6.0))]),
    ],
    outside: &[],
    room: &[Made("reverb", &[("decay", Number(1.1)), ("size", Number(5.0)), ("mix", Number(100.0))])],
    crossing: 12,
};
