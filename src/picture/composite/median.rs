//! Median: the middle one of the values about a pixel.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use rayon::prelude::*;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "median",
    label: "Median",
    help: "The middle one of the values in a square about every pixel, channel by channel: specks go, edges stay.",
    space: Space::Display,
    parameters: &[Parameter::number(
        "radius",
        "Radius",
        "Half the square's side, in pixels of a picture of 1080 lines.",
        [0.0, 10.0, 1.0],
        "px",
    )],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let radius = values.number("radius");
        (radius > 0.0).then(|| Arc::new(Median(radius)) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Median(f64);

impl Treatment for Median {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let radius = (self.0 * picture.unit()).round().clamp(1.0, 20.0) as isize;
        let size = (picture.width, picture.height);
        picture.channels.iter_mut().for_each(|channel| *channel = median(channel, size, radius));
        picture
    }
}

fn median(channel: &[f32], (width, height): (usize, usize), radius: isize) -> Vec<f32> {
    let mut out = vec![0.0; channel.len()];
    out.par_chunks_mut(width.max(1)).enumerate().for_each(|(y, line)| {
        let mut near = Vec::with_capacity(((2 * radius + 1) * (2 * radius + 1)) as usize);
        let rows: Vec<&[f32]> = (-radius..=radius)
            .map(|down| {
                let row = (y as isize + down).clamp(0, height as isize - 1) as usize;
                &channel[row * width..][..width]
            })
            .collect();
        for (x, out) in line.iter_mut().enumerate() {
            near.clear();
            for row in &rows {
                let columns = (-radius..=radius).map(|right| x as isize + right);
                let held = columns.map(|column| column.clamp(0, width as isize - 1) as usize);
                near.extend(held.map(|column| row[column]));
            }
            let middle = near.len() / 2;
            *out = *near.select_nth_unstable_by(middle, f32::total_cmp).1;
        }
    });
    out
}
