//! The sound of clips as it is heard: low and high of every column, at the clip's own speed and level.

use crate::media::Peaks;
use crate::ui::desk::{Desk, View};
use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{Color32, Painter, Rect, Shape, pos2};
use timeline_format::footage::Footage;
use timeline_format::{Clip, Source};

/// Draws the sound of a clip that lies at `place`, as far as it is seen in `lanes`.
pub(super) fn waveform_ui(
    painter: &Painter,
    desk: &Desk,
    clip: &Clip,
    start: f64,
    place: Rect,
    lanes: Rect,
) {
    let Some((peaks, map)) = sound_of(desk, clip) else { return };
    let seen = place.intersect(lanes).shrink(1.0);
    if seen.width() < 2.0 || seen.height() < 8.0 {
        return;
    }
    let lower = Rect::from_min_max(pos2(seen.left(), place.top() + 15.0), seen.max);
    let gain = clip.sound.gain.as_ref().map_or(0.0, |gain| gain.number_at(0.0, 0.0));
    let factor = 10.0_f64.powf(gain / 20.0) as f32;
    let column = |x: f32| map.sample(desk.view.place_at(x - lanes.left()) - start);
    painter.add(Shape::mesh(mesh_of(&peaks, lower, factor, column, &desk.view)));
}

/// How frames behind a clip's head lead to samples of its source.
struct Map {
    first: f64,
    step: f64,
}

impl Map {
    fn sample(&self, within: f64) -> i64 {
        (self.first + within * self.step).round() as i64
    }
}

fn sound_of(desk: &Desk, clip: &Clip) -> Option<(std::sync::Arc<Peaks>, Map)> {
    let film = desk.film()?.now();
    let (media, offset) = match &clip.source {
        Source::Media(media) => (*media, 0.0),
        Source::Shot(shot) => {
            let take = film.shots.get(shot)?.chosen()?;
            (take.media, take.offset.to_f64())
        }
        Source::Sequence(_) | Source::Generator(_) => return None,
    };
    let peaks = desk.peaks(media)?;
    let rate = desk.sequence()?.header.rate;
    let footage = Footage::of(film, rate, &clip.source);
    let samples = f64::from(peaks.rate()) / footage.rate.to_f64();
    let step = footage.step(clip.speed, rate)?.to_f64();
    Some((peaks, Map { first: (clip.source_in.to_f64() + offset) * samples, step: step * samples }))
}

/// Columns of light on the clip's ground, a point wide.
fn mesh_of(
    peaks: &Peaks,
    place: Rect,
    factor: f32,
    sample: impl Fn(f32) -> i64,
    view: &View,
) -> Mesh {
    let (middle, half) = (place.center().y, place.height() * 0.5 - 1.0);
    let colour = Color32::from_white_alpha(150);
    let width = if view.scale() > 40.0 { 0.5 } else { 1.0 };
    let mut mesh = Mesh::default();
    let mut x = place.left();
    while x < place.right() {
        let (from, to) = (sample(x), sample(x + width));
        if let Some(reach) = peaks.reach(from.min(to), from.max(to).max(from.min(to) + 1)) {
            let y = |value: f32| middle - seen(value * factor) * half;
            column(&mut mesh, x, width, y(reach.high) - 0.4, y(reach.low) + 0.4, colour);
        }
        x += width;
    }
    mesh
}

/// How far from the middle a sample is drawn: the root of it, so that what is soft is seen too.
fn seen(value: f32) -> f32 {
    value.abs().min(1.0).sqrt().copysign(value)
}

fn column(mesh: &mut Mesh, x: f32, width: f32, top: f32, bottom: f32, color: Color32) {
    let first = mesh.vertices.len() as u32;
    for pos in [pos2(x, top), pos2(x + width, top), pos2(x + width, bottom), pos2(x, bottom)] {
        mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color });
    }
    mesh.indices.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
}
