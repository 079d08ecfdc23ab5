//! A wheel of colour: its puck is dragged towards a hue, the bar beside it moves all three colours.

use crate::signal::{Kind, Parameter};
use crate::ui::panel::field::Field;
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{
    Color32, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, WidgetType, ecolor::Hsva, pos2, vec2,
};
use timeline_format::Value;

/// The angles of red, green and blue: as near to a vectorscope's (103, 241 and 347) as three equal ones are.
const ANGLES: [f32; 3] = [110.0, 230.0, 350.0];
/// What the rim is worth, as a part of what a wheel may be off its default.
const REACH: f64 = 0.25;
/// How wide the bar is, and the space before it.
const BAR: f32 = 12.0;

/// The range of a wheel's numbers and its default; none of another parameter.
fn range_of(parameter: &Parameter) -> Option<([f64; 2], f64)> {
    match parameter.kind {
        Kind::Wheel { least, most, default } => Some(([least, most], default)),
        _ => None,
    }
}

/// How far a number is off its default where the puck is at the rim.
fn reach(parameter: &Parameter) -> f64 {
    range_of(parameter)
        .map_or(1.0, |([least, most], default)| REACH * (most - default).min(default - least))
}

/// Which way a colour lies, up being down on the screen.
fn way(channel: usize) -> Vec2 {
    let (sine, cosine) = ANGLES[channel].to_radians().sin_cos();
    vec2(cosine, -sine)
}

/// Where the puck is, 1 at the rim.
fn puck_of(parameter: &Parameter, numbers: [f64; 4]) -> Vec2 {
    let Some((_, default)) = range_of(parameter) else { return Vec2::ZERO };
    let per = 1.0 / reach(parameter);
    let off = |channel: usize| ((numbers[channel] - default) * per) as f32;
    (0..3).map(|channel| way(channel) * off(channel)).fold(Vec2::ZERO, |sum, it| sum + it) / 1.5
}

/// The numbers of a puck; what they have in common stays.
fn numbers_of(parameter: &Parameter, puck: Vec2, before: [f64; 4]) -> [f64; 4] {
    let Some(([least, most], default)) = range_of(parameter) else { return before };
    let mean = (before[0] + before[1] + before[2]) / 3.0 - default;
    let reach = reach(parameter);
    let of = |channel: usize| {
        let off = f64::from(way(channel).dot(puck)) * reach;
        ((default + mean + off) * 1e4).round() / 1e4
    };
    [of(0), of(1), of(2), before[3]].map(|number| number.clamp(least, most))
}

/// Draws a wheel in `side` points.
pub(super) fn wheel_ui(ui: &mut Ui, parameter: &Parameter, numbers: [f64; 4], side: f32) -> Field {
    let size = vec2(side + BAR + theme::GAP, side);
    let (place, _) = ui.allocate_exact_size(size, Sense::hover());
    let disc = Rect::from_min_size(place.min, vec2(side, side));
    let id = ui.id().with(parameter.id);
    let response = ui.interact(disc, id.with("wheel"), Sense::click_and_drag());
    let response = named(response, WidgetType::Slider, &format!("{} wheel", parameter.label));
    let (centre, radius) = (disc.center(), 0.5 * side - 4.0);
    let puck = puck_of(parameter, numbers);
    paint(ui, (centre, radius), puck);
    let bar = Rect::from_min_max(pos2(disc.right() + theme::GAP, place.top() + 4.0), place.max);
    let bar = Rect::from_min_max(bar.min, pos2(bar.right(), bar.bottom() - 4.0));
    let all = bar_ui(ui, parameter, numbers, bar);
    if response.double_clicked() {
        return Field::Reset;
    }
    if response.dragged() {
        let fine = if ui.input(|input| input.modifiers.shift) { 0.2 } else { 1.0 };
        let moved = puck + response.drag_delta() / radius * fine;
        let held = if moved.length() > 1.0 { moved.normalized() } else { moved };
        return set(numbers_of(parameter, held, numbers));
    }
    let words = format!(
        "{} Drag towards a colour; Shift in fine steps; click twice to set back.",
        parameter.help
    );
    response.on_hover_text(words);
    all.map_or(Field::Same, set)
}

/// What the hand made of the numbers.
fn set(numbers: [f64; 4]) -> Field {
    Field::Set(Value::Vector(numbers.to_vec()))
}

/// Draws the bar of all three colours; other numbers, if it was moved.
fn bar_ui(ui: &Ui, parameter: &Parameter, numbers: [f64; 4], bar: Rect) -> Option<[f64; 4]> {
    let id = ui.id().with((parameter.id, "all"));
    let response = ui.interact(bar, id, Sense::click_and_drag());
    let response =
        named(response, WidgetType::Slider, &format!("{} of all colours", parameter.label));
    let ([least, most], default) = range_of(parameter)?;
    let span = 2.0 * (most - default).min(default - least);
    let part = (0.5 + (numbers[3] - default) / span).clamp(0.0, 1.0) as f32;
    let painter = ui.painter();
    painter.rect_filled(bar, 2.0, theme::GROUND);
    let y = bar.bottom() - part * bar.height();
    painter.hline(bar.x_range(), bar.center().y, Stroke::new(1.0, theme::LINE));
    painter.rect_filled(
        Rect::from_center_size(pos2(bar.center().x, y), vec2(bar.width(), 4.0)),
        1.0,
        theme::ACCENT,
    );
    let dragged = response.dragged().then(|| f64::from(-response.drag_delta().y / bar.height()));
    let fine = if ui.input(|input| input.modifiers.shift) { 0.2 } else { 1.0 };
    let by = dragged.filter(|by| *by != 0.0)? * span * fine;
    let all = ((numbers[3] + by) * 1e4).round() / 1e4;
    Some([numbers[0], numbers[1], numbers[2], all.clamp(least, most)])
}

fn paint(ui: &Ui, (centre, radius): (Pos2, f32), puck: Vec2) {
    let painter = ui.painter();
    painter.circle_filled(centre, radius, theme::GROUND);
    let steps = 72;
    for step in 0..steps {
        let at = |step: i32| {
            let angle = (step as f32 / steps as f32 * 360.0).to_radians();
            centre + vec2(angle.cos(), -angle.sin()) * radius
        };
        let hue = hue_at(step as f32 / steps as f32 * 360.0);
        painter.line_segment([at(step), at(step + 1)], Stroke::new(4.0, hue));
    }
    let cross = Stroke::new(1.0, theme::LINE);
    painter.hline(centre.x - radius..=centre.x + radius, centre.y, cross);
    painter.vline(centre.x, centre.y - radius..=centre.y + radius, cross);
    let puck = centre + puck.clamp(vec2(-1.0, -1.0), vec2(1.0, 1.0)) * radius;
    painter.add(Shape::line(vec![centre, puck], Stroke::new(1.0, theme::FAINT)));
    painter.circle(puck, 5.0, theme::TEXT, Stroke::new(1.5, theme::GROUND));
}

/// The colour at an angle of the rim: red, green and blue at theirs, mixed between.
fn hue_at(angle: f32) -> Color32 {
    let places = [(103.0, 0.0), (241.0, 1.0 / 3.0), (347.0, 2.0 / 3.0), (463.0, 1.0)];
    let angle = if angle < 103.0 { angle + 360.0 } else { angle };
    let pair = places
        .windows(2)
        .find(|pair| angle <= pair[1].0)
        .map_or([(0.0, 0.0); 2], |it| [it[0], it[1]]);
    let part = (angle - pair[0].0) / (pair[1].0 - pair[0].0).max(1.0);
    Color32::from(Hsva::new(pair[0].1 + part * (pair[1].1 - pair[0].1), 0.6, 0.6, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_puck_is_where_its_numbers_are() {
        let wheel = Parameter::wheel("shadows", "Shadows", "", [0.2, 1.8, 1.0]);
        let puck = vec2(0.3, -0.4);
        let numbers = numbers_of(&wheel, puck, [1.0, 1.0, 1.0, 1.1]);
        assert!((puck_of(&wheel, numbers) - puck).length() < 1e-2);
        assert!((numbers[0] + numbers[1] + numbers[2] - 3.0).abs() < 1e-3 && numbers[3] == 1.1);
        let cool = numbers_of(&wheel, way(2), [1.0; 4]);
        assert!(cool[2] > 1.19 && cool[0] < 1.0, "{cool:?}");
    }
}
