//! Luma key: what is dark becomes clear, or what is bright.

use super::chroma_key::brightness;
use super::matte::{Alpha, keyed};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "luma_key",
    label: "Luma key",
    help: "Makes clear what is darker than one luma, keeps what is brighter than another, and goes straight between.",
    space: Space::Display,
    parameters: &[
        Parameter::number("low", "Low", "Luma below which all is clear.", [0.0, 1.0, 0.05], ""),
        Parameter::number("high", "High", "Luma above which all stays.", [0.0, 1.0, 0.2], ""),
        Parameter::flag("invert", "Invert", "What is bright becomes clear."),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (low, high) = (values.number("low") as f32, values.number("high") as f32);
        Some(Arc::new(LumaKey { low, high, invert: values.flag("invert") }))
    },
};

#[derive(Debug)]
struct LumaKey {
    low: f32,
    high: f32,
    invert: bool,
}

impl Alpha for LumaKey {
    fn alpha(&self, colour: [f32; 3]) -> f32 {
        let way = (self.high - self.low).max(1e-6);
        let alpha = ((brightness(colour) - self.low) / way).clamp(0.0, 1.0);
        if self.invert { 1.0 - alpha } else { alpha }
    }
}

impl Treatment for LumaKey {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        keyed(picture, self)
    }
}
