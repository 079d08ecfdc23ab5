//! Where every particle is at a time: from its number alone.

use super::eddies::carried;
use super::kind::Nature;
use crate::values::Values;
use signal::chance;
use timeline_format::sequence::Raster;

/// A particle while the shutter is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flight {
    /// Where it is when the shutter opens and when it closes, in pixels.
    pub(super) way: [[f64; 2]; 2],
    /// In pixels.
    pub(super) radius: f64,
    /// How much of it is seen.
    pub(super) part: f32,
    /// How far away: 1 is near.
    pub(super) depth: f64,
    /// What its looks are drawn from.
    pub(super) seed: u64,
    /// From 0, begun, to 1, gone.
    pub(super) age: f64,
}

/// The most particles at a time.
const MOST: f64 = 40_000.0;

/// Every particle that lives at a frame, the far ones first.
pub(super) fn all(values: &Values, nature: &Nature, raster: Raster, frame: i64) -> Vec<Flight> {
    let count = (nature.count * values.number("amount")).round().min(MOST) as u64;
    let seed = chance::mix(values.number("seed") as u64 ^ 0x7061_7274);
    let emitter = Emitter { values, nature, raster, seconds: frame as f64 / values.number("rate") };
    let [nearest, farthest] = ["nearest", "farthest"].map(|name| values.number(name));
    let is_between = |flight: &Flight| (nearest..farthest).contains(&flight.depth);
    let all = (0..count).map(|index| emitter.flight(chance::mix(seed ^ index)));
    let mut flights: Vec<Flight> = all.filter(is_between).collect();
    flights.sort_by(|one, other| {
        other.depth.total_cmp(&one.depth).then(one.seed.cmp(&other.seed))
    });
    flights
}

/// How fast air goes round in eddies, in pixels of a picture of 1080 lines a second.
const EDDY_SPEED: f64 = 60.0;

/// What makes particles.
struct Emitter<'a> {
    values: &'a Values,
    nature: &'a Nature,
    raster: Raster,
    seconds: f64,
}

impl Emitter<'_> {
    /// The particle that a place among them has now: when one is gone the next one begins there.
    fn flight(&self, place: u64) -> Flight {
        let Nature { life: [short, long], .. } = self.nature;
        let own = |which: u64| chance::unit(chance::mix(place.wrapping_add(which)));
        let life = short + (long - short) * own(1);
        let lived = self.seconds + own(2) * life;
        let round = (lived / life).floor();
        let seed = chance::mix(place ^ (round as i64 as u64).rotate_left(40));
        let depth = 1.0 + self.values.number("depth") * even(seed, 9).powi(2);
        let age = lived - round * life;
        let open = self.values.number("shutter") / 360.0 / self.values.number("rate");
        let way = [-0.5, 0.5].map(|part| {
            let (place, away) = (self.place(seed, age + part * open, depth), part * open);
            self.in_eddies(place, self.seconds + away, depth)
        });
        let part = self.fade(age / life) / (1.0 + 0.2 * (depth - 1.0));
        let radius = self.radius(seed, age / life) / depth;
        Flight { way, radius, part: part as f32, depth, seed, age: age / life }
    }

    fn unit(&self) -> f64 {
        f64::from(self.raster.height) / 1080.0
    }

    /// Where it is at an age: from its beginning by its velocity, by gravity, and by how it swings.
    fn place(&self, seed: u64, age: f64, depth: f64) -> [f64; 2] {
        let Nature { from, velocity, spread, gravity, swing: (far, often), .. } = self.nature;
        let size = [f64::from(self.raster.width), f64::from(self.raster.height)];
        let (speed, wind) = (self.values.number("speed"), self.values.point("wind"));
        let turn = std::f64::consts::TAU;
        [0, 1].map(|axis| {
            let which = axis as u64 * 8;
            let start = from[axis] + (from[axis + 2] - from[axis]) * even(seed, 16 + which);
            let stray = 2.0 * even(seed, 17 + which) - 1.0;
            let flies = (velocity[axis] + spread[axis] * stray) * speed;
            let falls = if axis == 1 { 0.5 * gravity * speed * age * age } else { 0.0 };
            let phase = turn * even(seed, 18 + which);
            let rate = often * speed * (0.6 + 0.8 * even(seed, 19 + which));
            let swings = far * ((turn * rate * age + phase).sin() - phase.sin());
            let moved = flies * age + falls + swings + wind[axis] * age;
            start * size[axis] + moved * self.unit() / depth
        })
    }

    /// Where eddies carry what is at a place at a time: those about what is far are small, as all is there.
    fn in_eddies(&self, place: [f64; 2], seconds: f64, depth: f64) -> [f64; 2] {
        let far = self.values.number("turbulence") * self.unit() / depth;
        if far <= 0.0 {
            return place;
        }
        let wide = self.values.number("eddies");
        let scale = wide * self.unit() / depth;
        let seed = chance::mix(self.values.number("seed") as u64 ^ 0x6564_6479);
        let time = seconds * self.values.number("speed") * EDDY_SPEED / wide;
        let by = carried(seed, place.map(|it| it / scale), time);
        [0, 1].map(|axis| place[axis] + far * by[axis])
    }

    fn radius(&self, seed: u64, age: f64) -> f64 {
        let Nature { radius: [least, most], growth, .. } = self.nature;
        let own = least + (most - least) * even(seed, 33);
        own * (1.0 + growth * age).max(0.0) * self.values.number("size") * self.unit()
    }

    /// How much of it is seen at a part of its life.
    fn fade(&self, age: f64) -> f64 {
        let [come, go] = self.nature.fades;
        (age / come).min((1.0 - age) / go).clamp(0.0, 1.0)
    }
}

/// A number from 0 to 1 of a particle.
fn even(seed: u64, which: u64) -> f64 {
    chance::unit(chance::mix(seed ^ which.rotate_left(20)))
}
