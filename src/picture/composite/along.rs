//! The mean of a picture along a way: straight, round a middle, or out from it.
//!
//! A short way is looked at once a pixel. A long one is cut into parts as many as each of them has places: the mean along
//! one part is made first, and the mean of its values at the middles of all parts then, so that a way of n pixels costs
//! about two times the root of n. What that changes is one more reading between pixels, which softens across the way by
//! less than half a pixel, and, within a part's length of the picture's edges, what is thought to lie beyond them. On
//! waves and edges half as bright as white it is 0.003 by the root mean square, 0.02 at worst; four times that for a way
//! out that begins at the middle.

use crate::canvas::Canvas;
use rayon::prelude::*;
use signal::wide;

/// The longest way, in pixels, that is looked at once a pixel.
const SHORT: f64 = 24.0;
/// How near to the middle, against where a pixel lies, the parts of a way out from it begin.
const NEAREST: f64 = 0.05;

/// Where a pixel goes while a shutter is open, half of it before and half after the place where it lies.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// So many pixels right and down.
    Straight([f64; 2]),
    /// Round the middle, by so many radians.
    Round(f64),
    /// Away from the middle, by so much of its distance.
    Out(f64),
}

/// A place of a way: the pixel's distance from the middle turned and stretched, and moved.
#[derive(Debug, Clone, Copy)]
struct Step {
    turn: [f32; 2],
    by: [f32; 2],
    weight: f32,
}

impl Way {
    /// How long it is, in pixels, for one that lies so far from the middle.
    fn length(self, distance: f64) -> f64 {
        match self {
            Self::Straight([right, down]) => right.hypot(down),
            Self::Round(angle) => distance * angle.abs(),
            Self::Out(amount) => distance * amount.abs(),
        }
    }

    /// Its place at a part from -1/2 to 1/2.
    fn at(self, part: f64, weight: f64) -> Step {
        let (turn, by) = match self {
            Self::Straight(by) => ([1.0, 0.0], by.map(|by| by * part)),
            Self::Round(angle) => ([(angle * part).cos(), (angle * part).sin()], [0.0; 2]),
            Self::Out(amount) => ([1.0 + amount * part, 0.0], [0.0; 2]),
        };
        let single = |pair: [f64; 2]| pair.map(|it| it as f32);
        Step { turn: single(turn), by: single(by), weight: weight as f32 }
    }

    /// So many places, evenly.
    fn even(self, count: usize) -> Vec<Step> {
        let each = 1.0 / count as f64;
        (0..count).map(|nth| self.at((nth as f64 + 0.5) * each - 0.5, each)).collect()
    }

    /// Cut into so many parts: the way that each of them is about its middle, and their middles.
    fn parts(self, count: usize) -> (Self, Vec<Step>) {
        let part = 1.0 / count as f64;
        match self {
            Self::Straight(by) => (Self::Straight(by.map(|by| by * part)), self.even(count)),
            Self::Round(angle) => (Self::Round(angle * part), self.even(count)),
            Self::Out(amount) => out_parts(amount, count),
        }
    }
}

/// Parts of a way out, each longer than the one before it as it lies further away, so that they are alike about their
/// middles. What lies nearer to the middle than the first is one place.
fn out_parts(amount: f64, count: usize) -> (Way, Vec<Step>) {
    let (from, to) = (1.0 - 0.5 * amount, 1.0 + 0.5 * amount);
    let first = from.max(NEAREST);
    let ratio = (to / first).powf(1.0 / count as f64);
    let place = |at: f64, wide: f64| Way::Out(1.0).at(at - 1.0, wide / amount);
    let part = |nth: usize| {
        let near = first * ratio.powi(nth as i32);
        place(0.5 * near * (1.0 + ratio), near * (ratio - 1.0))
    };
    let mut parts: Vec<Step> = (0..count).map(part).collect();
    if first > from {
        parts.push(place(0.5 * (from + first), first - from));
    }
    (Way::Out(2.0 * (ratio - 1.0) / (ratio + 1.0)), parts)
}

/// The mean along a way about a middle, which is told in pixels.
pub(super) fn mean_along(picture: &Canvas, middle: [f64; 2], way: Way) -> Canvas {
    let size = [picture.width as f64, picture.height as f64];
    let far = |axis: usize| middle[axis].abs().max((size[axis] - middle[axis]).abs());
    let most = way.length(far(0).hypot(far(1)));
    let pixels = Pixels::of(picture);
    let made = if most <= SHORT {
        pixels.mean(middle, &Table::of(way, most))
    } else {
        let (part, middles) = way.parts(most.sqrt().ceil() as usize);
        let parts = pixels.mean(middle, &Table::of(part, part.length(far(0).hypot(far(1)))));
        parts.mean(middle, &Table::same(middles))
    };
    made.into_canvas(picture)
}

/// The places of a way by how many of them there are, one a pixel and one more.
struct Table {
    /// Places for a pixel at the middle, and how many more there are a pixel away from it.
    count: [f32; 2],
    steps: Vec<Vec<Step>>,
}

impl Table {
    /// Those of a way that is so long at most.
    fn of(way: Way, most: f64) -> Self {
        let count = [way.length(0.0), way.length(1.0) - way.length(0.0)].map(|it| it as f32);
        let last = most.ceil() as usize + 1;
        let is_even = matches!(way, Way::Straight(_));
        let first = if is_even { last } else { 1 };
        Self { count, steps: (first..=last).map(|count| way.even(count)).collect() }
    }

    /// The same for every pixel.
    fn same(steps: Vec<Step>) -> Self {
        Self { count: [0.0; 2], steps: vec![steps] }
    }

    fn at(&self, distance: f32) -> &[Step] {
        let more = (self.count[0] + self.count[1] * distance).ceil() as usize;
        &self.steps[more.min(self.steps.len() - 1)]
    }
}

/// A picture pixel by pixel.
struct Pixels {
    width: usize,
    height: usize,
    values: Vec<[f32; 4]>,
}

impl Pixels {
    fn of(picture: &Canvas) -> Self {
        let (width, height) = (picture.width, picture.height);
        let mut values = vec![[0.0; 4]; width * height];
        values.par_chunks_mut(width.max(1)).enumerate().for_each(|(y, line)| {
            let [red, green, blue, alpha] = picture.line(y);
            let colours = red.iter().zip(green).zip(blue).zip(alpha);
            for (pixel, (((red, green), blue), alpha)) in line.iter_mut().zip(colours) {
                *pixel = [*red, *green, *blue, *alpha];
            }
        });
        Self { width, height, values }
    }

    /// Every pixel the mean of its places.
    fn mean(&self, middle: [f64; 2], table: &Table) -> Self {
        let middle = middle.map(|it| it as f32);
        let mut values = vec![[0.0; 4]; self.values.len()];
        values.par_chunks_mut(self.width.max(1)).enumerate().for_each(|(y, line)| {
            let down = y as f32 + 0.5 - middle[1];
            wide(
                #[inline(always)]
                || {
                    for (x, out) in line.iter_mut().enumerate() {
                        let right = x as f32 + 0.5 - middle[0];
                        let square = right * right + down * down;
                        let steps = table.at(square.sqrt());
                        *out = self.sum(middle, [right, down], steps);
                    }
                },
            );
        });
        Self { width: self.width, height: self.height, values }
    }

    /// What is at the places of a pixel, by their weights: each the four pixels about it, by how near they are. What lies
    /// beyond the edge is as the edge.
    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn sum(&self, middle: [f32; 2], [right, down]: [f32; 2], steps: &[Step]) -> [f32; 4] {
        let last = [self.width as f32 - 1.0, self.height as f32 - 1.0];
        let mut sum = [0.0; 4];
        for Step { turn: [stretch, turn], by, weight } in steps {
            let x = middle[0] + stretch * right - turn * down + by[0] - 0.5;
            let y = middle[1] + turn * right + stretch * down + by[1] - 0.5;
            let (x, y) = (x.max(0.0).min(last[0]), y.max(0.0).min(last[1]));
            let (column, line) = (x as i32, y as i32);
            let (across, below) = (x - column as f32, (y - line as f32) * weight);
            let above = weight - below;
            let first = line as usize * self.width + column as usize;
            let next = usize::from(x < last[0]);
            let under = if y < last[1] { first + self.width } else { first };
            let near = [self.values[first], self.values[first + next]];
            let far = [self.values[under], self.values[under + next]];
            let parts =
                [above * (1.0 - across), above * across, below * (1.0 - across), below * across];
            for (channel, sum) in sum.iter_mut().enumerate() {
                *sum += parts[0] * near[0][channel]
                    + parts[1] * near[1][channel]
                    + parts[2] * far[0][channel]
                    + parts[3] * far[1][channel];
            }
        }
        sum
    }

    fn into_canvas(self, like: &Canvas) -> Canvas {
        let mut out = Canvas::clear(self.width, self.height, like.space);
        let is_opaque = like.is_opaque();
        out.bands(|first, [red, green, blue, alpha]| {
            let values = &self.values[first * self.width..];
            let colours = red.iter_mut().zip(green).zip(blue).zip(alpha);
            for ((((red, green), blue), alpha), pixel) in colours.zip(values) {
                [*red, *green, *blue, *alpha] = *pixel;
                *alpha = if is_opaque { 1.0 } else { *alpha };
            }
        });
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::Space;

    const SIZE: [usize; 2] = [320, 180];
    const MIDDLE: [f64; 2] = [150.0, 100.0];

    /// Waves and hard edges, from 0 to 1.
    fn picture() -> Canvas {
        let mut picture = Canvas::clear(SIZE[0], SIZE[1], Space::Light);
        for (channel, values) in picture.channels.iter_mut().enumerate() {
            for (index, value) in values.iter_mut().enumerate() {
                let (x, y) = ((index % SIZE[0]) as f32, (index / SIZE[0]) as f32);
                let wave = 0.3 + 0.2 * (x / (6.0 + channel as f32)).sin() * (y / 7.0).cos();
                let block = (x as usize / 23 + y as usize / 17 + channel).is_multiple_of(4);
                *value = wave + if block { 0.5 } else { 0.0 };
            }
        }
        picture
    }

    /// The plain twin: every pixel the mean of four places a pixel of its way, in doubles.
    fn plain(picture: &Canvas, way: Way, [x, y]: [usize; 2]) -> f64 {
        let away = [x as f64 + 0.5 - MIDDLE[0], y as f64 + 0.5 - MIDDLE[1]];
        let count = (4.0 * way.length(away[0].hypot(away[1]))).ceil() as usize + 1;
        let place = |nth: usize| {
            let part = (nth as f64 + 0.5) / count as f64 - 0.5;
            match way {
                Way::Straight(by) => [0, 1].map(|axis| MIDDLE[axis] + away[axis] + part * by[axis]),
                Way::Out(by) => [0, 1].map(|axis| MIDDLE[axis] + away[axis] * (1.0 + part * by)),
                Way::Round(angle) => {
                    let (sine, cosine) = (angle * part).sin_cos();
                    let [right, down] = away;
                    [
                        MIDDLE[0] + cosine * right - sine * down,
                        MIDDLE[1] + sine * right + cosine * down,
                    ]
                }
            }
        };
        let read = |place: [f64; 2]| {
            f64::from(super::super::motion::between(picture, 1, place[0], place[1]))
        };
        (0..count).map(|nth| read(place(nth))).sum::<f64>() / count as f64
    }

    /// How far a blur is from its twin: at worst and by its root mean square.
    fn off(way: Way) -> [f64; 2] {
        let picture = picture();
        let made = mean_along(&picture, MIDDLE, way);
        let (mut worst, mut sum, mut count) = (0.0_f64, 0.0, 0);
        for y in (0..SIZE[1]).step_by(3) {
            for x in (0..SIZE[0]).step_by(3) {
                let far = (f64::from(made.pixel(x, y)[1]) - plain(&picture, way, [x, y])).abs();
                worst = worst.max(far);
                sum += far * far;
                count += 1;
            }
        }
        [worst, (sum / f64::from(count)).sqrt()]
    }

    #[test]
    fn a_short_way_is_looked_at_once_a_pixel() {
        for way in [Way::Straight([9.0, -4.0]), Way::Round(0.08), Way::Out(0.1)] {
            let [worst, mean] = off(way);
            assert!(worst < 0.06 && mean < 0.012, "{way:?}: {worst} {mean}");
        }
    }

    #[test]
    fn a_long_way_in_parts_is_its_plain_twin_but_for_one_more_reading() {
        for (way, most) in [
            (Way::Straight([90.0, 40.0]), [0.02, 0.003]),
            (Way::Round(0.9), [0.02, 0.003]),
            (Way::Round(std::f64::consts::TAU), [0.02, 0.003]),
            (Way::Out(0.6), [0.02, 0.004]),
            (Way::Out(2.0), [0.045, 0.012]),
        ] {
            let [worst, mean] = off(way);
            assert!(worst < most[0] && mean < most[1], "{way:?}: {worst} {mean}");
        }
    }

    #[test]
    fn what_is_even_stays_and_light_that_adds_without_covering_does_too() {
        let mut even = Canvas::clear(64, 40, Space::Light);
        even.channels = [vec![0.37; 2560], vec![2.5; 2560], vec![0.1; 2560], vec![0.0; 2560]];
        for way in [Way::Straight([70.0, 10.0]), Way::Round(3.0), Way::Out(1.7)] {
            let made = mean_along(&even, [20.0, 10.0], way);
            for (one, other) in made.channels.iter().flatten().zip(even.channels.iter().flatten()) {
                assert!((one - other).abs() < 2e-5 * other.max(1.0), "{way:?}: {one} {other}");
            }
        }
    }
}
