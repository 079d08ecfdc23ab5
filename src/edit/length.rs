//! Durations as people write them, and a clip of exactly that length.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Ripple;
use crate::edit::Scope;
use crate::edit::layers::{is_free, lengthen_layer};
use crate::edit::surgery::Work;
use timeline_format::timecode::{self, Counting};
use timeline_format::{Frames, Id, IdSource, Rate, Ratio, Timeline};

/// A duration as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duration {
    /// So many frames: `58` or `58 f`.
    Frames(i64),
    /// So many seconds, exactly: `2.4 s`.
    Seconds(Ratio),
    /// A label counted from 0: `00:00:02:10`.
    Timecode(String),
}

impl Duration {
    /// Reads `58`, `58 f`, `58 frames`, `2.4 s`, `2.4s`, `1 min`, `00:00:02:10`.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let text = text.trim();
        let wrong = || {
            Refused::Value(format!(
                "{text:?} is no duration: write frames (58), seconds (2.4 s) or timecode (00:00:02:10)"
            ))
        };
        if text.contains([':', ';']) {
            return Ok(Self::Timecode(text.to_owned()));
        }
        let end = text.find(|letter: char| letter.is_alphabetic()).unwrap_or(text.len());
        let (number, unit) = (text[..end].trim_end(), &text[end..]);
        let number = decimal(number).ok_or_else(wrong)?;
        match unit {
            "" | "f" | "frame" | "frames" => number.as_whole().map(Self::Frames).ok_or_else(wrong),
            "s" | "sec" | "second" | "seconds" => Ok(Self::Seconds(number)),
            "ms" => number.over(Ratio::whole(1000)).map(Self::Seconds).ok_or_else(wrong),
            "min" => number.times(Ratio::whole(60)).map(Self::Seconds).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }

    /// The duration in frames of a sequence, rounded half up to a whole frame, at least 1.
    pub fn frames(&self, rate: Rate, counting: Counting) -> Result<i64, Refused> {
        let frames = match self {
            Self::Frames(frames) => *frames,
            Self::Seconds(seconds) => {
                rate.frames(*seconds).map(Frames::round).ok_or(Refused::TooBig)?
            }
            Self::Timecode(label) => timecode::parse(label, rate, counting)
                .map_err(|why| Refused::Value(why.to_string()))?,
        };
        if frames < 1 {
            Err(Refused::Empty { what: "a duration", length: frames })
        } else {
            Ok(frames)
        }
    }
}

/// A plain decimal, exactly.
fn decimal(text: &str) -> Option<Ratio> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || whole.len() + part.len() == 0 || part.len() > 9 {
        return None;
    }
    let number: i128 = format!("{whole}{part}").parse().ok()?;
    Ratio::new(number, 10_i128.pow(part.len() as u32))
}

/// A clip and how long it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetDuration {
    /// The clip; what is linked to it changes by as much.
    pub clip: Id,
    /// How long.
    pub duration: Duration,
    /// Whether what follows moves.
    pub ripple: Ripple,
}

/// Gives a clip an exact length, by its tail; a free item too, and nothing moves for that.
///
/// ```text
/// |AAAA|BB|   A lasts 2 frames, ripple   |AA|BB|
/// |AAAA|BB|   A lasts 2 frames           |AA|..|BB|
/// ```
pub fn set_duration(
    film: &Timeline,
    scope: Scope,
    edit: &SetDuration,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let frames = edit.duration.frames(work.rate(), work.sequence.header.timecode)?;
    if is_free(film, scope, edit.clip) {
        return lengthen_layer(film, scope, (edit.clip, frames), ids);
    }
    let spots = work.linked_at(edit.clip, Edge::Tail)?;
    let by = spots.first().map_or(0, |lead| frames.saturating_sub(lead.length()));
    if edit.ripple == Ripple::Follow {
        work.ripple_edge(&spots, Edge::Tail, by)?;
    } else {
        for spot in &spots {
            work.trim_in_place(spot, Edge::Tail, by)?;
        }
    }
    work.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{Verb, check, clip_id, refused};

    fn lasts(name: &str, duration: &str, ripple: Ripple) -> Verb {
        let duration = Duration::parse(duration).unwrap();
        let edit = SetDuration { clip: clip_id(name), duration, ripple };
        Box::new(move |film, scope, ids| set_duration(film, scope, &edit, ids))
    }

    #[test]
    fn durations_are_read_exactly() {
        let frames = |text: &str, rate: &str| {
            let duration = Duration::parse(text).unwrap();
            duration.frames(rate.parse().unwrap(), Counting::NonDrop).unwrap()
        };
        assert_eq!(frames("2.4 s", "24"), 58);
        assert_eq!(frames("2.4s", "25"), 60);
        assert_eq!(frames("1.8 s", "24000/1001"), 43);
        assert_eq!(frames("58", "24"), 58);
        assert_eq!(frames("58 frames", "24"), 58);
        assert_eq!(frames("00:00:02:10", "24"), 58);
        assert_eq!(frames("1500 ms", "24"), 36);
        assert_eq!(frames("1 min", "60000/1001"), 3596);
        for text in ["", "s", "1,5 s", "2.5", "-3", "1 day", "1e3 s", ".", "٣"] {
            assert!(Duration::parse(text).is_err(), "{text:?}");
        }
        let nothing = Duration::parse("0.001 s").unwrap().frames(Rate::FILM, Counting::NonDrop);
        assert_eq!(nothing, Err(Refused::Empty { what: "a duration", length: 0 }));
    }

    #[test]
    fn a_clip_gets_an_exact_length() {
        check("|AAAA|BB|", lasts("A", "2", Ripple::Follow), "|AA|BB|");
        check("|AAAA|BB|", lasts("A", "2", Ripple::Stay), "|AA|..|BB|");
        check("|AA|BB|\n|aa|bb|", lasts("A", "0.25 s", Ripple::Follow), "|AAAAAA|BB|\n|aaaaaa|bb|");
        refused("|AA|BB|", lasts("A", "3", Ripple::Stay), "in the way by 1 frames");
    }
}
