//! Local flicker taken out: the light of each place held to what it is in the frames around.

use super::planes::luma_of;
use crate::canvas::Canvas;
use crate::filter::{Filter, Scene, Treatment};
use crate::flow::sample;
use crate::grade::Space;
use crate::measures::Luma;
use signal::Parameter;
use std::sync::Arc;

/// Tiles across and down.
const TILES: (usize, usize) = (20, 12);
/// Added to light before its logarithm, so that black stays: in parts of white.
const BLACK: f32 = 4.0 / 255.0;

pub(super) const FILTER: Filter = Filter {
    id: "deflicker",
    label: "Deflicker",
    help: "The light of each of 20 by 12 places held to a parabola through the frames around: trembling goes, a ramp stays.",
    space: Space::Display,
    parameters: &[
        Parameter::setting("frames", "Frames", "Frames before and after that are looked at.", [1.0, 8.0, 4.0], "frames"),
        Parameter::number("amount", "Amount", "How much of the trembling is taken out.", [0.0, 1.0, 1.0], ""),
        Parameter::number("most", "Most", "The most by which a place is changed, in stops of code values.", [0.0, 2.0, 0.15], "stops"),
    ],
    moves: false,
    reach: |values| [values.number("frames") as i64; 2],
    prepare: |values| {
        let (amount, most) = (values.number("amount") as f32, values.number("most") as f32);
        (amount > 0.0 && most > 0.0).then(|| Arc::new(Deflicker { amount, most }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Deflicker {
    amount: f32,
    most: f32,
}

impl Treatment for Deflicker {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let Some(own) = tiles(&picture) else { return picture };
        let others: Vec<(f64, Luma)> = scene
            .around
            .iter()
            .filter_map(|(away, other)| Some((*away as f64, tiles(other)?)))
            .filter(|(_, tiles)| tiles.size() == own.size())
            .collect();
        if others.len() < 2 {
            return picture;
        }
        let gains: Vec<f32> = (0..own.codes().len())
            .map(|tile| {
                let here = own.codes()[tile];
                let seen = others.iter().map(|(away, tiles)| (*away, f64::from(tiles.codes()[tile])));
                let steady = steady(seen.chain([(0.0, f64::from(here))])) as f32;
                (self.amount * (steady - here)).clamp(-self.most, self.most)
            })
            .collect();
        let (size, width, height) = (own.size(), picture.width, picture.height);
        picture.bands(|line, [red, green, blue, _]| {
            for place in 0..red.len() {
                let (x, y) = (place % width, line + place / width);
                let across = (x as f32 + 0.5) / width as f32 * size.0 as f32 - 0.5;
                let down = (y as f32 + 0.5) / height as f32 * size.1 as f32 - 0.5;
                let gain = sample(&gains, size, across, down).exp2();
                for channel in [&mut *red, &mut *green, &mut *blue] {
                    channel[place] = (channel[place] + BLACK) * gain - BLACK;
                }
            }
        });
        picture
    }
}

/// The light of the tiles of a picture, in stops.
fn tiles(picture: &Canvas) -> Option<Luma> {
    let luma = Luma::new((picture.width, picture.height), luma_of(picture))?.shrunk(TILES);
    let stops = luma.codes().iter().map(|value| (value.max(0.0) + BLACK).log2()).collect();
    Luma::new(luma.size(), stops)
}

/// What the parabola (with three places, the line) that lies nearest to some numbers is in the middle.
fn steady(numbers: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut sums = [0.0; 5];
    let mut sides = [0.0; 3];
    let mut count = 0;
    for (at, value) in numbers {
        let powers = [1.0, at, at * at, at * at * at, at * at * at * at];
        sums.iter_mut().zip(powers).for_each(|(sum, power)| *sum += power);
        sides.iter_mut().zip(powers).for_each(|(side, power)| *side += power * value);
        count += 1;
    }
    let line = || {
        let whole = sums[0] * sums[2] - sums[1] * sums[1];
        if whole > 0.0 { (sides[0] * sums[2] - sides[1] * sums[1]) / whole } else { sides[0] / sums[0].max(1.0) }
    };
    let minor = |a: [f64; 4]| a[0] * a[3] - a[1] * a[2];
    let whole = sums[0] * minor([sums[2], sums[3], sums[3], sums[4]])
        - sums[1] * minor([sums[1], sums[3], sums[2], sums[4]])
        + sums[2] * minor([sums[1], sums[2], sums[2], sums[3]]);
    if count < 5 || whole.abs() < 1e-9 {
        return line();
    }
    let own = sides[0] * minor([sums[2], sums[3], sums[3], sums[4]])
        - sums[1] * minor([sides[1], sums[3], sides[2], sums[4]])
        + sums[2] * minor([sides[1], sums[2], sides[2], sums[3]]);
    own / whole
}
