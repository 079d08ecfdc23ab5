//! A room that is suddenly another.

use crate::sound::stretch::{Stretch, THIRDS, louder};
use super::{Check, Looks};

pub(super) const CHECK: Check = Check {
    id: "sound-room-jump",
    label: "Room jump",
    help: "The colour of the room changes by more than 4 dB at a cut (rms over thirds of octaves, its level aside).",
    remedy: "lay one room tone over both clips, or match their equalizers",
    looks: Looks::Beside(look),
};

const LIMIT: f64 = 4.0;

fn look(before: &Stretch, after: &Stretch) -> Option<String> {
    let (before, after) = (before.floor(), after.floor());
    let step = louder(&before, &after);
    let apart: [f64; THIRDS] = std::array::from_fn(|third| after[third] - before[third] - step);
    let heard = &apart[3..];
    let rms = (heard.iter().map(|apart| apart * apart).sum::<f64>() / heard.len() as f64).sqrt();
    let farthest = (3..THIRDS).max_by(|one, other| apart[*one].abs().total_cmp(&apart[*other].abs()))?;
    let middle = 50.0 * (farthest as f64 / 3.0).exp2();
    let word = if apart[farthest] > 0.0 { "more" } else { "less" };
    let words = || format!("the room sounds different from the cut on: {:.0} dB {word} near {middle:.0} Hz", apart[farthest].abs());
    (rms > LIMIT).then(words)
}
