//! Noise and boil taken out over time: frames before and after fetched along where everything moves, and laid over.

use super::planes::{fetched, flow_between};
use crate::canvas::Canvas;
use crate::composite::gauss;
use crate::filter::{Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use rayon::prelude::*;
use std::sync::Arc;

/// The deviation, in pixels, over which two frames are held to differ.
const NEAR: f64 = 1.5;

pub(super) const FILTER: Filter = Filter {
    id: "denoise_time",
    label: "Denoise over time",
    help: "Frames before and after, fetched along where everything moves, laid over each other by how well they agree (a Wiener filter in time): grain and boil go, edges stay.",
    space: Space::Display,
    parameters: &[
        Parameter::setting("frames", "Frames", "Frames before and after that are used.", [1.0, 3.0, 1.0], "frames"),
        Parameter::number("noise", "Noise", "Deviation of what is to go, in codes of 255.", [0.1, 64.0, 4.0], "codes"),
        Parameter::number("amount", "Amount", "How much the other frames count.", [0.0, 1.0, 1.0], ""),
    ],
    moves: false,
    reach: |values| [values.number("frames") as i64; 2],
    prepare: |values| {
        let noise = (values.number("noise") / 255.0) as f32;
        let amount = values.number("amount") as f32;
        (amount > 0.0).then(|| Arc::new(DenoiseTime { noise, amount }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct DenoiseTime {
    noise: f32,
    amount: f32,
}

impl Treatment for DenoiseTime {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let mut weights = vec![1.0_f32; picture.width * picture.height];
        let mut sums = picture.channels.clone();
        for (_, other) in scene.around.iter().filter(|(_, other)| other.width == picture.width && other.height == picture.height) {
            let there = fetched(other, &flow_between(&picture, other));
            let part = self.agreement(&picture, &there);
            weights.par_iter_mut().zip(&part).for_each(|(sum, part)| *sum += part);
            for (sum, channel) in sums.iter_mut().zip(&there.channels).take(3) {
                let pairs = sum.par_iter_mut().zip(channel).zip(&part);
                pairs.for_each(|((sum, value), part)| *sum += part * value);
            }
        }
        for (channel, sum) in picture.channels.iter_mut().zip(sums).take(3) {
            let pairs = channel.par_iter_mut().zip(sum).zip(&weights);
            pairs.for_each(|((value, sum), weight)| *value = sum / weight);
        }
        picture
    }
}

impl DenoiseTime {
    /// How much each pixel of another frame counts: all where the two differ by noise alone, little where by more.
    fn agreement(&self, picture: &Canvas, there: &Canvas) -> Vec<f32> {
        let squares = |place: usize| {
            let of = |channel: usize| (picture.channels[channel][place] - there.channels[channel][place]).powi(2);
            (of(0) + of(1) + of(2)) / 3.0
        };
        let mut apart: Vec<f32> = (0..picture.width * picture.height).into_par_iter().map(squares).collect();
        gauss(&mut apart, (picture.width, picture.height), NEAR);
        let noise = self.noise * self.noise;
        apart.par_iter_mut().for_each(|square| {
            let more = (*square - 2.0 * noise).max(0.0);
            *square = self.amount * noise / (noise + 2.0 * more);
        });
        apart
    }
}
