//! Curves through points, of quadratic pieces whose slopes meet: straight beyond their ends.
//!
//! The way of OpenColorIO's GradingBSplineCurve: slopes are estimated at the points, and where one parabola
//! cannot have both slopes of a span, a knot between the points joins two.

mod rising;
mod shaped;

use signal::{Rest, wide};

/// How many pixels are worked on at a time.
pub(super) const RUN: usize = 64;

/// A curve, ready to be taken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spline {
    start: f32,
    height: f32,
    first: f32,
    pieces: Vec<Piece>,
    end: f32,
    last: f32,
}

/// `slope t + bend t^2` for `t` from 0 to `width`, behind `from`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    from: f32,
    width: f32,
    slope: f32,
    bend: f32,
}

/// A point of a curve.
type Point = [f64; 2];

impl Spline {
    /// The curve of red, green, blue or all of them; `None` where it changes nothing.
    pub(crate) fn rising(points: &[Point]) -> Option<Self> {
        let is_neutral = points.iter().all(|[x, y]| x == y);
        let points = apart(points, 1e-4);
        if is_neutral || points.len() < 2 {
            return None;
        }
        Some(Self::through(&points, &rising::slopes(&points), rising::middle))
    }

    /// A curve of hue, saturation or luma; `None` where it changes nothing.
    pub(crate) fn shaped(points: &[Point], rest: Rest) -> Option<Self> {
        let is_neutral = points.iter().all(|[x, y]| match rest {
            Rest::Diagonal | Rest::Shaped => x == y,
            Rest::Level(level) | Rest::Round(level) => *y == level,
        });
        if is_neutral || points.len() < 2 {
            return None;
        }
        let points = shaped::prepared(points, rest);
        Some(Self::through(&points, &shaped::slopes(&points, rest), shaped::middle))
    }

    /// Through points with slopes; `middle` says where the knot of a span lies that needs one.
    fn through(points: &[Point], slopes: &[f64], middle: Middle) -> Self {
        let spans = points.windows(2).zip(slopes.windows(2));
        let pieces = spans.flat_map(|(span, slopes)| {
            let span = Span { from: span[0], to: span[1], first: slopes[0], last: slopes[1] };
            span.pieces(middle)
        });
        let pieces: Vec<Piece> = pieces.flatten().collect();
        let last = pieces.last().map_or(1.0, |piece| piece.slope + 2.0 * piece.bend * piece.width);
        let first = pieces.first().map_or(1.0, |piece| piece.slope);
        let (start, end) = (points[0], points[points.len() - 1]);
        Self {
            start: start[0] as f32,
            height: start[1] as f32,
            first,
            pieces,
            end: end[0] as f32,
            last,
        }
    }

    /// Takes a line of numbers along the curve.
    pub(crate) fn line(&self, numbers: &mut [f32]) {
        wide(
            #[inline(always)]
            move || {
                let mut sums = [0.0_f32; RUN];
                for run in numbers.chunks_mut(RUN) {
                    let sums = &mut sums[..run.len()];
                    self.sum(run, sums);
                    run.copy_from_slice(sums);
                }
            },
        );
    }

    /// The heights at `numbers`.
    #[inline(always)]
    pub(super) fn sum(&self, numbers: &[f32], sums: &mut [f32]) {
        let Self { start, height, first, end, last, .. } = *self;
        for (sum, x) in sums.iter_mut().zip(numbers) {
            *sum = height + (x - start).min(0.0) * first + (x - end).max(0.0) * last;
        }
        for Piece { from, width, slope, bend } in &self.pieces {
            for (sum, x) in sums.iter_mut().zip(numbers) {
                let along = (x - from).max(0.0).min(*width);
                *sum += along * (slope + along * bend);
            }
        }
    }

    /// The height at one number.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let mut sum = [0.0];
        self.sum(&[x as f32], &mut sum);
        f64::from(sum[0])
    }
}

/// Where the knot of a span lies.
type Middle = fn(&Span) -> f64;

/// What lies between two points.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: Point,
    to: Point,
    first: f64,
    last: f64,
}

impl Span {
    fn width(&self) -> f64 {
        self.to[0] - self.from[0]
    }

    fn secant(&self) -> f64 {
        (self.to[1] - self.from[1]) / self.width()
    }

    /// Its parabola, or its two.
    fn pieces(&self, middle: Middle) -> [Option<Piece>; 2] {
        let piece = |from: f64, width: f64, slope: f64, bend: f64| {
            let [from, width, slope, bend] = [from, width, slope, bend].map(|it| it as f32);
            Some(Piece { from, width, slope, bend })
        };
        let (from, width) = (self.from[0], self.width());
        if (self.first + self.last - 2.0 * self.secant()).abs() <= 1e-6 {
            return [piece(from, width, self.first, 0.5 * (self.last - self.first) / width), None];
        }
        let knot = middle(self).clamp(from + 1e-6 * width, self.to[0] - 1e-6 * width);
        let (left, right) = (knot - from, self.to[0] - knot);
        let rise = self.last - self.first;
        let slope = 2.0 * self.secant() - self.last + rise * left / width;
        [
            piece(from, left, self.first, 0.5 * (slope - self.first) / left),
            piece(knot, right, slope, 0.5 * (self.last - slope) / right),
        ]
    }
}

/// The points, none nearer than `least` across to the one before.
fn apart(points: &[Point], least: f64) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for [x, y] in points {
        let nearest = kept.last().map_or(f64::NEG_INFINITY, |[before, _]| before + least);
        kept.push([x.max(nearest), *y]);
    }
    kept
}

/// Slopes of the spans between points.
fn secants(points: &[Point]) -> Vec<f64> {
    points.windows(2).map(|pair| (pair[1][1] - pair[0][1]) / (pair[1][0] - pair[0][0])).collect()
}

/// Slopes at points from those of the spans beside them by their lengths, spans in a line counted as one.
fn by_length(points: &[Point], secants: &[f64]) -> Vec<f64> {
    const LEAST: f64 = 0.01;
    let count = points.len();
    if count == 2 {
        return vec![secants[0]; 2];
    }
    let lengths = lengths(points, secants);
    let mut slopes = vec![0.0; count];
    for k in 1..count - 1 {
        let (before, after) = (lengths[k - 1], lengths[k]);
        slopes[k] = (after * secants[k] + before * secants[k - 1]) / (before + after);
    }
    slopes[count - 1] = (0.5 * (3.0 * secants[count - 2] - slopes[count - 2])).max(LEAST);
    slopes[0] = (0.5 * (3.0 * secants[0] - slopes[1])).max(LEAST);
    slopes
}

fn lengths(points: &[Point], secants: &[f64]) -> Vec<f64> {
    let length = |pair: &[Point]| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
    let mut lengths: Vec<f64> = points.windows(2).map(length).collect();
    let mut from = 0;
    while from < secants.len() {
        let mut to = from;
        while to + 1 < secants.len() && (secants[to + 1] - secants[to]).abs() < 1e-6 {
            to += 1;
        }
        let all: f64 = lengths[from..=to].iter().sum();
        lengths[from..=to].fill(all);
        from = to + 1;
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_pass_through_their_points_and_go_on_straight() {
        let points = [[0.0, 0.05], [0.2, 0.1], [0.5, 0.7], [1.0, 0.9]];
        let rising = Spline::rising(&points).unwrap();
        let level = Spline::shaped(&points, Rest::Level(1.0)).unwrap();
        let round = Spline::shaped(&points[1..], Rest::Round(1.0)).unwrap();
        for [x, y] in points {
            assert!((rising.at(x) - y).abs() < 1e-6 && (level.at(x) - y).abs() < 1e-6, "{x}");
        }
        for spline in [&rising, &level] {
            let [one, two, three] = [-1.0, -2.0, -3.0].map(|x| spline.at(x));
            assert!((two - one - (three - two)).abs() < 1e-5);
        }
        assert!((round.at(0.0) - round.at(1.0)).abs() < 1e-6);
        assert!((round.at(0.9999) - round.at(0.0001)).abs() < 1e-3);
        assert_eq!(Spline::rising(&[[0.0, 0.0], [0.3, 0.3], [1.0, 1.0]]), None);
        assert_eq!(Spline::shaped(&[[0.0, 1.0], [1.0, 1.0]], Rest::Round(1.0)), None);
    }

    #[test]
    fn points_upon_each_other_are_no_cliff_that_breaks() {
        let points = [[0.5, 0.1]; 64];
        for rest in [Rest::Shaped, Rest::Level(1.0), Rest::Round(1.0)] {
            let spline = Spline::shaped(&points, rest).unwrap();
            assert!([-1.0, 0.0, 0.4, 0.5, 0.51, 3.0].iter().all(|x| spline.at(*x).is_finite()));
        }
        let wall: Vec<_> = (0..64).map(|step| [0.5, f64::from(step) * 0.01]).collect();
        let spline = Spline::rising(&wall).unwrap();
        assert!((0..100).all(|x| spline.at(f64::from(x) * 0.01).is_finite()));
    }
}
