//! Bilateral: a blur that stops where colours change.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "bilateral",
    label: "Bilateral",
    help: "A blur among pixels of like colour: skin gets smooth and edges stay.",
    space: Space::Display,
    parameters: &[
        Parameter::number(
            "size",
            "Size",
            "Standard deviation over the picture, in pixels of a picture of 1080 lines.",
            [0.0, 30.0, 3.0],
            "px",
        ),
        Parameter::number("likeness", "Likeness", "Standard deviation over colour, 0 to 1.", [0.001, 1.0, 0.1], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (size, likeness) = (values.number("size"), values.number("likeness") as f32);
        (size > 0.0).then(|| Arc::new(Bilateral { size, likeness }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Bilateral {
    size: f64,
    likeness: f32,
}

impl Treatment for Bilateral {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        let sigma = self.size * picture.unit();
        let reach = (2.0 * sigma).ceil().max(1.0) as isize;
        let (width, height) = (picture.width as isize, picture.height as isize);
        let near: Vec<(isize, isize, f32)> = (-reach..=reach)
            .flat_map(|down| (-reach..=reach).map(move |right| (right, down)))
            .filter(|(right, down)| right * right + down * down <= reach * reach)
            .map(|(right, down)| {
                let square = (right * right + down * down) as f64;
                (right, down, (-0.5 * square / (sigma * sigma)).exp() as f32)
            })
            .collect();
        let by = -0.5 / (self.likeness * self.likeness);
        let [reds, greens, blues, _] = &picture.channels;
        let mut out = picture.clone();
        out.bands(|first, [red, green, blue, _]| {
            for index in 0..red.len() {
                let (x, y) = (index as isize % width, first as isize + index as isize / width);
                let own = [red[index], green[index], blue[index]];
                let (mut sums, mut total) = ([0.0; 3], 0.0);
                for (right, down, weight) in &near {
                    let column = (x + right).clamp(0, width - 1);
                    let place = ((y + down).clamp(0, height - 1) * width + column) as usize;
                    let there = [reds[place], greens[place], blues[place]];
                    let far: f32 = (0..3).map(|it| (there[it] - own[it]).powi(2)).sum();
                    let weight = weight * (far * by).exp();
                    total += weight;
                    (0..3).for_each(|it| sums[it] += weight * there[it]);
                }
                [red[index], green[index], blue[index]] = sums.map(|sum| sum / total);
            }
        });
        out
    }
}
