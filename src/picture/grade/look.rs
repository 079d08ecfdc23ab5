//! A look of the film: all of its operations, changed in one place for every clip that has it.

use super::Operation;
use super::Space;
use signal::{Kind, Parameter};

/// What the look says is put in its place when a film is planned: see [`super::Grade::of_look`].
pub(super) const OPERATION: Operation = Operation {
    id: "look",
    label: "Shared look",
    help: "A look of the film: what it says is done here, and changes wherever it is changed.",
    space: Space::Display,
    parameters: &[Parameter {
        id: "look",
        label: "Look",
        help: "Which of the film's looks.",
        kind: Kind::Look,
    }],
    prepare: |_| None,
};
