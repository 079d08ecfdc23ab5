//! Push: the incoming picture pushes the outgoing one out.

use super::{Recipe, Transition};
use signal::{Kind, Parameter};

pub(super) const TRANSITION: Transition = Transition {
    id: "push",
    label: "Push",
    help: "The incoming picture pushes the outgoing one out of the frame.",
    parameters: &[Parameter {
        id: "to",
        label: "To",
        help: "Where both go.",
        kind: Kind::Choice { options: &["left", "right", "up", "down"] },
    }],
    recipe: |values, progress, _| {
        let [right, down] = match values.word("to") {
            "right" => [1.0, 0.0],
            "up" => [0.0, -1.0],
            "down" => [0.0, 1.0],
            _ => [-1.0, 0.0],
        };
        let left = progress - 1.0;
        Recipe::Shift {
            from: [right * progress, down * progress],
            to: [right * left, down * left],
        }
    },
};
