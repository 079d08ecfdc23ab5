//! Dip: to a colour and out of it.

use super::{Recipe, Transition, Weights};
use signal::{Kind, Parameter};

pub(super) const TRANSITION: Transition = Transition {
    id: "dip",
    label: "Dip to colour",
    help: "The outgoing picture becomes a colour by the middle, the colour becomes the incoming \
           one.",
    parameters: &[Parameter {
        id: "colour",
        label: "Colour",
        help: "Display-coded red, green and blue, 0 to 1; the fourth number is not used.",
        kind: Kind::Four { default: [0.0, 0.0, 0.0, 1.0], unit: "" },
    }],
    recipe: |values, progress, _| {
        let from = (1.0 - 2.0 * progress).max(0.0);
        let to = (2.0 * progress - 1.0).max(0.0);
        let [red, green, blue, _] = values.four("colour");
        let colour = [red, green, blue, 1.0 - from - to];
        Recipe::Even(Weights { from, to, colour, in_light: false })
    },
};
