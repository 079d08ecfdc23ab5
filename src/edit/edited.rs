//! What an edit gives: the new timeline, and what happened besides.

use crate::edit::WorkOrder;
use timeline_format::{Cut, Frames, Id, Timeline};

/// The result of an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The film after the edit.
    pub timeline: Timeline,
    /// What happened that was not asked for by name.
    pub notes: Vec<Note>,
    /// Ids of the clips, items, tracks, markers or sequences that were made, in order.
    pub made: Vec<Id>,
    /// Frames that a generator is asked for.
    pub orders: Vec<WorkOrder>,
}

impl Edited {
    /// An edit that gave `timeline` and nothing else to say.
    pub const fn plain(timeline: Timeline) -> Self {
        Self { timeline, notes: Vec::new(), made: Vec::new(), orders: Vec::new() }
    }
}

/// Something that happened besides what was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// A transition went because its cut did.
    TransitionDropped {
        /// Its track.
        track: Id,
        /// The cut that is no more.
        cut: Cut,
        /// The transition's name in the catalogue.
        kind: String,
    },
    /// A transition became shorter because its clips or their handles did.
    TransitionShortened {
        /// Its track.
        track: Id,
        /// Its cut.
        cut: Cut,
        /// Frames ahead of and behind the cut, before the edit.
        from: (i64, i64),
        /// Frames ahead of and behind the cut, now.
        to: (i64, i64),
    },
    /// A free item was anchored to a clip that is gone.
    Reanchored {
        /// The free item.
        item: Id,
        /// The clip that it is anchored to now; `None` is the sequence itself.
        to: Option<Id>,
    },
    /// A linked clip lies on a locked track and was left alone.
    PartnerLocked {
        /// The clip.
        clip: Id,
        /// Its track.
        track: Id,
    },
    /// A clip and what it was linked to no longer go together: it is linked to nothing now.
    Unlinked {
        /// The clip, or the part of it.
        clip: Id,
        /// What it was linked to.
        from: Id,
        /// By how many frames of the sequence it is late against that now (early, below 0); `None`
        /// where the two lie beside each other nowhere, or run at different speeds.
        late: Option<Frames>,
    },
    /// Four points were given that do not agree, and this one was not used.
    SourceOutDropped {
        /// The source out point that was asked for.
        asked: Frames,
        /// The one that was used.
        used: Frames,
    },
    /// A clip needs frames that the source has not.
    Shortage {
        /// The sequence.
        sequence: Id,
        /// The clip.
        clip: Id,
        /// Frames of the sequence that its head lacks.
        before: i64,
        /// Frames of the sequence that its tail lacks.
        after: i64,
    },
    /// A clip was shorter than half a frame at the new rate, and is gone.
    TooShort {
        /// The clip.
        clip: Id,
    },
    /// Placement, effects or sound of a nested clip have no place on what it held, and are gone.
    LookDropped {
        /// The clip that was opened.
        clip: Id,
    },
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TransitionDropped { track, kind, .. } => {
                write!(f, "a {kind} on track {track} went with its cut")
            }
            Self::TransitionShortened { track, from, to, .. } => write!(
                f,
                "a transition on track {track} is {} frames long now, and was {}",
                to.0 + to.1,
                from.0 + from.1
            ),
            Self::Reanchored { item, to: Some(clip) } => {
                write!(f, "{item} is anchored to {clip} now: its clip is gone")
            }
            Self::Reanchored { item, to: None } => {
                write!(f, "{item} stands at a frame of the sequence now: its clip is gone")
            }
            Self::PartnerLocked { clip, track } => {
                write!(f, "the linked clip {clip} was left alone: track {track} is locked")
            }
            Self::Unlinked { clip, from, late: Some(late) } => {
                let side = if *late > Frames::ZERO { "late" } else { "early" };
                let frames = late.abs().unwrap_or(*late);
                write!(f, "{clip} is linked to {from} no more: it is {frames} frames {side} now")
            }
            Self::Unlinked { clip, from, late: None } => {
                write!(f, "{clip} is linked to {from} no more: the two do not go together now")
            }
            Self::SourceOutDropped { asked, used } => write!(
                f,
                "the source out point {asked} does not agree with the other three: {used} was used"
            ),
            Self::Shortage { sequence, clip, before, after } => write!(
                f,
                "clip {clip} of {sequence} lacks {before} frames at its head and {after} at its tail"
            ),
            Self::TooShort { clip } => {
                write!(f, "clip {clip} is shorter than half a frame at the new rate, and is gone")
            }
            Self::LookDropped { clip } => {
                write!(f, "what was done to the nested clip {clip} as a whole is gone")
            }
        }
    }
}
