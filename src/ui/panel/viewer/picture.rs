//! A picture in its viewer: drawn where its sight says, made larger by the wheel, moved by a drag.

use crate::ui::desk::Sight;
use eframe::egui::{
    Color32, CursorIcon, PointerButton, Rect, Response, TextureHandle, Ui, Vec2, pos2, vec2,
};
use timeline_format::sequence::Raster;

/// How much larger a step of the wheel makes a picture.
const WHEEL: f32 = 0.004;

/// How large a picture is, in points, at a pixel of the screen for each of its own.
pub(super) fn full_size(ui: &Ui, raster: Raster) -> Vec2 {
    vec2(raster.width as f32, raster.height as f32) / ui.pixels_per_point()
}

/// Draws a picture at `drawn`, as far as it is seen through `place`.
pub(super) fn picture_ui(ui: &Ui, texture: &TextureHandle, drawn: Rect, place: Rect) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter_at(place).image(texture.id(), drawn, whole, Color32::WHITE);
}

/// The largest place of a picture's shape within another.
pub(super) fn fitted(full: Vec2, place: Rect) -> Rect {
    Sight::default().lay(place, full)
}

/// The size to ask pictures for that are drawn in `place`: as many pixels as are seen of them, or, where one
/// looks closer, all that they have.
pub(super) fn wanted(ui: &Ui, sight: &Sight, place: Rect, raster: Raster) -> (u32, u32) {
    let scale = ui.pixels_per_point();
    if sight.is_whole() {
        ((place.width() * scale) as u32, (place.height() * scale) as u32)
    } else {
        (raster.width, raster.height)
    }
}

/// Heeds the wheel, and a drag where the picture is larger than its place.
pub(super) fn heed(ui: &Ui, response: &Response, sight: &mut Sight, place: (Rect, Vec2)) {
    heed_wheel(ui, response, sight, place);
    if heed_drag(response, sight, place, response.dragged()) {
        let is_held = response.dragged();
        ui.set_cursor_icon(if is_held { CursorIcon::Grabbing } else { CursorIcon::Grab });
    }
}

/// The same where the pointer lays something: the middle button drags the picture.
pub(super) fn heed_beside(ui: &Ui, response: &Response, sight: &mut Sight, place: (Rect, Vec2)) {
    heed_wheel(ui, response, sight, place);
    heed_drag(response, sight, place, response.dragged_by(PointerButton::Middle));
}

fn heed_wheel(ui: &Ui, response: &Response, sight: &mut Sight, (place, full): (Rect, Vec2)) {
    if let Some(pointer) = response.hover_pos() {
        let (wheel, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
        let factor = zoom * (wheel.y * WHEEL).exp();
        if factor != 1.0 {
            sight.zoom_at(factor, pointer, place, full);
        }
    }
}

/// Moves a picture that is larger than its place; whether it can be, and is under the pointer.
fn heed_drag(
    response: &Response,
    sight: &mut Sight,
    (place, full): (Rect, Vec2),
    is_dragged: bool,
) -> bool {
    let lies = sight.lay(place, full);
    let is_larger = lies.width() > place.width() + 0.5 || lies.height() > place.height() + 0.5;
    if is_larger && is_dragged {
        sight.pan(response.drag_delta(), place, full);
    }
    is_larger && (is_dragged || response.hovered())
}
