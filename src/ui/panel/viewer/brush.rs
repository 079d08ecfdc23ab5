//! The brush over the film: a drag lays a stroke or a circle when it is let go, one with `Alt` chooses where it comes
//! from; `Escape` gives up what is drawn.

use super::shapes::{Ground, outline};
use crate::picture::masks;
use crate::ui::desk::{Begun, Desk, Drawn, MaskOf, Origin, Repair};
use crate::ui::page::Page;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, CursorIcon, Event, Key, Painter, Pos2, Rect, Response, Shape, Stroke,
    TouchPhase, Ui, epaint::PathShape, pos2,
};
use timeline_format::Id;

/// Points of a stroke, at most.
const MOST: usize = 1000;
/// How far apart points of a stroke are, in its radius.
const APART: f64 = 0.3;
/// The smallest circle, in its brush's radius: less is a click, which lays one as wide as the brush.
const SMALLEST: f64 = 0.25;

/// Whether the pointer over the film is the brush.
pub(super) fn is_in_hand(desk: &Desk) -> bool {
    let is_here = matches!(desk.page, Page::Correct | Page::Composite);
    is_here && desk.brush.repair.is_some() && !desk.is_playing()
}

/// Where the picture of a clip lies on the screen.
pub(super) fn ground(
    desk: &Desk,
    clip: Id,
    (drawn, place): (Rect, Rect),
) -> Option<Ground<'static>> {
    let of = MaskOf { clip, effect: None, mask: clip };
    let (lie, raster, shape) = (desk.lie_of(clip)?, desk.raster()?, masks::named("whole")?);
    Some(Ground { of, lie, drawn, place, raster, shape })
}

/// Heeds the brush, and draws it.
pub(super) fn brush_ui(ui: &Ui, desk: &mut Desk, drawn: (Rect, Rect), response: &Response) {
    let Some(repair) = desk.brush.repair.filter(|_| is_in_hand(desk)) else { return };
    let Some(clip) = desk.repaired_clip() else { return };
    let Some(ground) = ground(desk, clip, drawn) else { return };
    heed(ui, desk, (repair, &ground), response);
    let painter = ui.painter_at(ground.place);
    let pointer = response.hover_pos().or_else(|| response.interact_pointer_pos());
    let under = pointer.and_then(|pointer| ground.back(pointer));
    draw(&painter, desk, (repair, &ground), under);
    if pointer.is_some() {
        ui.set_cursor_icon(CursorIcon::Crosshair);
    }
}

fn heed(ui: &Ui, desk: &mut Desk, (repair, ground): (Repair, &Ground<'_>), response: &Response) {
    let (is_pressed, is_down, is_given_up, has_alt) = ui.input(|input| {
        let pointer = &input.pointer;
        let given_up = input.key_pressed(Key::Escape);
        (pointer.primary_pressed(), pointer.primary_down(), given_up, input.modifiers.alt)
    });
    if is_given_up {
        desk.brush.begun = None;
    }
    let (force, is_lifted) = touched(ui);
    desk.brush.force = force.or(desk.brush.force);
    let pointer = ui.input(|input| input.pointer.interact_pos());
    let place = pointer.and_then(|pointer| ground.back(pointer));
    if is_pressed && response.is_pointer_button_down_on() {
        desk.brush.begun = place.map(|place| begun(desk, (repair, place), has_alt));
    } else if let Some(place) = place
        && let Some(mut now) = desk.brush.begun.take()
    {
        drawn_on(desk, &mut now, (place, desk.aspect_of(ground.of.clip)));
        desk.brush.begun = Some(now);
    }
    if !is_down && let Some(done) = desk.brush.begun.take() {
        finish(desk, repair, done);
    }
    if is_lifted {
        desk.brush.force = None;
    }
}

fn begun(desk: &Desk, (repair, place): (Repair, [f64; 2]), has_alt: bool) -> Begun {
    if has_alt && repair.has_source() {
        return Begun::Source(place);
    }
    Begun::Laying(if desk.brush.lays_circles {
        Drawn::Circle(place, 0.0)
    } else {
        Drawn::Stroke(vec![[place[0], place[1], desk.brush.force.unwrap_or(1.0)]])
    })
}

/// How hard the device says that it is pressed, if it says so, and whether it was lifted.
fn touched(ui: &Ui) -> (Option<f64>, bool) {
    ui.input(|input| {
        let last = |(force, is_lifted): (Option<f64>, bool), event: &Event| match event {
            Event::Touch { force: now, phase, .. } => {
                let now = now.map(|force| f64::from(force).clamp(0.0, 1.0));
                (now.or(force), matches!(phase, TouchPhase::End | TouchPhase::Cancel))
            }
            _ => (force, is_lifted),
        };
        input.events.iter().fold((None, false), last)
    })
}

/// Draws on to a place.
fn drawn_on(desk: &Desk, now: &mut Begun, (place, aspect): ([f64; 2], f64)) {
    let away = |[x, y]: [f64; 2]| ((place[0] - x) * aspect).hypot(place[1] - y);
    match now {
        Begun::Source(source) => *source = place,
        Begun::Laying(Drawn::Circle(middle, radius)) => *radius = away(*middle),
        Begun::Laying(Drawn::Stroke(points)) => {
            let Some([x, y, last]) = points.last().copied() else { return };
            let is_far = away([x, y]) > APART * desk.brush.radius();
            if is_far && points.len() < MOST {
                points.push([place[0], place[1], desk.brush.force.unwrap_or(last)]);
            }
        }
        Begun::Laying(Drawn::Region(_)) => {}
    }
}

fn finish(desk: &mut Desk, repair: Repair, done: Begun) {
    match done {
        Begun::Source(place) => desk.brush.from = Origin::Place(place),
        Begun::Laying(Drawn::Circle(middle, radius)) => {
            let own = desk.brush.radius();
            let radius = if radius < SMALLEST * own { own } else { radius };
            desk.lay_repair(repair, &Drawn::Circle(middle, radius));
        }
        Begun::Laying(drawn) => {
            desk.lay_repair(repair, &drawn);
        }
    }
}

fn draw(
    painter: &Painter,
    desk: &Desk,
    (repair, ground): (Repair, &Ground<'_>),
    under: Option<[f64; 2]>,
) {
    let (brush, aspect) = (&desk.brush, desk.aspect_of(ground.of.clip));
    match &brush.begun {
        Some(Begun::Source(place)) => cross(painter, ground.at(*place)),
        Some(Begun::Laying(Drawn::Stroke(points))) => {
            stroke(painter, desk, (repair, ground), points);
        }
        Some(Begun::Laying(Drawn::Circle(middle, radius))) => {
            outline(painter, round(ground, *middle, *radius, aspect));
        }
        _ => {}
    }
    let Some(under) = under else { return };
    outline(painter, round(ground, under, brush.radius(), aspect));
    if !repair.has_source() || matches!(brush.begun, Some(Begun::Source(_))) {
        return;
    }
    let target = match &brush.begun {
        Some(Begun::Laying(drawn)) => drawn.target(),
        _ => under,
    };
    match brush.from.offset(target) {
        Some(by) => {
            let source = match brush.from {
                Origin::Place(place) if brush.begun.is_none() => place,
                _ => [under[0] + by[0], under[1] + by[1]],
            };
            cross(painter, ground.at(source));
        }
        None if !brush.lays_circles => {
            let at = ground.at(under) + eframe::egui::vec2(0.0, 18.0);
            let font = theme::words(theme::SMALL);
            let words = "Alt-click where it comes from";
            painter.text(at, Align2::CENTER_TOP, words, font, theme::TEXT);
        }
        None => {}
    }
}

/// A circle about a place, whose radius is in parts of the picture's height.
pub(super) fn round(ground: &Ground<'_>, middle: [f64; 2], radius: f64, aspect: f64) -> Vec<Pos2> {
    let place = |step: i32| {
        let (sine, cosine) = (f64::from(step) / 48.0 * std::f64::consts::TAU).sin_cos();
        ground.at([middle[0] + radius * cosine / aspect, middle[1] + radius * sine])
    };
    (0..=48).map(place).collect()
}

/// What is laid when the hand lets go.
fn stroke(
    painter: &Painter,
    desk: &Desk,
    (repair, ground): (Repair, &Ground<'_>),
    points: &[[f64; 3]],
) {
    let [red, green, blue, cover] = desk.brush.colour.map(|it| (it * 255.0).round() as u8);
    let colour = match repair {
        Repair::Paint => Color32::from_rgba_unmultiplied(red, green, blue, cover),
        _ => Color32::from_white_alpha(70),
    };
    let at = |[x, y, _]: &[f64; 3]| ground.at([*x, *y]);
    let one = ground.at([0.5, 0.5 + desk.brush.radius()]) - ground.at([0.5, 0.5]);
    let wide = |pressure: f64| (one.length() * pressure as f32).max(0.5);
    let [first, .., last] = points else {
        let dots = points.iter();
        dots.for_each(|dot| {
            painter.circle_filled(at(dot), wide(dot[2]), colour);
        });
        return;
    };
    let mean = points.iter().map(|it| it[2]).sum::<f64>() / points.len() as f64;
    let line = points.iter().map(at).collect();
    painter.add(Shape::Path(PathShape::line(line, Stroke::new(2.0 * wide(mean), colour))));
    for end in [first, last] {
        painter.circle_filled(at(end), wide(end[2]), colour);
    }
}

/// Where it comes from.
pub(super) fn cross(painter: &Painter, at: Pos2) {
    for (width, colour) in [(3.0, Color32::from_black_alpha(140)), (1.4, theme::ACCENT)] {
        let stroke = Stroke::new(width, colour);
        painter.line_segment([pos2(at.x - 7.0, at.y), pos2(at.x + 7.0, at.y)], stroke);
        painter.line_segment([pos2(at.x, at.y - 7.0), pos2(at.x, at.y + 7.0)], stroke);
    }
}
