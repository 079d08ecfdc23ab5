//! Grain: film's own noise, another in every frame, the same every time.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Parameter, chance};
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "grain",
    label: "Grain",
    help: "Film grain on coded values: most in the midtones, another in every frame, the same at every rendering.",
    space: Space::Display,
    parameters: &[
        Parameter::number(
            "amount",
            "Amount",
            "Standard deviation in the midtones, in codes of 255.",
            [0.0, 64.0, 5.0],
            "",
        ),
        Parameter::number(
            "size",
            "Size",
            "Standard deviation of a grain, in pixels of a picture of 1080 lines.",
            [0.0, 10.0, 0.7],
            "px",
        ),
        Parameter::number("colour", "Colour", "0 is the same for red, green and blue, 1 each its own.", [0.0, 1.0, 0.3], ""),
        Parameter::number("shadows", "Shadows", "How much of it is left in black.", [0.0, 2.0, 0.5], ""),
        Parameter::number("highlights", "Highlights", "How much of it is left in white.", [0.0, 2.0, 0.3], ""),
        Parameter::setting("seed", "Seed", "Another number, another grain.", [0.0, 1e9, 1.0], ""),
        Parameter::flag("still", "Still", "The same in every frame."),
    ],
    moves: true,
    reach: ALONE,
    prepare: |values| {
        let number = |name: &str| values.number(name) as f32;
        let (amount, size) = (number("amount") / 255.0, values.number("size"));
        let ends = [number("shadows"), number("highlights")];
        let (colour, seed) = (number("colour"), values.number("seed") as u64);
        let is_still = values.flag("still");
        (amount > 0.0).then(|| {
            Arc::new(Grain { amount, size, ends, colour, seed, is_still }) as Arc<dyn Treatment>
        })
    },
};

#[derive(Debug)]
struct Grain {
    amount: f32,
    size: f64,
    ends: [f32; 2],
    colour: f32,
    seed: u64,
    is_still: bool,
}

impl Treatment for Grain {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let frame = if self.is_still { 0 } else { scene.frame };
        let seed = chance::mix(self.seed ^ (frame as u64).rotate_left(32));
        let field = |layer: u64| self.field(&picture, chance::mix(seed ^ layer));
        let shared = field(0);
        let own = (self.colour > 0.0).then(|| [1, 2, 3].map(field));
        let (width, rest) = (picture.width, (1.0 - self.colour * self.colour).max(0.0).sqrt());
        picture.bands(|line, [red, green, blue, _]| {
            let start = line * width;
            let channels = [red, green, blue];
            let length = channels[0].len();
            let strength: Vec<f32> = (0..length)
                .map(|index| {
                    let [red, green, blue] = [0, 1, 2].map(|it: usize| channels[it][index]);
                    self.strength(0.2126 * red + 0.7152 * green + 0.0722 * blue)
                })
                .collect();
            for (which, channel) in channels.into_iter().enumerate() {
                for (index, (value, strength)) in channel.iter_mut().zip(&strength).enumerate() {
                    let own = own.as_ref().map_or(0.0, |own| own[which][start + index]);
                    let noise = rest * shared[start + index] + self.colour * own;
                    *value += strength * noise;
                }
            }
        });
        picture
    }
}

impl Grain {
    /// How strong it is at a luma: all in the middle, a part at the ends.
    fn strength(&self, luma: f32) -> f32 {
        let luma = luma.clamp(0.0, 1.0);
        let (end, part) = if luma < 0.5 { (self.ends[0], 1.0 - 2.0 * luma) } else { (self.ends[1], 2.0 * luma - 1.0) };
        self.amount * (1.0 + (end - 1.0) * part * part)
    }

    /// Noise of mean 0 and mean square 1, as coarse as a grain.
    fn field(&self, picture: &Canvas, seed: u64) -> Vec<f32> {
        let (width, height) = (picture.width, picture.height);
        let mut field = vec![0.0; width * height];
        super::noise::white(&mut field, width, seed);
        let sigma = self.size * picture.unit();
        super::gauss(&mut field, (width, height), sigma);
        let left = super::noise::power_left(sigma).sqrt() as f32;
        field.iter_mut().for_each(|value| *value /= left);
        field
    }
}
