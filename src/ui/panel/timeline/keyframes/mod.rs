//! Keyframes: diamonds along the lower edge of a chosen clip, and under its track a lane for each value that
//! moves, with the curve, its keys, and what a hand does to them.

mod curve;
mod extent;
mod hand;
mod lane;
mod menu;

pub(super) use hand::Hand;

use super::rows::Rows;
use crate::edit;
use crate::ui::app::Room;
use crate::ui::desk::{Desk, Known, Opened};
use crate::ui::panel::field::sign_ui;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, UiBuilder, pos2, vec2,
};
use egui_phosphor::regular as icon;
use timeline_format::Id;
use timeline_format::parameter::Follow;

/// How high a lane is.
pub(super) const HEIGHT: f32 = 44.0;

/// Draws the keyframes of a clip that lies at `place`.
pub(super) fn keyframes_ui(painter: &Painter, desk: &Desk, clip: Id, (place, lanes): (Rect, Rect)) {
    for known in desk.moving_values(clip) {
        let param = desk.given(&known.value);
        let follow = edit::follow_of(param, Follow::Clip);
        let Some(ruler) = desk.ruler(&known.value, follow) else { continue };
        for key in edit::keys_of(param) {
            let Some(frame) = ruler.frame_of(key.at) else { continue };
            let x = lanes.left() + desk.view.x_of(frame.to_f64());
            if place.x_range().contains(x) {
                painter.add(diamond(pos2(x, place.bottom() - 6.0), 4.0, theme::ACCENT));
            }
        }
    }
}

/// Draws the open lanes, and heeds what a hand does there.
pub(super) fn lanes_ui(
    ui: &mut Ui,
    room: &mut Room,
    opened: &Opened,
    rows: &Rows,
    (lanes, headers): (Rect, Rect),
) {
    let Some(area) = rows.keys() else { return };
    let desk = &mut room.desk;
    let mut drawn = Vec::new();
    for (number, known) in opened.values.iter().enumerate() {
        let top = area.top() + number as f32 * HEIGHT;
        let across = |all: Rect| Rect::from_x_y_ranges(all.x_range(), top..=top + HEIGHT - 1.0);
        let place = across(lanes);
        if !place.intersects(lanes) {
            continue;
        }
        header_ui(ui, desk, known, (across(headers), headers));
        drawn.extend(lane::Lane::of(desk, known, place));
    }
    let ground = area.intersect(lanes);
    if !ground.is_positive() {
        return;
    }
    hand::ground_ui(ui, desk, &mut room.timeline.keys, &drawn, ground);
    let painter = ui.painter_at(ground);
    painter.rect_filled(ground, 0.0, theme::GROUND);
    for lane in &drawn {
        lane.draw(&painter, desk);
    }
    for lane in &drawn {
        hand::keys_ui(ui, desk, &mut room.timeline.keys, lane, ground);
    }
    hand::follow(ui, desk, &mut room.timeline.keys, &drawn, lanes);
    if let Some(hand) = &room.timeline.keys {
        hand.draw(&painter, ui.input(|input| input.pointer.latest_pos()));
    }
}

/// The name of a lane, what it is at the playhead, and what sets a key there.
fn header_ui(ui: &mut Ui, desk: &mut Desk, known: &Known, (place, all): (Rect, Rect)) {
    let seen = place.intersect(all);
    if !seen.is_positive() {
        return;
    }
    ui.painter_at(seen).rect_filled(place, 0.0, theme::PANEL);
    let builder = UiBuilder::new().max_rect(place.shrink2(vec2(9.0, 2.0))).id_salt(&known.label);
    let mut inner = ui.new_child(builder);
    inner.set_clip_rect(seen);
    let of = std::slice::from_ref(&known.value);
    let Some(reading) = desk.read(known.parameter, of) else { return };
    let painter = inner.painter().clone();
    let font = theme::words(theme::SMALL);
    let at = place.left_top() + vec2(9.0, 3.0);
    painter.text(at, Align2::LEFT_TOP, &known.label, font.clone(), theme::TEXT);
    let words = extent::words_of(known.parameter, &reading.value);
    let at = place.left_bottom() + vec2(9.0, -4.0);
    painter.text(at, Align2::LEFT_BOTTOM, words, font, theme::QUIET);
    let sign = Rect::from_min_size(place.right_top() + vec2(-22.0, 2.0), vec2(16.0, theme::ROW));
    let mut inner = inner.new_child(UiBuilder::new().max_rect(sign));
    let is_here = reading.keys.is_some_and(|keys| keys.here.is_some());
    let words = if is_here { "Remove key in lane" } else { "Set key in lane" };
    let words = format!("{words} of {}", known.label);
    if sign_ui(&mut inner, icon::DIAMOND, is_here, &words).clicked() {
        desk.toggle_key(&known.label, known.parameter, of);
    }
}

/// The sign of a keyframe.
pub(super) fn diamond(at: Pos2, size: f32, colour: Color32) -> Shape {
    let corners = [vec2(0.0, -size), vec2(size, 0.0), vec2(0.0, size), vec2(-size, 0.0)];
    let points = corners.map(|corner| at + corner).to_vec();
    Shape::convex_polygon(points, colour, Stroke::new(1.0, theme::GROUND))
}
