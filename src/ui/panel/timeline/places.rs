//! The places of the film under the ruler: where each is heard, and how it crosses to the next.
//!
//! A click shows a place; a drag of a crossing leads or lags the cut.

use crate::sound::places::{Edge, Span};
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, CursorIcon, Painter, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType,
    pos2,
};
use timeline_format::{Crossing, Frames, Id, Ratio};

/// How high the lane is; nothing, where the film is in no place.
pub(super) fn height(desk: &Desk) -> f32 {
    if desk.stays().is_empty() { 0.0 } else { theme::ROW - 4.0 }
}

/// The colours of places, one after the other.
const COLOURS: [Color32; 6] = [
    Color32::from_rgb(52, 92, 84),
    Color32::from_rgb(92, 74, 56),
    Color32::from_rgb(64, 74, 104),
    Color32::from_rgb(92, 62, 80),
    Color32::from_rgb(76, 88, 52),
    Color32::from_rgb(84, 84, 92),
];

/// Draws the lane, and heeds what the pointer does there.
pub(super) fn places_ui(ui: &Ui, desk: &mut Desk, lane: Rect) {
    let painter = ui.painter_at(lane);
    painter.rect_filled(lane, 0.0, theme::GROUND);
    let stays = desk.stays();
    let names = desk.places();
    let (from, to) = (desk.view.place_at(0.0), desk.view.place_at(lane.width()));
    for (number, stay) in stays.iter().enumerate() {
        let is_seen = stay.tail.end.to_f64() >= from && stay.head.start.to_f64() <= to;
        let Some(place) = names.iter().position(|(id, _)| *id == stay.place) else { continue };
        if is_seen {
            stay_ui(ui, desk, &painter, (number, stay), (place, &names[place].1), lane);
        }
    }
    painter.hline(lane.x_range(), lane.bottom(), Stroke::new(1.0, theme::LINE));
}

fn x_of(desk: &Desk, lane: Rect, at: Frames) -> f32 {
    lane.left() + desk.view.x_of(at.to_f64())
}

fn stay_ui(
    ui: &Ui,
    desk: &mut Desk,
    painter: &Painter,
    (number, stay): (usize, &Span),
    (place, name): (usize, &str),
    lane: Rect,
) {
    let x = |desk: &Desk, at| x_of(desk, lane, at);
    let corners = [stay.head.start, stay.head.end, stay.tail.start, stay.tail.end];
    let [start, full, falls, end] = corners.map(|at| x(desk, at));
    let (top, bottom) = (lane.top() + 1.0, lane.bottom() - 1.0);
    let points =
        vec![pos2(start, bottom), pos2(full, top), pos2(falls.max(full), top), pos2(end, bottom)];
    let is_shown = desk.chosen_place.or_else(|| desk.place_here()) == Some(stay.place);
    let edge = if is_shown { theme::ACCENT } else { theme::LINE };
    let colour = COLOURS[place % COLOURS.len()];
    painter.add(Shape::convex_polygon(points, colour, Stroke::new(1.0, edge)));
    let text = pos2(full.max(lane.left()) + 5.0, lane.center().y);
    let within = Rect::from_x_y_ranges(start..=falls.max(full), lane.y_range()).intersect(lane);
    let font = theme::words(theme::SMALL);
    ui.painter_at(within).text(text, Align2::LEFT_CENTER, name, font, theme::TEXT);
    let body = Rect::from_x_y_ranges(full..=falls.max(full), lane.y_range()).intersect(lane);
    body_ui(ui, desk, (number, stay), name, body);
    if stay.head.length() > Frames::ZERO {
        let hold = Rect::from_x_y_ranges(start..=full, lane.y_range()).intersect(lane);
        crossing_ui(ui, desk, (number, stay), name, (hold, lane));
    }
}

fn body_ui(ui: &Ui, desk: &mut Desk, (number, stay): (usize, &Span), name: &str, body: Rect) {
    let response = ui.interact(body, ui.id().with(("stay", number)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Place {name}")));
    if response.clicked() {
        desk.chosen_place = Some(stay.place);
    }
    let words = format!("{name}: {} to {}", desk.label_of(stay.from), desk.label_of(stay.to));
    response.on_hover_text(words);
}

/// The crossing at a head: dragged, it leads or lags the cut.
fn crossing_ui(
    ui: &Ui,
    desk: &mut Desk,
    (number, stay): (usize, &Span),
    name: &str,
    (hold, lane): (Rect, Rect),
) {
    let response = ui.interact(hold, ui.id().with(("crossing", number)), Sense::click_and_drag());
    response.widget_info(|| {
        WidgetInfo::labeled(WidgetType::Slider, true, format!("Crossing to {name}"))
    });
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        let middle = desk.view.boundary_at(pointer.x - lane.left());
        lead(desk, stay.place, stay.from - middle);
    }
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    response.on_hover_text(told(stay.from, &stay.head, name));
}

fn lead(desk: &mut Desk, place: Id, frames: i64) {
    let Some(location) = desk.location(place) else { return };
    let lead = Frames::whole(frames);
    if location.crossing.lead != lead {
        desk.turn_crossing(place, Crossing { lead, ..location.crossing });
    }
}

/// What a crossing does, in words.
fn told(cut: i64, edge: &Edge, name: &str) -> String {
    let middle = edge.start.plus(edge.end).and_then(|sum| sum.over(Ratio::whole(2)));
    let ahead = middle.and_then(|middle| Frames::whole(cut).minus(middle)).map_or(0, Frames::round);
    let length = edge.length().round();
    match ahead {
        0 => format!("{name} comes in over {length} frames, about the cut"),
        1.. => format!("{name} comes in over {length} frames, {ahead} ahead of the cut"),
        _ => format!("{name} comes in over {length} frames, {} behind the cut", -ahead),
    }
}
