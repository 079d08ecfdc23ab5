//! Cues that nearly touch: the eye takes the blink for none.

use super::Check;

pub(super) const CHECK: Check = Check {
    id: "gap",
    help: "A gap before the next cue that is too short to be seen as one.",
    find: |cue, next, limits| {
        let gap = next?.at - cue.end();
        (gap > 0 && gap < limits.gap)
            .then(|| format!("a gap of {gap} frames before the next is shorter than {}", limits.gap))
    },
};
