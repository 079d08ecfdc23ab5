//! The captions along the cut, in a lane of their own: a click goes to one, a drag moves it.

use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2};
use timeline_format::Cue;

/// How high the lane is; nothing, where the film has no captions.
pub(super) fn height(desk: &Desk) -> f32 {
    if desk.has_captions() { theme::ROW - 4.0 } else { 0.0 }
}

/// Draws the lane, and heeds what the pointer does there.
pub(super) fn captions_ui(ui: &Ui, desk: &mut Desk, lane: Rect) {
    let Some(all) = desk.captions().map(|(_, all)| all.clone()) else { return };
    let painter = ui.painter_at(lane);
    painter.rect_filled(lane, 0.0, theme::GROUND);
    let (from, to) = (desk.view.place_at(0.0), desk.view.place_at(lane.width()));
    let first = all.cues.partition_point(|cue| (cue.end() as f64) < from);
    let seen = all.cues.iter().skip(first).take_while(|cue| (cue.at as f64) < to);
    for cue in seen.take(MOST) {
        cue_ui(ui, desk, cue, lane);
    }
    painter.hline(lane.x_range(), lane.bottom(), Stroke::new(1.0, theme::LINE));
}

/// The most captions that are drawn at once.
const MOST: usize = 500;

fn cue_ui(ui: &Ui, desk: &mut Desk, cue: &Cue, lane: Rect) {
    let x = |desk: &Desk, frame: i64| lane.left() + desk.view.x_of(frame as f64);
    let (left, right) = (x(desk, cue.at), x(desk, cue.end()));
    let whole = Rect::from_min_max(pos2(left, lane.top() + 1.0), pos2(right, lane.bottom() - 1.0));
    let shown = whole.intersect(lane);
    let is_here = (cue.at..cue.end()).contains(&desk.position());
    let edge = if is_here { theme::ACCENT } else { theme::LINE };
    let painter = ui.painter_at(shown);
    painter.rect_filled(whole, 2.0, theme::PANEL);
    painter.rect_stroke(whole, 2.0, Stroke::new(1.0, edge), StrokeKind::Inside);
    let words = cue.plain().replace('\n', " / ");
    let place = pos2(left.max(lane.left()) + 4.0, lane.center().y);
    let font = theme::words(theme::SMALL);
    painter.text(place, Align2::LEFT_CENTER, &words, font, theme::TEXT);
    let response = ui.interact(shown, ui.id().with(("cue", cue.id)), Sense::click_and_drag());
    response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Caption {words}")));
    if response.dragged() {
        let by = f64::from(response.drag_delta().x) / desk.view.scale();
        let total = ui.data_mut(|data| {
            let moved = data.get_temp_mut_or_default::<f64>(response.id);
            *moved += by;
            let whole = moved.trunc();
            *moved -= whole;
            whole as i64
        });
        if total != 0 {
            desk.turn_cue("Move caption", cue.id, |cue| cue.at = (cue.at + total).max(0));
        }
    } else if response.clicked() {
        desk.go(cue.at);
    }
    response.on_hover_text(words);
}
