//! A room that is suddenly louder or quieter.

use crate::sound::stretch::{Stretch, louder};
use super::{Check, Looks};

pub(super) const CHECK: Check = Check {
    id: "sound-level-step",
    label: "Level step",
    help: "The room is more than 4 dB louder on one side of a cut than on the other, under whatever is said.",
    remedy: "lay a bed of room tone over the cut, or bring the clips to one level",
    looks: Looks::Beside(look),
};

const LIMIT: f64 = 4.0;

fn look(before: &Stretch, after: &Stretch) -> Option<String> {
    let step = louder(&before.floor(), &after.floor());
    let word = if step > 0.0 { "louder" } else { "quieter" };
    (step.abs() > LIMIT).then(|| format!("the room gets {:.0} dB {word} at the cut", step.abs()))
}
