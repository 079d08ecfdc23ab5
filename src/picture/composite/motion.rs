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
