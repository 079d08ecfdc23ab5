//! The clips of a sequential track. Clips too narrow to tell apart are drawn as one.

use super::filmstrip::Filmstrips;
use super::keyframes::keyframes_ui;
use super::lanes::choose_clicked;
use super::rows::Row;
use super::waveform::waveform_ui;
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, Painter, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Item, Ratio, Reel, Track};

/// Narrower clips, in points, are not told apart.
const NARROW: f32 = 3.0;
/// Narrower clips, in points, have no label and no place among what can be reached by name.
const NAMED: f32 = 26.0;

/// Draws the clips of a track.
pub(super) fn clips_ui(
    ui: &Ui,
    painter: &Painter,
    (desk, strips): (&mut Desk, &mut Filmstrips),
    track: &Track,
    reel: &Reel,
    row: &Row,
    lanes: Rect,
) {
    let first = desk.view.frame_at(0.0).max(0);
    let last = desk.view.frame_at(lanes.width()) + 1;
    let Some((index, _)) = reel.at(first) else { return };
    let mut crowd = Crowd::default();
    let colour = theme::clip_colour(row.kind, track.header.role);
    for (start, item) in reel.placed_from(index) {
        if start > last {
            break;
        }
        let Some(clip) = &item.clip else { continue };
        let left = lanes.left() + desk.view.x_of(start as f64);
        let right = lanes.left() + desk.view.x_of((start + item.length) as f64);
        let is_chosen = desk.selection.has(item.id);
        if right - left < NARROW && !is_chosen {
            crowd.add(painter, row.rect, left, right, colour);
            continue;
        }
        let place =
            Rect::from_min_max(pos2(left, row.rect.top()), pos2(right - 1.0, row.rect.bottom()));
        let name = (right - left >= NAMED).then(|| label_of(desk, clip));
        clip_ui(painter, place, lanes, clip, name.as_deref(), (colour, is_chosen));
        if row.kind == TrackKind::Picture {
            strips.draw(ui, painter, desk, clip, start, (place, lanes));
        } else {
            waveform_ui(painter, desk, clip, start as f64, place, lanes);
        }
        if is_chosen {
            keyframes_ui(painter, desk, item.id, (place, lanes));
        }
        if let Some(name) = name {
            reach_ui(ui, desk, item, &name, place.intersect(lanes));
        }
    }
    crowd.close(painter, row.rect, colour);
}

/// Clips that are drawn as one.
#[derive(Default)]
struct Crowd(Option<(f32, f32)>);

impl Crowd {
    fn add(&mut self, painter: &Painter, row: Rect, left: f32, right: f32, colour: Color32) {
        match &mut self.0 {
            Some((_, end)) if left - *end < 1.0 => *end = right,
            _ => {
                self.close(painter, row, colour);
                self.0 = Some((left, right));
            }
        }
    }

    fn close(&mut self, painter: &Painter, row: Rect, colour: Color32) {
        if let Some((left, right)) = self.0.take() {
            let place = Rect::from_min_max(
                pos2(left, row.top()),
                pos2(right.max(left + 1.0), row.bottom()),
            );
            painter.rect_filled(place, 0.0, colour.gamma_multiply(0.8));
        }
    }
}

/// Draws one clip.
pub(super) fn clip_ui(
    painter: &Painter,
    place: Rect,
    lanes: Rect,
    clip: &Clip,
    name: Option<&str>,
    (colour, is_chosen): (Color32, bool),
) {
    let colour = if clip.disabled { colour.gamma_multiply(0.4) } else { colour };
    painter.rect_filled(place, theme::CORNER, colour);
    let top = Rect::from_min_size(place.min, vec2(place.width(), 15.0_f32.min(place.height())));
    painter.rect_filled(top, theme::CORNER, Color32::from_black_alpha(70));
    let stroke = if is_chosen {
        Stroke::new(2.0, theme::ACCENT)
    } else {
        Stroke::new(1.0, Color32::from_black_alpha(120))
    };
    painter.rect_stroke(place, theme::CORNER, stroke, StrokeKind::Inside);
    if let Some(name) = name {
        let seen = place.intersect(lanes);
        let painter = painter.with_clip_rect(seen.shrink2(vec2(4.0, 0.0)));
        let at = pos2(seen.left() + 5.0, place.top() + 1.5);
        let text = if clip.disabled { theme::QUIET } else { theme::TEXT };
        painter.text(at, Align2::LEFT_TOP, name, theme::words(theme::SMALL), text);
    }
}

/// What a clip is called, and how fast it runs where that is not usual.
pub(super) fn label_of(desk: &Desk, clip: &Clip) -> String {
    let name = if clip.name.is_empty() { desk.name_of(&clip.source) } else { clip.name.clone() };
    let off = if clip.disabled { " (off)" } else { "" };
    if clip.speed == Ratio::ONE {
        return format!("{name}{off}");
    }
    let percent = clip.speed.to_f64() * 100.0;
    if clip.speed == Ratio::ZERO {
        format!("{name} (frozen){off}")
    } else {
        format!("{name} {percent:.0}%{off}")
    }
}

/// Lets a clip be reached by its name: by readers of the screen, by the keyboard, by tests.
fn reach_ui(ui: &Ui, desk: &mut Desk, item: &Item, name: &str, place: Rect) {
    if !place.is_positive() {
        return;
    }
    let middle = place.shrink2(vec2(theme::GRIP.min(place.width() * 0.3), 0.0));
    let response = ui.interact(middle, ui.id().with(("clip", item.id)), Sense::CLICK);
    let is_chosen = desk.selection.has(item.id);
    let words = format!("{name}, {} frames", item.length);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, &words));
    if response.clicked() && desk.tool != crate::ui::desk::Tool::Razor {
        choose_clicked(ui, desk, item.id);
    }
    if response.double_clicked()
        && let Some(clip) = &item.clip
    {
        desk.view_source(clip.source.clone());
    }
}
