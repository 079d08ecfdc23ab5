//! How much of each pixel an outline covers, exactly: signed areas, summed along the line.

/// A part of a raster, and what is drawn there.
#[derive(Debug, Clone)]
pub(super) struct Area {
    /// The first column and line of the raster that it has.
    pub(super) left: i64,
    /// The first line.
    pub(super) top: i64,
    /// Columns.
    pub(super) width: usize,
    /// Lines.
    pub(super) height: usize,
    /// Areas to be summed along each line, which has two more columns.
    cells: Vec<f32>,
}

/// How much of each pixel of a part of a raster is covered, 0 to 1, line by line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Coverage {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<f32>,
}

impl Area {
    /// An empty part of a raster.
    pub(super) fn new([left, top, right, bottom]: [i64; 4]) -> Self {
        let (width, height) = ((right - left).max(0) as usize, (bottom - top).max(0) as usize);
        Self { left, top, width, height, cells: vec![0.0; (width + 2) * height] }
    }

    /// Whether what reaches so far from a point may touch it.
    pub(super) fn is_near(&self, [x, y]: [f64; 2], reach: f64) -> bool {
        let (x, y) = (x - self.left as f64, y - self.top as f64);
        x > -reach && y > -reach && x < self.width as f64 + reach && y < self.height as f64 + reach
    }

    /// A side of an outline.
    pub(super) fn line(&mut self, from: [f64; 2], to: [f64; 2]) {
        let (left, top) = (self.left as f64, self.top as f64);
        let (from, to) = ([from[0] - left, from[1] - top], [to[0] - left, to[1] - top]);
        let is_down = from[1] < to[1];
        let (sign, high, low) = if is_down { (1.0, from, to) } else { (-1.0, to, from) };
        if high[1] >= low[1] || !(low[1] - high[1]).is_finite() {
            return;
        }
        let slope = (low[0] - high[0]) / (low[1] - high[1]);
        let (start, end) = (high[1].max(0.0), low[1].min(self.height as f64));
        let mut y = start;
        while y < end {
            let next = (y.floor() + 1.0).min(end);
            let at = |y: f64| high[0] + (y - high[1]) * slope;
            self.within_line(y.floor() as usize, [at(y), at(next)], sign * (next - y));
            y = next;
        }
    }

    /// A side within one line of pixels, from one place to another, of a signed height.
    fn within_line(&mut self, line: usize, [one, two]: [f64; 2], height: f64) {
        let most = self.width as f64;
        let (from, to) = (one.min(two), one.max(two));
        if to <= 0.0 || from >= most || from == to {
            return self.upright(line, from.clamp(0.0, most), height);
        }
        let share = height / (to - from);
        if from < 0.0 {
            self.upright(line, 0.0, share * -from);
        }
        let (mut x, end) = (from.max(0.0), to.min(most));
        while x < end {
            let next = (x.floor() + 1.0).min(end);
            self.upright(line, 0.5 * (x + next), share * (next - x));
            x = next;
        }
    }

    /// An upright side: it covers what is to its right.
    fn upright(&mut self, line: usize, x: f64, height: f64) {
        let column = (x as usize).min(self.width);
        let part = x - column as f64;
        let start = line * (self.width + 2) + column;
        if let Some([here, next]) = self.cells.get_mut(start..start + 2) {
            *here += (height * (1.0 - part)) as f32;
            *next += (height * part) as f32;
        }
    }

    /// A box, in pixels of the raster.
    pub(super) fn rectangle(&mut self, [left, top, right, bottom]: [f64; 4]) {
        if left < right && top < bottom {
            self.line([left, bottom], [left, top]);
            self.line([right, top], [right, bottom]);
        }
    }

    /// What is covered: what lies within two outlines is covered once.
    pub(super) fn finish(&self) -> Coverage {
        let mut values = Vec::with_capacity(self.width * self.height);
        for line in self.cells.chunks_exact(self.width + 2) {
            let mut sum = 0.0_f32;
            values.extend(line[..self.width].iter().map(|cell| {
                sum += cell;
                let covered = sum.abs().min(1.0);
                if covered < FAINT { 0.0 } else { covered }
            }));
        }
        let Self { left, top, width, height, .. } = *self;
        Coverage { left, top, width, height, values }
    }
}

/// What sums of areas leave by rounding.
const FAINT: f32 = 1e-5;

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(points: &[[f64; 2]]) -> Coverage {
        let mut area = Area::new([-2, -2, 6, 6]);
        for (index, point) in points.iter().enumerate() {
            area.line(*point, points[(index + 1) % points.len()]);
        }
        area.finish()
    }

    #[test]
    fn areas_are_those_of_the_outline_wherever_it_lies() {
        for (points, size) in [
            (vec![[0.25, 0.5], [2.75, 0.5], [2.75, 3.0], [0.25, 3.0]], 6.25),
            (vec![[0.0, 0.0], [4.0, 1.0], [1.0, 4.0]], 7.5),
            (vec![[0.1, 0.2], [5.3, 0.9], [2.2, 5.7]], 0.5 * (5.2 * 5.5 - 2.1 * 0.7)),
            (vec![[-8.0, 0.0], [2.0, 0.0], [2.0, 1.0], [-8.0, 1.0]], 4.0),
            (vec![[4.0, -9.0], [9.0, -9.0], [9.0, 9.0], [4.0, 9.0]], 16.0),
        ] {
            for turn in [false, true] {
                let mut points = points.clone();
                if turn {
                    points.reverse();
                }
                let sum: f32 = drawn(&points).values.iter().sum();
                assert!((f64::from(sum) - size).abs() < 1e-4, "{points:?}: {sum} {size}");
            }
        }
    }

    #[test]
    fn a_box_covers_each_pixel_by_its_part() {
        let mut area = Area::new([0, 0, 4, 2]);
        area.rectangle([0.5, 0.25, 2.25, 1.0]);
        assert_eq!(area.finish().values, [0.375, 0.75, 0.1875, 0.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
