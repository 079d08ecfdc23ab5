//! The free items of a track: they may overlap, and lie under each other where they do.

use super::clips::{Crowd, NARROW, clip_ui, label_of, reach};
use super::filmstrip::Filmstrips;
use super::hand::Touched;
use super::keyframes::keyframes_ui;
use super::rows::Row;
use super::waveform::waveform_ui;
use crate::ui::desk::{Desk, Spread, View};
use crate::ui::theme;
use eframe::egui::{Color32, Painter, Rect, Shape, Stroke, Ui, pos2};
use std::sync::Arc;
use timeline_format::track::TrackKind;
use timeline_format::{Fade, Frames, Id, Layered, Sequence, Track};

/// Draws the free items of a track; which of them was touched.
pub(super) fn layers_ui(
    ui: &Ui,
    painter: &Painter,
    (desk, strips): (&mut Desk, &mut Filmstrips),
    sequence: &Arc<Sequence>,
    track: &Track,
    row: &Row,
    lanes: Rect,
) -> Option<Touched> {
    let items = track.layers()?;
    let spread = desk.spread_of(sequence, track);
    let colour = theme::clip_colour(row.kind, track.header.role);
    let mut crowds: Vec<Crowd> = (0..spread.depth).map(|_| Crowd::default()).collect();
    let (from, to) = (desk.view.place_at(0.0), desk.view.place_at(lanes.width()));
    let mut touched = None;
    for laid in spread.within(from, to) {
        let Some(layer) = items.get(&laid.id) else { continue };
        let place = place_of(laid, &spread, row.rect, &desk.view);
        let is_chosen = desk.selection.has(laid.id);
        if place.width() < NARROW && !is_chosen {
            crowds[laid.depth].add(painter, place, colour);
            continue;
        }
        let name = (place.width() > 20.0).then(|| label_of(desk, &layer.clip));
        clip_ui(painter, place, lanes, &layer.clip, name.as_deref(), (colour, is_chosen));
        if row.kind == TrackKind::Picture {
            let span = (laid.start, layer.length);
            strips.draw(ui, painter, desk, &layer.clip, span, (place, lanes));
        } else {
            sound_ui(painter, desk, layer, laid.start, (place, lanes));
        }
        if is_chosen {
            keyframes_ui(painter, desk, laid.id, (place, lanes));
        }
        if let Some(name) = name {
            let words = format!("{name}, {} frames", layer.length.round());
            let hit = reach(ui, (laid.id, &words, is_chosen), place.intersect(lanes));
            touched = touched.or(hit);
        }
    }
    crowds.into_iter().for_each(|crowd| crowd.close(painter, colour));
    touched
}

fn sound_ui(
    painter: &Painter,
    desk: &Desk,
    layer: &Layered,
    start: Frames,
    (place, lanes): (Rect, Rect),
) {
    waveform_ui(painter, desk, &layer.clip, (start, layer.length), (place, lanes));
    let scale = desk.view.scale();
    fade_ui(painter, place, layer.clip.sound.fade_in, scale, false);
    fade_ui(painter, place, layer.clip.sound.fade_out, scale, true);
}

/// Where the items lie of which something is seen between two places of the film.
pub(super) fn stacked(
    desk: &Desk,
    (sequence, track): (&Arc<Sequence>, &Track),
    lane: Rect,
    (from, to): (f64, f64),
) -> Vec<(Id, Rect)> {
    let spread = desk.spread_of(sequence, track);
    let place = |laid| place_of(laid, &spread, lane, &desk.view);
    spread.within(from, to).map(|laid| (laid.id, place(laid))).collect()
}

fn place_of(laid: &crate::ui::desk::Laid, spread: &Spread, lane: Rect, view: &View) -> Rect {
    let height = lane.height() / spread.depth as f32;
    let top = lane.top() + height * laid.depth as f32;
    let left = lane.left() + view.x_of(laid.start.to_f64());
    let right = lane.left() + view.x_of(laid.end.to_f64());
    Rect::from_min_max(pos2(left, top), pos2((right - 1.0).max(left + 1.0), top + height))
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
    painter.add(Shape::convex_polygon(
        points,
        Color32::from_black_alpha(90),
        Stroke::new(1.0, theme::QUIET),
    ));
}
