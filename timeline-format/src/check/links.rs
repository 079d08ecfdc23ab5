//! A picture and its sound lie as they were recorded.

use super::Found;
use super::facts::{Facts, Placed, SequenceFacts};
use crate::footage::Footage;
use crate::track::TrackKind;
use crate::{Frames, Id, Problem, Ratio};
use std::collections::BTreeMap;

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    for sequence in &facts.sequences {
        let mut links: BTreeMap<Id, Vec<&Placed<'_>>> = BTreeMap::new();
        for placed in sequence.clips.iter().filter(|placed| placed.has(Placed::LINKED)) {
            if let Some(link) = placed.clip.link {
                links.entry(link).or_default().push(placed);
            }
        }
        for clips in links.into_values() {
            let is_picture = |clip: &&Placed<'_>| clip.track.header.kind == TrackKind::Picture;
            let (pictures, sounds): (Vec<_>, Vec<_>) = clips.into_iter().partition(is_picture);
            for sound in sounds {
                let offs =
                    pictures.iter().filter_map(|picture| off(facts, sequence, picture, sound));
                if let Some(off) =
                    offs.min_by_key(|off| off.abs()).filter(|off| *off != Frames::ZERO)
                {
                    let side = if off > Frames::ZERO { "late" } else { "early" };
                    let frames = off.abs().unwrap_or(off);
                    let unit = if frames == Frames::ONE { "frame" } else { "frames" };
                    let message = format!(
                        "the sound is {frames} {unit} {side} against the picture it is linked to"
                    );
                    let problem = Problem::warning("link-out-of-sync", message);
                    let problem = problem.in_film(sequence.place_of(sound));
                    found.add(problem.remedy("move it back, or say that it is meant so (sync)"));
                }
            }
        }
    }
}

/// By how many frames of the sequence a sound is late; `None` where that cannot be told: the two
/// have different sources or speeds, or no place.
fn off(
    facts: &Facts<'_>,
    sequence: &SequenceFacts<'_>,
    picture: &Placed<'_>,
    sound: &Placed<'_>,
) -> Option<Frames> {
    let (seen, heard) = (picture.clip, sound.clip);
    if seen.source != heard.source || seen.speed != heard.speed || seen.speed == Ratio::ZERO {
        return None;
    }
    let rate = sequence.sequence.header.rate;
    let footage = facts.footage(rate, &seen.source).unwrap_or(Footage::endless(rate));
    let step = footage.step(seen.speed, rate)?;
    let zero = |placed: &Placed<'_>| {
        let back = if step < Ratio::ZERO { placed.length } else { Frames::ZERO };
        placed.start?.plus(back)?.minus(placed.clip.source_in.over(step)?)
    };
    let meant = heard.sync.minus(seen.sync)?;
    zero(sound)?.minus(zero(picture)?)?.minus(meant)
}
