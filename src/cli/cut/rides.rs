//! What a ducker does, written into the film as keyframes.

use super::Bench;
use crate::cli::{Failure, interrupt};
use crate::edit::{self, Edited};
use crate::play::{self, Unread};
use anyhow::anyhow;
use clap::Args;
use serde_json::json;

/// Write what a ducker does as keyframes of a gain ahead of it, and bypass it; written again, the
/// keyframes take the place of those before.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone ride music duck --tolerance 0.25")]
pub(super) struct Ride {
    /// The track or bus.
    owner: String,
    /// The node's id, or what it is, where there is one of a kind.
    node: String,
    /// How far the keyframes may be from what the ducker does, in dB, at any sample.
    #[arg(long, default_value_t = 0.25)]
    tolerance: f64,
}

impl Ride {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        if !(0.01..=6.0).contains(&self.tolerance) {
            return Err(Failure::call("a tolerance is from 0.01 to 6 dB"));
        }
        let owner = bench.owner(&self.owner)?;
        let node = bench.node(owner, &self.node)?;
        let name = (bench.scope.sequence, owner, node);
        let (unread, stop) = (Unread::default(), interrupt::stop_on_interrupt());
        let ride = play::ride(bench.film, &bench.folder, name, self.tolerance, (&unread, &stop))?;
        let ride = ride.ok_or_else(|| anyhow!("stopped: the film is as it was"))?;
        if ride.is_flat() {
            return Err(anyhow!("the node {node} never turns the level: nothing is written").into());
        }
        for line in unread.lines() {
            let object = json!({"unread": line});
            bench.said.push((line, object));
        }
        let (rate, sound) = (bench.main.header.rate, bench.film.settings.sound);
        let curve = ride.curve(rate, sound);
        let curve = curve.ok_or_else(|| anyhow!("the film is too long for keyframes"))?;
        let (keys, tolerance) = (curve.keys.len(), self.tolerance);
        let deepest = ride.points().iter().map(|(_, level)| *level).fold(0.0, f64::min);
        let words = format!("{keys} keyframes, down to {deepest:.1} dB, true to {tolerance} dB");
        let object = json!({"ride": {"keys": keys, "deepest": deepest, "tolerance": tolerance}});
        bench.said.push((words, object));
        let written = (owner, node, curve);
        Ok(edit::write_ride(bench.film, bench.scope, written, &mut bench.ids)?)
    }
}
