//! A round brush: what its strokes cover of a picture.

/// Numbers of a point of a stroke: its place across and down, and how hard the brush is pressed, 0 to 1; below 0 a new
/// stroke begins there.
pub(crate) const POINT: usize = 3;
/// Points of all strokes, at most.
pub(crate) const POINTS: usize = 4096;

/// A piece of a stroke, in pixels: where it begins and ends, and half its width there.
pub(crate) type Piece = ([f64; 3], [f64; 3]);

/// Strokes in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Strokes {
    pieces: Vec<Piece>,
    hardness: f64,
}

impl Strokes {
    /// Strokes through points: across, down and half the width, in pixels; a width below 0 begins a new stroke.
    /// `hardness` is how much of the brush is full: 0 soft to the middle, 1 to the edge.
    pub(crate) fn of(points: &[[f64; POINT]], hardness: f64) -> Self {
        let wide = |[x, y, half]: [f64; POINT]| [x, y, half.abs()];
        let dot = |point: &[f64; POINT]| (wide(*point), wide(*point));
        let first = points.first().map(dot);
        let rest = points.windows(2).map(|pair| {
            if pair[1][2] < 0.0 { dot(&pair[1]) } else { (wide(pair[0]), wide(pair[1])) }
        });
        Self { pieces: first.into_iter().chain(rest).collect(), hardness }
    }

    /// The pieces that reach lines from `top` to `bottom`.
    pub(crate) fn near(&self, top: f64, bottom: f64) -> Vec<&Piece> {
        let reaches = |(a, b): &&Piece| {
            let half = a[2].max(b[2]) + 1.0;
            a[1].min(b[1]) - half <= bottom && a[1].max(b[1]) + half >= top
        };
        self.pieces.iter().filter(reaches).collect()
    }

    /// How much of the pixel with its middle at `at` these pieces cover, 0 to 1: the most that one of them does.
    pub(crate) fn cover(&self, near: &[&Piece], at: [f64; 2]) -> f32 {
        near.iter().map(|piece| self.covers(piece, at)).fold(0.0, f64::max) as f32
    }

    fn covers(&self, (from, to): &Piece, at: [f64; 2]) -> f64 {
        let way = [to[0] - from[0], to[1] - from[1]];
        let long = way[0] * way[0] + way[1] * way[1];
        let along = (at[0] - from[0]) * way[0] + (at[1] - from[1]) * way[1];
        let part = if long > 0.0 { (along / long).clamp(0.0, 1.0) } else { 0.0 };
        let radius = from[2] + part * (to[2] - from[2]);
        let away = (at[0] - from[0] - part * way[0]).hypot(at[1] - from[1] - part * way[1]);
        let soft = (radius * (1.0 - self.hardness)).max(1.0);
        let cover = ((radius + 0.5 - away) / soft).clamp(0.0, 1.0);
        if soft > 1.0 { cover * cover * (3.0 - 2.0 * cover) } else { cover }
    }
}
