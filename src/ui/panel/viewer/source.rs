//! The source viewer: a media or a shot before it is laid: played, marked, and laid from here.

use super::controls::{command_ui, moment_ui};
use super::picture::{self, full_size, picture_ui};
use super::{nothing_ui, overlay, picture_place, title_ui};
use crate::signal::Image;
use crate::ui::app::Room;
use crate::ui::desk::{Desk, Viewed, Viewer};
use crate::ui::panel::browser::outline_ui;
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{Rect, Response, RichText, Sense, Stroke, Ui, WidgetType, vec2};
use egui_phosphor::regular as icon;
use std::sync::Arc;
use timeline_format::Source;

/// How high the bar along the source is.
const BAR: f32 = 12.0;

/// The picture that was found last, and of what.
#[derive(Debug, Default)]
pub(super) struct Sought {
    found: Option<(Source, Arc<Image>)>,
}

/// Draws the source viewer.
pub(super) fn source_ui(ui: &mut Ui, room: &mut Room) {
    let viewed = room.desk.source.clone();
    let name = viewed.as_ref().map(|viewed| room.desk.name_of(&viewed.source));
    ui.horizontal(|ui| {
        let words = name.as_deref().unwrap_or("Source");
        let name = format!("Source: {words}");
        title_ui(ui, (&name, words), room.desk.acts_on_source());
        if viewed.is_some() {
            overlay::size_ui(ui, &mut room.desk, Viewer::Source);
        }
    });
    let (place, response) = picture_place(ui, "Source viewer", BAR + 4.0);
    ui.painter().rect_filled(place, 0.0, theme::GROUND);
    let Some(viewed) = viewed else {
        return nothing_ui(ui, place, "Choose a shot or a media in the browser");
    };
    if room.desk.is_sound_alone(&viewed.source) {
        sound_ui(ui, &room.desk, &viewed, place);
    } else {
        frame_ui(ui, room, &viewed, place, &response);
    }
    bar_ui(ui, &mut room.desk, &viewed);
    controls_ui(ui, &mut room.desk, &viewed);
}

fn frame_ui(ui: &Ui, room: &mut Room, viewed: &Viewed, place: Rect, response: &Response) {
    let desk = &mut room.desk;
    let Some(raster) = desk.raster_of_source(&viewed.source) else { return };
    let full = full_size(ui, raster);
    let sight = desk.viewing.sight(Viewer::Source);
    picture::heed(ui, response, sight, (place, full));
    let (drawn, size) = (sight.lay(place, full), picture::wanted(ui, sight, place, raster));
    let found = desk.source_picture(size);
    let sought = &mut room.viewers.sought;
    let is_it = found.as_ref().is_some_and(|(_, is_it)| *is_it);
    if let Some((image, _)) = found {
        sought.found = Some((viewed.source.clone(), image));
    }
    let known = sought.found.as_ref().filter(|(source, _)| *source == viewed.source);
    let Some((_, image)) = known else {
        return nothing_ui(ui, place, "...");
    };
    let texture = room.viewers.source.of(ui.ctx(), image);
    picture_ui(ui, &texture, drawn, place);
    if !is_it {
        overlay::sign_ui(ui, drawn.intersect(place), "...");
    }
}

/// Sound alone is seen as its outline, and where one is in it.
fn sound_ui(ui: &Ui, desk: &Desk, viewed: &Viewed, place: Rect) {
    let painter = ui.painter_at(place);
    let peaks = desk.media_behind(&viewed.source).and_then(|(media, _)| desk.peaks(media));
    if let Some(peaks) = peaks {
        outline_ui(&painter, place, &peaks);
        let part = viewed.frame as f32 / peaks.length().max(1) as f32;
        let x = place.left() + place.width() * part;
        painter.vline(x, place.y_range(), Stroke::new(1.5, theme::ACCENT));
    }
}

/// A bar as long as the source: a drag goes along it and is heard, marks are drawn on it.
fn bar_ui(ui: &mut Ui, desk: &mut Desk, viewed: &Viewed) {
    let size = vec2(ui.available_width(), BAR);
    let (place, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let response = named(response, WidgetType::Slider, "Source playhead");
    let length = desk.viewed_length(&viewed.source);
    let x = |frame: i64| place.left() + place.width() * (frame as f32 / length as f32);
    let painter = ui.painter_at(place);
    painter.rect_filled(place, theme::CORNER, theme::RAISED);
    let (from, to) = (viewed.mark_in.unwrap_or(0), viewed.mark_out.unwrap_or(length));
    if viewed.mark_in.is_some() || viewed.mark_out.is_some() {
        let span = Rect::from_x_y_ranges(x(from)..=x(to), place.y_range());
        painter.rect_filled(span, theme::CORNER, theme::MARKED.gamma_multiply(0.6));
    }
    painter.vline(x(viewed.frame), place.y_range(), Stroke::new(1.5, theme::ACCENT));
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| length > 1) {
        let part = ((pointer.x - place.left()) / place.width()).clamp(0.0, 1.0);
        let frame = ((f64::from(part) * length as f64) as i64).min(length - 1);
        if response.dragged() {
            desk.scrub_source(frame);
        } else if response.clicked() {
            desk.go_in_source(frame);
        }
    }
    if response.drag_stopped() {
        desk.end_source_scrub();
    }
}

fn controls_ui(ui: &mut Ui, desk: &mut Desk, viewed: &Viewed) {
    let is_playing = desk.is_source_playing();
    let play = if is_playing { icon::PAUSE } else { icon::PLAY };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        moment_ui(ui, &desk.source_label(viewed.frame));
        for (sign, id, is_on) in [
            (icon::ARROW_LINE_LEFT, "mark-source-in", false),
            (icon::ARROW_LINE_RIGHT, "mark-source-out", false),
            (icon::X, "clear-source-marks", false),
            (icon::CARET_LEFT, "source-back", false),
            (play, "play-source", is_playing),
            (icon::CARET_RIGHT, "source-forward", false),
            (icon::ARROW_LINE_DOWN, "insert", false),
            (icon::ARROW_SQUARE_DOWN, "overwrite", false),
            (icon::ARROW_LINE_UP, "append", false),
        ] {
            command_ui(ui, desk, sign, id, is_on);
        }
        if let Some(count) = desk.marked_in_source() {
            ui.label(RichText::new(format!("{count} marked")).color(theme::MARKED));
        }
    });
}
