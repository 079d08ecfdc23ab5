//! Heal: a place of the picture laid over another so that it fits at the seam.
//!
//! What is laid over keeps its texture and takes the light and colour of what lies around: the difference at the seam
//! is spread over the inside as a membrane (P. Perez and others, Poisson Image Editing, SIGGRAPH 2003), solved from a
//! coarse picture to a fine one.

use super::clone::{OFFSET, moved};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

/// Relaxations at each size.
const RELAXATIONS: usize = 60;
/// Of over-relaxation.
const OMEGA: f32 = 1.7;
/// Pixels each way below which nothing coarser is solved.
const COARSEST: usize = 8;

pub(super) const FILTER: Filter = Filter {
    id: "heal",
    label: "Heal",
    help: "What lies an offset away, laid over with the light and colour of what lies around the masks: its texture, no seam.",
    space: Space::Display,
    parameters: &[
        OFFSET,
        Parameter::choice("gradients", "Gradients", "Which texture is kept: that of what is laid over, or the stronger of both.", &["source", "mixed"]),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (offset, is_mixed) = (values.point("offset"), values.word("gradients") == "mixed");
        (offset != [0.0; 2]).then(|| Arc::new(Heal { offset, is_mixed }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Heal {
    offset: [f64; 2],
    is_mixed: bool,
}

impl Treatment for Heal {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let Some(matte) = scene.matte else { return picture };
        let (width, height) = (picture.width, picture.height);
        let Some([left, top, right, bottom]) = bounds(&matte.values, width) else { return picture };
        let [left, top] = [left.saturating_sub(1), top.saturating_sub(1)];
        let [right, bottom] = [(right + 2).min(width), (bottom + 2).min(height)];
        let source = moved(&picture, self.offset);
        let size = (right - left, bottom - top);
        let cut = |values: &[f32]| -> Vec<f32> {
            (top..bottom).flat_map(|y| values[y * width + left..y * width + right].to_vec()).collect()
        };
        let inside: Vec<bool> = cut(&matte.values).into_iter().map(|part| part > 0.0).collect();
        for (channel, source) in picture.channels.iter_mut().zip(&source.channels).take(3) {
            let (own, laid) = (cut(channel), cut(source));
            let made = laid_over((&own, &laid), &inside, size, self.is_mixed);
            for (line, made) in made.chunks_exact(size.0).enumerate() {
                channel[(top + line) * width + left..][..size.0].copy_from_slice(made);
            }
        }
        picture
    }
}

/// The least rectangle around all that is not 0: left, top, right, bottom, all within.
pub(super) fn bounds(values: &[f32], width: usize) -> Option<[usize; 4]> {
    let places = values.iter().enumerate().filter(|(_, value)| **value > 0.0);
    places.fold(None, |bounds, (place, _)| {
        let (x, y) = (place % width, place / width);
        let [left, top, right, bottom] = bounds.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    })
}

/// A channel over another, with no seam.
fn laid_over((own, laid): (&[f32], &[f32]), inside: &[bool], size: (usize, usize), is_mixed: bool) -> Vec<f32> {
    let mut apart: Vec<f32> = own.iter().zip(laid).map(|(own, laid)| own - laid).collect();
    let push = if is_mixed { pushed(own, laid, size) } else { vec![0.0; own.len()] };
    solve(&mut apart, &push, inside, size);
    let all = own.iter().zip(laid).zip(&apart).zip(inside);
    all.map(|(((own, laid), apart), inside)| if *inside { laid + apart } else { *own }).collect()
}

/// What the membrane is pushed by where the picture below has the stronger slope.
fn pushed(own: &[f32], laid: &[f32], (width, height): (usize, usize)) -> Vec<f32> {
    let mut push = vec![0.0_f32; own.len()];
    let mut pair = |here: usize, there: usize| {
        let (below, above) = (own[there] - own[here], laid[there] - laid[here]);
        if below.abs() > above.abs() {
            push[here] -= below - above;
            push[there] += below - above;
        }
    };
    for y in 0..height {
        for x in 0..width {
            let here = y * width + x;
            if x + 1 < width {
                pair(here, here + 1);
            }
            if y + 1 < height {
                pair(here, here + width);
            }
        }
    }
    push
}

/// A membrane over what is inside, held where it is not: coarse first.
pub(super) fn solve(values: &mut [f32], push: &[f32], inside: &[bool], size @ (width, height): (usize, usize)) {
    if width.min(height) > COARSEST && inside.iter().any(|inside| *inside) {
        let half = (width.div_ceil(2), height.div_ceil(2));
        let of = |x: usize, y: usize| {
            let four = [(2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)];
            four.into_iter().filter(move |(x, y)| *x < width && *y < height).map(move |(x, y)| y * width + x)
        };
        let places = || (0..half.0 * half.1).map(|place| (place % half.0, place / half.0));
        let within: Vec<bool> = places().map(|(x, y)| of(x, y).all(|at| inside[at])).collect();
        let mut coarse: Vec<f32> = places()
            .map(|(x, y)| {
                let held = of(x, y).filter(|at| !inside[*at]);
                let (sum, count) = held.fold((0.0, 0.0), |(sum, count), at| (sum + values[at], count + 1.0));
                if count > 0.0 { sum / count } else { 0.0 }
            })
            .collect();
        let coarse_push: Vec<f32> = places().map(|(x, y)| of(x, y).map(|at| push[at]).sum()).collect();
        solve(&mut coarse, &coarse_push, &within, half);
        for (place, value) in values.iter_mut().enumerate().filter(|(place, _)| inside[*place]) {
            let (x, y) = ((place % width) as f32, (place / width) as f32);
            *value = crate::flow::sample(&coarse, half, 0.5 * x - 0.25, 0.5 * y - 0.25);
        }
    }
    relax(values, push, inside, size);
}

fn relax(values: &mut [f32], push: &[f32], inside: &[bool], (width, height): (usize, usize)) {
    for _ in 0..RELAXATIONS {
        for place in 0..values.len() {
            if !inside[place] {
                continue;
            }
            let (x, y) = (place % width, place / width);
            let mut sum = 0.0;
            let mut count = 0.0;
            let mut add = |there: usize| {
                sum += values[there];
                count += 1.0;
            };
            if x > 0 {
                add(place - 1);
            }
            if x + 1 < width {
                add(place + 1);
            }
            if y > 0 {
                add(place - width);
            }
            if y + 1 < height {
                add(place + width);
            }
            let goal = (sum + push[place]) / count;
            values[place] += OMEGA * (goal - values[place]);
        }
    }
}
