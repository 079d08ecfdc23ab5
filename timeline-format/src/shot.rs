//! A shot and its takes: the question an artist asks fifty times before the edit begins.
//!
//! A clip in the cut points at a shot, and the shot at its chosen take, so that swapping a take
//! moves no cut. Grade, corrections, keyframes and sound belong to the shot; a take may override.

use crate::parameter::is_default;
use crate::{ClipSound, Effect, Extra, Fault, Frames, Id, Mask, Param, Perspective, Rate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One shot of the film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shot {
    /// What it is called.
    pub name: String,
    /// The chosen take.
    pub take: Id,
    /// Every take, none lost, in the order in which they came.
    pub takes: Vec<Take>,
    /// First frame that the artist means to use, on the take's grid, from the take's `offset`.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub mark_in: Option<Frames>,
    /// First frame after those.
    #[serde(default, rename = "out", skip_serializing_if = "Option::is_none")]
    pub mark_out: Option<Frames>,
    /// Grade, corrections and effects, in order: of every clip of this shot.
    #[serde(flatten)]
    pub look: Look,
    /// The sound of every clip of this shot.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sound: ClipSound,
    /// The place that it plays in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Id>,
    /// How near it lets one be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perspective: Option<Perspective>,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Which of two takes is better, pair by pair, in the order in which it was said: from these the
    /// ranks come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<Comparison>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Of two takes, the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The better take.
    pub better: Id,
    /// The other one.
    pub worse: Id,
}

impl Shot {
    /// A shot without takes yet, of which one is chosen.
    pub fn new(name: impl Into<String>, take: Id) -> Self {
        Self {
            name: name.into(),
            take,
            takes: Vec::new(),
            mark_in: None,
            mark_out: None,
            look: Look::default(),
            sound: ClipSound::default(),
            place: None,
            perspective: None,
            note: String::new(),
            compared: Vec::new(),
            extra: Extra::new(),
        }
    }

    /// The chosen take.
    pub fn chosen(&self) -> Option<&Take> {
        self.takes.iter().find(|take| take.id == self.take)
    }
}

/// How a picture is placed and treated: shared by shots, takes and clips. A clip's entries win over
/// the take's, the take's over the shot's; effects run shot first, then take, then clip.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Look {
    /// Placement by parameter: `fit`, `position`, `scale`, `rotation`, `anchor`, `crop`, `crop_soft`,
    /// `pin_top_left` and the other corners, `depth`, `shutter`, `opacity`, `blend`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub placement: BTreeMap<String, Param>,
    /// Operations, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// What is left of the picture; none: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<Mask>,
}

/// One attempt at a shot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Take {
    /// Its id, unique within the shot.
    pub id: Id,
    /// What it is made of.
    pub media: Id,
    /// What the artist thinks of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: TakeState,
    /// Place in the artist's order, 1 is best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Why it is not the one, or only perhaps: `hands`, `flicker`, any word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// The rate that its frames are shown at, where not the media's own: frames are frames.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The take's frame that is the shot's frame 0: takes of one shot start at different moments.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offset: Frames,
    /// Half-open ranges `[from, to]` of its frames that are good to use; none stated: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<[Frames; 2]>,
    /// Which frames of the media it shows, in order: see [`FrameList`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames: Option<FrameList>,
    /// What is wrong with its pictures, and what was decided about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// What this take changes of the shot's look.
    #[serde(flatten)]
    pub look: Look,
    /// What this take changes of the shot's sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<ClipSound>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Take {
    /// A take of a media, with nothing said of it.
    pub fn new(id: Id, media: Id) -> Self {
        Self {
            id,
            media,
            state: TakeState::New,
            rank: None,
            note: String::new(),
            reasons: Vec::new(),
            rate: None,
            offset: Frames::ZERO,
            windows: Vec::new(),
            frames: None,
            faults: Vec::new(),
            look: Look::default(),
            sound: None,
            extra: Extra::new(),
        }
    }
}

/// What an artist thinks of a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TakeState {
    /// Not yet looked at.
    #[default]
    New,
    /// Good.
    Keep,
    /// Perhaps.
    Maybe,
    /// Not to be used; still there.
    Reject,
}

/// Frame surgery: the media's frames in the order and for the time that they are shown.
///
/// Text: runs apart by spaces; `3` one frame, `3-9` frames 3 to 9, `9-3` backwards, `xN` after a run
/// shows each of its frames N times. `"0-11x2"` is on twos; `"0-4 6-9"` drops frame 5; `"0-8 8x12"`
/// holds frame 8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameList {
    runs: Vec<Run>,
}

/// Consecutive frames of a media, each shown the same number of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first frame shown.
    pub first: u32,
    /// The last frame shown; below `first` the run goes backwards.
    pub last: u32,
    /// How often each is shown, at least 1.
    pub times: u32,
}

impl Run {
    /// How many frames it shows, repeats counted.
    pub fn length(self) -> i64 {
        (i64::from(self.last.abs_diff(self.first)) + 1) * i64::from(self.times)
    }

    fn frame(self, index: i64) -> i64 {
        let step = index / i64::from(self.times);
        let first = i64::from(self.first);
        if self.last >= self.first { first + step } else { first - step }
    }
}

impl FrameList {
    /// The most frames that a list may show: over a year at 24 frames a second.
    pub const MOST: i64 = 1 << 30;

    /// A list of `runs`; `None` if there is none, one shows nothing, or all show more than
    /// [`Self::MOST`] frames.
    pub fn new(runs: Vec<Run>) -> Option<Self> {
        let shown = runs.iter().try_fold(0_i64, |shown, run| {
            let frames = i64::from(run.last.abs_diff(run.first)) + 1;
            let next = frames.checked_mul(i64::from(run.times))?.checked_add(shown)?;
            (run.times > 0 && next <= Self::MOST).then_some(next)
        })?;
        (shown > 0).then_some(Self { runs })
    }

    /// Its runs.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// How many frames it shows.
    pub fn length(&self) -> i64 {
        self.runs.iter().map(|run| run.length()).sum()
    }

    /// The media's frame that is shown as frame `index`; beyond the ends, the first and the last.
    pub fn frame(&self, index: i64) -> i64 {
        let mut rest = index.clamp(0, self.length() - 1);
        for run in &self.runs {
            if rest < run.length() {
                return run.frame(rest);
            }
            rest -= run.length();
        }
        0
    }
}

impl std::fmt::Display for FrameList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, run) in self.runs.iter().enumerate() {
            let space = if index > 0 { " " } else { "" };
            write!(f, "{space}{}", run.first)?;
            if run.last != run.first {
                write!(f, "-{}", run.last)?;
            }
            if run.times != 1 {
                write!(f, "x{}", run.times)?;
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for FrameList {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let runs = text.split(' ').map(parse_run).collect::<Option<Vec<_>>>();
        runs.and_then(Self::new).filter(|list| list.to_string() == text).ok_or_else(|| {
            format!("{text:?} is no list of frames: write runs such as \"0-11x2 14 20-15\"")
        })
    }
}

fn parse_run(text: &str) -> Option<Run> {
    let (span, times) = text.split_once('x').unwrap_or((text, "1"));
    let (first, last) = span.split_once('-').unwrap_or((span, span));
    Some(Run { first: first.parse().ok()?, last: last.parse().ok()?, times: times.parse().ok()? })
}

impl Serialize for FrameList {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FrameList {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frame_lists_repeat_drop_hold_and_reverse() {
        let shown = |text: &str| {
            let list: FrameList = text.parse().unwrap();
            (0..list.length()).map(|index| list.frame(index)).collect::<Vec<_>>()
        };
        assert_eq!(shown("0-2x2"), [0, 0, 1, 1, 2, 2]);
        assert_eq!(shown("0-1 3"), [0, 1, 3]);
        assert_eq!(shown("2-0 0x3"), [2, 1, 0, 0, 0, 0]);
        for text in ["", "a", "1x0", "01", "1-1", "1  2", "-1", "0-4294967295x4294967295"] {
            assert!(text.parse::<FrameList>().is_err(), "{text:?}");
        }
    }
}
