//! What is seen of a line: a frame of its pictures, the outline of its sound, a slate where it is missing.

use super::Browser;
use crate::media::Peaks;
use crate::play::screen::Of;
use crate::ui::desk::{Desk, Line};
use crate::ui::theme;
use eframe::egui::{Align2, Color32, Painter, Rect, Stroke, TextureHandle, Ui, Vec2, pos2, vec2};
use egui_phosphor::regular as icon;
use timeline_format::Media;
use timeline_format::media::MediaKind;

/// The sizes that pictures are made at, in pixels.
const SIZES: [(u32, u32); 3] = [(160, 90), (384, 216), (1152, 648)];
/// The largest of them.
pub(super) const LARGE: (u32, u32) = SIZES[2];
/// Places along a media that a pointer over its picture shows.
const PLACES: f32 = 24.0;
/// The part of a media whose frame stands for it: shots often begin in black.
const STANDS: f32 = 0.3;

/// Draws what is seen of a line; with the pointer over it, the frame at that part of its width.
pub(super) fn picture_ui(ui: &Ui, desk: &Desk, browser: &mut Browser, line: &Line, place: Rect) {
    let painter = ui.painter_at(place);
    painter.rect_filled(place, theme::CORNER, theme::GROUND);
    let media = line.media.and_then(|id| Some((id, desk.film()?.now().media.get(&id)?)));
    let Some((id, media)) = media.filter(|_| !line.is_missing) else {
        return slate_ui(&painter, place);
    };
    if media.kind == MediaKind::Sound {
        if let Some(peaks) = desk.peaks(id) {
            outline_ui(&painter, place, &peaks);
        }
        return;
    }
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|at| place.contains(*at));
    let part = pointer.map(|at| (at.x - place.left()) / place.width());
    let width = place.width() * ui.pixels_per_point();
    let number = SIZES.iter().take(2).filter(|size| width > 1.25 * size.0 as f32).count();
    let size = SIZES[number];
    if browser.is_sheet && part.is_none() && browser.rounds.moment().is_some() {
        let small = SIZES[number.min(1)];
        let texture = browser.rounds.texture(ui.ctx(), desk, (line, id, media.as_ref()), small);
        return texture.iter().for_each(|texture| image_ui(&painter, place, texture));
    }
    let textures = if number == 2 { &mut browser.large.0 } else { &mut browser.textures };
    let (of, frame) = (Of::Media(id), frame_of(media, part));
    let mut texture = textures.of(ui.ctx(), desk, (of, frame, size));
    if texture.is_none() && part.is_some() {
        texture = textures.of(ui.ctx(), desk, (of, frame_of(media, None), size));
    }
    texture.iter().for_each(|texture| image_ui(&painter, place, texture));
    if let Some(part) = part.filter(|_| media.length.is_some()) {
        let x = place.left() + place.width() * part;
        painter.vline(x, place.y_range(), Stroke::new(1.0, theme::ACCENT));
    }
}

fn image_ui(painter: &Painter, place: Rect, texture: &TextureHandle) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture.id(), fitted(place, texture.size_vec2()), whole, Color32::WHITE);
}

/// The frame at a part of a media; the one that stands for it where no part is asked for.
fn frame_of(media: &Media, part: Option<f32>) -> i64 {
    let Some(length) = media.length.map(timeline_format::Frames::to_f64) else { return 0 };
    let part = part.map_or(STANDS, |part| (part * PLACES).floor() / PLACES);
    ((length * f64::from(part)).round() as i64).clamp(0, (length as i64 - 1).max(0))
}

/// The largest place of a shape within another.
pub(super) fn fitted(place: Rect, size: Vec2) -> Rect {
    let scale = (place.width() / size.x).min(place.height() / size.y);
    Rect::from_center_size(place.center(), size * scale)
}

fn slate_ui(painter: &Painter, place: Rect) {
    let stroke = Stroke::new(1.0, theme::WARNING.gamma_multiply(0.35));
    let mut x = place.left() - place.height();
    while x < place.right() {
        let ends = [pos2(x, place.bottom()), pos2(x + place.height(), place.top())];
        painter.line_segment(ends, stroke);
        x += 8.0;
    }
    let font = theme::words((place.height() * 0.4).clamp(12.0, 26.0));
    painter.text(place.center(), Align2::CENTER_CENTER, icon::WARNING, font, theme::WARNING);
}

/// Draws the outline of a sound over its whole length.
pub(in crate::ui::panel) fn outline_ui(painter: &Painter, place: Rect, peaks: &Peaks) {
    let place = place.shrink2(vec2(2.0, 2.0));
    let (middle, half) = (place.center().y, place.height() * 0.5);
    let step = peaks.length() as f64 / f64::from(place.width().max(1.0));
    let y = |value: f32| middle - value.abs().min(1.0).sqrt().copysign(value) * half;
    for column in 0..place.width() as i64 {
        let (from, to) = (column as f64 * step, (column + 1) as f64 * step);
        if let Some(reach) = peaks.reach(from as i64, (to as i64).max(from as i64 + 1)) {
            let x = place.left() + column as f32 + 0.5;
            let span = y(reach.high) - 0.4..=y(reach.low) + 0.4;
            painter.vline(x, span, Stroke::new(1.0, theme::GOOD.gamma_multiply(0.8)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::Frames;

    #[test]
    fn a_pointer_reaches_every_part_of_a_media_and_no_frame_beyond_it() {
        let mut media = Media::new(MediaKind::Video, "a.mp4");
        assert_eq!(frame_of(&media, Some(0.9)), 0);
        media.length = Some(Frames::whole(48));
        assert_eq!(frame_of(&media, None), 14);
        assert_eq!([0.0, 0.5, 0.99, 1.0].map(|part| frame_of(&media, Some(part))), [0, 24, 46, 47]);
    }
}
