//! Traffic far off: a rumble that wanders, and now and then a car on a wet road.

use super::filter::{Filter, Pink};
use super::wind::zip;
use super::{RATE, Stereo, drift};
use crate::noise::Random;

/// When a car is nearest (seconds), how near (metres), its speed (metres a second; below 0 from the
/// right).
const CARS: [(f32, f32, f32); 4] =
    [(2.6, 34.0, 11.0), (6.9, 52.0, -13.0), (10.4, 27.0, 12.0), (14.6, 45.0, -10.0)];

pub(super) fn far(length: usize) -> Stereo {
    let ears = [0_u32, 1].map(|ear| {
        let mut random = Random::new(200 + ear);
        let mut far = [Filter::default(); 2];
        let (mut pink, mut rise) = (Pink::default(), Filter::default());
        let mut cars = CARS.map(|car| Car::new(car, ear));
        (0..length).map(move |sample| {
            let time = sample as f32 / RATE as f32;
            let level = 10.0_f32.powf(0.15 * drift(time, 0.08, 31 + ear));
            let low = far[0].next(pink.next(random.normal()), 420.0, 0.6).low;
            let low = far[1].next(low, 900.0, 0.6).low;
            let rumble = rise.next(low, 32.0, 0.8).high * level;
            let white = random.normal();
            rumble * 0.55 + cars.iter_mut().map(|car| car.next(time, white)).sum::<f32>()
        })
    });
    zip(ears)
}

/// A car that passes: tyres on water, an engine's body.
struct Car {
    nearest: f32,
    distance: f32,
    speed: f32,
    ear: u32,
    tyre: Filter,
    spray: Filter,
    engine: Filter,
    air: Filter,
}

impl Car {
    fn new((nearest, distance, speed): (f32, f32, f32), ear: u32) -> Self {
        let rest = Filter::default();
        Self { nearest, distance, speed, ear, tyre: rest, spray: rest, engine: rest, air: rest }
    }

    fn next(&mut self, time: f32, white: f32) -> f32 {
        let along = (time - self.nearest) * self.speed;
        let away = along.hypot(self.distance);
        let doppler = 1.0 - self.speed * along / away / 343.0;
        let tyre = self.tyre.next(white, 850.0 * doppler, 0.8).band;
        let spray = self.spray.next(white, 3400.0 * doppler, 0.6).band * 0.35;
        let engine = self.engine.next(white, 92.0 * doppler, 3.0).band * 1.6;
        let near = (self.distance / away).powf(1.6) * (30.0 / self.distance);
        let side = along / away * if self.ear == 0 { -1.0 } else { 1.0 };
        let pan = (0.5 + 0.35 * side).sqrt();
        let clear = 700.0 + 5200.0 * near.min(1.0);
        self.air.next((tyre + spray + engine) * near * pan * 0.55, clear, 0.6).low
    }
}
