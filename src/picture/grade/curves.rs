//! Curves of red, green and blue, and of all three.

use super::spline::Spline;
use super::{Operation, Space, Work};
use signal::{Parameter, Rest};
use std::sync::Arc;

/// Splines through points on display-coded values, each colour's own and then that of all, straight beyond
/// their ends (OpenColorIO, GradingRGBCurveTransform, video style).
pub(super) const OPERATION: Operation = Operation {
    id: "curves",
    label: "Curves",
    help: "What is dark, middle and bright goes where a drawn curve says, of all colours and of each.",
    space: Space::Display,
    parameters: &[
        curve("master", "Master", "What red, green and blue become, behind their own curves."),
        curve("red", "Red", "What red becomes."),
        curve("green", "Green", "What green becomes."),
        curve("blue", "Blue", "What blue becomes."),
    ],
    prepare: |values| {
        let of = |id: &str| Spline::rising(&values.points(id));
        let curves = Curves { own: ["red", "green", "blue"].map(of), master: of("master") };
        let is_neutral = curves.master.is_none() && curves.own.iter().all(Option::is_none);
        (!is_neutral).then(|| Arc::new(curves) as Arc<dyn Work>)
    },
};

const fn curve(id: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::drawn(id, label, help, Rest::Diagonal, [-0.5, 1.5])
}

#[derive(Debug)]
struct Curves {
    own: [Option<Spline>; 3],
    master: Option<Spline>,
}

impl Work for Curves {
    fn line(&self, channels: [&mut [f32]; 3]) {
        for (own, channel) in self.own.iter().zip(channels) {
            own.iter().chain(&self.master).for_each(|curve| curve.line(channel));
        }
    }
}
