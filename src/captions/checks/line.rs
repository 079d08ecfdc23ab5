//! Lines that are too wide.

use super::Check;

pub(super) const CHECK: Check = Check {
    id: "line",
    help: "A line with too many characters.",
    find: |cue, _, limits| {
        let longest = cue.plain().split('\n').map(|line| line.chars().count()).max().unwrap_or(0);
        (longest > limits.line)
            .then(|| format!("a line of {longest} characters is longer than {}", limits.line))
    },
};
