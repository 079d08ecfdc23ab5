//! The edge of what is cut out: choked, spread, softened.

use crate::canvas::{Canvas, straighten};
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use crate::kept;
use crate::masks::Matte;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "edges",
    label: "Edges",
    help: "Makes what is seen smaller or larger by pixels, softens its edge, and draws colour from within out to it.",
    space: Space::Light,
    parameters: &[
        Parameter::number(
            "grow",
            "Grow",
            "Above 0 larger, below 0 smaller, in pixels of a picture of 1080 lines.",
            [-100.0, 100.0, 0.0],
            "px",
        ),
        Parameter::number(
            "soft",
            "Softness",
            "Standard deviation of its edge, in pixels of a picture of 1080 lines.",
            [0.0, 100.0, 0.0],
            "px",
        ),
        Parameter::number(
            "decontaminate",
            "Decontaminate",
            "How far within colour is taken from for what is partly clear, in pixels of a picture of 1080 lines.",
            [0.0, 100.0, 0.0],
            "px",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let [grow, soft, inner] =
            ["grow", "soft", "decontaminate"].map(|name| values.number(name));
        (grow != 0.0 || soft > 0.0 || inner > 0.0)
            .then(|| Arc::new(Edges { grow, soft, inner }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Edges {
    grow: f64,
    soft: f64,
    inner: f64,
}

impl Treatment for Edges {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (width, height, unit) = (picture.width, picture.height, picture.unit());
        let mut matte = Matte { width, height, values: kept::copy(&picture.channels[3]) };
        matte.grow(self.grow * unit);
        matte.blur(self.soft * unit);
        let reach = self.inner.max(self.grow.max(0.0) + self.soft) * unit;
        let inner = (reach > 0.0).then(|| inner_colour(&picture, reach));
        picture.bands(|line, [red, green, blue, alpha]| {
            let start = line * width;
            for index in 0..alpha.len() {
                let (own, wanted) = (alpha[index], matte.values[start + index]);
                let at = |channel: usize, own_value: f32| {
                    let straight = if own > 0.0 { own_value / own } else { 0.0 };
                    let near = inner.as_ref().map_or(straight, |it| it[channel][start + index]);
                    wanted * (straight * solid(own) + near * (1.0 - solid(own)))
                };
                let now = [at(0, red[index]), at(1, green[index]), at(2, blue[index])];
                (red[index], green[index], blue[index]) = (now[0], now[1], now[2]);
                alpha[index] = wanted;
            }
        });
        picture
    }
}

/// How far a pixel's own colour can be relied on: whole where it is opaque, not at all from nine tenths down.
fn solid(alpha: f32) -> f32 {
    ((alpha - 0.9) * 10.0).clamp(0.0, 1.0)
}

/// Times that colour is taken from twice as far away, where none is near.
const LEVELS: usize = 7;

/// The colour of what is opaque nearby: its blur over the blur of where it is (Germer and others, Fast multi-level
/// foreground estimation, 2021), from twice as far away where there is none, and so on.
fn inner_colour(picture: &Canvas, reach: f64) -> [Vec<f32>; 3] {
    let size = (picture.width, picture.height);
    let solid: Vec<f32> = picture.channels[3].iter().map(|alpha| solid(*alpha)).collect();
    let mut own: [Vec<f32>; 3] = [0, 1, 2].map(|channel| picture.channels[channel].clone());
    own.iter_mut().for_each(|channel| straighten(channel, &picture.channels[3]));
    let mut found = own.clone();
    let mut is_found: Vec<bool> = vec![false; solid.len()];
    for level in 0..LEVELS {
        let sigma = reach * f64::from(1_u32 << level);
        let mut weights = solid.clone();
        super::gauss(&mut weights, size, sigma);
        for (found, own) in found.iter_mut().zip(&own) {
            let mut sums: Vec<f32> = own.iter().zip(&solid).map(|(own, solid)| own * solid).collect();
            super::gauss(&mut sums, size, sigma);
            let news = found.iter_mut().zip(&is_found).zip(sums.iter().zip(&weights));
            for ((found, _), (sum, weight)) in news.filter(|((_, is), (_, it))| !**is && **it > FEW) {
                *found = sum / weight;
            }
        }
        is_found.iter_mut().zip(&weights).for_each(|(is, weight)| *is |= *weight > FEW);
        if is_found.iter().all(|is| *is) || !is_found.contains(&true) {
            break;
        }
    }
    found
}

/// How much of what is opaque must be near for its colour to count.
const FEW: f32 = 1e-3;
