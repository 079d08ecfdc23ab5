//! Dissolve: one picture becomes the other, evenly.

use super::{Recipe, Transition, Weights};
use signal::{Kind, Parameter};

pub(super) const TRANSITION: Transition = Transition {
    id: "dissolve",
    label: "Dissolve",
    help: "One picture becomes the other; with nothing on a side, a fade.",
    parameters: &[Parameter {
        id: "law",
        label: "Law",
        help: "What is mixed: display-coded values (video), or light (film), where bright parts \
               come first.",
        kind: Kind::Choice { options: &["video", "film"] },
    }],
    recipe: |values, progress, _| {
        Recipe::Even(Weights {
            from: 1.0 - progress,
            to: progress,
            in_light: values.word("law") == "film",
            ..Weights::default()
        })
    },
};
