//! Where drags snap to: cuts, marks, markers, the playhead.

use crate::ui::desk::{Desk, Laid};
use eframe::egui::{Color32, Painter, Rect, Stroke, pos2};
use std::sync::Arc;
use timeline_format::Sequence;
use timeline_format::track::Content;

/// How near, in points, a drag snaps.
const NEAR: f32 = 9.0;

/// `x` on the screen, or the place near it that drags snap to, and the frame of that.
pub(super) fn snapped(desk: &Desk, lanes: Rect, x: f32) -> (f32, Option<i64>) {
    let place = desk.view.place_at(x - lanes.left());
    match nearest(desk, place, f64::from(NEAR) / desk.view.scale(), &[]) {
        Some(frame) => (lanes.left() + desk.view.x_of(frame as f64), Some(frame)),
        None => (x, None),
    }
}

/// The sign that something snaps to a place on the screen: a line with a knob at each end.
pub(super) fn sign_ui(painter: &Painter, lanes: Rect, x: f32) {
    painter.vline(x, lanes.y_range(), Stroke::new(1.0, Color32::WHITE));
    for y in [lanes.top() + 4.0, lanes.bottom() - 4.0] {
        painter.circle_filled(pos2(x, y), 3.5, Color32::WHITE);
    }
}

/// The frame within `reach` of `place` that drags snap to. `own` are places that go along with the
/// drag, and do not count.
pub(super) fn nearest(desk: &Desk, place: f64, reach: f64, own: &[i64]) -> Option<i64> {
    if !desk.snapping {
        return None;
    }
    let sequence = desk.sequence()?;
    let (from, to) = ((place - reach).floor() as i64, (place + reach).ceil() as i64);
    let mut found = vec![0, desk.position()];
    let (mark_in, mark_out) = desk.marks();
    found.extend(mark_in.into_iter().chain(mark_out));
    edges(desk, sequence, (from, to), &mut found);
    let near = |frame: &i64| (*frame as f64 - place).abs() <= reach && !own.contains(frame);
    let far = |frame: &i64| (*frame as f64 - place).abs();
    found.into_iter().filter(near).min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// The edges of clips and items, and the markers, within `from..=to`.
fn edges(desk: &Desk, sequence: &Arc<Sequence>, (from, to): (i64, i64), found: &mut Vec<i64>) {
    let (first, last) = (from as f64, to as f64);
    let markers = desk.markers_of(sequence);
    found.extend(markers.within(first, last).map(|marker| marker.start.floor()));
    for track in &sequence.tracks {
        match &track.content {
            Content::Sequential(reel) => {
                let index = reel.at(from.max(0)).map_or(reel.count(), |(index, _)| index);
                let placed = reel.placed_from(index).take_while(|(start, _)| *start <= to);
                found.extend(placed.map(|(start, _)| start));
                if (from..=to).contains(&reel.length()) {
                    found.push(reel.length());
                }
            }
            Content::Free(_) => {
                let spread = desk.spread_of(sequence, track);
                let ends = |laid: &Laid| [laid.start.floor(), laid.end.ceil()];
                found.extend(spread.within(first, last).flat_map(ends));
            }
        }
    }
}
