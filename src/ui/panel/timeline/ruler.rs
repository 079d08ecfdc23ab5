//! The ruler over the tracks, marks and markers on it, and the playhead through everything.

use super::markers::{self, flag};
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Align2, CursorIcon, Painter, Rect, Sense, Stroke, Ui, pos2};
use timeline_format::Rate;

/// Points between labels, at least.
const APART: f64 = 110.0;

/// Draws the ruler; a drag on it moves the playhead.
pub(super) fn ruler_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect) {
    let response = ui.interact(rect, ui.id().with("ruler"), Sense::click_and_drag());
    response.widget_info(|| {
        eframe::egui::WidgetInfo::labeled(eframe::egui::WidgetType::Slider, true, "Playhead")
    });
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked())
    {
        let frame = desk.view.frame_at(pointer.x - rect.left()).max(0);
        if response.dragged() { desk.scrub(frame) } else { desk.go(frame) }
    }
    if response.drag_stopped() {
        desk.end_scrub();
    }
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    response.context_menu(|ui| {
        for id in ["mark-in", "mark-out", "clear-marks", "add-marker", "go-to-timecode"] {
            if let Some(command) = crate::ui::command::find(id) {
                crate::ui::panel::menu::entry_ui(ui, desk, command);
            }
        }
    });
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::RAISED);
    marks_ui(&painter, desk, rect);
    ticks_ui(&painter, desk, rect);
    markers::markers_ui(ui, desk, rect);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme::LINE));
}

fn ticks_ui(painter: &Painter, desk: &Desk, rect: Rect) {
    let Some(rate) = desk.sequence().map(|sequence| sequence.header.rate) else { return };
    let view = &desk.view;
    let step = step_of(rate, APART / view.scale());
    let first = (view.left() / step as f64).floor() as i64 * step;
    let last = view.place_at(rect.width()) as i64;
    for frame in (first..=last).step_by(step.try_into().unwrap_or(1)) {
        let x = rect.left() + view.x_of(frame as f64);
        painter.vline(x, rect.bottom() - 9.0..=rect.bottom(), Stroke::new(1.0, theme::FAINT));
        let place = pos2(x + 3.0, rect.top() + 16.0);
        let font = theme::figures(theme::SMALL);
        painter.text(place, Align2::LEFT_TOP, desk.label_of(frame), font, theme::QUIET);
        for part in 1..5 {
            let x = rect.left() + view.x_of(frame as f64 + step as f64 * f64::from(part) / 5.0);
            painter.vline(x, rect.bottom() - 4.0..=rect.bottom(), Stroke::new(1.0, theme::LINE));
        }
    }
}

/// Frames between labels, at least `least`: a number that is round in frames, seconds or minutes.
fn step_of(rate: Rate, least: f64) -> i64 {
    let second = (rate.ratio().to_f64().round() as i64).max(1);
    let frames = [1, 2, 5, 10].into_iter().filter(|step| *step < second);
    let seconds = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600].map(|step| step * second);
    let mut steps = frames.chain(seconds);
    steps.find(|step| *step as f64 >= least).unwrap_or(36_000 * second)
}

fn marks_ui(painter: &Painter, desk: &Desk, rect: Rect) {
    let (start, end) = desk.marks();
    if start.is_none() && end.is_none() {
        return;
    }
    let x = |frame: Option<i64>, usual: f32| {
        frame.map_or(usual, |frame| rect.left() + desk.view.x_of(frame as f64))
    };
    let (from, to) = (x(start, rect.left()), x(end, rect.right()));
    let span = Rect::from_min_max(pos2(from, rect.bottom() - 5.0), pos2(to, rect.bottom()));
    painter.rect_filled(span, 0.0, theme::MARKED);
    for (mark, x) in [(start, from), (end, to)] {
        if mark.is_some() {
            painter.vline(x, rect.y_range(), Stroke::new(1.5, theme::MARKED));
        }
    }
}

/// Draws the playhead through the ruler and the tracks.
pub(super) fn playhead_ui(ui: &Ui, desk: &Desk, rect: Rect) {
    let x = rect.left() + desk.view.x_of(desk.position() as f64);
    let width = desk.view.scale() as f32;
    let painter = ui.painter_at(rect);
    if width > 6.0 {
        let frame =
            Rect::from_min_max(pos2(x, rect.top()), pos2(x + width, rect.top() + theme::RULER));
        painter.rect_filled(frame, 0.0, theme::ACCENT.gamma_multiply(0.25));
    }
    painter.vline(x, rect.y_range(), Stroke::new(1.0, theme::ACCENT));
    painter.add(flag(pos2(x, rect.top() + theme::RULER - 10.0), theme::ACCENT));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_at_round_times() {
        let steps = |least: f64| step_of(Rate::FILM, least);
        assert_eq!([0.3, 1.5, 4.0, 11.0, 25.0, 1e9].map(steps), [1, 2, 5, 24, 48, 864_000]);
    }
}
