//! What a drag on the timeline stands for, and the verb of that.

use super::grab::Grab;
use crate::edit::{
    self, Align, ChangeTransition, Edge, Edited, Manner, Move, Refused, Roll, Scope, Short, Slide,
    Slip, Trim,
};
use crate::ui::desk::{Desk, Tool, Wish};
use std::collections::BTreeMap;
use timeline_format::{Cut, Frames, Id, IdSource, Timeline};

/// What is asked of the verb now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Asked {
    /// Frames that the pointer has moved.
    pub(super) by: i64,
    /// The track that it lies over, where that is another.
    pub(super) track: Option<Id>,
    /// What is moved goes between others, not over them.
    pub(super) insert: bool,
    /// Both handles of a transition change alike.
    pub(super) both: bool,
}

/// What the drag stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Act {
    /// Moves the view.
    View,
    /// Chooses what it goes round.
    Choose,
    Move {
        clips: Vec<Id>,
        track: Id,
    },
    Trim {
        clip: Id,
        edge: Edge,
        is_free: bool,
    },
    Ripple {
        clip: Id,
        edge: Edge,
    },
    Roll {
        clip: Id,
        edge: Edge,
    },
    Slip {
        clip: Id,
    },
    Slide {
        clip: Id,
    },
    /// Makes one handle of a transition longer or shorter.
    Handle {
        over: Over,
        side: Edge,
    },
    /// Moves a transition about its cut.
    Shift {
        over: Over,
    },
    Nothing,
}

/// A transition as it lies over its cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Over {
    clip: Id,
    edge: Edge,
    at: i64,
    before: i64,
    after: i64,
}

impl Over {
    /// Frames ahead of and behind the cut when one handle, or both, follow the pointer.
    const fn stretched(self, side: Edge, asked: Asked) -> (i64, i64) {
        let more = if matches!(side, Edge::Head) { -asked.by } else { asked.by };
        let is_ahead = asked.both || matches!(side, Edge::Head);
        let is_behind = asked.both || matches!(side, Edge::Tail);
        let before = most(self.before + if is_ahead { more } else { 0 }, 0);
        let after = most(self.after + if is_behind { more } else { 0 }, 0);
        match (side, before + after) {
            (Edge::Head, 0) => (1, 0),
            (Edge::Tail, 0) => (0, 1),
            _ => (before, after),
        }
    }

    /// The same when the whole of it does: it still touches its cut.
    const fn shifted(self, by: i64) -> (i64, i64) {
        let length = self.before + self.after;
        let before = most(self.before - by, 0);
        let before = if before > length { length } else { before };
        (before, length - before)
    }
}

const fn most(one: i64, other: i64) -> i64 {
    if one > other { one } else { other }
}

impl Act {
    /// What a drag that takes hold of `grab` stands for.
    pub(super) fn of(grab: Grab, desk: &Desk) -> Self {
        if desk.tool == Tool::Hand {
            return Self::View;
        }
        match (grab, desk.tool) {
            (_, Tool::Razor) => Self::Nothing,
            (Grab::Nothing, _) => Self::Choose,
            (Grab::Edge { clip, edge, .. }, Tool::Roll) => Self::Roll { clip, edge },
            (Grab::Edge { clip, edge, .. }, Tool::Ripple) if !is_free(desk, clip) => {
                Self::Ripple { clip, edge }
            }
            (Grab::Edge { clip, edge, .. }, _) => {
                Self::Trim { clip, edge, is_free: is_free(desk, clip) }
            }
            (Grab::Clip { clip, .. }, Tool::Slip) => Self::Slip { clip },
            (Grab::Clip { clip, .. }, Tool::Slide) => Self::Slide { clip },
            (Grab::Clip { clip, track }, _) => {
                let others = desk.selection.clips().iter().copied().filter(|other| *other != clip);
                Self::Move { clips: std::iter::once(clip).chain(others).collect(), track }
            }
            (Grab::Transition { track, cut, side }, _) => match (over(desk, track, cut), side) {
                (Some(over), Some(side)) => Self::Handle { over, side },
                (Some(over), None) => Self::Shift { over },
                (None, _) => Self::Nothing,
            },
        }
    }

    /// What it is called in the history; empty where it edits nothing.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::View | Self::Choose | Self::Nothing => "",
            Self::Move { .. } => "Move",
            Self::Trim { .. } => "Trim",
            Self::Ripple { .. } => "Ripple trim",
            Self::Roll { .. } => "Roll",
            Self::Slip { .. } => "Slip",
            Self::Slide { .. } => "Slide",
            Self::Handle { .. } => "Transition length",
            Self::Shift { .. } => "Move transition",
        }
    }

    /// Whether it is an edit.
    pub(super) const fn is_edit(&self) -> bool {
        !self.name().is_empty()
    }

    /// What is said beside the pointer.
    pub(super) fn words(&self, asked: Asked) -> String {
        let split = match self {
            Self::Handle { over, side } => over.stretched(*side, asked),
            Self::Shift { over } => over.shifted(asked.by),
            _ => return format!("{} {:+}", self.name(), asked.by),
        };
        let (before, after) = split;
        format!("{before} ahead of the cut, {after} behind it: {} frames", before + after)
    }

    /// The transition that it asks for, where it is about one.
    pub(super) fn wish(&self, asked: Asked) -> Option<Wish> {
        let (over, (before, after)) = match self {
            Self::Handle { over, side } => (over, over.stretched(*side, asked)),
            Self::Shift { over } => (over, over.shifted(asked.by)),
            _ => return None,
        };
        Some(Wish::Change(ChangeTransition {
            clip: over.clip,
            edge: over.edge,
            kind: None,
            length: Some(before + after),
            align: Some(Align::Before(before)),
            short: Short::Refuse,
            sampling: None,
            shape: None,
            values: BTreeMap::new(),
        }))
    }

    /// The edges that move along with it, in frames.
    pub(super) fn edges(&self, desk: &Desk) -> Vec<i64> {
        let both = |clip: &Id| desk.span_of(*clip).map(|span| [span.start, span.end]);
        match self {
            Self::Move { clips, .. } => clips.iter().take(50).filter_map(both).flatten().collect(),
            Self::Slide { clip } => both(clip).into_iter().flatten().collect(),
            Self::Trim { clip, edge, .. }
            | Self::Ripple { clip, edge }
            | Self::Roll { clip, edge } => {
                let one = |[start, end]: [i64; 2]| if *edge == Edge::Head { start } else { end };
                both(clip).map(one).into_iter().collect()
            }
            Self::Handle { over, side: Edge::Head } => vec![over.at - over.before],
            Self::Handle { over, side: Edge::Tail } => vec![over.at + over.after],
            Self::View | Self::Choose | Self::Slip { .. } | Self::Shift { .. } | Self::Nothing => {
                Vec::new()
            }
        }
    }

    /// The verb that it stands for.
    pub(super) fn apply(
        &self,
        asked: Asked,
        film: &Timeline,
        scope: Scope,
        ids: &mut IdSource,
    ) -> Result<Edited, Refused> {
        let by = asked.by;
        match self {
            Self::Move { clips, .. } => {
                let manner = if asked.insert { Manner::Insert } else { Manner::Overwrite };
                let movement = Move { clips: clips.clone(), by, track: asked.track, manner };
                edit::move_clips(film, scope, &movement, ids)
            }
            Self::Trim { clip, edge, is_free: true } => {
                edit::trim_layer(film, scope, (*clip, *edge, Frames::whole(by)), ids)
            }
            Self::Trim { clip, edge, .. } => {
                edit::trim(film, scope, &Trim { clip: *clip, edge: *edge, by }, ids)
            }
            Self::Ripple { clip, edge } => {
                edit::ripple_trim(film, scope, &Trim { clip: *clip, edge: *edge, by }, ids)
            }
            Self::Roll { clip, edge } => {
                edit::roll(film, scope, &Roll { clip: *clip, edge: *edge, by }, ids)
            }
            Self::Slip { clip } => edit::slip(film, scope, &Slip { clip: *clip, by: -by }, ids),
            Self::Slide { clip } => edit::slide(film, scope, &Slide { clip: *clip, by }, ids),
            Self::Handle { .. } | Self::Shift { .. } => match self.wish(asked) {
                Some(wish) => wish.apply(film, scope, ids),
                None => Ok(Edited::plain(film.clone())),
            },
            Self::View | Self::Choose | Self::Nothing => Ok(Edited::plain(film.clone())),
        }
    }
}

fn over(desk: &Desk, track: Id, cut: Cut) -> Option<Over> {
    let transition = desk.track(track)?.transitions.get(&cut)?;
    let (clip, edge) = match (cut.to, cut.from) {
        (Some(clip), _) => (clip, Edge::Head),
        (None, from) => (from?, Edge::Tail),
    };
    let span = desk.span_of(clip)?;
    let at = if edge == Edge::Head { span.start } else { span.end };
    Some(Over { clip, edge, at, before: transition.before, after: transition.after })
}

fn is_free(desk: &Desk, clip: Id) -> bool {
    let found = desk.sequence().and_then(|sequence| sequence.find(clip));
    found.is_some_and(|found| found.index.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_follows_the_pointer_alone_or_both_do() {
        let clip = Id::parse("a").unwrap();
        let over = Over { clip, edge: Edge::Head, at: 100, before: 12, after: 8 };
        let asked = |by, both| Asked { by, both, ..Asked::default() };
        assert_eq!(over.stretched(Edge::Tail, asked(5, false)), (12, 13));
        assert_eq!(over.stretched(Edge::Head, asked(-5, false)), (17, 8));
        assert_eq!(over.stretched(Edge::Head, asked(-5, true)), (17, 13));
        assert_eq!(over.stretched(Edge::Tail, asked(-50, true)), (0, 1));
        assert_eq!(over.shifted(4), (8, 12));
        assert_eq!(over.shifted(-40), (20, 0));
    }
}
