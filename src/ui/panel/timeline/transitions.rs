//! Transitions over the cuts of a track, with the handles that they use.

use super::clips::SeenCut;
use super::rows::Row;
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Align2, Color32, Painter, Rect, Stroke, StrokeKind, pos2};
use timeline_format::{Reel, Track};

/// Draws the transitions of a track over the cuts that are seen.
pub(super) fn transitions_ui(
    painter: &Painter,
    desk: &Desk,
    track: &Track,
    cuts: &[SeenCut],
    row: &Row,
    lanes: Rect,
) {
    if track.transitions.is_empty() {
        return;
    }
    for (index, at) in cuts {
        let Some(cut) = track.cut_at(*index) else { continue };
        let Some(transition) = track.transitions.get(&cut) else { continue };
        let (start, end) = (at - transition.before, at + transition.after);
        let x = |frame: i64| lanes.left() + desk.view.x_of(frame as f64);
        let height = (row.rect.height() * 0.45).max(10.0);
        let place = Rect::from_min_max(
            pos2(x(start), row.rect.top()),
            pos2(x(end), row.rect.top() + height),
        );
        let is_chosen = desk.selection.cut() == Some((track.id, cut));
        transition_ui(painter, place, x(*at), &transition.kind, is_chosen);
        lengths_ui(painter, place, x(*at), (transition.before, transition.after));
    }
}

/// Draws the cut that is chosen, where no transition lies over it.
pub(super) fn cut_ui(
    painter: &Painter,
    desk: &Desk,
    track: &Track,
    reel: &Reel,
    row: &Row,
    lanes: Rect,
) {
    let Some((_, cut)) = desk.selection.cut().filter(|(chosen, _)| *chosen == track.id) else {
        return;
    };
    let index = match (cut.to, cut.from) {
        (Some(to), _) => reel.index_of(to),
        (None, from) => from.and_then(|from| reel.index_of(from)).map(|index| index + 1),
    };
    let Some(at) = index.and_then(|index| reel.start_of(index)) else { return };
    let x = lanes.left() + desk.view.x_of(at as f64);
    painter.vline(x, row.rect.y_range(), Stroke::new(3.0, theme::ACCENT));
}

fn transition_ui(painter: &Painter, place: Rect, cut: f32, kind: &str, is_chosen: bool) {
    painter.rect_filled(place, theme::CORNER, Color32::from_rgba_unmultiplied(200, 200, 205, 70));
    let line = Stroke::new(1.0, Color32::from_white_alpha(150));
    painter.line_segment([place.left_bottom(), place.right_top()], line);
    painter.vline(cut, place.y_range(), Stroke::new(1.0, Color32::from_black_alpha(150)));
    let stroke =
        if is_chosen { Stroke::new(2.0, theme::ACCENT) } else { Stroke::new(1.0, theme::QUIET) };
    painter.rect_stroke(place, theme::CORNER, stroke, StrokeKind::Inside);
    if place.width() > 84.0 {
        let font = theme::words(theme::SMALL);
        let at = pos2(place.center().x, place.top() + 1.0);
        painter.text(at, Align2::CENTER_TOP, kind, font, theme::TEXT);
    }
    for x in [place.left() + 2.5, place.right() - 2.5] {
        let grip = Stroke::new(2.0, Color32::from_white_alpha(190));
        painter.vline(x, place.y_range().shrink(place.height() * 0.25), grip);
    }
}

/// How many frames lie ahead of the cut and behind it, where there is room for the figures.
fn lengths_ui(painter: &Painter, place: Rect, cut: f32, (before, after): (i64, i64)) {
    let font = theme::figures(theme::SMALL);
    let sides = [
        (before, cut - place.left(), pos2(place.left() + 6.0, place.bottom()), Align2::LEFT_BOTTOM),
        (
            after,
            place.right() - cut,
            pos2(place.right() - 6.0, place.bottom()),
            Align2::RIGHT_BOTTOM,
        ),
    ];
    for (frames, room, at, align) in sides {
        if room > 26.0 && place.height() > 24.0 {
            painter.text(at, align, frames, font.clone(), theme::TEXT);
        }
    }
}
