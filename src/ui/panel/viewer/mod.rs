//! The viewers: the source on the left, the film on the right, what plays them below.

mod compare;
mod controls;
mod overlay;
mod picture;
mod source;
mod trimming;

use crate::signal::Image;
use crate::ui::app::Room;
use crate::ui::desk::Film;
use crate::ui::texture::Texture;
use crate::ui::theme;
use compare::{Compared, Mode};
use eframe::egui::{Align2, CentralPanel, Frame, Key, Rect, RichText, Sense, Ui, UiBuilder, vec2};
use picture::{Fit, picture_ui};
use std::sync::Arc;

/// What the viewers keep between their drawings.
#[derive(Debug, Default)]
pub(in crate::ui) struct Viewers {
    program: Texture,
    source: Texture,
    sides: [Texture; 2],
    /// How large the film is drawn.
    fit: Fit,
    /// What the film is seen beside.
    mode: Mode,
    compared: Compared,
    /// Whether the areas are drawn that every screen shows.
    has_safe_areas: bool,
    /// The source's picture, and which frame it is.
    sought: source::Sought,
}

/// Draws both viewers.
pub(in crate::ui) fn viewers_ui(ui: &mut Ui, room: &mut Room) {
    let whole = ui.available_rect_before_wrap();
    let (left, right) = whole.split_left_right_at_fraction(0.5);
    for (place, is_program) in [(left, false), (right, true)] {
        let place = place.shrink2(vec2(3.0, 2.0));
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            ui.set_clip_rect(place);
            if is_program { program_ui(ui, room) } else { source::source_ui(ui, room) }
        });
    }
}

/// The film alone, on the whole screen.
pub(in crate::ui) fn full_screen_ui(ui: &mut Ui, room: &mut Room) {
    CentralPanel::default().frame(Frame::new().fill(eframe::egui::Color32::BLACK)).show(ui, |ui| {
        let place = ui.available_rect_before_wrap();
        film_ui(ui, room, place);
    });
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        room.desk.is_full_screen = false;
    }
}

/// The film, with what plays it.
pub(in crate::ui) fn program_ui(ui: &mut Ui, room: &mut Room) {
    ui.horizontal(|ui| {
        let title = room.desk.film().map(Film::title).unwrap_or_default();
        ui.label(RichText::new(title).color(theme::QUIET));
        overlay::choices_ui(ui, &mut room.viewers);
    });
    let place = picture_place(ui);
    let is_drawn = match room.viewers.mode {
        Mode::Wipe | Mode::Difference => compare::compare_ui(ui, room, place),
        Mode::Film | Mode::Sides => trimming::sides_ui(ui, room, place),
    };
    if !is_drawn {
        film_ui(ui, room, place);
    }
    controls::program_ui(ui, &mut room.desk);
}

/// What is left above the controls.
fn picture_place(ui: &mut Ui) -> Rect {
    let size = vec2(ui.available_width(), (ui.available_height() - controls::HEIGHT).max(40.0));
    ui.allocate_exact_size(size, Sense::hover()).0
}

fn film_ui(ui: &Ui, room: &mut Room, place: Rect) {
    ui.painter().rect_filled(place, 0.0, theme::GROUND);
    let Some(shown) = room.desk.shown() else {
        return nothing_ui(ui, place, "No picture yet");
    };
    let viewers = &mut room.viewers;
    let texture = viewers.program.of(ui.ctx(), &shown.image);
    let drawn = picture_ui(ui, &texture, aspect_of(&shown.image), place, viewers.fit);
    if viewers.has_safe_areas {
        overlay::safe_areas_ui(ui, drawn);
    }
    if shown.is_stand_in {
        overlay::sign_ui(ui, drawn, "stand-in");
    } else if !shown.is_exact && !room.desk.is_playing() {
        overlay::sign_ui(ui, drawn, "nearest frame at hand");
    }
}

fn nothing_ui(ui: &Ui, place: Rect, words: &str) {
    let font = theme::words(theme::BODY);
    ui.painter().text(place.center(), Align2::CENTER_CENTER, words, font, theme::FAINT);
}

fn aspect_of(image: &Arc<Image>) -> f32 {
    image.width as f32 / image.height.max(1) as f32
}
