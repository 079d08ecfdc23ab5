//! A linen curtain that the air moves: friction that follows its speed, and small crumples.

use super::filter::Filter;
use super::wind::zip;
use super::{RATE, Stereo};
use crate::noise::{Random, noise};
use crate::vector::step;
use std::f32::consts::TAU;

/// When a gesture begins, how long it lasts (seconds), how fast (metres a second), where (-1 to 1).
const GESTURES: [(f32, f32, f32, f32); 4] = [
    (0.15, 1.1, 0.9, -0.35),
    (1.15, 0.9, 0.45, 0.3),
    (1.95, 1.25, 1.15, -0.2),
    (3.05, 0.8, 0.4, 0.35),
];

pub(super) fn curtain(length: usize) -> Stereo {
    let ears = [0_u32, 1].map(|ear| {
        let mut random = Random::new(400);
        let (mut rub, mut body, mut thump) =
            (Filter::default(), Filter::default(), Filter::default());
        let mut crumples = [Filter::default(); 4];
        let (mut strength, mut next) = ([0.0_f32; 4], 0_usize);
        (0..length).map(move |sample| {
            let time = sample as f32 / RATE as f32;
            let (speed, side) = motion(time);
            let white = random.normal();
            let weave = 1.0 + 0.2 * (TAU * 45.0 * speed * time).sin();
            let rubbed = rub.next(white, 900.0 + 1900.0 * speed, 0.7).band;
            let mut sound = body.next(rubbed, 260.0, 0.7).high * speed.powf(1.2) * weave;
            sound += thump.next(white, 150.0, 0.8).low * speed * speed * 0.5;
            if random.unit() < 150.0 * speed / RATE as f32 {
                let energy = random.unit().max(0.02).powf(-0.66);
                strength[next % 4] = energy.min(9.0) * 0.16 * speed;
                next += 1;
            }
            for (index, crumple) in crumples.iter_mut().enumerate() {
                let hertz = 1300.0 + 1100.0 * index as f32;
                sound += crumple.next(white, hertz, 2.0).band * strength[index];
                strength[index] *= 1.0 - 1.0 / (0.0022 * RATE as f32);
            }
            sound * (0.5 + if ear == 0 { -0.4 } else { 0.4 } * side).max(0.05).sqrt()
        })
    });
    zip(ears)
}

/// How fast the cloth moves, and where.
fn motion(time: f32) -> (f32, f32) {
    let (mut speed, mut side) = (0.0_f32, 0.0);
    for (from, long, fast, place) in GESTURES {
        let part = (time - from) / long;
        let shape = step(0.0, 0.22, part) * step(1.0, 0.25, part);
        let wobble = 1.0 + 0.45 * noise(time * 7.0, from, 9);
        speed += fast * shape * wobble;
        side += place * shape;
    }
    (speed.max(0.0), side)
}
