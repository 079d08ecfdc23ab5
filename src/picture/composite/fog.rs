//! Fog: light that air throws in, the more of it the further away.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use crate::{WORKING, light};
use signal::{Kind, Parameter, chance};
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "fog",
    label: "Fog",
    help: "Air between: what is seen fades to a colour by exp(-density), more of it towards the ground, in drifting banks.",
    space: Space::Light,
    parameters: &[
        Parameter {
            id: "colour",
            label: "Colour",
            help: "Display-coded red, green and blue of the air's own light.",
            kind: Kind::Four { default: [0.75, 0.78, 0.82, 1.0], unit: "" },
        },
        Parameter::number("density", "Density", "How much air: 1 leaves 37 % of the picture's light.", [0.0, 20.0, 0.4], ""),
        Parameter::number("ground", "Ground", "How much denser it is at the picture's foot than at its head.", [0.0, 20.0, 0.0], ""),
        Parameter::number("banks", "Banks", "How uneven it is: 0 everywhere the same.", [0.0, 1.0, 0.0], ""),
        Parameter::number(
            "size",
            "Size of banks",
            "In pixels of a picture of 1080 lines.",
            [10.0, 4000.0, 400.0],
            "px",
        ),
        Parameter {
            id: "drift",
            label: "Drift",
            help: "How far the banks go in a frame, in pixels of a picture of 1080 lines.",
            kind: Kind::Point { default: [1.0, 0.0], unit: "px" },
        },
        Parameter::setting("seed", "Seed", "Another number, other banks.", [0.0, 1e9, 1.0], ""),
    ],
    moves: true,
    reach: ALONE,
    prepare: |values| {
        let [red, green, blue, _] = values.four("colour").map(|it| it as f32);
        let mut colour = [red, green, blue];
        light::decode(WORKING.transfer, &mut colour);
        let number = |name: &str| values.number(name);
        let (density, ground) = (number("density"), number("ground"));
        let (banks, size) = (number("banks"), number("size"));
        let (drift, seed) = (values.point("drift"), number("seed") as u64);
        (density > 0.0 || ground > 0.0).then(|| {
            let fog = Fog { colour, density, ground, banks, size, drift, seed };
            Arc::new(fog) as Arc<dyn Treatment>
        })
    },
};

#[derive(Debug)]
struct Fog {
    colour: [f32; 3],
    density: f64,
    ground: f64,
    banks: f64,
    size: f64,
    drift: [f64; 2],
    seed: u64,
}

impl Treatment for Fog {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let (width, height, unit) = (picture.width, picture.height as f64, picture.unit());
        let drift = self.drift.map(|by| by * scene.frame as f64);
        picture.bands(|first, [red, green, blue, alpha]| {
            for index in 0..alpha.len() {
                let (x, y) = ((index % width) as f64 + 0.5, (first + index / width) as f64 + 0.5);
                let mut dense = self.density + self.ground * y / height;
                if self.banks > 0.0 {
                    let place = [x / unit - drift[0], y / unit - drift[1]];
                    dense *= 1.0 + self.banks * (2.0 * cloud(self.seed, place.map(|it| it / self.size)) - 1.0);
                }
                let left = (-dense.max(0.0)).exp() as f32;
                let air = (1.0 - left) * alpha[index];
                red[index] = red[index] * left + air * self.colour[0];
                green[index] = green[index] * left + air * self.colour[1];
                blue[index] = blue[index] * left + air * self.colour[2];
            }
        });
        picture
    }
}

/// Four octaves of smooth noise, from 0 to 1.
pub(crate) fn cloud(seed: u64, place: [f64; 2]) -> f64 {
    let octave = |octave: u32| {
        let finer = f64::from(1_u32 << octave);
        smooth(chance::mix(seed ^ u64::from(octave) << 32), place.map(|it| it * finer)) / finer
    };
    (0..4).map(octave).sum::<f64>() / 1.875
}

fn smooth(seed: u64, [x, y]: [f64; 2]) -> f64 {
    let (left, top) = (x.floor(), y.floor());
    let ease = |part: f64| part * part * part * (part * (part * 6.0 - 15.0) + 10.0);
    let (across, down) = (ease(x - left), ease(y - top));
    let at = |column: i64, line: i64| {
        let place = (column as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (line as u64).rotate_left(32);
        chance::unit(chance::mix(seed ^ place))
    };
    let (left, top) = (left as i64, top as i64);
    let row = |line: i64| at(left, line) + (at(left + 1, line) - at(left, line)) * across;
    row(top) + (row(top + 1) - row(top)) * down
}
