//! A drag on the timeline: the verb that it stands for is tried while it lasts, and made when it ends.

use super::act::{Act, Asked};
use super::grab::Grab;
use super::rows::Rows;
use super::snap;
use crate::edit::{Edge, Refused};
use crate::ui::desk::{Desk, View};
use crate::ui::theme;
use eframe::egui::{Color32, Modifiers, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::{Id, Sequence};

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

impl Drag {
    /// A drag that begins at `press` on what lies there.
    pub(super) fn begin(grab: Grab, press: Pos2, lanes: Rect, desk: &Desk) -> Self {
        let from = desk.view.place_at(press.x - lanes.left());
        let act = Act::of(grab, desk);
        let edges = act.edges(desk);
        let asked = Asked::default();
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
        let asked = Asked { by, track, insert: held.command, both: held.alt };
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
            self.act.apply(self.asked, film, scope, ids)
        });
        Some(match tried {
            Ok(edited) => Ok(Arc::clone(edited.timeline.main()?)),
            Err(Refused::Handles(short)) => Err(format!(
                "behind the outgoing clip it needs {} and there are {}, ahead of the incoming clip {} and {}: let go to choose what to do",
                short.need_after,
                short.have_after.max(0),
                short.need_before,
                short.have_before.max(0)
            )),
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
            match act.wish(asked) {
                Some(wish) => desk.lay_transition(wish),
                None => {
                    desk.edit(act.name(), |film, scope, ids| act.apply(asked, film, scope, ids));
                }
            }
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
            } else {
                let seen = (first as f64, last as f64 + 1.0);
                let placed = super::layers::stacked(desk, (&sequence, track), row.rect, seen);
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
            snap::sign_ui(painter, lanes, lanes.left() + view.x_of(frame as f64));
        }
        let (words, colour) = match &self.tried {
            Some(Err(refused)) => (format!("Not possible: {refused}"), theme::ERROR),
            _ => (self.act.words(self.asked), theme::TEXT),
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
