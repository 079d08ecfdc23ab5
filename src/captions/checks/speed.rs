//! Text that goes by too fast to be read.

use super::{Check, characters};

pub(super) const CHECK: Check = Check {
    id: "speed",
    help: "More characters a second than people read.",
    find: |cue, _, limits| {
        let speed = characters(cue) as f64 / limits.seconds(cue).max(1e-3);
        (speed > limits.speed).then(|| {
            format!("{speed:.1} characters a second are more than {}", limits.speed)
        })
    },
};
