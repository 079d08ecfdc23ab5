//! Where the chosen take of a shot is too short: for what a clip shows, or for the transitions at its ends.

use serde_json::{Value, json};
use timeline_format::footage::Footage;
use timeline_format::track::Content;
use timeline_format::{Clip, Frames, Id, Rate, Ratio, Sequence, Source, Timeline};

/// A clip that shows more than the take has.
#[derive(Debug)]
pub(super) struct Lack {
    sequence: Id,
    clip: Id,
    rate: Rate,
    /// Frames of its sequence that lack, ahead and behind.
    shown: [i64; 2],
    /// The same, in frames of the take.
    pub(super) own: [i64; 2],
}

impl Lack {
    /// What programs are told of it.
    pub(super) fn object(&self) -> Value {
        let Self { sequence, clip, rate, shown: [before, after], own } = self;
        json!({"sequence": sequence, "clip": clip, "rate": rate, "before": before, "after": after,
               "of_take": {"before": own[0], "after": own[1]}})
    }
}

/// The most that any of them lacks, ahead and behind, in frames of the take.
pub(super) fn most(lacks: &[Lack]) -> [i64; 2] {
    [0, 1].map(|side| lacks.iter().map(|lack| lack.own[side]).max().unwrap_or(0))
}

/// So many frames ahead and behind, in words.
pub(super) fn words([before, after]: [i64; 2]) -> String {
    let sides = [(before, "ahead"), (after, "behind")].into_iter().filter(|(count, _)| *count > 0);
    let side = |(count, side)| format!("{count} frame{} {side}", if count == 1 { "" } else { "s" });
    let words: Vec<String> = sides.map(side).collect();
    if words.is_empty() { "no frame".to_owned() } else { words.join(" and ") }
}

/// Every clip of a shot that lacks frames, in every sequence.
pub(super) fn of(film: &Timeline, shot: Id) -> Vec<Lack> {
    let all = film.sequences.iter();
    all.flat_map(|(id, sequence)| of_sequence(film, shot, (*id, &**sequence))).collect()
}

fn of_sequence(film: &Timeline, shot: Id, (sequence, content): (Id, &Sequence)) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let rate = content.header.rate;
    let mut look = |clip: Id, shown: &Clip, length: Frames, used: [i64; 2]| {
        let found = frames(film, (shown, length, rate), used);
        let lack = |(shown, own)| Lack { sequence, clip, rate, shown, own };
        lacks.extend(found.map(lack));
    };
    for track in &content.tracks {
        match &track.content {
            Content::Sequential(reel) => {
                for index in reel.showing(shot) {
                    let Some(item) = reel.get(index) else { continue };
                    if let Some(clip) = &item.clip {
                        look(item.id, clip, item.length.into(), track.handles_of(index));
                    }
                }
            }
            Content::Free(layers) => {
                let is_it = |clip: &Clip| clip.source == Source::Shot(shot);
                for (id, layer) in layers.iter().filter(|(_, layer)| is_it(&layer.clip)) {
                    look(*id, &layer.clip, layer.length, [0, 0]);
                }
            }
        }
    }
    lacks
}

/// Frames that a clip lacks beside those that transitions use, of its sequence and of its source.
fn frames(
    film: &Timeline,
    (clip, length, rate): (&Clip, Frames, Rate),
    used: [i64; 2],
) -> Option<([i64; 2], [i64; 2])> {
    let footage = Footage::of(film, rate, &clip.source);
    let beside = footage.beside(clip, length, rate)?;
    let shown = [used[0].saturating_sub(beside.head), used[1].saturating_sub(beside.tail)];
    let shown = shown.map(|frames| frames.max(0));
    let step = footage.step(clip.speed, rate)?.abs()?;
    let own = |frames: i64| step.times(Ratio::whole(frames)).map_or(frames, Ratio::ceil);
    let mut own = shown.map(own);
    if clip.speed < Ratio::ZERO {
        own.reverse();
    }
    (shown != [0, 0]).then_some((shown, own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lacks_is_told() {
        assert_eq!(words([0, 13]), "13 frames behind");
        assert_eq!(words([1, 0]), "1 frame ahead");
        assert_eq!(words([2, 1]), "2 frames ahead and 1 frame behind");
        assert_eq!(words([0, 0]), "no frame");
    }
}
