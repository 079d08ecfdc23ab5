//! Cues that are seen at once.

use super::Check;

pub(super) const CHECK: Check = Check {
    id: "overlap",
    help: "A cue that is still seen when the next one comes at the same height.",
    find: |cue, next, _| {
        let next = next.filter(|next| next.place == cue.place)?;
        let both = cue.end() - next.at;
        (both > 0).then(|| format!("it is seen for {both} frames together with the next"))
    },
};
