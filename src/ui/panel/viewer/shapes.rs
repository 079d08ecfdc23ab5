//! The mask in hand over the film: its outline and its handles.

use super::path::path_ui;
use crate::picture::Lie;
use crate::picture::masks::{self, Shape};
use crate::signal::Parameter;
use crate::ui::desk::{Desk, MaskOf};
use crate::ui::theme;
use eframe::egui::{
    Color32, CursorIcon, Painter, Pos2, Rect, Response, Sense, Shape as Drawn, Stroke, Ui,
    WidgetInfo, WidgetType, vec2,
};
use timeline_format::Value;
use timeline_format::sequence::Raster;

/// Where the picture of a clip lies on the screen, and the mask on it.
pub(super) struct Ground<'a> {
    /// The mask.
    pub(super) of: MaskOf,
    pub(super) lie: Lie,
    /// The film's picture on the screen.
    pub(super) drawn: Rect,
    /// What is seen of it.
    pub(super) place: Rect,
    pub(super) raster: Raster,
    pub(super) shape: &'a Shape,
}

impl Ground<'_> {
    /// Where a place of the clip's picture, in parts of it, lies on the screen.
    pub(super) fn at(&self, place: [f64; 2]) -> Pos2 {
        let [x, y] = self.lie.place(place);
        let size = self.drawn.size() / vec2(self.raster.width as f32, self.raster.height as f32);
        self.drawn.min + vec2(x as f32, y as f32) * size
    }

    /// Which place of the clip's picture lies there.
    pub(super) fn back(&self, point: Pos2) -> Option<[f64; 2]> {
        let size = self.drawn.size() / vec2(self.raster.width as f32, self.raster.height as f32);
        let at = (point - self.drawn.min) / size;
        self.lie.back([f64::from(at.x), f64::from(at.y)])
    }

    /// A value of the mask at the playhead.
    pub(super) fn value(&self, desk: &Desk, id: &str) -> Option<Value> {
        desk.mask_value(self.of, self.parameter(id)?)
    }

    fn parameter(&self, id: &str) -> Option<&'static Parameter> {
        self.shape.parameters.iter().find(|known| known.id == id)
    }

    fn point(&self, desk: &Desk, id: &str) -> Option<[f64; 2]> {
        match self.value(desk, id)? {
            Value::Vector(numbers) if numbers.len() == 2 => Some([numbers[0], numbers[1]]),
            _ => None,
        }
    }

    fn number(&self, desk: &Desk, id: &str) -> f64 {
        match self.value(desk, id) {
            Some(Value::Number(number)) => number,
            _ => 0.0,
        }
    }
}

/// Draws the mask in hand and heeds what is done to its handles.
pub(super) fn shapes_ui(ui: &Ui, desk: &mut Desk, (drawn, place): (Rect, Rect)) {
    let Some(of) = desk.mask_in_hand().filter(|_| !desk.is_playing()) else { return };
    let found = desk.mask(of).and_then(|mask| masks::named(&mask.kind));
    let Some(shape) = found else { return };
    let Some((lie, raster)) = desk.lie_of(of.clip).zip(desk.raster()) else { return };
    let ground = Ground { of, lie, drawn, place, raster, shape };
    match shape.id {
        "ellipse" | "rectangle" => box_ui(ui, desk, &ground),
        "gradient" => gradient_ui(ui, desk, &ground),
        "path" => path_ui(ui, desk, &ground),
        "stroke" => stroke_ui(ui, desk, &ground),
        _ => {}
    }
}

/// A handle that is dragged; where it is dragged to, in parts of the clip's picture.
pub(super) fn handle_ui(
    ui: &Ui,
    ground: &Ground<'_>,
    (at, name): (Pos2, &str),
    is_small: bool,
) -> (Option<[f64; 2]>, Response) {
    let size = if is_small { 8.0 } else { 11.0 };
    let id = ui.id().with(("handle", name));
    let response = ui.interact(
        Rect::from_center_size(at, vec2(size + 4.0, size + 4.0)),
        id,
        Sense::click_and_drag(),
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, name));
    let is_held = response.hovered() || response.dragged();
    let painter = ui.painter_at(ground.place);
    let fill = if is_held { theme::ACCENT } else { theme::TEXT };
    let spot = Rect::from_center_size(at, vec2(size, size) * 0.7);
    painter.rect_filled(spot.expand(1.0), 1.0, Color32::BLACK);
    if is_small {
        painter.circle_filled(at, size * 0.4, fill);
    } else {
        painter.rect_filled(spot, 1.0, fill);
    }
    if is_held {
        ui.set_cursor_icon(CursorIcon::Move);
    }
    let pointer = response.interact_pointer_pos().filter(|_| response.dragged());
    (pointer.and_then(|pointer| ground.back(pointer)), response)
}

/// Draws a line that is seen on every picture.
pub(super) fn outline(painter: &Painter, points: Vec<Pos2>) {
    painter.add(Drawn::line(points.clone(), Stroke::new(3.0, Color32::from_black_alpha(120))));
    painter.add(Drawn::line(points, Stroke::new(1.2, theme::ACCENT)));
}

/// An ellipse or a rectangle: its middle, its sides, and what turns it.
fn box_ui(ui: &Ui, desk: &mut Desk, ground: &Ground<'_>) {
    let (Some(middle), Some(size)) = (ground.point(desk, "centre"), ground.point(desk, "size"))
    else {
        return;
    };
    let turn = ground.number(desk, "rotation");
    let frame = Turned { middle, turn, aspect: aspect_of(desk, ground) };
    let half = size.map(|side| 0.5 * side);
    let round = (0..=96).map(|step| {
        let angle = f64::from(step) / 96.0 * std::f64::consts::TAU;
        let (sine, cosine) = angle.sin_cos();
        let far = if ground.shape.id == "rectangle" { cosine.abs().max(sine.abs()) } else { 1.0 };
        ground.at(frame.out([half[0] * cosine / far, half[1] * sine / far]))
    });
    outline(&ui.painter_at(ground.place), round.collect());
    let label = ground.shape.label.to_lowercase();
    let name = format!("Centre of {label}");
    if let (Some(to), _) = handle_ui(ui, ground, (ground.at(middle), &name), false) {
        desk.set_mask_value(ground.of, "centre", &Value::Vector(to.to_vec()));
    }
    for (axis, side) in [(0, "Width"), (1, "Height")] {
        for end in [-1.0, 1.0] {
            let mut place = [0.0; 2];
            place[axis] = end * half[axis];
            let word = if end > 0.0 { "" } else { ", other side" };
            let name = format!("{side} of {label}{word}");
            let at = ground.at(frame.out(place));
            if let (Some(to), _) = handle_ui(ui, ground, (at, &name), false) {
                let mut now = size;
                now[axis] = 2.0 * frame.back(to)[axis].abs();
                desk.set_mask_value(ground.of, "size", &Value::Vector(now.to_vec()));
            }
        }
    }
    let at = ground.at(frame.out([0.0, -half[1] - 0.06]));
    if let (Some(to), _) = handle_ui(ui, ground, (at, &format!("Rotation of {label}")), true) {
        let [right, down] = [(to[0] - middle[0]) * frame.aspect, to[1] - middle[1]];
        let turn = right.atan2(-down).to_degrees();
        desk.set_mask_value(ground.of, "rotation", &Value::Number(turn));
    }
}

fn aspect_of(desk: &Desk, ground: &Ground<'_>) -> f64 {
    let source = desk.clip(ground.of.clip).map(|clip| clip.source.clone());
    let size = source.and_then(|source| desk.raster_of_source(&source)).unwrap_or(ground.raster);
    f64::from(size.width) / f64::from(size.height)
}

/// A shape's own axes, in parts of its picture.
struct Turned {
    middle: [f64; 2],
    turn: f64,
    /// Width of the picture over its height.
    aspect: f64,
}

impl Turned {
    fn out(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        let (sine, cosine) = self.turn.to_radians().sin_cos();
        let (x, y) = (u * self.aspect, v);
        let (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
        [self.middle[0] + x / self.aspect, self.middle[1] + y]
    }

    fn back(&self, place: [f64; 2]) -> [f64; 2] {
        let (sine, cosine) = self.turn.to_radians().sin_cos();
        let (x, y) = ((place[0] - self.middle[0]) * self.aspect, place[1] - self.middle[1]);
        [(x * cosine + y * sine) / self.aspect, y * cosine - x * sine]
    }
}

/// A stroke, moved by its middle.
fn stroke_ui(ui: &Ui, desk: &mut Desk, ground: &Ground<'_>) {
    let Some(middle) = ground.point(desk, "centre") else { return };
    let handle = (ground.at(middle), "Centre of stroke");
    if let (Some(to), _) = handle_ui(ui, ground, handle, false) {
        desk.set_mask_value(ground.of, "centre", &Value::Vector(to.to_vec()));
    }
}

fn gradient_ui(ui: &Ui, desk: &mut Desk, ground: &Ground<'_>) {
    let (Some(from), Some(to)) = (ground.point(desk, "from"), ground.point(desk, "to")) else {
        return;
    };
    outline(&ui.painter_at(ground.place), vec![ground.at(from), ground.at(to)]);
    for (id, at, name) in [("from", from, "Start of gradient"), ("to", to, "End of gradient")] {
        if let (Some(to), _) = handle_ui(ui, ground, (ground.at(at), name), false) {
            desk.set_mask_value(ground.of, id, &Value::Vector(to.to_vec()));
        }
    }
}
