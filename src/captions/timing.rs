//! From milliseconds to frames and back.

use super::formats::Spoken;
use timeline_format::{Captions, Cue, Id, Rate, Ratio, markup};

/// The frame whose start is nearest to a moment.
pub fn frame_of(milliseconds: i64, rate: Rate) -> i64 {
    let seconds = Ratio::new(i128::from(milliseconds), 1000);
    let frames = seconds.and_then(|seconds| rate.frames(seconds));
    frames.map_or(0, Ratio::round)
}

/// The millisecond nearest to the start of a frame.
fn milliseconds_of(frame: i64, rate: Rate) -> i64 {
    let seconds = rate.seconds(Ratio::whole(frame));
    let exact = seconds.and_then(|seconds| seconds.times(Ratio::whole(1000)));
    exact.map_or(0, Ratio::round)
}

/// A cue of what a file says; none where it says nothing.
pub fn taken(spoken: &Spoken, rate: Rate, id: Id) -> Option<Cue> {
    if markup::plain(&spoken.text).trim().is_empty() {
        return None;
    }
    let at = frame_of(spoken.from, rate).max(0);
    let length = (frame_of(spoken.to, rate) - at).max(1);
    Some(Cue {
        speaker: spoken.speaker.clone(),
        align: spoken.align,
        place: spoken.place,
        settings: spoken.settings.clone(),
        ..Cue::new(id, at, length, spoken.text.clone())
    })
}

/// What the cues within a range of frames say, counted from its first.
pub fn spoken(
    captions: &Captions,
    rate: Rate,
    range: std::ops::Range<i64>,
) -> impl Iterator<Item = Spoken> + '_ {
    let within = move |cue: &Cue| {
        let (at, end) = (cue.at.max(range.start), cue.end().min(range.end));
        (at < end).then(|| (at - range.start, end - range.start))
    };
    captions.cues.iter().filter_map(move |cue| {
        let (at, end) = within(cue)?;
        Some(Spoken {
            from: milliseconds_of(at, rate),
            to: milliseconds_of(end, rate),
            text: cue.text.clone(),
            speaker: cue.speaker.clone(),
            align: cue.align,
            place: cue.place,
            settings: cue.settings.clone(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_from_milliseconds_at_every_rate() {
        for rate in ["24", "25", "30", "24000/1001", "30000/1001", "60000/1001", "120"] {
            let rate: Rate = rate.parse().unwrap();
            for frame in (0..5000).chain(86_400..86_500).chain(10_000_000..10_000_050) {
                assert_eq!(frame_of(milliseconds_of(frame, rate), rate), frame);
            }
        }
    }
}
