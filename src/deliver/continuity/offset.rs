//! Recordings whose middle is not 0.

use super::{Check, Looks};
use crate::signal::{Decibels, Samples};

pub(super) const CHECK: Check = Check {
    id: "sound-offset",
    label: "DC offset",
    help: "A recording's mean lies above -50 dBFS: every cut of it clicks, and headroom is lost.",
    remedy: "put an eq with a low cut on its track",
    looks: Looks::Behind(look),
};

fn look(sound: &Samples, _rate: u32) -> Option<String> {
    let mean = |channel: &Vec<f32>| {
        channel.iter().map(|sample| f64::from(*sample)).sum::<f64>() / channel.len().max(1) as f64
    };
    let most = sound.channels().iter().map(|channel| mean(channel).abs()).fold(0.0, f64::max);
    let level = Decibels::of_gain(most).0;
    (level > -50.0).then(|| format!("the recording has a DC offset of {level:.0} dBFS"))
}
