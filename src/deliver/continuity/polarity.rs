//! Recordings one side of which is turned over.

use super::{Check, Looks};
use crate::signal::Samples;

pub(super) const CHECK: Check = Check {
    id: "sound-polarity",
    label: "Polarity",
    help: "Left and right of a recording are each other's inverse (correlation below -0.7): it is gone in mono.",
    remedy: "turn one channel over with the node phase",
    looks: Looks::Behind(look),
};

fn look(sound: &Samples, _rate: u32) -> Option<String> {
    let [left, right] = sound.channels() else { return None };
    let product = |one: &[f32], other: &[f32]| -> f64 {
        one.iter().zip(other).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    };
    let size = (product(left, left) * product(right, right)).sqrt();
    let likeness = product(left, right) / size.max(1e-20);
    let words = || format!("left and right of the recording cancel each other: in mono it is gone (correlation {likeness:.2})");
    (size > 1e-9 && likeness < -0.7).then(words)
}
