//! How sure the track of the mask in hand is: a line along the foot of the picture, as long as the clip.

use crate::ui::desk::Desk;
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{Align2, Color32, Rect, Sense, Stroke, Ui, WidgetType, lerp, pos2, vec2};

/// How high the line is.
const HEIGHT: f32 = 7.0;

/// Draws it, and in words how sure it is at the playhead.
pub(super) fn sure_ui(ui: &Ui, desk: &Desk, place: Rect) {
    let Some(sure) = desk.track_in_hand() else { return };
    let span = desk.repaired_clip().and_then(|clip| desk.span_of(clip));
    let Some(span) = span.filter(|span| !span.is_empty()) else { return };
    let foot = place.with_min_y(place.bottom() - HEIGHT);
    let count = (span.end - span.start) as f32;
    let x = |frame: i64| foot.left() + foot.width() * (frame - span.start) as f32 / count;
    let painter = ui.painter_at(place);
    painter.rect_filled(foot, 0.0, Color32::from_black_alpha(160));
    for (frame, sure) in sure.iter().filter(|(frame, _)| span.contains(frame)) {
        let top = lerp(foot.bottom()..=foot.top(), *sure as f32);
        let cell = Rect::from_min_max(pos2(x(*frame), top), pos2(x(frame + 1), foot.bottom()));
        let colour = if *sure > 0.3 { theme::ACCENT } else { theme::WARNING };
        painter.rect_filled(cell, 0.0, colour);
    }
    let at = desk.position();
    painter.vline(x(at), foot.y_range(), Stroke::new(1.5, theme::TEXT));
    let words = sure
        .get(&at)
        .map_or_else(|| "not followed here".to_owned(), |sure| format!("track sure to {sure:.2}"));
    let corner = foot.left_top() + vec2(6.0, -4.0);
    let font = theme::words(theme::SMALL);
    painter.text(corner, Align2::LEFT_BOTTOM, &words, font, theme::TEXT);
    let response = ui.interact(foot, ui.id().with("sure"), Sense::hover());
    drop(named(response, WidgetType::Label, &words));
}
