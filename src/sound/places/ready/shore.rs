//! A shore: waves, and the wind that drives them.

use super::Set::Number;
use super::{Ready, bed};

pub(super) const PLACE: Ready = Ready {
    id: "shore",
    label: "Shore",
    help: "A shore: waves, and the wind that drives them.",
    beds: &[
        bed("sea", &[("level", Number(-34.0)), ("period", Number(8.0))]),
        bed("wind", &[("level", Number(-42.0)), ("speed", Number(8.0)), ("gust", Number(15.0))]),
    ],
    outside: &[],
    room: &[],
    crossing: 24,
};
