//! A drag on the timeline: the verb that it stands for is tried while it lasts, and made when it ends.

use super::grab::Grab;
use super::rows::Rows;
use super::snap;
use crate::edit::{self, Edge, Edited, Manner, Move, Refused, Roll, Scope, Slide, Slip, Trim};
use crate::ui::desk::{Desk, Tool, View};
use crate::ui::theme;
use eframe::egui::{Color32, Modifiers, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::{Frames, Id, IdSource, Sequence, Timeline};

/// How near, in points, a dragged edge snaps.
const NEAR: f64 = 9.0;

/// What the pointer holds while it is down.
#[derive(Debug)]
pub(in crate::ui) struct Drag {
    act: Act,
    press: Pos2,
    pointer: Pos2,
    /// The place in the film where it was pressed, in frames.
    from: f64,
    /// Edges that go along, in frames, where they were.
    edges: Vec<i64>,
    /// Where an edge snapped to.
    snap: Option<i64>,
    asked: Asked,
    tried: Option<Result<Arc<Sequence>, String>>,
}

/// What is asked of the verb now.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Asked {
    by: i64,
    track: Option<Id>,
    insert: bool,
}

/// What the drag stands for.
#[derive(Debug, Clone, PartialEq)]
enum Act {
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
    /// Makes a transition longer or shorter, about its cut.
    Length {
        clip: Id,
        edge: Edge,
        length: i64,
        is_later: bool,
    },
    Nothing,
}

impl Act {
    const fn name(&self) -> &'static str {
        match self {
            Self::View | Self::Choose | Self::Nothing => "",
            Self::Move { .. } => "Move",
            Self::Trim { .. } => "Trim",
            Self::Ripple { .. } => "Ripple trim",
            Self::Roll { .. } => "Roll",
            Self::Slip { .. } => "Slip",
            Self::Slide { .. } => "Slide",
            Self::Length { .. } => "Transition length",
        }
    }

    const fn is_edit(&self) -> bool {
        !self.name().is_empty()
    }
}

impl Drag {
    /// A drag that begins at `press` on what lies there.
    pub(super) fn begin(grab: Grab, press: Pos2, lanes: Rect, desk: &Desk) -> Self {
        let from = desk.view.place_at(press.x - lanes.left());
        let act = act_of(grab, desk, from);
        let edges = edges_of(&act, desk);
        let asked = Asked { by: 0, track: None, insert: false };
        Self { act, press, pointer: press, from, edges, snap: None, asked, tried: None }
    }

    /// The sequence as the drag would make it.
    pub(in crate::ui) fn tried(&self) -> Option<Arc<Sequence>> {
        self.tried.as_ref()?.as_ref().ok().cloned()
    }

    /// The edge that moves, and where to: what the viewers show while one trims.
    pub(in crate::ui) fn trims(&self) -> Option<(Id, Edge)> {
        match self.act {
            Act::Trim { clip, edge, .. }
            | Act::Ripple { clip, edge }
            | Act::Roll { clip, edge } => Some((clip, edge)),
            _ => None,
        }
    }

    /// The pointer went on.
    pub(super) fn go(
        &mut self,
        desk: &mut Desk,
        rows: &Rows,
        lanes: Rect,
        pointer: Pos2,
        held: Modifiers,
    ) {
        if self.act == Act::View {
            desk.view.scroll(self.pointer.x - pointer.x);
            desk.view.down = (desk.view.down + self.pointer.y - pointer.y).max(0.0);
        }
        self.pointer = pointer;
        if !self.act.is_edit() {
            return;
        }
        self.change_with(held);
        let by = self.frames_moved(desk, lanes);
        let track = self.track_under(desk, rows, pointer);
        let asked = Asked { by, track, insert: held.command };
        if asked != self.asked || self.tried.is_none() {
            self.asked = asked;
            self.tried = self.try_out(desk);
        }
    }

    /// With `Ctrl`, the selection tool trims as the ripple tool does.
    fn change_with(&mut self, held: Modifiers) {
        if let Act::Trim { clip, edge, is_free: false } = self.act
            && held.command
        {
            self.act = Act::Ripple { clip, edge };
        }
    }

    fn frames_moved(&mut self, desk: &Desk, lanes: Rect) -> i64 {
        let moved = desk.view.place_at(self.pointer.x - lanes.left()) - self.from;
        let reach = NEAR / desk.view.scale();
        self.snap = None;
        let snaps = self.edges.iter().filter_map(|edge| {
            let frame = snap::nearest(desk, *edge as f64 + moved, reach, &self.edges)?;
            Some((frame - edge, frame))
        });
        let nearest =
            snaps.min_by(|a, b| (a.0 as f64 - moved).abs().total_cmp(&(b.0 as f64 - moved).abs()));
        match nearest {
            Some((by, frame)) => {
                self.snap = Some(frame);
                by
            }
            None => moved.round() as i64,
        }
    }

    fn track_under(&self, desk: &Desk, rows: &Rows, pointer: Pos2) -> Option<Id> {
        let Act::Move { track, .. } = &self.act else { return None };
        let kind = desk.track(*track)?.header.kind;
        let row = rows.at(pointer.y).filter(|row| row.kind == kind && row.track != *track)?;
        Some(row.track)
    }

    fn try_out(&self, desk: &Desk) -> Option<Result<Arc<Sequence>, String>> {
        if self.asked.by == 0 && self.asked.track.is_none() {
            return None;
        }
        let tried = desk.film()?.try_out(desk.scope()?, |film, scope, ids| {
            apply(&self.act, self.asked, film, scope, ids)
        });
        Some(match tried {
            Ok(edited) => Ok(Arc::clone(edited.timeline.main()?)),
            Err(refused) => Err(refused.to_string()),
        })
    }

    /// The pointer let go.
    pub(super) fn finish(self, desk: &mut Desk, rows: &Rows, lanes: Rect) {
        if self.act == Act::Choose {
            return self.choose(desk, rows, lanes);
        }
        if self.act.is_edit() && (self.asked.by != 0 || self.asked.track.is_some()) {
            let (act, asked) = (self.act, self.asked);
            desk.edit(act.name(), |film, scope, ids| apply(&act, asked, film, scope, ids));
        }
    }

    fn choose(&self, desk: &mut Desk, rows: &Rows, lanes: Rect) {
        let round = Rect::from_two_pos(self.press, self.pointer);
        let Some(sequence) = desk.sequence().cloned() else { return };
        let first = desk.view.frame_at(round.left() - lanes.left());
        let last = desk.view.frame_at(round.right() - lanes.left());
        let mut found = BTreeSet::new();
        for row in rows.iter().filter(|row| row.rect.intersects(round)) {
            let Some(track) = sequence.tracks.get(row.index) else { continue };
            if let Some(reel) = track.reel() {
                let index = reel.at(first.max(0)).map_or(reel.count(), |(index, _)| index);
                let met = reel.placed_from(index).take_while(|(start, _)| *start <= last);
                found.extend(met.filter(|(_, item)| !item.is_gap()).map(|(_, item)| item.id));
            } else if let Some(items) = track.layers() {
                let placed = super::layers::stacked(&sequence, items, row.rect, &desk.view);
                found.extend(
                    placed.iter().filter(|(_, place)| place.intersects(round)).map(|(id, _)| *id),
                );
            }
        }
        let with_ties: Vec<Id> = found.into_iter().flat_map(|clip| desk.with_ties(clip)).collect();
        desk.selection.choose(with_ties);
    }

    /// Draws what the drag shows besides: what it goes round, where it snapped, why it is refused.
    pub(super) fn draw(&self, painter: &Painter, view: &View, lanes: Rect) {
        if self.act == Act::Choose {
            let round = Rect::from_two_pos(self.press, self.pointer);
            painter.rect_filled(round, 0.0, theme::ACCENT.gamma_multiply(0.12));
            let stroke = Stroke::new(1.0, theme::ACCENT);
            painter.rect_stroke(round, 0.0, stroke, StrokeKind::Inside);
        }
        if !self.act.is_edit() {
            return;
        }
        if let Some(frame) = self.snap {
            let x = lanes.left() + view.x_of(frame as f64);
            painter.vline(x, lanes.y_range(), Stroke::new(1.0, Color32::WHITE));
            for y in [lanes.top() + 4.0, lanes.bottom() - 4.0] {
                painter.circle_filled(pos2(x, y), 3.5, Color32::WHITE);
            }
        }
        let (words, colour) = match &self.tried {
            Some(Err(refused)) => (format!("Not possible: {refused}"), theme::ERROR),
            _ => (format!("{} {:+}", self.act.name(), self.asked.by), theme::TEXT),
        };
        label(painter, self.pointer, &words, colour, lanes);
    }
}

/// Words beside the pointer.
fn label(painter: &Painter, pointer: Pos2, words: &str, colour: Color32, lanes: Rect) {
    let width = (lanes.width() * 0.45).clamp(120.0, 420.0);
    let galley = painter.layout(words.to_owned(), theme::words(theme::BODY), colour, width);
    let size = galley.size() + vec2(12.0, 8.0);
    let left = (pointer.x + 14.0).min(lanes.right() - size.x);
    let top = (pointer.y + 16.0).min(lanes.bottom() - size.y);
    let place = Rect::from_min_size(pos2(left, top), size);
    painter.rect_filled(place, theme::CORNER, Color32::from_black_alpha(220));
    painter.galley(place.min + vec2(6.0, 4.0), galley, colour);
}

fn act_of(grab: Grab, desk: &Desk, from: f64) -> Act {
    if desk.tool == Tool::Hand {
        return Act::View;
    }
    match (grab, desk.tool) {
        (_, Tool::Razor) => Act::Nothing,
        (Grab::Nothing, _) => Act::Choose,
        (Grab::Edge { clip, edge, .. }, Tool::Roll) => Act::Roll { clip, edge },
        (Grab::Edge { clip, edge, .. }, Tool::Ripple) if !is_free(desk, clip) => {
            Act::Ripple { clip, edge }
        }
        (Grab::Edge { clip, edge, .. }, _) => {
            Act::Trim { clip, edge, is_free: is_free(desk, clip) }
        }
        (Grab::Clip { clip, .. }, Tool::Slip) => Act::Slip { clip },
        (Grab::Clip { clip, .. }, Tool::Slide) => Act::Slide { clip },
        (Grab::Clip { clip, track }, _) => {
            let others = desk.selection.clips().iter().copied().filter(|other| *other != clip);
            Act::Move { clips: std::iter::once(clip).chain(others).collect(), track }
        }
        (Grab::Transition { track, cut }, _) => length_of(desk, track, cut, from),
    }
}

fn length_of(desk: &Desk, track: Id, cut: timeline_format::Cut, from: f64) -> Act {
    let transition = desk.track(track).and_then(|track| track.transitions.get(&cut));
    let side = match (cut.to, cut.from) {
        (Some(clip), _) => Some((clip, Edge::Head)),
        (None, Some(clip)) => Some((clip, Edge::Tail)),
        (None, None) => None,
    };
    let (Some(transition), Some((clip, edge))) = (transition, side) else { return Act::Nothing };
    let at = desk.span_of(clip).map(|span| if edge == Edge::Head { span.start } else { span.end });
    let is_later = at.is_some_and(|at| from >= at as f64);
    Act::Length { clip, edge, length: transition.before + transition.after, is_later }
}

fn is_free(desk: &Desk, clip: Id) -> bool {
    let found = desk.sequence().and_then(|sequence| sequence.find(clip));
    found.is_some_and(|found| found.index.is_none())
}

/// The edges that move along with an act.
fn edges_of(act: &Act, desk: &Desk) -> Vec<i64> {
    let both = |clip: &Id| desk.span_of(*clip).map(|span| [span.start, span.end]);
    match act {
        Act::Move { clips, .. } => clips.iter().take(50).filter_map(both).flatten().collect(),
        Act::Slide { clip } => both(clip).into_iter().flatten().collect(),
        Act::Trim { clip, edge, .. } | Act::Ripple { clip, edge } | Act::Roll { clip, edge } => {
            let one = |[start, end]: [i64; 2]| if *edge == Edge::Head { start } else { end };
            both(clip).map(one).into_iter().collect()
        }
        Act::View | Act::Choose | Act::Slip { .. } | Act::Length { .. } | Act::Nothing => {
            Vec::new()
        }
    }
}

/// The verb that an act stands for.
fn apply(
    act: &Act,
    asked: Asked,
    film: &Timeline,
    scope: Scope,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let by = asked.by;
    match act {
        Act::Move { clips, .. } => {
            let manner = if asked.insert { Manner::Insert } else { Manner::Overwrite };
            let movement = Move { clips: clips.clone(), by, track: asked.track, manner };
            edit::move_clips(film, scope, &movement, ids)
        }
        Act::Trim { clip, edge, is_free: true } => {
            edit::trim_layer(film, scope, (*clip, *edge, Frames::whole(by)), ids)
        }
        Act::Trim { clip, edge, .. } => {
            edit::trim(film, scope, &Trim { clip: *clip, edge: *edge, by }, ids)
        }
        Act::Ripple { clip, edge } => {
            edit::ripple_trim(film, scope, &Trim { clip: *clip, edge: *edge, by }, ids)
        }
        Act::Roll { clip, edge } => {
            edit::roll(film, scope, &Roll { clip: *clip, edge: *edge, by }, ids)
        }
        Act::Slip { clip } => edit::slip(film, scope, &Slip { clip: *clip, by: -by }, ids),
        Act::Slide { clip } => edit::slide(film, scope, &Slide { clip: *clip, by }, ids),
        Act::Length { clip, edge, length, is_later } => {
            let more = if *is_later { 2 * by } else { -2 * by };
            let change = edit::ChangeTransition {
                clip: *clip,
                edge: *edge,
                kind: None,
                length: Some((length + more).max(1)),
                align: None,
                short: edit::Short::Shorten,
                sampling: None,
                shape: None,
                values: std::collections::BTreeMap::new(),
            };
            edit::change_transition(film, scope, &change, ids)
        }
        Act::View | Act::Choose | Act::Nothing => Ok(Edited::plain(film.clone())),
    }
}
