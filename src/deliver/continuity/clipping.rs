//! Recordings that were too loud for what recorded them.

use super::{Check, Looks};
use crate::signal::Samples;

pub(super) const CHECK: Check = Check {
    id: "sound-clipped",
    label: "Clipping",
    help: "A recording's highest value stands three samples or longer, again and again: its peaks were cut off.",
    remedy: "use another take, or round it off with the node saturation",
    looks: Looks::Behind(look),
};

/// Peaks below this are no clipping, whatever their shape.
const LEAST: f32 = 0.25;

fn look(sound: &Samples, _rate: u32) -> Option<String> {
    let flats: usize = sound.channels().iter().map(|channel| flats(channel)).sum();
    (flats >= 3).then(|| format!("the recording was too loud when it was made: {flats} of its peaks are cut off flat"))
}

/// How many times the highest value of a channel stands still.
fn flats(channel: &[f32]) -> usize {
    let most = channel.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
    if most < LEAST {
        return 0;
    }
    let is_top = |sample: &f32| sample.abs() >= most * 0.9999;
    channel.chunk_by(|one, other| is_top(one) == is_top(other)).filter(|run| run.len() >= 3 && is_top(&run[0])).count()
}
