//! Cues that stay.

use super::Check;

pub(super) const CHECK: Check = Check {
    id: "long",
    help: "A cue that is seen for too long a time.",
    find: |cue, _, limits| {
        let seconds = limits.seconds(cue);
        (seconds > limits.most).then(|| format!("{seconds:.1} s are more than {}", limits.most))
    },
};
