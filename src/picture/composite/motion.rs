//! Pictures that are read at places between pixels: the plane is clamped at its edges.

use crate::canvas::Canvas;

/// The four pixels about a place, mixed: what lies beyond the edge is as the edge.
pub(super) fn between(picture: &Canvas, channel: usize, x: f64, y: f64) -> f32 {
    Spot::of(picture, x, y).mixed(&picture.channels[channel])
}

/// Four pixels, and how near a place is to them.
pub(super) struct Spot {
    pixels: [usize; 4],
    across: f32,
    down: f32,
}

impl Spot {
    /// Those about a place of a picture.
    pub(super) fn of(picture: &Canvas, x: f64, y: f64) -> Self {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let last = [picture.width as f64 - 1.0, picture.height as f64 - 1.0];
        let column = |column: f64| column.clamp(0.0, last[0]) as usize;
        let line = |line: f64| line.clamp(0.0, last[1]) as usize * picture.width;
        let ([left_column, right], [above, below]) =
            ([column(left), column(left + 1.0)], [line(top), line(top + 1.0)]);
        let pixels = [above + left_column, above + right, below + left_column, below + right];
        Self { pixels, across: (x - left) as f32, down: (y - top) as f32 }
    }

    /// What a channel is there.
    pub(super) fn mixed(&self, channel: &[f32]) -> f32 {
        let [one, two, three, four] = self.pixels.map(|pixel| channel[pixel]);
        let above = one + (two - one) * self.across;
        let below = three + (four - three) * self.across;
        above + (below - above) * self.down
    }
}

/// A picture whose every pixel is the mean of the places that `way` gives it: the number of places, and each of them.
pub(super) fn mean_along(
    picture: &Canvas,
    count: impl Fn(f64, f64) -> usize + Sync,
    place: impl Fn(f64, f64, f64) -> [f64; 2] + Sync,
) -> Canvas {
    let mut out = Canvas::clear(picture.width, picture.height, picture.space);
    let width = picture.width;
    let used = if picture.is_opaque() { 3 } else { 4 };
    out.bands(|first, channels| {
        let mut channels = channels;
        for index in 0..channels[0].len() {
            let (x, y) = ((index % width) as f64 + 0.5, (first + index / width) as f64 + 0.5);
            let count = count(x, y).max(1);
            let mut sums = [0.0; 4];
            for step in 0..count {
                let part = (step as f64 + 0.5) / count as f64 - 0.5;
                let [u, v] = place(x, y, part);
                let spot = Spot::of(picture, u, v);
                for (sum, channel) in sums.iter_mut().zip(&picture.channels[..used]) {
                    *sum += spot.mixed(channel);
                }
            }
            for (channel, sum) in channels[..used].iter_mut().zip(sums) {
                channel[index] = sum / count as f32;
            }
            if used == 3 {
                channels[3][index] = 1.0;
            }
        }
    });
    out
}

/// How many places a way of so many pixels is looked at: one a pixel, and one more.
pub(super) fn places(way: f64) -> usize {
    (way.abs().ceil() as usize + 1).min(96)
}
