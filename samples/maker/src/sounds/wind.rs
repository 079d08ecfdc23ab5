//! Wind over a coast: gusts that cross from left to right, whistling edges, the surf far below.

use super::filter::{Filter, Pink};
use super::{RATE, Stereo, drift};
use crate::noise::Random;

/// Mean speed in metres a second.
const SPEED: f32 = 8.5;

pub(super) fn wind(length: usize) -> Stereo {
    let ears = [0_u32, 1].map(|ear| {
        let mut random = Random::new(100 + ear);
        let (mut body, mut base, mut surf) =
            ([Filter::default(); 2], Filter::default(), Filter::default());
        let mut leaf = Filter::default();
        let (mut edges, mut wash) = ([Filter::default(); 3], Pink::default());
        (0..length).map(move |sample| {
            let time = sample as f32 / RATE as f32 - 0.35 * ear as f32 + 5.0;
            let speed =
                SPEED * (1.0 + 0.30 * drift(time, 0.11, 7) + 0.05 * drift(time, 0.9, 8 + ear));
            let white = random.normal();
            let cut = (60.0 * speed).clamp(150.0, 2500.0);
            let soft = body[0].next(white, cut, 0.6).low;
            let soft = body[1].next(soft, cut * 1.6, 0.6).low;
            let air = base.next(soft, 70.0, 0.7).high * (speed / SPEED).powi(3);
            let mut sound =
                air + leaf.next(white, 2600.0, 0.5).band * 0.018 * (speed / SPEED).powi(2);
            for (edge, (width, strength)) in
                edges.iter_mut().zip([(0.0042, 0.16), (0.0065, 0.14), (0.011, 0.16)])
            {
                let over = ((speed - 6.5) / SPEED).max(0.0);
                sound +=
                    edge.next(white, 0.2 * speed / width, 26.0).band * over * over * strength * 9.0;
            }
            let swell = (0.5 + 0.5 * drift(time + 40.0, 0.13, 21)).max(0.0).powi(2);
            sound
                + surf.next(wash.next(random.normal()), 700.0 + 900.0 * swell, 0.6).low
                    * (0.006 + 0.05 * swell)
        })
    });
    zip(ears)
}

/// Two ears' samples side by side.
pub(super) fn zip(ears: [impl Iterator<Item = f32>; 2]) -> Stereo {
    let [left, right] = ears;
    left.zip(right).map(|(left, right)| [left, right]).collect()
}
