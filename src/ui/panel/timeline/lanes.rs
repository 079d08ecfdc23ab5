//! The lanes: what lies on the tracks, and what a drag would make of it.

use super::drag::Drag;
use super::hand::{self, Touched};
use super::rows::Rows;
use super::{clips, layers, rides, transitions};
use crate::ui::app::Room;
use crate::ui::desk::Desk;
use crate::ui::focus;
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{
    Align2, Painter, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetType, pos2,
};
use std::sync::Arc;
use timeline_format::Sequence;
use timeline_format::track::{Content, TrackKind};

/// Draws the lanes and heeds what the pointer does there.
pub(super) fn lanes_ui(ui: &mut Ui, room: &mut Room, rows: &Rows, rect: Rect) {
    let response = region_ui(ui, &mut room.desk, rect);
    hand::heed_drag(ui, room, rows, rect, &response);
    let tried = room.timeline.drag.as_ref().and_then(Drag::tried);
    let Some(sequence) = tried.or_else(|| room.desk.sequence().cloned()) else { return };
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::GROUND);
    let touched = tracks_ui(ui, &painter, room, &sequence, rows, rect);
    span_ui(&painter, &room.desk, rect);
    if response.has_focus() {
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme::ACCENT), StrokeKind::Inside);
    }
    if let Some(drag) = &room.timeline.drag {
        drag.draw(&painter, &room.desk.view, rect);
    }
    hand::heed_touch(ui, &mut room.desk, rows, rect, (&response, touched));
}

/// The lanes as a whole: reached by the keyboard, they leave every key to the film.
fn region_ui(ui: &Ui, desk: &mut Desk, rect: Rect) -> Response {
    let response = ui.interact(rect, ui.id().with("lanes"), Sense::click_and_drag());
    let response = named(response, WidgetType::Other, "Lanes of the film");
    if std::mem::take(&mut desk.asks_for_keys) {
        response.request_focus();
    }
    focus::film(&response);
    response
}

/// Draws what lies on the tracks; what was touched of it.
fn tracks_ui(
    ui: &Ui,
    painter: &Painter,
    room: &mut Room,
    sequence: &Arc<Sequence>,
    rows: &Rows,
    rect: Rect,
) -> Option<Touched> {
    let mut touched = None;
    for row in rows.iter().filter(|row| row.rect.intersects(rect)) {
        let Some(track) = sequence.tracks.get(row.index) else { continue };
        painter.rect_filled(row.rect, 0.0, theme::PANEL);
        let shown = (&mut room.desk, &mut room.timeline.filmstrips);
        let hit = match &track.content {
            Content::Sequential(reel) => {
                let (hit, cuts) = clips::clips_ui(ui, painter, shown, track, reel, row, rect);
                transitions::transitions_ui(painter, &room.desk, track, &cuts, row, rect);
                transitions::cut_ui(painter, &room.desk, track, reel, row, rect);
                hit
            }
            Content::Free(_) => layers::layers_ui(ui, painter, shown, sequence, track, row, rect),
        };
        touched = touched.or(hit);
        if track.header.kind == TrackKind::Sound {
            rides::rides_ui(painter, &room.desk, track, row, rect);
        }
        if track.header.locked {
            hatch(painter, row.rect.intersect(rect));
        }
    }
    touched
}

/// The marked span, over all tracks.
fn span_ui(painter: &Painter, desk: &Desk, rect: Rect) {
    let Some(span) = desk.span() else { return };
    let x = |frame: i64| rect.left() + desk.view.x_of(frame as f64);
    let span =
        Rect::from_min_max(pos2(x(span.start), rect.top()), pos2(x(span.end), rect.bottom()));
    painter.rect_filled(span.intersect(rect), 0.0, theme::MARKED.gamma_multiply(0.12));
}

/// Stripes over a track that no edit touches.
fn hatch(painter: &Painter, rect: Rect) {
    let stroke = Stroke::new(1.0, theme::FAINT.gamma_multiply(0.35));
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += 12.0;
    }
    let place = rect.right_top() + eframe::egui::vec2(-6.0, 3.0);
    let font = theme::words(theme::SMALL);
    painter.text(place, Align2::RIGHT_TOP, "locked", font, theme::QUIET);
}
