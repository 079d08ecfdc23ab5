//! A curve that is drawn by hand: points are dragged, a double click makes one or takes one away.

use super::field::Field;
use crate::picture::drawn;
use crate::signal::Rest;
use crate::ui::theme;
use eframe::egui::{
    Color32, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};
use timeline_format::Value;

/// How high a curve is drawn.
const HEIGHT: f32 = 132.0;
/// How near the pointer takes hold of a point.
const NEAR: f32 = 9.0;
/// What is free about a curve.
const EDGE: f32 = 5.0;

/// A curve to be drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawing<'a> {
    /// What it is called.
    pub(super) name: &'a str,
    /// What it is at rest.
    pub(super) rest: Rest,
    /// The least and the most that a point is up.
    pub(super) range: [f64; 2],
}

/// Draws a curve; another one, if the hand changed it.
pub(super) fn curve_ui(
    ui: &mut Ui,
    drawing: Drawing<'_>,
    value: Option<&Value>,
    is_mixed: bool,
) -> Field {
    drawn_ui(ui, drawing, (value, HEIGHT), is_mixed)
}

/// The same, so high.
pub(super) fn curve_within_ui(
    ui: &mut Ui,
    drawing: Drawing<'_>,
    value: Option<&Value>,
    height: f32,
) -> Field {
    drawn_ui(ui, drawing, (value, height), false)
}

fn drawn_ui(
    ui: &mut Ui,
    drawing: Drawing<'_>,
    (value, height): (Option<&Value>, f32),
    is_mixed: bool,
) -> Field {
    let points = points_of(drawing.rest, value);
    let size = vec2(ui.available_width().clamp(120.0, 900.0), height);
    let (place, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let words = format!("{} {}", drawing.name, words_of(&points));
    let name = drawing.name.to_owned();
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(words.clone()),
        ..WidgetInfo::labeled(WidgetType::Other, true, &name)
    });
    let board = Board { place: place.shrink(EDGE), drawing };
    let held = held_of(ui, &response, &board, &points);
    if ui.is_rect_visible(place) {
        board.paint(ui, &points, held.filter(|_| !is_mixed));
    }
    let changed = worked(&response, &board, &points, held);
    let response = response.on_hover_text(
        "Drag a point; click twice to make one, or to take away the one that is there.",
    );
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<usize>(response.id));
    }
    changed.map_or(Field::Same, |points| {
        Field::Set(Value::Vector(points.into_iter().flatten().collect()))
    })
}

fn points_of(rest: Rest, value: Option<&Value>) -> Vec<[f64; 2]> {
    match value {
        Some(Value::Vector(numbers)) => numbers.as_chunks::<2>().0.to_vec(),
        _ => drawn::at_rest(rest).as_chunks::<2>().0.to_vec(),
    }
}

fn words_of(points: &[[f64; 2]]) -> String {
    let words: Vec<_> = points.iter().map(|[x, y]| format!("{x:.3} {y:.3}")).collect();
    words.join(", ")
}

/// The point that the hand has hold of, or that it would.
fn held_of(ui: &Ui, response: &Response, board: &Board<'_>, points: &[[f64; 2]]) -> Option<usize> {
    let kept = ui.data(|data| data.get_temp::<usize>(response.id));
    if response.dragged() && !response.drag_started() {
        return kept.filter(|index| *index < points.len());
    }
    let at = if response.drag_started() {
        ui.input(|input| input.pointer.press_origin())
    } else {
        response.hover_pos()
    }?;
    let far = |index: &usize| board.shown(points[*index]).distance(at);
    let nearest = (0..points.len()).min_by(|one, other| far(one).total_cmp(&far(other)));
    let near = nearest.filter(|index| far(index) <= NEAR);
    if response.drag_started()
        && let Some(index) = near
    {
        ui.data_mut(|data| data.insert_temp(response.id, index));
    }
    near
}

/// The points after what the hand did, if it changed them.
fn worked(
    response: &Response,
    board: &Board<'_>,
    points: &[[f64; 2]],
    held: Option<usize>,
) -> Option<Vec<[f64; 2]>> {
    let at = response.interact_pointer_pos()?;
    if response.double_clicked() {
        return board.with_or_without(points, held, at);
    }
    let index = held.filter(|_| response.dragged())?;
    let moved = board.moved(points, index, at);
    (moved != points).then_some(moved)
}

/// Where a curve is drawn, and what of it.
struct Board<'a> {
    place: Rect,
    drawing: Drawing<'a>,
}

impl Board<'_> {
    /// What is seen of a curve's heights: all of them, of one that is at rest on the diagonal 0 to 1.
    fn seen(&self) -> [f64; 2] {
        if drawn::rises(self.drawing.rest) {
            return [0.0, 1.0];
        }
        let [least, most] = self.drawing.range;
        [least, most.min(2.0)]
    }

    fn shown(&self, [x, y]: [f64; 2]) -> Pos2 {
        let [low, high] = self.seen();
        let up = ((y - low) / (high - low)).clamp(-0.02, 1.02) as f32;
        let across = x.clamp(-0.01, 1.01) as f32;
        let Rect { min, max } = self.place;
        pos2(min.x + across * (max.x - min.x), max.y - up * (max.y - min.y))
    }

    fn meant(&self, at: Pos2) -> [f64; 2] {
        let [low, high] = self.seen();
        let Rect { min, max } = self.place;
        let across = f64::from((at.x - min.x) / (max.x - min.x)).clamp(0.0, 1.0);
        let up = f64::from((max.y - at.y) / (max.y - min.y)).clamp(0.0, 1.0);
        let round = |number: f64| (number * 1000.0).round() / 1000.0;
        [round(across), round(low + up * (high - low))]
    }

    /// A point dragged to a place: between its neighbours, and no higher or lower than they allow.
    fn moved(&self, points: &[[f64; 2]], index: usize, at: Pos2) -> Vec<[f64; 2]> {
        let mut moved = points.to_vec();
        let [x, y] = self.meant(at);
        let before = index.checked_sub(1).map(|before| points[before]);
        let after = points.get(index + 1);
        let left = before.map_or(0.0, |[x, _]| x + 0.002);
        let right = after.map_or(1.0, |[x, _]| x - 0.002);
        let rises = drawn::rises(self.drawing.rest);
        let low = before.filter(|_| rises).map_or(f64::NEG_INFINITY, |[_, y]| y);
        let high = after.filter(|_| rises).map_or(f64::INFINITY, |[_, y]| *y);
        moved[index] = [x.min(right).max(left), y.min(high).max(low)];
        moved
    }

    /// With a point more at a place, or without the one that is there.
    fn with_or_without(
        &self,
        points: &[[f64; 2]],
        held: Option<usize>,
        at: Pos2,
    ) -> Option<Vec<[f64; 2]>> {
        let mut points = points.to_vec();
        if let Some(index) = held {
            let is_free = points.len() > 2;
            return is_free.then(|| {
                points.remove(index);
                points
            });
        }
        let index = points.partition_point(|point| point[0] < self.meant(at)[0]);
        if points.len() >= drawn::MOST {
            return None;
        }
        points.insert(index, self.meant(at));
        let moved = self.moved(&points, index, at);
        Some(moved)
    }

    fn paint(&self, ui: &Ui, points: &[[f64; 2]], held: Option<usize>) {
        let painter = ui.painter_at(self.place.expand(EDGE));
        painter.rect_filled(self.place, 2.0, theme::GROUND);
        let grid = Stroke::new(1.0, theme::LINE);
        for step in 1..4 {
            let part = f64::from(step) * 0.25;
            let [low, high] = self.seen();
            let line = [self.shown([part, low]), self.shown([part, high])];
            painter.line_segment(line, grid);
            let up = low + part * (high - low);
            painter.line_segment([self.shown([0.0, up]), self.shown([1.0, up])], grid);
        }
        if matches!(self.drawing.rest, Rest::Round(_)) {
            self.paint_hues(&painter);
        }
        let columns = self.place.width().max(2.0) as usize;
        let across = |column: usize| column as f64 / (columns - 1) as f64;
        let heights = drawn::heights(points, self.drawing.rest, (0..columns).map(across));
        let line = heights.iter().enumerate().map(|(column, y)| self.shown([across(column), *y]));
        let stroke = Stroke::new(1.5, colour_of(self.drawing.name));
        painter.add(Shape::line(line.collect(), stroke));
        for (index, point) in points.iter().enumerate() {
            let at = self.shown(*point);
            let fill = if held == Some(index) { theme::ACCENT } else { theme::TEXT };
            painter.circle_filled(at, 3.5, fill);
        }
        painter.rect_stroke(self.place, 2.0, grid, StrokeKind::Outside);
    }

    /// The hues at their places, below the curve.
    fn paint_hues(&self, painter: &eframe::egui::Painter) {
        let Rect { min, max } = self.place;
        let columns = 48;
        for column in 0..columns {
            let part = |column: i32| min.x + (max.x - min.x) * column as f32 / columns as f32;
            let strip =
                Rect::from_min_max(pos2(part(column), max.y - 4.0), pos2(part(column + 1), max.y));
            let hue = (column as f32 + 0.5) / columns as f32;
            painter.rect_filled(strip, 0.0, hue_of(hue));
        }
    }
}

/// A hue as it looks; magenta is 0.
fn hue_of(hue: f32) -> Color32 {
    let hue = (hue + 5.0 / 6.0).fract();
    Color32::from(eframe::egui::ecolor::Hsva::new(hue, 0.7, 0.75, 1.0))
}

/// Curves of one colour are drawn in it.
fn colour_of(name: &str) -> Color32 {
    match name {
        "Red" => Color32::from_rgb(224, 92, 84),
        "Green" => Color32::from_rgb(98, 190, 104),
        "Blue" => Color32::from_rgb(96, 142, 236),
        _ => theme::TEXT,
    }
}
