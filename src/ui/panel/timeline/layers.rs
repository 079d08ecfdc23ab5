//! The free items of a track: they may overlap, and lie under each other where they do.

use super::clips::{clip_ui, label_of};
use super::keyframes::keyframes_ui;
use super::rows::Row;
use super::waveform::waveform_ui;
use crate::ui::desk::{Desk, View};
use crate::ui::theme;
use eframe::egui::{Painter, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2};
use imbl::OrdMap;
use std::sync::Arc;
use timeline_format::{Fade, Id, Layered, Sequence, Track};

/// The most items that lie under each other; more share the lowest place.
const DEEPEST: usize = 4;

/// Draws the free items of a track.
#[expect(clippy::too_many_arguments, reason = "one call, of the lanes")]
pub(super) fn layers_ui(
    ui: &Ui,
    painter: &Painter,
    desk: &mut Desk,
    sequence: &Sequence,
    track: &Track,
    items: &OrdMap<Id, Arc<Layered>>,
    row: &Row,
    lanes: Rect,
) {
    let colour = theme::clip_colour(row.kind, track.header.role);
    for (id, place) in stacked(sequence, items, row.rect, &desk.view) {
        let Some(layer) = items.get(&id).filter(|_| place.intersects(lanes)) else { continue };
        let is_chosen = desk.selection.has(id);
        let name = (place.width() > 20.0).then(|| label_of(desk, &layer.clip));
        clip_ui(painter, place, lanes, &layer.clip, name.as_deref(), (colour, is_chosen));
        let start = sequence.start_of(layer).map_or(0.0, timeline_format::Frames::to_f64);
        waveform_ui(painter, desk, &layer.clip, start, place, lanes);
        if is_chosen {
            keyframes_ui(painter, desk, id, (place, lanes));
        }
        let scale = desk.view.scale();
        fade_ui(painter, place, layer.clip.sound.fade_in, scale, false);
        fade_ui(painter, place, layer.clip.sound.fade_out, scale, true);
        if let Some(name) = name {
            reach_ui(ui, desk, id, &name, place.intersect(lanes));
        }
    }
}

/// Where each item lies, in the order of their starts.
pub(super) fn stacked(
    sequence: &Sequence,
    items: &OrdMap<Id, Arc<Layered>>,
    lane: Rect,
    view: &View,
) -> Vec<(Id, Rect)> {
    let starts = sequence.starts(items.values().map(AsRef::as_ref));
    let spans = items.iter().filter_map(|(id, layer)| {
        let start = starts.of(layer)?;
        Some((*id, start.to_f64(), start.plus(layer.length)?.to_f64()))
    });
    let mut spans: Vec<(Id, f64, f64)> = spans.collect();
    spans.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut ends = [f64::NEG_INFINITY; DEEPEST];
    let mut placed = Vec::with_capacity(spans.len());
    for (id, start, end) in spans {
        let depth = ends.iter().position(|last| *last <= start).unwrap_or(DEEPEST - 1);
        ends[depth] = ends[depth].max(end);
        placed.push((id, start, end, depth));
    }
    let deepest = placed.iter().map(|(.., depth)| depth + 1).max().unwrap_or(1);
    let height = lane.height() / deepest as f32;
    let place = |(id, start, end, depth): (Id, f64, f64, usize)| {
        let top = lane.top() + height * depth as f32;
        let left = lane.left() + view.x_of(start);
        let right = lane.left() + view.x_of(end);
        (id, Rect::from_min_max(pos2(left, top), pos2((right - 1.0).max(left + 1.0), top + height)))
    };
    placed.into_iter().map(place).collect()
}

fn fade_ui(painter: &Painter, place: Rect, fade: Option<Fade>, scale: f64, is_out: bool) {
    let Some(fade) = fade else { return };
    let width = ((fade.length.to_f64() * scale) as f32).min(place.width());
    if width < 2.0 {
        return;
    }
    let (edge, inner) = if is_out {
        (place.right(), place.right() - width)
    } else {
        (place.left(), place.left() + width)
    };
    let points =
        vec![pos2(edge, place.bottom()), pos2(inner, place.top()), pos2(edge, place.top())];
    let shade = eframe::egui::Color32::from_black_alpha(90);
    painter.add(Shape::convex_polygon(points, shade, Stroke::new(1.0, theme::QUIET)));
}

fn reach_ui(ui: &Ui, desk: &mut Desk, id: Id, name: &str, place: Rect) {
    if !place.is_positive() {
        return;
    }
    let middle = place.shrink2(eframe::egui::vec2(theme::GRIP.min(place.width() * 0.3), 0.0));
    let response = ui.interact(middle, ui.id().with(("layer", id)), Sense::CLICK);
    let is_chosen = desk.selection.has(id);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, name));
    if response.clicked() {
        super::lanes::choose_clicked(ui, desk, id);
    }
}
