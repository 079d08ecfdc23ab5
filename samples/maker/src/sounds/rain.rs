//! Rain on a window pane: drops near by, one by one, over the hiss of all the others.

use super::filter::{Filter, Pink};
use super::wind::zip;
use super::{RATE, Stereo, drift};
use crate::noise::Random;

/// Drops a second on the pane.
const DROPS: f32 = 240.0;

pub(super) fn on_glass(length: usize) -> Stereo {
    let ears = [0_u32, 1].map(|ear| {
        let mut random = Random::new(640 + ear);
        let (mut hiss, mut far, mut pink) = (Filter::default(), Filter::default(), Pink::default());
        let mut drops = [Drop::default(); 12];
        let mut next = 0_usize;
        (0..length).map(move |sample| {
            let time = sample as f32 / RATE as f32;
            let white = random.normal();
            let level = 1.0 + 0.25 * drift(time, 0.4, 3);
            let mut sound = hiss.next(white, 3600.0, 0.5).band * 0.05 * level;
            sound += far.next(pink.next(random.normal()), 900.0, 0.6).low * 0.05;
            if random.unit() < DROPS * level / RATE as f32 {
                let size = random.unit().max(0.03);
                drops[next % 12] = Drop {
                    level: 0.045 * size.powf(-0.55).min(4.0),
                    decay: 1.0 - 1.0 / (random.between(0.0006, 0.0030) * RATE as f32),
                    hertz: random.between(1400.0, 5200.0),
                    ring: Filter::default(),
                };
                next += 1;
            }
            for drop in &mut drops {
                sound += drop.ring.next(white * drop.level, drop.hertz, 3.0).band * 2.2;
                drop.level *= drop.decay;
            }
            sound
        })
    });
    zip(ears)
}

/// One drop: a burst that makes the pane ring.
#[derive(Clone, Copy, Default)]
struct Drop {
    level: f32,
    decay: f32,
    hertz: f32,
    ring: Filter,
}
