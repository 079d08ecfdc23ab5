//! What was found.

use serde::Serialize;
use std::path::{Path, PathBuf};
use timeline_format::Rate;
use timeline_format::timecode::{self, Counting};

use crate::play::Programme;

/// What came of holding a delivery against its film.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The delivery.
    pub path: PathBuf,
    /// Frames that were compared.
    pub frames: i64,
    /// Samples of each channel that were compared.
    pub samples: i64,
    /// Cues of captions that were compared.
    pub cues: usize,
    /// The least likeness of a frame's luma, in dB (PSNR); none where every frame was equal.
    pub least_psnr: Option<f64>,
    /// Frames so like their neighbours, as slow fades are, that the delivery cannot show which of them
    /// it has.
    pub untold: i64,
    /// Everything that is not as the film has it; empty where the delivery is the film.
    pub differences: Vec<Difference>,
}

impl Verdict {
    /// Whether the delivery is the film.
    pub const fn agrees(&self) -> bool {
        self.differences.is_empty()
    }
}

/// One thing that is not as the film has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What sort of thing.
    pub kind: Kind,
    /// The first frame that it is seen or heard at; absent where it is of the whole file.
    pub frame: Option<i64>,
    /// One past the last frame.
    pub until: Option<i64>,
    /// The label of the first frame.
    pub timecode: Option<String>,
    /// What it is, for people.
    pub what: String,
}

/// What sort of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It cannot be read, or not all of it.
    Unreadable,
    /// Too many frames, or too few.
    FrameCount,
    /// A frame where another should be.
    Order,
    /// A frame shown at another time.
    Timing,
    /// A picture unlike the film's.
    Picture,
    /// Black, white or colour at other levels.
    Levels,
    /// Too much sound, or too little.
    SoundLength,
    /// Sound earlier or later than the picture.
    Sync,
    /// Sound unlike the film's.
    Sound,
    /// What captions say, or when.
    Captions,
    /// What the file says of itself.
    Tags,
    /// The start timecode.
    Timecode,
    /// The order of the file's parts.
    Layout,
}

/// What has been found so far.
pub(super) struct Findings {
    rate: Rate,
    start: i64,
    frames: i64,
    samples: i64,
    least_psnr: Option<f64>,
    untold: i64,
    differences: Vec<Difference>,
}

/// Differences that are told one by one; more of a kind are of no help.
const MOST: usize = 200;

impl Findings {
    pub(super) fn new(programme: &dyn Programme) -> Self {
        Self {
            rate: programme.rate(),
            start: programme.start(),
            frames: 0,
            samples: 0,
            least_psnr: None,
            untold: 0,
            differences: Vec::new(),
        }
    }

    /// Notes a difference at a frame or of the whole file. What goes on from the frame before, in
    /// the same words, is one difference.
    pub(super) fn add(&mut self, kind: Kind, frame: Option<i64>, what: String) {
        let until = frame.map(|frame| frame + 1);
        self.add_range(kind, frame, until, what);
    }

    /// As [`Self::add`], for the frames from `frame` to before `until`.
    pub(super) fn add_range(
        &mut self,
        kind: Kind,
        frame: Option<i64>,
        until: Option<i64>,
        what: String,
    ) {
        let goes_on = self.differences.iter_mut().rev().take(4).find(|last| {
            frame.is_some() && last.kind == kind && last.until == frame && last.what == what
        });
        if let Some(last) = goes_on {
            last.until = until;
        } else if self.differences.len() < MOST {
            let label = |frame| timecode::label(self.start + frame, self.rate, Counting::NonDrop);
            let timecode = frame.and_then(|frame| label(frame).ok());
            self.differences.push(Difference { kind, frame, until, timecode, what });
        }
    }

    pub(super) fn compared(&mut self, psnr: Option<f64>) {
        self.frames += 1;
        if let Some(psnr) = psnr {
            self.least_psnr = Some(self.least_psnr.map_or(psnr, |least| least.min(psnr)));
        }
    }

    /// Notes a frame that may be any of those about it.
    pub(super) const fn untold(&mut self) {
        self.untold += 1;
    }

    pub(super) const fn heard(&mut self, samples: i64) {
        self.samples = samples;
    }

    pub(super) fn verdict(self, path: &Path) -> Verdict {
        Verdict {
            path: path.to_owned(),
            frames: self.frames,
            samples: self.samples,
            cues: 0,
            least_psnr: self.least_psnr,
            untold: self.untold,
            differences: self.differences,
        }
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let (Some(frame), Some(timecode)) = (self.frame, &self.timecode) {
            match self.until {
                Some(until) if until > frame + 1 => {
                    write!(f, "{timecode} (frames {frame} to {}): ", until - 1)?;
                }
                _ => write!(f, "{timecode} (frame {frame}): ")?,
            }
        }
        f.write_str(&self.what)
    }
}
