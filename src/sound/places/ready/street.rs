//! A street by day: cars that pass, and the city behind them.

use super::Set::Number;
use super::{Made, Ready, bed};

pub(super) const PLACE: Ready = Ready {
    id: "street",
    label: "Street",
    help: "A street by day: cars that pass, and the city behind them.",
    beds: &[
        bed("traffic", &[("level", Number(-34.0)), ("distance", Number(12.0)), ("flow", Number(700.0))]),
        bed("city", &[("level", Number(-42.0)), ("height", Number(4.0)), ("bustle", Number(60.0))]),
        bed("wind", &[("level", Number(-50.0)), ("speed", Number(4.0)), ("gust", Number(30.0))]),
    ],
    outside: &[],
    room: &[Made("reverb", &[("decay", Number(0.9)), ("size", Number(14.0)), ("damping", Number(70.0)), ("mix", Number(100.0))])],
    crossing: 12,
};
