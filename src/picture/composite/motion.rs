//! Pictures that are read at places between pixels: the plane is clamped at its edges.

use crate::picture::canvas::Canvas;

/// The four pixels about a place, mixed: what lies beyond the edge is as the edge.
pub(super) fn between(picture: &Canvas, channel: usize, x: f64, y: f64) -> f32 {
    let (width, height) = (picture.width as i64, picture.height as i64);
    let (x, y) = (x - 0.5, y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = ((x - left) as f32, (y - top) as f32);
    let at = |column: i64, line: i64| {
        let (column, line) = (column.clamp(0, width - 1), line.clamp(0, height - 1));
        picture.channels[channel][(line * width + column) as usize]
    };
    let (left, top) = (left as i64, top as i64);
    let row = |line: i64| {
        let (one, other) = (at(left, line), at(left + 1, line));
        one + (other - one) * across
    };
    let (one, other) = (row(top), row(top + 1));
    one + (other - one) * down
}

/// A picture whose every pixel is the mean of the places that `way` gives it: the number of places, and each of them.
pub(super) fn mean_along(
    picture: &Canvas,
    count: impl Fn(f64, f64) -> usize + Sync,
    place: impl Fn(f64, f64, f64) -> [f64; 2] + Sync,
) -> Canvas {
    let mut out = Canvas::clear(picture.width, picture.height, picture.space);
    let width = picture.width;
    out.bands(|first, channels| {
        let mut channels = channels;
        for index in 0..channels[0].len() {
            let (x, y) = ((index % width) as f64 + 0.5, (first + index / width) as f64 + 0.5);
            let count = count(x, y).max(1);
            let mut sums = [0.0; 4];
            for step in 0..count {
                let part = (step as f64 + 0.5) / count as f64 - 0.5;
                let [u, v] = place(x, y, part);
                for (channel, sum) in sums.iter_mut().enumerate() {
                    *sum += between(picture, channel, u, v);
                }
            }
            for (channel, sum) in channels.iter_mut().zip(sums) {
                channel[index] = sum / count as f32;
            }
        }
    });
    out
}

/// How many places a way of so many pixels is looked at.
pub(super) fn places(way: f64) -> usize {
    (way.abs().ceil() as usize).clamp(1, 256)
}
