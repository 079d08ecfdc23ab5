//! Why an edit was not made. Nothing moved.

use crate::edit::Edge;
use crate::edit::ShortHandles;
use timeline_format::Id;

/// Where in the film: for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The track's id.
    pub track: Id,
    /// The track's name, or its id.
    pub track_name: String,
    /// The item, if one is meant.
    pub item: Option<Id>,
    /// The clip's name, or that of its source.
    pub name: String,
    /// The frame of the sequence.
    pub frame: i64,
    /// The timecode of the frame.
    pub timecode: String,
}

impl std::fmt::Display for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.item {
            Some(item) => write!(f, "\"{}\" ({item})", self.name)?,
            None => f.write_str("a gap")?,
        }
        write!(f, " at {} (frame {}) on track {}", self.timecode, self.frame, self.track_name)
    }
}

/// Why an edit was not made: nothing moved.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// The film has no such thing.
    #[error("the film has no {what} {id}")]
    NoSuch {
        /// What was looked for.
        what: &'static str,
        /// Its id.
        id: Id,
    },
    /// A locked track is never touched.
    #[error("track {name} is locked: unlock it, or leave it out of the edit")]
    Locked {
        /// The track.
        track: Id,
        /// Its name, or its id.
        name: String,
    },
    /// The verb needs another kind of track.
    #[error("track {name} {why}")]
    WrongTrack {
        /// The track.
        track: Id,
        /// Its name, or its id.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A span, a clip or a duration of no length.
    #[error("{what} of {length} frames is no edit: give at least one frame")]
    Empty {
        /// What is empty.
        what: &'static str,
        /// The length that was asked for.
        length: i64,
    },
    /// Something would start before the sequence does.
    #[error("{what} would start at frame {frame}, before the sequence: move it by {} less", -frame)]
    BeforeStart {
        /// What.
        what: String,
        /// The frame.
        frame: i64,
    },
    /// The source ends before the clip would.
    #[error("{site} lacks {missing} frames of source at its {}: trim it less, slow it, or give it a longer take", match edge { Edge::Head => "head", Edge::Tail => "tail" })]
    NoMedia {
        /// The clip.
        site: Box<Site>,
        /// The end that would run out.
        edge: Edge,
        /// Frames of the sequence that are missing.
        missing: i64,
    },
    /// Another clip is in the way.
    #[error(
        "{site} is in the way by {missing} frames: trim or move it first, or lock its track or free it of sync"
    )]
    Collision {
        /// The clip in the way.
        site: Box<Site>,
        /// Frames of the sequence that are missing.
        missing: i64,
    },
    /// A clip would be trimmed away.
    #[error("{site} has {length} frames, and the edit would take {taken} of them")]
    TrimmedAway {
        /// The clip.
        site: Box<Site>,
        /// Its length.
        length: i64,
        /// What would be taken.
        taken: i64,
    },
    /// A transition would no longer fit.
    #[error(
        "the transition at {site} {}: shorten it first, or let the edit shorten it",
        squeezed([("ahead of", *before, *room_before), ("behind", *after, *room_after)])
    )]
    Transition {
        /// The clip at whose head the transition is (or the one before it).
        site: Box<Site>,
        /// Frames ahead of the cut.
        before: i64,
        /// Frames behind the cut.
        after: i64,
        /// The most that could be ahead of the cut.
        room_before: i64,
        /// The most that could be behind the cut.
        room_after: i64,
    },
    /// A transition needs frames that are not there.
    #[error("{0}")]
    Handles(Box<ShortHandles>),
    /// A cut that joins two different things.
    #[error(
        "{site} does not go on where the clip before it ends ({why}), so the two cannot be joined"
    )]
    NoThroughEdit {
        /// The later clip.
        site: Box<Site>,
        /// What differs.
        why: &'static str,
    },
    /// A text or a value that means nothing here.
    #[error("{0}")]
    Value(String),
    /// A number beyond what a film can hold.
    #[error("a position or length of this edit is beyond what a film can hold")]
    TooBig,
    /// A sequence that would hold itself.
    #[error(
        "sequence {sequence} would show itself: a nest cannot hold the sequence that it lies in"
    )]
    Loop {
        /// The sequence.
        sequence: Id,
    },
}

/// The sides of a transition that would not fit, in words: the side, what it has, what is left.
fn squeezed(sides: [(&str, i64, i64); 2]) -> String {
    let tight = sides.into_iter().filter(|(_, has, room)| has > room);
    let words = tight.map(|(side, has, room)| {
        format!("lasts {has} frames {side} its cut, where the edit leaves room for {room}")
    });
    words.collect::<Vec<_>>().join(" and ")
}
