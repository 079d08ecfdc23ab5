//! Handles that are short, and the honest ways out.

use crate::edit::refused::Site;
use std::collections::BTreeMap;
use timeline_format::{Frames, Id};

/// What to do where a transition needs frames that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Short {
    /// Refuse, and say what there is and what is needed.
    #[default]
    Refuse,
    /// As long as it can be, with its alignment.
    Shorten,
    /// The same length, as near to its alignment as the handles allow.
    Shift,
    /// Hold the last real frame.
    Freeze,
    /// Play the real frames backwards from the end.
    Mirror,
    /// Slow the clip's own frames so that they last.
    Slow,
    /// Take the handles out of the clips themselves: what follows moves earlier.
    Overlap,
    /// Hold the last real frame for now, and ask the generator for the missing ones.
    Extend,
}

/// What a transition needs and has.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortHandles {
    /// The clip at the cut.
    pub site: Site,
    /// Frames of the outgoing clip behind its tail: what there is.
    pub have_after: i64,
    /// Frames of the outgoing clip behind its tail: what is needed.
    pub need_after: i64,
    /// Frames of the incoming clip ahead of its head: what there is.
    pub have_before: i64,
    /// Frames of the incoming clip ahead of its head: what is needed.
    pub need_before: i64,
    /// The ways out that would work here.
    pub options: Vec<Short>,
    /// The longest transition of this alignment that fits, in frames; 0 is none.
    pub longest: i64,
}

impl std::fmt::Display for ShortHandles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the transition at {} needs {} frames behind the outgoing clip and there are {}, and {} ahead of the incoming clip and there are {}; ",
            self.site, self.need_after, self.have_after, self.need_before, self.have_before
        )?;
        let options: Vec<String> =
            self.options.iter().map(|option| format!("{option:?}").to_lowercase()).collect();
        match self.longest {
            0 => write!(f, "nothing shorter fits; choose one of: {}", options.join(", ")),
            longest => write!(f, "the longest is {longest}; choose one of: {}", options.join(", ")),
        }
    }
}

/// Frames that a generator is asked for, so that a transition has real handles.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkOrder {
    /// The clip that lacks frames.
    pub clip: Id,
    /// The media that is to become longer.
    pub media: Id,
    /// The shot and its take, where the clip shows one.
    pub take: Option<(Id, Id)>,
    /// Where the media came from: prompt, seed, model and the like.
    pub origin: BTreeMap<String, String>,
    /// Source frames needed ahead of the first.
    pub before: i64,
    /// Source frames needed behind the last.
    pub after: i64,
    /// The source frame to start from: the first where frames are needed ahead, else the last.
    pub from_frame: Frames,
}
