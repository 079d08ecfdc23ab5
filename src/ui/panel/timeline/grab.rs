//! What lies under the pointer.

use super::rows::{Row, Rows};
use crate::edit::Edge;
use crate::ui::desk::{Desk, Tool, span_of};
use crate::ui::theme;
use eframe::egui::{Pos2, Rect};
use std::sync::Arc;
use timeline_format::track::Content;
use timeline_format::{Cut, Id, Reel, Sequence, Track};

/// Something on the timeline that a press takes hold of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Grab {
    /// Nothing: a drag chooses what it goes round.
    Nothing,
    /// A clip or a free item.
    Clip {
        /// Which.
        clip: Id,
        /// Its track.
        track: Id,
    },
    /// An edge of a clip or a free item.
    Edge {
        /// Which clip.
        clip: Id,
        /// Its track.
        track: Id,
        /// Which edge.
        edge: Edge,
    },
    /// A transition.
    Transition {
        /// Its track.
        track: Id,
        /// Its cut.
        cut: Cut,
        /// The handle that is near; `None` is the middle of it.
        side: Option<Edge>,
    },
}

impl Grab {
    /// The clip, if it is one or an edge of one.
    pub(super) const fn clip(&self) -> Option<Id> {
        match self {
            Self::Clip { clip, .. } | Self::Edge { clip, .. } => Some(*clip),
            Self::Nothing | Self::Transition { .. } => None,
        }
    }
}

/// What lies under `pointer` in `lanes`.
pub(super) fn under(desk: &Desk, rows: &Rows, lanes: Rect, pointer: Pos2) -> Grab {
    let (Some(sequence), Some(row)) = (desk.sequence(), rows.at(pointer.y)) else {
        return Grab::Nothing;
    };
    let Some(track) = sequence.tracks.get(row.index) else { return Grab::Nothing };
    let x = pointer.x - lanes.left();
    match &track.content {
        Content::Sequential(reel) => on_reel(desk, track, reel, row, pointer, x),
        Content::Free(_) => on_layers(desk, sequence, track, row, pointer, x),
    }
}

fn on_reel(desk: &Desk, track: &Track, reel: &Reel, row: &Row, pointer: Pos2, x: f32) -> Grab {
    if let Some(grab) = transition_at(desk, track, reel, row, pointer, x) {
        return grab;
    }
    let places = [x, x - theme::GRIP, x + theme::GRIP];
    let near = places.into_iter().find_map(|x| {
        let (index, start) = reel.at(desk.view.frame_at(x))?;
        let item = reel.get(index).filter(|item| !item.is_gap())?;
        Some((item.id, start, start + item.length))
    });
    let Some((clip, start, end)) = near else { return Grab::Nothing };
    hold(desk, track.id, clip, (start as f64, end as f64), x)
}

/// The clip, or the edge of it that the pointer is nearest to, where that is near.
fn hold(desk: &Desk, track: Id, clip: Id, (start, end): (f64, f64), x: f32) -> Grab {
    let (left, right) = (desk.view.x_of(start), desk.view.x_of(end));
    let grip = theme::GRIP.min((right - left) * 0.3);
    let takes_edges = matches!(desk.tool, Tool::Select | Tool::Ripple | Tool::Roll);
    let nearest = if x - left < right - x { (left, Edge::Head) } else { (right, Edge::Tail) };
    if takes_edges && (x - nearest.0).abs() <= grip {
        return Grab::Edge { clip, track, edge: nearest.1 };
    }
    if x < left || x >= right { Grab::Nothing } else { Grab::Clip { clip, track } }
}

/// The transition under the pointer, or the handle of one: they are drawn in the upper part of a track.
fn transition_at(
    desk: &Desk,
    track: &Track,
    reel: &Reel,
    row: &Row,
    pointer: Pos2,
    x: f32,
) -> Option<Grab> {
    if track.transitions.is_empty() || pointer.y > row.rect.top() + row.rect.height() * 0.45 {
        return None;
    }
    let place = desk.view.frame_at(x);
    let (index, _) = reel.at(place.min(reel.length() - 1).max(0))?;
    [index, index + 1].into_iter().find_map(|index| {
        let transition = track.transition_at(index)?;
        let at = reel.start_of(index)?;
        let (start, end) = (at - transition.before, at + transition.after);
        let (left, right) = (desk.view.x_of(start as f64), desk.view.x_of(end as f64));
        let grip = theme::GRIP.min((right - left) * 0.3);
        if x < left - grip || x > right + grip {
            return None;
        }
        let side = match (x - left, right - x) {
            (near, _) if near <= grip => Some(Edge::Head),
            (_, near) if near <= grip => Some(Edge::Tail),
            _ => None,
        };
        Some(Grab::Transition { track: track.id, cut: track.cut_at(index)?, side })
    })
}

fn on_layers(
    desk: &Desk,
    sequence: &Arc<Sequence>,
    track: &Track,
    row: &Row,
    pointer: Pos2,
    x: f32,
) -> Grab {
    let near = f64::from(theme::GRIP) / desk.view.scale();
    let at = desk.view.place_at(x);
    let seen = (at - near, at + near);
    let stacked = super::layers::stacked(desk, (sequence, track), row.rect, seen);
    let hit = stacked.iter().rev().find(|(_, place)| {
        place.expand2(eframe::egui::vec2(theme::GRIP, 0.0)).contains(pointer)
            && (place.x_range().contains(pointer.x) || place.y_range().contains(pointer.y))
    });
    let Some((clip, _)) = hit else { return Grab::Nothing };
    let Some(span) = span_of(sequence, *clip) else { return Grab::Nothing };
    hold(desk, track.id, *clip, (span.start as f64, span.end as f64), x)
}
