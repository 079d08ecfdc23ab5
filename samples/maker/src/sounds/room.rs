//! The tone of a room: air, a radiator, the mains, the resonances of its walls.

use super::filter::{Filter, Pink, Slope};
use super::wind::zip;
use super::{RATE, Stereo, drift};
use crate::noise::Random;
use std::f32::consts::TAU;

/// The first resonances of a room of 5 by 4 by 2.6 metres, in hertz.
const MODES: [f32; 3] = [34.3, 42.9, 66.0];

pub(super) fn tone(length: usize) -> Stereo {
    let mut shared = Random::new(50);
    let common: Vec<f32> = (0..length).map(|_| shared.normal()).collect();
    let ears = [0_u32, 1].map(|ear| {
        let mut random = Random::new(60 + ear);
        let (mut pink, mut dull) = (Pink::default(), Slope::default());
        let mut walls = [Filter::default(); 3];
        let (mut pipe, mut floor) = (Filter::default(), Filter::default());
        let common = common.clone();
        (0..length).map(move |sample| {
            let time = sample as f32 / RATE as f32;
            let white = 0.6 * common[sample] + 0.8 * random.normal();
            let air = dull.next(pink.next(white), 50.0);
            let mut sound = air * (1.0 + 0.06 * drift(time, 0.05, 3));
            for (wall, hertz) in walls.iter_mut().zip(MODES) {
                sound += wall.next(air, hertz, 10.0).band * 0.5;
            }
            sound += pipe.next(white, 138.0, 5.0).band * 0.06 * (1.0 + 0.11 * drift(time, 0.3, 5));
            let hum = |times: f32, level: f32| (TAU * 50.0 * times * time).sin() * level;
            sound += hum(1.0, 0.010) + hum(2.0, 0.018) + hum(3.0, 0.006) + hum(6.0, 0.003);
            floor.next(sound + 0.009 * random.normal(), 26.0, 0.7).high
        })
    });
    zip(ears)
}
