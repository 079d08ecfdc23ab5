//! The frames of picture clips along them, as they come to be at hand.

use crate::ui::desk::{Desk, frame_at};
use crate::ui::texture::Textures;
use eframe::egui::{Color32, Painter, Rect, Ui, pos2, vec2};
use timeline_format::footage::Footage;
use timeline_format::{Clip, Frames};

/// How wide a picture is drawn at least, in points.
const NARROWEST: f32 = 24.0;
/// The size that pictures are made at, in pixels.
const SIZE: (u32, u32) = (128, 72);

/// The pictures that were drawn lately.
#[derive(Debug, Default)]
pub(super) struct Filmstrips {
    textures: Textures,
}

impl Filmstrips {
    /// Draws the frames of a clip that lies at `place`, as far as it is seen in `lanes`.
    pub(super) fn draw(
        &mut self,
        ui: &Ui,
        painter: &Painter,
        desk: &Desk,
        clip: &Clip,
        (start, length): (Frames, Frames),
        (place, lanes): (Rect, Rect),
    ) {
        let strip =
            Rect::from_min_max(pos2(place.left(), place.top() + 15.0), place.max).shrink(1.0);
        let width = strip.height() * 16.0 / 9.0;
        if width < NARROWEST || strip.width() < NARROWEST {
            return;
        }
        let Some((step, endless)) = step_of(desk, clip) else { return };
        let Some(of) = desk.picture_name(&clip.source) else { return };
        let painter = painter.with_clip_rect(strip.intersect(lanes));
        let first = ((lanes.left() - strip.left()) / width).floor().max(0.0);
        let mut left = strip.left() + first * width;
        while left < strip.right().min(lanes.right()) {
            let within = desk.view.frame_at(left - lanes.left()) - start.floor();
            let last = (length.floor() - 1).max(0);
            let shown = frame_at(clip, step, within.clamp(0, last), length);
            let frame = if endless { 0 } else { shown.map_or(0, |frame| frame.max(0)) };
            if let Some(texture) = self.textures.of(ui.ctx(), desk, (of, frame, SIZE)) {
                let drawn =
                    Rect::from_min_size(pos2(left, strip.top()), vec2(width, strip.height()));
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture.id(), drawn, whole, Color32::from_white_alpha(215));
            }
            left += width;
        }
    }
}

/// Frames of the source in a frame of the cut, and whether the source has no end.
fn step_of(desk: &Desk, clip: &Clip) -> Option<(Frames, bool)> {
    let rate = desk.sequence()?.header.rate;
    let footage = Footage::of(desk.film()?.now(), rate, &clip.source);
    Some((footage.step(clip.speed, rate)?, footage.end.is_none()))
}
