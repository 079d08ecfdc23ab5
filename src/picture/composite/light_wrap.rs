//! Light wrap: what is bright behind a layer shines round its edge.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment, Wants};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "light_wrap",
    label: "Light wrap",
    help: "The light of what lies below shines round the layer's edge, as in a lens and in air.",
    space: Space::Light,
    parameters: &[
        Parameter::number(
            "size",
            "Size",
            "How far in it shines: a standard deviation, in pixels of a picture of 1080 lines.",
            [0.0, 500.0, 12.0],
            "px",
        ),
        Parameter::number("amount", "Amount", "How much of it.", [0.0, 4.0, 0.6], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (size, amount) = (values.number("size"), values.number("amount") as f32);
        (size > 0.0 && amount > 0.0)
            .then(|| Arc::new(LightWrap { size, amount }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct LightWrap {
    size: f64,
    amount: f32,
}

impl Treatment for LightWrap {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        picture
    }

    fn wants(&self) -> Wants {
        Wants::Below
    }

    fn beside(&self, mut picture: Canvas, below: &Canvas, _: &Scene<'_>) -> Canvas {
        let (size, sigma) = ((picture.width, picture.height), self.size * picture.unit());
        let mut outside: Vec<f32> = picture.channels[3].iter().map(|alpha| 1.0 - alpha).collect();
        super::gauss(&mut outside, size, sigma);
        let mut light = below.clone();
        light.channels[..3].iter_mut().for_each(|channel| super::gauss(channel, size, sigma));
        let width = picture.width;
        picture.bands(|line, [red, green, blue, alpha]| {
            let start = line * width;
            for (channel, light) in [red, green, blue].into_iter().zip(&light.channels) {
                let near = light[start..].iter().zip(&outside[start..]).zip(alpha.iter());
                for (value, ((light, outside), alpha)) in channel.iter_mut().zip(near) {
                    *value += self.amount * light * outside * alpha;
                }
            }
        });
        picture
    }
}
