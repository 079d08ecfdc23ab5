//! Additive dissolve: the new picture is added before the old one leaves.

use super::{Recipe, Transition, Weights};

pub(super) const TRANSITION: Transition = Transition {
    id: "additive",
    label: "Additive dissolve",
    help: "The incoming picture is added over the first half, the outgoing one leaves over the \
           second.",
    parameters: &[],
    recipe: |_, progress, _| {
        Recipe::Even(Weights {
            from: (2.0 - 2.0 * progress).min(1.0),
            to: (2.0 * progress).min(1.0),
            ..Weights::default()
        })
    },
};
