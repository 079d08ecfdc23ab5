//! A camera over layers: a pinhole before planes that lie at depths, in a hand that is not quite still.

use super::generators::CAMERA;
use super::placement::{self, Placement};
use super::plan::Layer;
use super::values::{Moment, Values};
use signal::chance;
use std::collections::BTreeMap;
use timeline_format::Param;

/// A camera at a moment, and while its shutter is open.
#[derive(Debug)]
pub(super) struct Camera {
    values: BTreeMap<String, Param>,
    moment: Moment,
    /// Frames a second.
    rate: f64,
    now: View,
    shutter: f64,
}

/// Where a camera looks at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct View {
    position: [f64; 2],
    dolly: f64,
    zoom: f64,
    roll: f64,
}

impl Camera {
    /// The camera that values say at a moment of a film of so many frames a second.
    pub(super) fn of(values: &BTreeMap<String, Param>, moment: Moment, rate: f64) -> Self {
        let resolved = Values::resolve(CAMERA.parameters, moment, |id| values.get(id));
        let (now, shutter) = (View::of(values, moment, rate), resolved.number("shutter"));
        Self { values: values.clone(), moment, rate, now, shutter }
    }

    /// Moves a layer as it is seen; whether it is seen at all.
    pub(super) fn move_layer(&self, layer: &mut Layer) -> bool {
        let placement = layer.placement;
        let Some(moved) = self.now.of_placement(placement) else { return false };
        layer.placement = moved;
        if layer.motion.is_empty() {
            layer.motion = self.motion(placement);
        } else {
            let count = layer.motion.len() as f64;
            for (index, placement) in layer.motion.iter_mut().enumerate() {
                let part = (index as f64 + 0.5) / count - 0.5;
                let view = self.view(part * self.shutter / 360.0);
                *placement = view.of_placement(*placement).unwrap_or(moved);
            }
        }
        true
    }

    fn motion(&self, placement: Placement) -> Vec<Placement> {
        if self.shutter <= 0.0 {
            return Vec::new();
        }
        let at = |away: f64| self.view(away).of_placement(placement).unwrap_or(placement);
        placement::during(self.shutter, at)
    }

    fn view(&self, away: f64) -> View {
        let Moment { clip, content } = self.moment;
        let moment = Moment { clip: clip + away, content: content + away };
        View::of(&self.values, moment, self.rate)
    }
}

impl View {
    fn of(values: &BTreeMap<String, Param>, moment: Moment, rate: f64) -> Self {
        let values = Values::resolve(CAMERA.parameters, moment, |id| values.get(id));
        let (seed, seconds) = (values.number("seed") as u64, moment.clip / rate.max(1e-9));
        let [across, down, turn] = [0, 1, 2].map(|way| shake(seed, way, seconds));
        let (shake, [x, y]) = (values.number("shake"), values.point("position"));
        Self {
            position: [x + shake * across, y + shake * down],
            dolly: values.number("dolly"),
            zoom: values.number("zoom"),
            roll: values.number("roll") + values.number("shake_roll") * turn,
        }
    }

    /// Where a placed picture is seen; `None` behind the camera.
    fn of_placement(&self, placement: Placement) -> Option<Placement> {
        let near = placement.depth - self.dolly;
        if near <= 1e-6 {
            return None;
        }
        let (larger, per_pixel) = (self.zoom * placement.depth / near, self.zoom / near);
        let (sine, cosine) = (-self.roll).to_radians().sin_cos();
        let turned = |[x, y]: [f64; 2]| [cosine * x - sine * y, sine * x + cosine * y];
        let place = [0, 1].map(|axis| {
            let from = placement.position[axis] + placement.anchor[axis];
            from * larger - self.position[axis] * per_pixel
        });
        let place = turned(place);
        Some(Placement {
            position: [0, 1].map(|axis| place[axis] - placement.anchor[axis]),
            scale: placement.scale.map(|scale| scale * larger),
            rotation: placement.rotation - self.roll,
            pin: placement.pin.map(|pin| turned(pin.map(|by| by * larger))),
            crop_soft: placement.crop_soft * larger,
            ..placement
        })
    }
}

/// The bands of a hand's unrest: how often a second, and how much of it.
const BANDS: [(f64, f64); 3] = [(0.3, 0.7), (1.5, 0.22), (6.0, 0.08)];

/// How far a hand is from rest, from -1 to 1: three noises, each within a band.
fn shake(seed: u64, way: u64, seconds: f64) -> f64 {
    let of = |(band, (rate, part)): (usize, &(f64, f64))| {
        part * noise(chance::mix(seed ^ (way << 40) ^ ((band as u64) << 50)), seconds * rate)
    };
    BANDS.iter().enumerate().map(of).sum()
}

/// Noise that is a smooth way between even numbers at whole places: little of it is faster than its places are.
fn noise(seed: u64, place: f64) -> f64 {
    let at = |place: i64| 2.0 * chance::unit(chance::mix(seed.wrapping_add(place as u64))) - 1.0;
    let (first, part) = (place.floor() as i64, place - place.floor());
    let [a, b, c, d] = [-1, 0, 1, 2].map(|off| at(first + off));
    let s = 1.0 - part;
    let cube = |x: f64| x * x * x;
    let (one, two) =
        (4.0 - 6.0 * part * part + 3.0 * cube(part), 4.0 - 6.0 * s * s + 3.0 * cube(s));
    (cube(s) * a + one * b + two * c + cube(part) * d) / 6.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators;
    use crate::plan::Picture;

    fn camera(values: &[(&str, Param)]) -> Camera {
        let values = values.iter().map(|(name, param)| ((*name).into(), param.clone())).collect();
        Camera::of(&values, Moment::default(), 24.0)
    }

    fn seen(camera: &Camera, placement: Placement) -> Placement {
        let values = Values::default();
        let picture =
            Picture::Made { generator: generators::SLATE, values, at: generators::At::default() };
        let mut layer = Layer::new(picture, placement);
        assert!(camera.move_layer(&mut layer));
        layer.placement
    }

    #[test]
    fn what_is_far_moves_less() {
        let pan = camera(&[("position", Param::point(100.0, 0.0))]);
        let at = |depth| Placement { depth, ..Placement::default() };
        assert_eq!(seen(&pan, at(1.0)).position, [-100.0, 0.0]);
        assert_eq!(seen(&pan, at(4.0)).position, [-25.0, 0.0]);
        assert_eq!(seen(&pan, at(4.0)).scale, [1.0, 1.0]);
    }

    #[test]
    fn what_is_near_grows_faster_under_a_dolly_and_is_gone_behind() {
        let dolly = camera(&[("dolly", Param::number(0.5))]);
        let at = |depth| Placement { depth, ..Placement::default() };
        assert_eq!(seen(&dolly, at(1.0)).scale, [2.0, 2.0]);
        assert_eq!(seen(&dolly, at(2.0)).scale, [4.0 / 3.0, 4.0 / 3.0]);
        assert!(dolly.now.of_placement(at(0.4)).is_none());
    }

    #[test]
    fn a_roll_turns_places_about_the_middle() {
        let roll = camera(&[("roll", Param::number(90.0))]);
        let moved = Placement { position: [10.0, 0.0], ..Placement::default() };
        let seen = seen(&roll, moved);
        assert!((seen.position[0]).abs() < 1e-9 && (seen.position[1] + 10.0).abs() < 1e-9);
        assert_eq!(seen.rotation, -90.0);
    }

    #[test]
    fn a_hand_stays_within_its_reach_and_is_smooth() {
        let at = |step: u32| shake(7, 0, f64::from(step) / 240.0);
        let far = (0..24_000).map(at).fold(0.0, |far: f64, it| far.max(it.abs()));
        assert!(far > 0.3 && far <= 1.0, "{far}");
        let jump = (1..24_000).map(|step| (at(step) - at(step - 1)).abs()).fold(0.0, f64::max);
        assert!(jump < 0.01, "{jump}");
        assert_ne!(shake(7, 0, 1.0), shake(8, 0, 1.0));
    }
}
