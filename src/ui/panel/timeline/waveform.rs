//! The sound of clips as it is heard before the strip of their track: the low and the high of every column,
//! at the clip's own speed, with its gain, its keyframes and its fades. Files and generators are drawn alike.
//!
//! The height of a column is the square root of its amplitude, full scale at the edge of the clip: -6 dB
//! stands at 0.71 of it, -12 dB at 0.5, -20 dB at 0.32, -40 dB at 0.1, so that what is soft is seen too.
//! Crossfades are drawn by their transition, over the waveforms of both clips.

use crate::media::Peaks;
use crate::sound::clip_level;
use crate::sound::envelope::Envelope;
use crate::ui::desk::Desk;
use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{Color32, Painter, Rect, Shape, pos2};
use std::sync::Arc;
use timeline_format::footage::Footage;
use timeline_format::{Clip, Frames, Source};

/// The levels of a column are looked up at so many places of it, where they move.
const PLACES: usize = 3;

/// Draws the sound of a clip that lies from `start` for `length` frames, at `place`, as far as it is seen in
/// `lanes`.
pub(super) fn waveform_ui(
    painter: &Painter,
    desk: &Desk,
    clip: &Clip,
    (start, length): (Frames, Frames),
    (place, lanes): (Rect, Rect),
) {
    let seen = place.intersect(lanes).shrink(1.0);
    if seen.width() < 2.0 || seen.height() < 8.0 || clip.disabled {
        return;
    }
    let Some(peaks) = desk.peaks_of(clip, length) else { return };
    let Some(sound) = Sound::of(desk, clip, (start, length), peaks) else { return };
    let lower = Rect::from_min_max(
        pos2(seen.left(), place.top() + 15.0),
        pos2(seen.right(), place.bottom() - 1.0),
    );
    let at = |x: f32| desk.view.place_at(x - lanes.left());
    let width = if desk.view.scale() > 40.0 { 0.5 } else { 1.0 };
    painter.add(Shape::mesh(mesh_of(&sound, lower, width, at)));
}

/// What is drawn of a clip: its outline, where in it one is, how loud.
struct Sound {
    peaks: Arc<Peaks>,
    level: Envelope,
    /// The place of the clip in the film, in frames.
    start: f64,
    /// Samples of the outline at the clip's start, and in a frame of the film.
    first: f64,
    step: f64,
    /// Samples of the film in a frame of it.
    samples: f64,
}

impl Sound {
    fn of(
        desk: &Desk,
        clip: &Clip,
        (start, length): (Frames, Frames),
        peaks: Arc<Peaks>,
    ) -> Option<Self> {
        let (film, sequence) = (desk.film()?.now(), desk.sequence()?);
        let rate = sequence.header.rate;
        let footage = Footage::of(film, rate, &clip.source);
        let of_grid = f64::from(peaks.rate()) / footage.rate.to_f64();
        let step = footage.step(clip.speed, rate)?.to_f64();
        let offset = match &clip.source {
            Source::Shot(shot) => film.shots.get(shot)?.chosen()?.offset.to_f64(),
            _ => 0.0,
        };
        let lowest = clip.source_in.to_f64() + offset;
        let first = if step < 0.0 { lowest - length.to_f64() * step } else { lowest };
        let level = clip_level(film, sequence, clip, (start, start.plus(length)?));
        let samples = f64::from(film.settings.sound) / rate.ratio().to_f64();
        let (first, step) = (first * of_grid, step * of_grid);
        Some(Self { peaks, level, start: start.to_f64(), first, step, samples })
    }

    /// How low and how high it goes between two places of the film.
    fn reach(&self, from: f64, to: f64) -> Option<(f32, f32)> {
        let sample = |place: f64| (self.first + (place - self.start) * self.step).round() as i64;
        let (one, other) = (sample(from), sample(to));
        let (low, high) = (one.min(other), one.max(other).max(one.min(other) + 1));
        let reach = self.peaks.reach(low, high)?;
        let level = self.level(from, to);
        Some((reach.low * level, reach.high * level))
    }

    /// The highest level between two places of the film.
    fn level(&self, from: f64, to: f64) -> f32 {
        let at = |place: f64| self.level.at((place * self.samples).floor() as i64) as f32;
        if self.level.is_steady() {
            return at(self.start + 0.5 / self.samples.max(1.0));
        }
        let part = |number: usize| from + (to - from) * (number as f64 + 0.5) / PLACES as f64;
        (0..PLACES).map(|number| at(part(number))).fold(0.0, f32::max)
    }
}

/// Columns of light on the clip's ground.
fn mesh_of(sound: &Sound, place: Rect, width: f32, at: impl Fn(f32) -> f64) -> Mesh {
    let (middle, half) = (place.center().y, place.height() * 0.5 - 1.0);
    let colour = Color32::from_white_alpha(150);
    let mut mesh = Mesh::default();
    let mut x = place.left();
    while x < place.right() {
        if let Some((low, high)) = sound.reach(at(x), at(x + width)) {
            let y = |value: f32| middle - seen(value) * half;
            column(&mut mesh, x, width, y(high) - 0.4, y(low) + 0.4, colour);
        }
        x += width;
    }
    mesh
}

/// How far from the middle a sample is drawn: the root of it.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_high_as_the_root_of_what_is_heard() {
        for (decibels, part) in [(0.0, 1.0), (-6.0, 0.708), (-12.0, 0.501), (-40.0, 0.1_f32)] {
            let factor = 10.0_f32.powf(decibels / 20.0);
            assert!((seen(factor) - part).abs() < 1e-3 && (seen(-factor) + part).abs() < 1e-3);
        }
    }
}
