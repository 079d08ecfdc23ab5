//! Markers on the ruler: a click goes there, a drag moves them, a double click writes them.

use crate::ui::desk::{Desk, Other};
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, CursorIcon, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui,
    WidgetInfo, WidgetType, pos2, vec2,
};
use timeline_format::{Id, Marker};

/// How wide a flag can be taken hold of, and how high.
const HOLD: (f32, f32) = (12.0, 14.0);
/// Markers that lie nearer, in points, are drawn as one.
const CROWDED: f32 = 1.0;
/// How wide the card under the pointer is.
const CARD: f32 = 280.0;

/// Draws the markers on a ruler, and heeds what the pointer does with them.
pub(super) fn markers_ui(ui: &Ui, desk: &mut Desk, rect: Rect) {
    let Some(sequence) = desk.sequence().cloned() else { return };
    let painter = ui.painter_at(rect);
    let spread = desk.markers_of(&sequence);
    let (from, to) = (desk.view.place_at(-HOLD.0), desk.view.place_at(rect.width() + HOLD.0));
    let mut last = f32::NEG_INFINITY;
    for laid in spread.within(from, to) {
        let id = &laid.id;
        let Some(marker) = sequence.markers.get(id) else { continue };
        let x = rect.left() + desk.view.x_of(marker.at.to_f64());
        let width = (marker.length.to_f64() * desk.view.scale()) as f32;
        if x - last < CROWDED {
            continue;
        }
        last = x;
        let place = Rect::from_min_size(pos2(x - HOLD.0 / 2.0, rect.top()), vec2(HOLD.0, HOLD.1));
        let response = ui.interact(
            place.intersect(rect),
            ui.id().with(("marker", id)),
            Sense::click_and_drag(),
        );
        let pointer = response.interact_pointer_pos().filter(|_| response.dragged());
        let moved = pointer.map_or(x, |pointer| boundary(desk, rect, pointer.x).1);
        marker_ui(&painter, marker, (moved, width), rect);
        heed(desk, (*id, marker), rect, response);
    }
}

/// The frame boundary that is nearest to a place on the ruler, and where that lies.
fn boundary(desk: &Desk, rect: Rect, x: f32) -> (i64, f32) {
    let frame = desk.view.boundary_at(x - rect.left()).max(0);
    (frame, rect.left() + desk.view.x_of(frame as f64))
}

fn heed(desk: &mut Desk, (id, marker): (Id, &Marker), rect: Rect, response: Response) {
    response.widget_info(|| {
        let words = format!("Marker {} {}", marker.name, marker.colour);
        WidgetInfo::labeled(WidgetType::Button, true, words.trim())
    });
    if response.clicked() {
        desk.selection.choose_other(Other::Marker(id));
        desk.go(marker.at.floor());
    }
    if response.double_clicked() {
        desk.open_marker(id);
    }
    if response.drag_stopped()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        desk.move_marker(id, boundary(desk, rect, pointer.x).0);
    }
    response.context_menu(|ui| {
        if ui.button("Write ...").clicked() {
            desk.open_marker(id);
            ui.close();
        }
        if ui.button("Remove").clicked() {
            desk.remove_marker(id);
            ui.close();
        }
    });
    let label = desk.label_of(marker.at.floor());
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_ui(|ui| card_ui(ui, marker, &label));
}

fn card_ui(ui: &mut Ui, marker: &Marker, label: &str) {
    ui.set_max_width(CARD);
    if !marker.name.is_empty() {
        ui.strong(&marker.name);
    }
    let length = marker.length.round();
    let lasts = if length > 0 { format!(", {length} frames") } else { String::new() };
    let colour = if marker.colour.is_empty() { "" } else { ", " };
    ui.label(format!("{label}{lasts}{colour}{}", marker.colour));
    if !marker.note.is_empty() {
        ui.label(&marker.note);
    }
}

fn marker_ui(painter: &Painter, marker: &Marker, (x, width): (f32, f32), rect: Rect) {
    let colour = theme::marker_colour(&marker.colour);
    if width > 2.0 {
        let span = Rect::from_min_size(pos2(x, rect.top()), vec2(width, 3.0));
        painter.rect_filled(span, 0.0, colour);
    }
    painter.add(flag(pos2(x, rect.top() + 1.0), colour));
    let note = if marker.note.is_empty() { "" } else { " ..." };
    if !marker.name.is_empty() || !note.is_empty() {
        let place = pos2(x + 7.0, rect.top());
        let font = theme::words(theme::SMALL);
        let words = format!("{}{note}", marker.name);
        painter.text(place, Align2::LEFT_TOP, words, font, colour);
    }
}

/// A flag whose point stands at a place.
pub(super) fn flag(at: Pos2, colour: Color32) -> Shape {
    let points =
        [vec2(-4.5, 0.0), vec2(4.5, 0.0), vec2(4.5, 5.0), vec2(0.0, 10.0), vec2(-4.5, 5.0)];
    Shape::convex_polygon(points.map(|by| at + by).to_vec(), colour, Stroke::NONE)
}
