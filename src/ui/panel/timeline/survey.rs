//! How the mix runs, under the tracks: its loudness over time, and its spectrum as a picture.

use crate::sound::Survey;
use crate::sound::nodes::THIRDS;
use crate::ui::desk::Desk;
use crate::ui::page::Page;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, Mesh, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType,
    pos2,
};

/// How high the lane is: nothing but on the sound page.
pub(super) fn height(desk: &Desk) -> f32 {
    if desk.page == Page::Sound && desk.film().is_some() { 84.0 } else { 0.0 }
}

/// The loudest and the softest that is drawn, in LUFS.
const LOUDNESS: (f32, f32) = (-8.0, -62.0);
/// The same for a third of an octave, in dB.
const DENSITY: (f32, f32) = (-20.0, -100.0);
/// What deliveries are held to, in LUFS.
const GOALS: [f32; 2] = [-14.0, -23.0];

/// Draws the lane.
pub(super) fn survey_ui(ui: &Ui, desk: &mut Desk, lane: Rect) {
    let painter = ui.painter_at(lane);
    painter.rect_filled(lane, 0.0, theme::GROUND);
    painter.hline(lane.x_range(), lane.top(), Stroke::new(1.0, theme::LINE));
    let response = ui.interact(lane, ui.id().with("survey"), Sense::click());
    let Some((survey, is_true)) = desk.survey() else {
        let words = "The mix is being looked at ...";
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, words));
        let font = theme::words(theme::SMALL);
        painter.text(lane.center(), Align2::CENTER_CENTER, words, font, theme::FAINT);
        return;
    };
    picture_ui(&painter, desk, &survey, lane);
    goals_ui(&painter, lane);
    line_ui(&painter, desk, &survey, lane, is_true);
    let sample = |x: f32| sample_at(desk, x - lane.left());
    let pointed = response.hover_pos().and_then(|at| survey.at(sample(at.x)));
    let words = pointed.map_or_else(
        || "Loudness over time".to_owned(),
        |look| format!("{:.1} LUFS short-term, {:.1} momentary", look.short_term, look.momentary),
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, "Loudness over time"));
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.clicked()) {
        desk.go(desk.view.frame_at(pointer.x - lane.left()).max(0));
    }
    response.on_hover_text_at_pointer(words);
}

/// Samples a frame, as far as drawing goes.
fn samples_a_frame(desk: &Desk) -> f64 {
    let rate = desk.sequence().map_or(24.0, |sequence| sequence.header.rate.ratio().to_f64());
    let sound = desk.film().map_or(48_000, |film| film.now().settings.sound);
    f64::from(sound) / rate
}

fn sample_at(desk: &Desk, x: f32) -> i64 {
    (desk.view.place_at(x) * samples_a_frame(desk)) as i64
}

fn height_of(lane: Rect, (most, least): (f32, f32), value: f32) -> f32 {
    let part = ((value - least) / (most - least)).clamp(0.0, 1.0);
    lane.bottom() - 2.0 - part * (lane.height() - 4.0)
}

fn goals_ui(painter: &Painter, lane: Rect) {
    for goal in GOALS {
        let y = height_of(lane, LOUDNESS, goal);
        painter.hline(lane.x_range(), y, Stroke::new(1.0, theme::FAINT));
        let place = pos2(lane.left() + 4.0, y - 1.0);
        let (words, font) = (format!("{goal:.0} LUFS"), theme::figures(theme::SMALL));
        painter.text(place, Align2::LEFT_BOTTOM, words, font, theme::QUIET);
    }
}

/// The looks that are seen, and where: one a point of the screen at most.
fn seen<'a>(
    desk: &'a Desk,
    survey: &'a Survey,
    lane: Rect,
    apart: f32,
) -> impl Iterator<Item = (f32, &'a crate::sound::Look)> {
    let count = (lane.width() / apart).ceil() as usize;
    let places = (0..count).map(move |number| number as f32 * apart);
    places.filter_map(move |x| Some((lane.left() + x, survey.at(sample_at(desk, x))?)))
}

fn line_ui(painter: &Painter, desk: &Desk, survey: &Survey, lane: Rect, is_true: bool) {
    for (is_short, colour) in [(false, theme::FAINT), (true, theme::TEXT)] {
        let level =
            |look: &crate::sound::Look| if is_short { look.short_term } else { look.momentary };
        let point = |(x, look): (f32, &crate::sound::Look)| {
            pos2(x, height_of(lane, LOUDNESS, level(look).max(-200.0)))
        };
        let points: Vec<Pos2> = seen(desk, survey, lane, 2.0).map(point).collect();
        let colour = if is_true { colour } else { colour.gamma_multiply(0.4) };
        painter.add(Shape::line(points, Stroke::new(if is_short { 1.5 } else { 1.0 }, colour)));
    }
}

/// Thirds of octaves from the bottom up, brighter where there is more.
fn picture_ui(painter: &Painter, desk: &Desk, survey: &Survey, lane: Rect) {
    const APART: f32 = 3.0;
    let step = lane.height() / THIRDS as f32;
    let mut mesh = Mesh::default();
    for (x, look) in seen(desk, survey, lane, APART) {
        for (number, level) in look.thirds.iter().enumerate() {
            let part = (level - DENSITY.1) / (DENSITY.0 - DENSITY.1);
            if part > 0.0 {
                let bottom = lane.bottom() - number as f32 * step;
                let cell = Rect::from_min_max(pos2(x, bottom - step), pos2(x + APART, bottom));
                mesh.add_colored_rect(cell, heat(part.min(1.0)));
            }
        }
    }
    painter.add(Shape::mesh(mesh));
}

/// From the dark to a dim blue: the lines over it are read.
fn heat(part: f32) -> Color32 {
    let level = |most: f32| (most * part * part) as u8;
    Color32::from_rgb(level(66.0), level(104.0), level(138.0))
}
