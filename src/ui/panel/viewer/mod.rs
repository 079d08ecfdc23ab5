//! The viewers: the source on the left, the film on the right, what plays them below.

mod brush;
mod compare;
mod controls;
mod overlay;
mod path;
mod picture;
mod proof;
mod repairs;
mod shapes;
mod source;
mod sure;
mod trimming;

pub(in crate::ui::panel) use compare::difference;

use super::named::named;
use crate::signal::Image;
use crate::ui::app::Room;
use crate::ui::desk::{Film, Mode, Viewer};
use crate::ui::texture::Texture;
use crate::ui::theme;
use compare::Compared;
use eframe::egui::{
    Align2, CentralPanel, Color32, Frame, Key, Label, Rect, Response, RichText, Sense, Ui,
    UiBuilder, WidgetType, vec2,
};
use egui_phosphor::regular as icon;
use picture::{fitted, full_size, picture_ui};
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// How wide what is chosen of a viewer is, beside its title.
const CHOICES: f32 = 280.0;

/// What the viewers keep between their drawings.
#[derive(Debug, Default)]
pub(in crate::ui) struct Viewers {
    program: Texture,
    source: Texture,
    /// The source, as the film is compared with it.
    other: Texture,
    sides: [Texture; 2],
    compared: Compared,
    /// The source's picture, and which frame it is.
    sought: source::Sought,
}

/// Draws both viewers.
pub(in crate::ui) fn viewers_ui(ui: &mut Ui, room: &mut Room) {
    let whole = ui.available_rect_before_wrap();
    let (left, right) = whole.split_left_right_at_fraction(0.5);
    for (place, viewer) in [(left, Viewer::Source), (right, Viewer::Program)] {
        let place = place.shrink2(vec2(3.0, 2.0));
        take_keys(ui, room, place, viewer);
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            ui.set_clip_rect(place);
            match viewer {
                Viewer::Source => source::source_ui(ui, room),
                Viewer::Program => program_ui(ui, room),
            }
        });
    }
}

/// The source viewer by itself.
pub(in crate::ui) fn source_alone_ui(ui: &mut Ui, room: &mut Room) {
    take_keys(ui, room, ui.available_rect_before_wrap(), Viewer::Source);
    source::source_ui(ui, room);
}

/// The film's viewer by itself.
pub(in crate::ui) fn program_alone_ui(ui: &mut Ui, room: &mut Room) {
    take_keys(ui, room, ui.available_rect_before_wrap(), Viewer::Program);
    program_ui(ui, room);
}

/// A press anywhere in a viewer gives it the keys.
fn take_keys(ui: &Ui, room: &mut Room, place: Rect, viewer: Viewer) {
    if ui.input(|input| input.pointer.any_pressed()) && ui.rect_contains_pointer(place) {
        room.desk.focus_on(viewer);
    }
}

/// The film alone, on the whole screen.
pub(in crate::ui) fn full_screen_ui(ui: &mut Ui, room: &mut Room) {
    CentralPanel::default().frame(Frame::new().fill(Color32::BLACK)).show(ui, |ui| {
        let place = ui.available_rect_before_wrap();
        let response = ui.allocate_rect(place, Sense::hover());
        drop(named(response, WidgetType::Image, "The film"));
        let Some((shown, raster)) = room.desk.shown().zip(room.desk.raster()) else { return };
        let texture = room.viewers.program.of(ui.ctx(), &shown.image);
        picture_ui(ui, &texture, fitted(full_size(ui, raster), place), place);
    });
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        room.desk.is_full_screen = false;
    }
}

/// The film, with what plays it.
pub(in crate::ui) fn program_ui(ui: &mut Ui, room: &mut Room) {
    ui.horizontal(|ui| {
        let title = room.desk.film().map(Film::title).unwrap_or_default();
        let name = format!("Film: {title}");
        title_ui(ui, (&name, &title), !room.desk.acts_on_source());
        overlay::choices_ui(ui, &mut room.desk);
    });
    let (place, response) = picture_place(ui, "Program viewer", 0.0);
    ui.painter().rect_filled(place, 0.0, theme::GROUND);
    if !trimming::sides_ui(ui, room, place) {
        match room.desk.viewing.mode {
            Mode::Film | Mode::Cut | Mode::Before => film_ui(ui, room, place, &response),
            Mode::BeforeWipe | Mode::Proof => proof::proof_ui(ui, room, place, &response),
            _ => compare::compare_ui(ui, room, place, &response),
        }
    }
    controls::program_ui(ui, &mut room.desk);
}

/// What a viewer shows, and a sign where it has the keys.
fn title_ui(ui: &mut Ui, (name, words): (&str, &str), has_keys: bool) {
    let colour = if has_keys { theme::TEXT } else { theme::QUIET };
    if has_keys {
        let sign = ui.label(RichText::new(icon::KEYBOARD).color(colour));
        sign.on_hover_text("The keys of playing and marking act here");
    }
    let room = (ui.available_width() - CHOICES).max(60.0);
    ui.scope(|ui| {
        ui.set_max_width(room);
        let title = ui.add(Label::new(RichText::new(words).color(colour)).truncate());
        drop(named(title, WidgetType::Label, name));
    });
}

/// What is left above the controls and `below` more.
fn picture_place(ui: &mut Ui, name: &str, below: f32) -> (Rect, Response) {
    let height = ui.available_height() - controls::HEIGHT - below;
    let size = vec2(ui.available_width(), height.max(40.0));
    let (place, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    (place, named(response, WidgetType::Image, name))
}

fn film_ui(ui: &Ui, room: &mut Room, place: Rect, response: &Response) {
    let Some((shown, raster)) = room.desk.shown().zip(room.desk.raster()) else {
        return nothing_ui(ui, place, "No picture yet");
    };
    let full = full_size(ui, raster);
    let has_brush = brush::is_in_hand(&room.desk);
    let sight = room.desk.viewing.sight(Viewer::Program);
    if has_brush {
        picture::heed_beside(ui, response, sight, (place, full));
    } else {
        picture::heed(ui, response, sight, (place, full));
    }
    let drawn = sight.lay(place, full);
    let texture = room.viewers.program.of(ui.ctx(), &shown.image);
    picture_ui(ui, &texture, drawn, place);
    overlay::overlays_ui(ui, &room.desk, drawn, place);
    if has_brush {
        brush::brush_ui(ui, &mut room.desk, (drawn, place), response);
    } else {
        shapes::shapes_ui(ui, &mut room.desk, (drawn, place));
    }
    repairs::repairs_ui(ui, &mut room.desk, (drawn, place));
    sure::sure_ui(ui, &room.desk, place);
    if room.desk.shows_before() {
        overlay::sign_ui(ui, drawn.intersect(place), "before repairs");
    }
    if shown.is_stand_in {
        overlay::sign_ui(ui, drawn.intersect(place), "stand-in");
    } else if !shown.is_exact && !room.desk.is_playing() {
        overlay::sign_ui(ui, drawn.intersect(place), "nearest frame at hand");
    }
}

fn nothing_ui(ui: &Ui, place: Rect, words: &str) {
    let font = theme::words(theme::BODY);
    ui.painter().text(place.center(), Align2::CENTER_CENTER, words, font, theme::FAINT);
}

/// The size of a picture that says nothing of how large it is to be seen.
fn size_of(image: &Arc<Image>) -> Raster {
    Raster { width: image.width.max(1), height: image.height.max(1) }
}
