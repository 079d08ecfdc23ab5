//! The source viewer: a media or a shot before it is laid, with marks of its own.

use super::controls::{HEIGHT, command_ui, moment_ui};
use super::picture::{Fit, picture_ui};
use super::{aspect_of, nothing_ui};
use crate::signal::Image;
use crate::ui::app::Room;
use crate::ui::desk::{Desk, Viewed};
use crate::ui::theme;
use eframe::egui::{Button, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};
use egui_phosphor::regular as icon;
use std::sync::Arc;
use timeline_format::Source;

/// The picture that was found last, and of what.
#[derive(Debug, Default)]
pub(super) struct Sought {
    found: Option<(Source, i64, Arc<Image>)>,
}

/// Draws the source viewer.
pub(super) fn source_ui(ui: &mut Ui, room: &mut Room) {
    let viewed = room.desk.source.clone();
    let name = viewed.as_ref().map(|viewed| room.desk.name_of(&viewed.source));
    ui.horizontal(|ui| {
        let words = name.unwrap_or_else(|| "Source".to_owned());
        ui.label(RichText::new(words).color(theme::QUIET));
    });
    let size = vec2(ui.available_width(), (ui.available_height() - HEIGHT - 14.0).max(40.0));
    let place = ui.allocate_exact_size(size, Sense::hover()).0;
    ui.painter().rect_filled(place, 0.0, theme::GROUND);
    let Some(viewed) = viewed else {
        return nothing_ui(ui, place, "Choose a shot or a media in the browser");
    };
    picture(ui, room, &viewed, place);
    bar_ui(ui, &mut room.desk, &viewed);
    controls_ui(ui, &mut room.desk, &viewed);
}

fn picture(ui: &Ui, room: &mut Room, viewed: &Viewed, place: Rect) {
    let scale = ui.pixels_per_point();
    let size = ((place.width() * scale) as u32, (place.height() * scale) as u32);
    let found = room.desk.picture_of(&viewed.source, viewed.frame, size);
    let sought = &mut room.viewers.sought;
    if let Some(image) = found {
        sought.found = Some((viewed.source.clone(), viewed.frame, image));
    }
    let known = sought.found.as_ref().filter(|(source, ..)| *source == viewed.source);
    let Some((_, frame, image)) = known else {
        return nothing_ui(ui, place, "...");
    };
    let (is_it, image) = (*frame == viewed.frame, Arc::clone(image));
    let texture = room.viewers.source.of(ui.ctx(), &image);
    let drawn = picture_ui(ui, &texture, aspect_of(&image), place, Fit::Whole);
    if !is_it {
        super::overlay::sign_ui(ui, drawn, "...");
    }
}

/// A bar as long as the source: a drag goes along it, marks are drawn on it.
fn bar_ui(ui: &mut Ui, desk: &mut Desk, viewed: &Viewed) {
    let size = vec2(ui.available_width(), 12.0);
    let (place, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let length = desk.source_length(&viewed.source).unwrap_or(1).max(1);
    let x = |frame: i64| place.left() + place.width() * (frame as f32 / length as f32);
    let painter = ui.painter_at(place);
    painter.rect_filled(place, theme::CORNER, theme::RAISED);
    let (from, to) = (viewed.mark_in.unwrap_or(0), viewed.mark_out.unwrap_or(length));
    if viewed.mark_in.is_some() || viewed.mark_out.is_some() {
        let span = Rect::from_min_max(pos2(x(from), place.top()), pos2(x(to), place.bottom()));
        painter.rect_filled(span, theme::CORNER, theme::MARKED.gamma_multiply(0.6));
    }
    painter.vline(x(viewed.frame), place.y_range(), Stroke::new(1.5, theme::ACCENT));
    if let Some(pointer) = response.interact_pointer_pos() {
        let part = ((pointer.x - place.left()) / place.width()).clamp(0.0, 1.0);
        go(desk, ((part * length as f32) as i64).min(length - 1));
    }
    response.widget_info(|| {
        eframe::egui::WidgetInfo::labeled(eframe::egui::WidgetType::Slider, true, "Source playhead")
    });
}

fn go(desk: &mut Desk, frame: i64) {
    if let Some(viewed) = &mut desk.source {
        viewed.frame = frame.max(0);
    }
}

fn controls_ui(ui: &mut Ui, desk: &mut Desk, viewed: &Viewed) {
    let last = desk.source_length(&viewed.source).map_or(0, |length| length - 1);
    ui.horizontal(|ui| {
        moment_ui(ui, &format!("{}", viewed.frame));
        let mut mark = |ui: &mut Ui, sign: &str, help: &str, act: &dyn Fn(&mut Viewed)| {
            let button = Button::new(RichText::new(sign).size(15.0)).min_size(vec2(24.0, 22.0));
            let response = ui.add(button);
            response.widget_info(|| {
                let kind = eframe::egui::WidgetType::Button;
                eframe::egui::WidgetInfo::labeled(kind, true, help)
            });
            if response.on_hover_text(help).clicked()
                && let Some(viewed) = &mut desk.source
            {
                act(viewed);
            }
        };
        mark(ui, icon::ARROW_LINE_LEFT, "Mark source in", &|viewed| {
            viewed.mark_in = Some(viewed.frame);
        });
        mark(ui, icon::ARROW_LINE_RIGHT, "Mark source out", &|viewed| {
            viewed.mark_out = Some(viewed.frame + 1);
        });
        mark(ui, icon::X, "Clear source marks", &|viewed| {
            (viewed.mark_in, viewed.mark_out) = (None, None);
        });
        mark(ui, icon::CARET_LEFT, "Source one frame back", &|viewed| {
            viewed.frame = (viewed.frame - 1).max(0);
        });
        mark(ui, icon::CARET_RIGHT, "Source one frame forward", &|viewed| {
            viewed.frame = (viewed.frame + 1).min(last.max(0));
        });
        command_ui(ui, desk, icon::ARROW_LINE_DOWN, "insert", false);
        command_ui(ui, desk, icon::ARROW_SQUARE_DOWN, "overwrite", false);
        command_ui(ui, desk, icon::ARROW_LINE_UP, "append", false);
    });
}
