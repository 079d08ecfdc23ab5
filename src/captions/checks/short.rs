//! Cues that flash by.

use super::Check;

pub(super) const CHECK: Check = Check {
    id: "short",
    help: "A cue that is seen for too short a time.",
    find: |cue, _, limits| {
        let seconds = limits.seconds(cue);
        (seconds < limits.least)
            .then(|| format!("{seconds:.2} s are fewer than {:.2}", limits.least))
    },
};
