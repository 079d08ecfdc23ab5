//! A path under the hand: its points and their handles; a double click adds a point, one with `Alt` takes it away.

use super::shapes::{Ground, handle_ui, outline};
use crate::signal::PATH_POINT;
use crate::ui::desk::Desk;
use eframe::egui::{Pos2, Stroke, Ui};
use timeline_format::Value;

/// Places of a curve between two points that are drawn.
const STEPS: usize = 20;

/// Draws the path and heeds what is done to it.
pub(super) fn path_ui(ui: &Ui, desk: &mut Desk, ground: &Ground<'_>) {
    let Some(Value::Vector(numbers)) = ground.value(desk, "points") else { return };
    let is_polygon = ground.value(desk, "polygon") == Some(Value::Flag(true));
    let points: Vec<Point> = numbers.chunks_exact(PATH_POINT).map(Point::of).collect();
    if points.len() < 3 {
        return;
    }
    let curve = |from: usize| curve(&points[from], &points[(from + 1) % points.len()], is_polygon);
    let round: Vec<[f64; 2]> = (0..points.len()).flat_map(curve).chain([points[0].at]).collect();
    outline(&ui.painter_at(ground.place), round.iter().map(|place| ground.at(*place)).collect());
    let mut now = points.clone();
    for (index, point) in points.iter().enumerate() {
        if !is_polygon {
            handles_ui(ui, ground, (index, point), &mut now);
        }
        let name = format!("Point {} of path", index + 1);
        let (to, response) = handle_ui(ui, ground, (ground.at(point.at), &name), false);
        if let Some(to) = to {
            now[index].at = to;
        }
        if response.clicked() && ui.input(|input| input.modifiers.alt) && points.len() > 3 {
            now.remove(index);
            break;
        }
    }
    if now.len() == points.len()
        && let Some(place) = added(ui, ground, &round)
    {
        now.insert(
            place.0 / if is_polygon { 1 } else { STEPS } + 1,
            Point { at: place.1, ..Point::default() },
        );
    }
    if now != points {
        let numbers = now.iter().flat_map(Point::numbers).collect();
        desk.set_mask_value(ground.of, "points", &Value::Vector(numbers));
    }
}

/// The handles of a point: what leads in and what leads out; the other one turns with it, unless `Alt` is held.
fn handles_ui(ui: &Ui, ground: &Ground<'_>, (index, point): (usize, &Point), now: &mut [Point]) {
    for (side, word) in [(0, "in"), (1, "out")] {
        let handle = point.handles[side];
        let at = ground.at([point.at[0] + handle[0], point.at[1] + handle[1]]);
        let line = [ground.at(point.at), at];
        ui.painter_at(ground.place).line_segment(line, Stroke::new(1.0, crate::ui::theme::QUIET));
        let name = format!("Handle {word} of point {}", index + 1);
        if let (Some(to), _) = handle_ui(ui, ground, (at, &name), true) {
            let off = [to[0] - point.at[0], to[1] - point.at[1]];
            now[index].handles[side] = off;
            if !ui.input(|input| input.modifiers.alt) {
                now[index].handles[1 - side] = off.map(|by| -by);
            }
        }
    }
}

/// Where a double click near the curve adds a point: behind which place of it, and where.
fn added(ui: &Ui, ground: &Ground<'_>, round: &[[f64; 2]]) -> Option<(usize, [f64; 2])> {
    let is_asked =
        ui.input(|input| input.pointer.button_double_clicked(eframe::egui::PointerButton::Primary));
    let pointer = ui.input(|input| input.pointer.interact_pos()).filter(|_| is_asked)?;
    let far = |place: &[f64; 2]| -> f32 { Pos2::distance(ground.at(*place), pointer) };
    let near = |pair: &[[f64; 2]]| {
        let middle = [0, 1].map(|axis| 0.5 * (pair[0][axis] + pair[1][axis]));
        far(&pair[0]).min(far(&pair[1])).min(far(&middle))
    };
    let pairs = round.windows(2).enumerate();
    let best = pairs.min_by(|one, other| near(one.1).total_cmp(&near(other.1)))?;
    let is_near = near(best.1) < 14.0 && ground.place.contains(pointer);
    is_near.then(|| ground.back(pointer)).flatten().map(|place| (best.0, place))
}

/// A point of a path.
#[derive(Debug, Clone, PartialEq, Default)]
struct Point {
    at: [f64; 2],
    handles: [[f64; 2]; 2],
    feather: f64,
}

impl Point {
    fn of(numbers: &[f64]) -> Self {
        let pair = |first: usize| [numbers[first], numbers[first + 1]];
        Self { at: pair(0), handles: [pair(2), pair(4)], feather: numbers[6] }
    }

    fn numbers(&self) -> [f64; PATH_POINT] {
        let [into, out] = self.handles;
        [self.at[0], self.at[1], into[0], into[1], out[0], out[1], self.feather]
    }
}

fn curve(from: &Point, to: &Point, is_straight: bool) -> Vec<[f64; 2]> {
    let sum = |place: [f64; 2], off: [f64; 2]| [place[0] + off[0], place[1] + off[1]];
    let control = [from.at, sum(from.at, from.handles[1]), sum(to.at, to.handles[0]), to.at];
    let at = |step: usize| {
        let t = step as f64 / STEPS as f64;
        let s = 1.0 - t;
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        [0, 1].map(|axis| control.iter().zip(weights).map(|(it, by)| it[axis] * by).sum())
    };
    if is_straight { vec![from.at] } else { (0..STEPS).map(at).collect() }
}
