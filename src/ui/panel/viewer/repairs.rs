//! The repairs that were laid by hand, over the film: each has a spot that takes it in hand; the one in hand has a handle
//! where it is laid and one where it comes from. The region of the fault in hand is drawn too.

use super::brush::{cross, ground, round};
use super::shapes::{Ground, handle_ui, outline};
use crate::picture::masks;
use crate::signal::Parameter;
use crate::ui::desk::{Desk, Holding};
use crate::ui::page::Page;
use crate::ui::theme;
use eframe::egui::{Color32, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, vec2};
use timeline_format::Value;

/// Draws them and heeds what is done to them.
pub(super) fn repairs_ui(ui: &Ui, desk: &mut Desk, drawn: (Rect, Rect)) {
    if desk.is_playing() || !matches!(desk.page, Page::Correct | Page::Composite) {
        return;
    }
    let Some(clip) = desk.repaired_clip() else { return };
    let Some(ground) = ground(desk, clip, drawn) else { return };
    region_ui(ui, desk, &ground);
    let held = desk.repair_in_hand();
    if let Some(held) = &held {
        held_ui(ui, desk, &ground, held);
    }
    if desk.brush.repair.is_some() || desk.mask_in_hand().is_some() {
        return;
    }
    for one in desk.repairs_of(clip) {
        if held.as_ref().is_none_or(|held| held.of != one.of) {
            spot_ui(ui, desk, &ground, &one);
        }
    }
}

/// A repair that is not in hand: pressed, it is.
fn spot_ui(ui: &Ui, desk: &mut Desk, ground: &Ground<'_>, one: &Holding) {
    let at = ground.at(one.target);
    let name = format!("{} {}", one.repair.label(), one.of.effect);
    let place = Rect::from_center_size(at, vec2(14.0, 14.0));
    let response = ui.interact(place, ui.id().with(("repair", one.of.effect)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
    let painter = ui.painter_at(ground.place);
    painter.circle_filled(at, 5.0, Color32::from_black_alpha(150));
    let colour = if response.hovered() { theme::ACCENT } else { theme::TEXT };
    painter.circle_stroke(at, 4.0, Stroke::new(1.5, colour));
    if response.on_hover_text(name).clicked() {
        desk.hold_repair(Some(one.of));
    }
}

fn held_ui(ui: &Ui, desk: &mut Desk, ground: &Ground<'_>, held: &Holding) {
    let painter = ui.painter_at(ground.place);
    let label = held.repair.label().to_lowercase();
    if let Some(radius) = radius_of(desk, held) {
        let aspect = desk.aspect_of(held.of.clip);
        outline(&painter, round(ground, held.target, radius, aspect));
        if let Some(source) = held.source() {
            outline(&painter, round(ground, source, radius, aspect));
        }
    }
    let is_placed = held.mask.is_none() || has_centre(desk, held);
    if let Some(source) = held.source() {
        let ends = [ground.at(held.target), ground.at(source)];
        painter.line_segment(ends, Stroke::new(1.0, theme::QUIET));
        cross(&painter, ground.at(source));
        let handle = (ground.at(source), format!("Source of {label}"));
        if let (Some(to), _) = handle_ui(ui, ground, (handle.0, &handle.1), true) {
            desk.move_source(held, to);
        }
    }
    if is_placed {
        let handle = (ground.at(held.target), format!("Target of {label}"));
        if let (Some(to), _) = handle_ui(ui, ground, (handle.0, &handle.1), false) {
            desk.move_target(held, to);
        }
    }
}

fn has_centre(desk: &Desk, held: &Holding) -> bool {
    parameter(desk, held, "centre").is_some()
}

fn parameter(desk: &Desk, held: &Holding, id: &str) -> Option<&'static Parameter> {
    let shape = masks::named(&desk.mask(held.mask?)?.kind)?;
    shape.parameters.iter().find(|it| it.id == id)
}

/// How large what is laid is about its middle, in parts of the picture's height.
fn radius_of(desk: &Desk, held: &Holding) -> Option<f64> {
    let of = held.mask?;
    let number = |id: &str| desk.mask_value(of, parameter(desk, held, id)?);
    match (number("size")?, number("width")) {
        (Value::Vector(size), None) => Some(0.5 * size.get(1)?),
        (Value::Vector(size), Some(Value::Number(width))) => {
            Some(0.5 * width * size.get(1)? / 1080.0)
        }
        _ => None,
    }
}

/// The region of the fault in hand.
fn region_ui(ui: &Ui, desk: &Desk, ground: &Ground<'_>) {
    let region = desk.brush.region.filter(|(clip, _)| *clip == ground.of.clip);
    let Some((_, [left, top, right, bottom])) = region else { return };
    let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
    let line: Vec<_> = corners.into_iter().map(|corner| ground.at(corner)).collect();
    let painter = ui.painter_at(ground.place);
    painter.extend(eframe::egui::Shape::dashed_line(
        &line,
        Stroke::new(1.5, theme::WARNING),
        6.0,
        4.0,
    ));
    let name =
        ui.interact(Rect::from_points(&line), ui.id().with("region of fault"), Sense::hover());
    name.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Region of the fault"));
}
