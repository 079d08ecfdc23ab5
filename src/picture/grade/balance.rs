//! Balance: as if under another light, warmer or cooler, towards magenta or green.

use super::white::matrix;
use super::{Operation, Space, Work};
use crate::convert::{self, primaries::Matrix3};
use signal::Parameter;
use std::sync::Arc;

/// A chromatic adaptation (Bradford) from D65 to a white as many mired along the black bodies' colours, and as
/// many thousandths of Duv beside them (CIE 15:2004, section 9.5).
pub(super) const OPERATION: Operation = Operation {
    id: "balance",
    label: "Balance",
    help: "As if under another light: warmer or cooler, towards magenta or green; greys change as a white would.",
    space: Space::Light,
    parameters: &[
        Parameter::number(
            "temperature",
            "Temperature",
            "How much warmer, as a filter's mired; below 0 cooler.",
            [-200.0, 200.0, 0.0],
            "mired",
        ),
        Parameter::number(
            "tint",
            "Tint",
            "How far towards magenta, in thousandths of Duv; below 0 towards green.",
            [-50.0, 50.0, 0.0],
            "",
        ),
    ],
    prepare: |values| {
        let (mired, tint) = (values.number("temperature"), values.number("tint"));
        let is_neutral = mired == 0.0 && tint == 0.0;
        (!is_neutral).then(|| Arc::new(Adapted(matrix(mired, tint))) as Arc<dyn Work>)
    },
};

#[derive(Debug)]
struct Adapted(Matrix3);

impl Work for Adapted {
    fn line(&self, channels: [&mut [f32]; 3]) {
        convert::apply(&self.0, channels);
    }
}
