//! Two takes in one frame, as large as the sheet: by a wipe, by what differs, one over the other, in turn.

use super::Browser;
use super::picture::{LARGE, fitted};
use crate::play::screen::Of;
use crate::signal::Image;
use crate::ui::desk::{Desk, How};
use crate::ui::panel::named::named;
use crate::ui::panel::viewer::difference;
use crate::ui::texture::pixels_of;
use crate::ui::theme;
use eframe::egui::{
    Align2, Button, Color32, CursorIcon, Pos2, Rect, Response, RichText, Sense, Slider, Stroke,
    TextureHandle, TextureOptions, Ui, WidgetInfo, WidgetType, pos2,
};
use std::sync::Arc;
use timeline_format::Id;

/// The whole of a texture.
const WHOLE: Rect = Rect { min: Pos2::ZERO, max: pos2(1.0, 1.0) };

/// What is kept between drawings.
#[derive(Default)]
pub(super) struct Frames {
    /// The pictures that were found last, and of which takes.
    sides: [Option<(Id, TextureHandle)>; 2],
    difference: Option<(Arc<Image>, Arc<Image>, TextureHandle)>,
}

impl std::fmt::Debug for Frames {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = self.sides.iter().flatten().count();
        f.debug_struct("Frames").field("sides", &known).finish_non_exhaustive()
    }
}

/// Draws both takes in one frame.
pub(super) fn together_ui(ui: &mut Ui, desk: &mut Desk, browser: &mut Browser, how: How) {
    let (Some(names), Some((pictures, frame))) = (desk.names_together(), desk.pictures_together())
    else {
        ui.label(RichText::new("A second take is needed here.").color(theme::FAINT));
        return;
    };
    choices_ui(ui, desk, names);
    let room = ui.available_rect_before_wrap();
    let response = ui.allocate_rect(room, Sense::click_and_drag());
    let response = named(response, WidgetType::Image, "Two takes in one frame");
    ui.painter().rect_filled(room, 0.0, theme::GROUND);
    match how {
        How::Difference => difference_ui(ui, desk, browser, (pictures, frame), room),
        _ => sides_ui(ui, desk, browser, (names, pictures, frame), (room, &response)),
    }
}

/// Which two, how they are seen, and where between them one is.
fn choices_ui(ui: &mut Ui, desk: &mut Desk, names: [Id; 2]) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("{} against {}", names[0], names[1])).strong());
        for how in How::ALL {
            let is_on = desk.sheet.together.how == Some(how);
            let response = ui.add(Button::new(how.label()).selected(is_on));
            let name = format!("Takes by {}", how.label().to_lowercase());
            response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_on, &name));
            if response.clicked() && (!is_on || how == How::Flip) {
                desk.show_together(how);
            }
        }
        let slider = Slider::new(&mut desk.sheet.together.share, 0.0..=1.0).show_value(false);
        let response = ui.add(slider);
        let name = "Share of the take in hand";
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Slider, true, name));
        response.on_hover_text(name);
    });
}

fn sides_ui(
    ui: &Ui,
    desk: &mut Desk,
    browser: &mut Browser,
    (names, pictures, frame): ([Id; 2], [Of; 2], i64),
    (room, response): (Rect, &Response),
) {
    for (side, of) in pictures.into_iter().enumerate() {
        if let Some(texture) = browser.large.0.of(ui.ctx(), desk, (of, frame, LARGE)) {
            browser.frames.sides[side] = Some((names[side], texture));
        }
    }
    let known = |side: usize| {
        let found = browser.frames.sides[side].as_ref().filter(|(of, _)| *of == names[side]);
        found.map(|(_, texture)| texture.clone())
    };
    let (Some(one), Some(other)) = (known(0), known(1)) else {
        return waits_ui(ui, room);
    };
    let places = [&one, &other].map(|texture| fitted(room, texture.size_vec2()));
    let draw = |texture: &TextureHandle, place: Rect, (part, shown): (Rect, f32)| {
        let painter = ui.painter_at(part.intersect(room));
        painter.image(texture.id(), place, WHOLE, Color32::WHITE.gamma_multiply(shown));
    };
    let together = &mut desk.sheet.together;
    match together.how {
        Some(How::Over) => {
            draw(&other, places[1], (room, 1.0));
            draw(&one, places[0], (room, together.share));
        }
        Some(How::Flip) if together.is_flipped => draw(&other, places[1], (room, 1.0)),
        Some(How::Flip) => draw(&one, places[0], (room, 1.0)),
        _ => {
            let x = line(response, places[0], &mut together.share);
            let left = Rect::from_min_max(room.min, pos2(x, room.bottom()));
            let right = Rect::from_min_max(pos2(x, room.top()), room.max);
            draw(&one, places[0], (left, 1.0));
            draw(&other, places[1], (right, 1.0));
            ui.painter_at(room).vline(x, places[0].y_range(), Stroke::new(1.5, theme::ACCENT));
        }
    }
    let seen = names[usize::from(together.how == Some(How::Flip) && together.is_flipped)];
    if together.how == Some(How::Flip) {
        let font = theme::words(theme::BODY);
        let at = room.left_top() + eframe::egui::vec2(8.0, 6.0);
        ui.painter().text(at, Align2::LEFT_TOP, format!("take {seen}"), font, theme::TEXT);
    }
}

/// Where the line of a wipe is; a drag anywhere on the picture moves it.
fn line(response: &Response, place: Rect, share: &mut f32) -> f32 {
    let pointer = response.interact_pointer_pos();
    if let Some(pointer) = pointer.filter(|_| response.dragged() || response.clicked()) {
        *share = ((pointer.x - place.left()) / place.width().max(1.0)).clamp(0.0, 1.0);
    }
    if response.hovered() {
        response.ctx.set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    place.left() + place.width() * *share
}

fn difference_ui(
    ui: &Ui,
    desk: &Desk,
    browser: &mut Browser,
    (pictures, frame): ([Of; 2], i64),
    room: Rect,
) {
    let kept = &mut browser.frames.difference;
    let [one, other] = pictures.map(|of| desk.picture(of, frame, LARGE));
    if let (Some(one), Some(other)) = (one, other) {
        let is_new =
            kept.as_ref().is_none_or(|(a, b, _)| !Arc::ptr_eq(a, &one) || !Arc::ptr_eq(b, &other));
        if is_new {
            let pixels = difference(&pixels_of(&one), &pixels_of(&other));
            let texture = ui.ctx().load_texture("takes", pixels, TextureOptions::LINEAR);
            *kept = Some((one, other, texture));
        }
    }
    let Some((.., texture)) = kept else { return waits_ui(ui, room) };
    let place = fitted(room, texture.size_vec2());
    ui.painter_at(room).image(texture.id(), place, WHOLE, Color32::WHITE);
}

fn waits_ui(ui: &Ui, room: Rect) {
    let font = theme::words(theme::BODY);
    ui.painter().text(room.center(), Align2::CENTER_CENTER, "...", font, theme::FAINT);
}
