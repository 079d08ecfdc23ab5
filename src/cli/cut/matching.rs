//! A clip made like another moment of the film.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use crate::picture::grade::{Matched, matched, matched_by_zones};
use crate::picture::scopes::Signal;
use crate::play::{Offline, Programme as _};
use clap::Args;
use serde_json::json;
use std::sync::Arc;
use timeline_format::{Effect, Param, Value};

/// Put a correction on a clip that gives its red, green and blue the mean and the spread of another moment; or one
/// that does so for darks, middle and lights by themselves.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone match v1@58 --to 00:00:00:10\n  roomtone cut film.roomtone match v1@58 --to 10 --zones"
)]
pub(super) struct Match {
    /// The clip.
    clip: String,
    /// The moment that it is to look like: a frame number or a timecode.
    #[arg(long)]
    to: String,
    /// The moment of the clip that is compared; absent: its middle.
    #[arg(long)]
    at: Option<String>,
    /// Match darks, middle and lights each: a colour decision, tonal zones and saturations are put on.
    #[arg(long)]
    zones: bool,
}

impl Match {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let to = bench.frame(&self.to)?;
        let at = match &self.at {
            Some(text) => bench.frame(text)?,
            None => middle(bench, clip)?,
        };
        let [from, to] = [signal(bench, at)?, signal(bench, to)?];
        if self.zones {
            return by_zones(bench, clip, [&from, &to]);
        }
        let effect = Effect { id: bench.ids.next_id(), ..effect(&matched(&from, &to), bench) };
        let id = effect.id;
        let put = (clip, usize::MAX, effect);
        let mut edited = edit::put_effect(bench.film, bench.scope, put, &mut bench.ids)?;
        edited.made.push(id);
        Ok(edited)
    }
}

/// Puts on a clip what matches its zones, and says how far they were and are.
fn by_zones(
    bench: &mut Bench<'_>,
    clip: timeline_format::Id,
    [from, to]: [&Signal; 2],
) -> Result<Edited, Failure> {
    let zonal = matched_by_zones(from, to);
    let zonal =
        zonal.ok_or_else(|| Failure::call("a picture of fewer than three pixels has no zones"))?;
    let [before, after] = zonal.distances;
    let words = format!("the zones were {before:.4} apart in Oklab, and are {after:.4}");
    bench.said.push((words, json!({"before": before, "after": after})));
    let mut sum = Edited::plain(bench.film.clone());
    for effect in zonal.effects {
        let effect = Effect { id: bench.ids.next_id(), ..effect };
        sum.made.push(effect.id);
        let put = (clip, usize::MAX, effect);
        sum.timeline = edit::put_effect(&sum.timeline, bench.scope, put, &mut bench.ids)?.timeline;
    }
    Ok(sum)
}

/// The frame in the middle of a clip.
pub(super) fn middle(bench: &Bench<'_>, clip: timeline_format::Id) -> Result<i64, Failure> {
    let reels = bench.main.tracks.iter().filter_map(|track| track.reel());
    let mut found = reels.filter_map(|reel| {
        let index = reel.index_of(clip)?;
        Some(reel.start_of(index)? + reel.get(index)?.length / 2)
    });
    let words = "a free item has no middle here: name the moment by --at";
    found.next().ok_or_else(|| Failure::call(words))
}

/// The signal of the film's picture at a frame.
fn signal(bench: &Bench<'_>, frame: i64) -> Result<Signal, Failure> {
    let length = bench.main.length();
    if !(0..length).contains(&frame) {
        return Err(Failure::call(format!("frame {frame} is not in the film of {length} frames")));
    }
    let film = Arc::new(bench.film.clone());
    let mut film = Offline::open(&film, &bench.folder, 0..length)?;
    let picture = film.picture(frame)?;
    Ok(Signal::whole(&picture))
}

fn effect(of: &Matched, bench: &mut Bench<'_>) -> Effect {
    let mut effect = Effect::new(bench.ids.next_id(), "cdl");
    let round = |number: f64| (number * 1e4).round() / 1e4;
    let wheel = |three: [f64; 3], all: f64| {
        let [red, green, blue] = three.map(round);
        Param::Constant(Value::Vector(vec![red, green, blue, all]))
    };
    effect.values.insert("slope".to_owned(), wheel(of.slope, 1.0));
    effect.values.insert("offset".to_owned(), wheel(of.offset, 0.0));
    effect
}
