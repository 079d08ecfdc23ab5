//! A clip given the grain of another, as it was measured there.

use super::Bench;
use crate::cli::{Failure, interrupt};
use crate::edit::{self, Edited, seat_of};
use crate::picture::grain::Grain;
use crate::picture::showing;
use crate::play::{grain_of, path_of};
use clap::Args;
use serde_json::json;
use std::ops::Range;
use timeline_format::{Effect, Id, Param, Ratio, Source};

/// Deviations, in codes, below which a clip counts as clean.
const CLEAN: f64 = 0.3;

/// Why grain was not measured.
const UNEVEN: &str = "too little of its pictures is flat and lit for its grain to be measured: name another clip or \
                      media, or set the values of a grain_match effect by hand";

/// Measure the grain of a clip or a media, and lay it on another clip.
#[derive(Debug, Args)]
#[command(after_help = "\
What is measured: the deviation of red, green and blue at eight lights, the shape of a grain, and how much of it the
channels share, in flat parts of frames that follow each other (of a still: in it alone). It is written into the values
of a grain_match effect of the clip, which has its own grain in every frame, the same whenever it is made.

Examples:
  roomtone cut film.roomtone match-grain v1@58 --like v1@0
  roomtone cut film.roomtone match-grain v2@58 --like plate --strip")]
pub(super) struct MatchGrain {
    /// The clip that grain is laid on.
    clip: String,
    /// What it is measured in: a clip, or the id of a media.
    #[arg(long, value_name = "CLIP|MEDIA")]
    like: String,
    /// The effect's id there: an effect that has it is replaced; absent: a new one.
    #[arg(long)]
    id: Option<Id>,
    /// Take the clip's own grain out first, as strong as it is measured there (denoise_time).
    #[arg(long)]
    strip: bool,
}

impl MatchGrain {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let grain = measured(bench, &seen_in(bench, &self.like)?, &self.like)?;
        let grain = grain.ok_or_else(|| anyhow::anyhow!("{}: {UNEVEN}", self.like))?;
        tell(bench, &grain, &self.like);
        let mut edited = Edited::plain(bench.film.clone());
        if self.strip {
            let own = measured(bench, &shown_by(bench, clip)?, &self.clip)?;
            if let Some(own) = own.filter(|own| own.strength() > CLEAN) {
                let effect = stripping(&own, bench.ids.next_id());
                edited = put(bench, &edited, clip, effect)?;
            }
        }
        let id = self.id.unwrap_or_else(|| bench.ids.next_id());
        let values = grain.values().into_iter();
        let values = values.map(|(name, value)| (name.to_owned(), Param::Constant(value)));
        let effect = Effect { values: values.collect(), ..Effect::new(id, "grain_match") };
        put(bench, &edited, clip, effect)
    }
}

/// The same with an effect put on a clip, as the last.
fn put(
    bench: &mut Bench<'_>,
    edited: &Edited,
    clip: Id,
    effect: Effect,
) -> Result<Edited, Failure> {
    let id = effect.id;
    let put = (clip, usize::MAX, effect);
    let mut next = edit::put_effect(&edited.timeline, bench.scope, put, &mut bench.ids)?;
    next.made = [&edited.made[..], &[id]].concat();
    Ok(next)
}

/// What takes grain out.
fn stripping(own: &Grain, id: Id) -> Effect {
    let mut effect = Effect::new(id, "denoise_time");
    let noise = (own.strength() * 100.0).round() / 100.0;
    effect.values.insert("noise".to_owned(), Param::number(noise.clamp(0.1, 64.0)));
    effect
}

/// A media, and which of its frames are looked at.
type Seen = (Id, Range<i64>);

/// What a name says to look at: a media by its id, else what a clip shows.
fn seen_in(bench: &Bench<'_>, text: &str) -> Result<Seen, Failure> {
    match Id::parse(text).filter(|id| bench.film.media.contains_key(id)) {
        Some(media) => Ok((media, 0..i64::MAX)),
        None => shown_by(bench, bench.clip(text)?),
    }
}

/// What a clip shows.
fn shown_by(bench: &Bench<'_>, id: Id) -> Result<Seen, Failure> {
    let nothing = || {
        Failure::call(format!(
            "the clip {id} shows no shot and no media: it has no grain to be measured"
        ))
    };
    let seat = seat_of(&bench.main, id).ok_or_else(nothing)?;
    if matches!(seat.clip.source, Source::Generator(_) | Source::Sequence(_)) {
        return Err(nothing());
    }
    let rate = bench.main.header.rate;
    let at = |k: i64| showing(bench.film, rate, (seat.clip, seat.length), k);
    let all: Vec<_> = (0..Ratio::ceil(seat.length)).filter_map(at).collect();
    let media = all.first().ok_or_else(nothing)?.media;
    let frames = all.iter().filter(|it| it.media == media).map(|it| it.at.floor());
    let ends = frames.fold((i64::MAX, 0), |(low, high), at| (low.min(at), high.max(at)));
    Ok((media, ends.0..ends.1 + 1))
}

/// The grain of what is seen; `None` where too little of it is flat.
fn measured(
    bench: &Bench<'_>,
    (media, frames): &Seen,
    name: &str,
) -> Result<Option<Grain>, Failure> {
    let found = bench.film.media.get(media);
    let media = found.ok_or_else(|| anyhow::anyhow!("{name}: the film has no media {media}"))?;
    let path = path_of(media, &bench.folder)
        .ok_or_else(|| anyhow::anyhow!("{name}: the media {} is no local file", media.path))?;
    Ok(grain_of((&path, media), frames, &interrupt::stop_on_interrupt())?)
}

fn tell(bench: &mut Bench<'_>, grain: &Grain, name: &str) {
    let side = grain.shape.len().isqrt();
    let at = |nth: usize| {
        let levels = grain.levels[nth].iter().map(|level| format!("{level:.2}"));
        levels.collect::<Vec<_>>().join(" ")
    };
    let from = if grain.is_of_still { "one frame" } else { "frames in a row" };
    let words = format!(
        "grain of {name}, in {} flat blocks of {from}, from black to white in codes of 255:\n  red   {}\n  green {}\n  \
         blue  {}\na grain is {side} by {side} pixels; {:.0} % of it is common to the channels",
        grain.blocks,
        at(0),
        at(1),
        at(2),
        100.0 * (1.0 - grain.colour)
    );
    let object = json!({
        "grain": name, "levels": grain.levels, "shape": grain.shape, "colour": grain.colour,
        "blocks": grain.blocks, "still": grain.is_of_still,
    });
    bench.said.push((words, object));
}
