//! Cues with too many lines.

use super::Check;

pub(super) const CHECK: Check = Check {
    id: "lines",
    help: "A cue with too many lines.",
    find: |cue, _, limits| {
        let count = cue.text.trim_end().split('\n').count();
        (count > limits.lines).then(|| format!("{count} lines are more than {}", limits.lines))
    },
};
