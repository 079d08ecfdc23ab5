//! The keyframes of a chosen clip, as diamonds along its lower edge.

use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Painter, Rect, Shape, Stroke, pos2, vec2};
use timeline_format::footage::Footage;
use timeline_format::parameter::Follow;
use timeline_format::{Clip, Frames, Param};

/// Draws the keyframes of a clip that lies at `place` and starts at `start`.
pub(super) fn keyframes_ui(
    painter: &Painter,
    desk: &Desk,
    clip: &Clip,
    start: f64,
    (place, lanes): (Rect, Rect),
) {
    let placement = clip.look.placement.values();
    let sound = clip.sound.gain.iter().chain(&clip.sound.pan);
    for param in placement.chain(sound) {
        let Param::Animated(curve) = param else { continue };
        for key in &curve.keys {
            let within = match curve.follow {
                Follow::Clip => Some(key.at.to_f64()),
                Follow::Content => on_content(desk, clip, key.at),
            };
            let Some(within) = within else { continue };
            let x = lanes.left() + desk.view.x_of(start + within);
            if place.x_range().contains(x) {
                diamond(painter, x, place.bottom() - 6.0);
            }
        }
    }
}

/// Frames behind the clip's head where a frame of its source is shown.
fn on_content(desk: &Desk, clip: &Clip, at: Frames) -> Option<f64> {
    let rate = desk.sequence()?.header.rate;
    let step = Footage::of(desk.film()?.now(), rate, &clip.source).step(clip.speed, rate)?;
    (step != Frames::ZERO).then(|| (at.to_f64() - clip.source_in.to_f64()) / step.to_f64())
}

fn diamond(painter: &Painter, x: f32, y: f32) {
    let corners = [vec2(0.0, -4.0), vec2(4.0, 0.0), vec2(0.0, 4.0), vec2(-4.0, 0.0)];
    let points = corners.map(|corner| pos2(x, y) + corner).to_vec();
    painter.add(Shape::convex_polygon(points, theme::ACCENT, Stroke::new(1.0, theme::GROUND)));
}
