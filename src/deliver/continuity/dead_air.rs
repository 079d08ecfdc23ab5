//! Holes in the sound.

use super::{Check, Looks};
use crate::signal::Samples;

pub(super) const CHECK: Check = Check {
    id: "sound-dead-air",
    label: "Dead air",
    help: "Whole frames in which nothing is louder than -70 dBFS.",
    remedy: "fill the hole with room tone: `roomtone cut FILM fill`",
    looks: Looks::Under(is_dead),
};

/// -70 dBFS.
const QUIET: f32 = 3.162_278e-4;

fn is_dead(frame: &Samples) -> bool {
    frame.channels().iter().flatten().all(|sample| sample.abs() < QUIET)
}
