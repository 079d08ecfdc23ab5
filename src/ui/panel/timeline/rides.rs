//! What turns the level of a track over time, drawn over its clips: duckers, and gains and faders with
//! keyframes, of the track and of the buses that it goes through.

use super::keyframes::diamond;
use super::rows::Row;
use crate::edit;
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Align2, Color32, Painter, Rect, Stroke, pos2};
use timeline_format::mix::{NodeInstance, Strip};
use timeline_format::{Id, Param, Sequence, Track};

/// How many dB a lane is high.
const HEIGHT: f64 = 36.0;
/// The highest level that is drawn.
const HIGHEST: f64 = 6.0;
/// Points between two places that are looked at.
const STEP: f32 = 2.0;

/// Draws the lines of a track.
pub(super) fn rides_ui(painter: &Painter, desk: &Desk, track: &Track, row: &Row, lanes: Rect) {
    let Some(sequence) = desk.sequence() else { return };
    if row.rect.height() < 24.0 {
        return;
    }
    let Some((_, own)) = sequence.track(track.id) else { return };
    let mut at = Some((track.id, &own.header.strip));
    for _ in 0..=sequence.buses.len() {
        let Some((id, strip)) = at else { return };
        let pen = Pen { painter, desk, place: row.rect, lanes };
        pen.strip(id, strip);
        at = next(sequence, id, strip);
    }
}

/// Where a strip leads.
fn next<'a>(sequence: &'a Sequence, id: Id, strip: &Strip) -> Option<(Id, &'a Strip)> {
    let bus = edit::output_of(sequence, id, strip)?;
    sequence.buses.get(&bus).map(|found| (bus, &found.strip))
}

struct Pen<'a> {
    painter: &'a Painter,
    desk: &'a Desk,
    /// The track's lane, and all of them.
    place: Rect,
    lanes: Rect,
}

impl Pen<'_> {
    fn strip(&self, id: Id, strip: &Strip) {
        for node in strip.nodes.iter().filter(|node| !node.bypass) {
            self.node(id, node);
        }
        self.keyed(strip.gain.as_ref(), "level", theme::ACCENT);
    }

    fn node(&self, id: Id, node: &NodeInstance) {
        match node.kind.as_str() {
            "gain" => self.keyed(node.values.get("gain"), "gain", theme::MARKED),
            "duck" => {
                let Some(ride) = self.desk.ride(id, node.id).filter(|ride| !ride.is_flat()) else {
                    return;
                };
                let sample = |frame: f64| {
                    let rate =
                        self.desk.sequence().map_or(1.0, |it| it.header.rate.ratio().to_f64());
                    let sound = self.desk.film().map_or(1, |film| film.now().settings.sound);
                    (frame * f64::from(sound) / rate).round() as i64
                };
                self.line("ducked", theme::MARKED, |frame| ride.at(sample(frame)));
            }
            _ => {}
        }
    }

    /// A level with keyframes, and where they are.
    fn keyed(&self, param: Option<&Param>, name: &str, colour: Color32) {
        let Some(param @ Param::Animated(curve)) = param else { return };
        self.line(name, colour, |frame| param.number_at(frame, 0.0));
        let view = &self.desk.view;
        let seen = view.left()..=view.place_at(self.lanes.width());
        let first = curve.keys.partition_point(|key| key.at.to_f64() < *seen.start());
        let mut last = f32::NEG_INFINITY;
        for key in curve.keys[first..].iter().take_while(|key| key.at.to_f64() <= *seen.end()) {
            let (frame, x) = (key.at.to_f64(), self.lanes.left() + view.x_of(key.at.to_f64()));
            if x - last > 8.0 {
                let at = pos2(x, self.y_of(param.number_at(frame, 0.0)));
                self.painter.add(diamond(at, 4.0, colour));
                last = x;
            }
        }
    }

    fn line(&self, name: &str, colour: Color32, level: impl Fn(f64) -> f64) {
        let seen = self.place.intersect(self.lanes);
        let steps = (seen.width() / STEP).ceil().max(1.0) as usize;
        let points = (0..=steps).map(|step| {
            let x = (seen.left() + step as f32 * STEP).min(seen.right());
            let frame = self.desk.view.place_at(x - self.lanes.left());
            pos2(x, self.y_of(level(frame)))
        });
        let points: Vec<_> = points.collect();
        let (first, painter) = (points[0], self.painter.with_clip_rect(seen));
        painter.line(points, Stroke::new(1.5, colour));
        let (at, font) = (first + eframe::egui::vec2(4.0, 2.0), theme::words(8.5));
        painter.text(at, Align2::LEFT_TOP, name, font, colour);
    }

    fn y_of(&self, level: f64) -> f32 {
        let part = ((HIGHEST - level) / HEIGHT).clamp(0.0, 1.0) as f32;
        self.place.top() + 3.0 + (self.place.height() - 6.0) * part
    }
}
