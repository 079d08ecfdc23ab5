//! Patches, each searched for by itself, and laid over each other.

use super::{Flow, Level};
use rayon::prelude::*;

/// Pixels of a patch, each way.
const PATCH: usize = 8;
/// Pixels from a patch to the next.
const STRIDE: usize = 3;
/// Steps of a search, at most.
const STEPS: usize = 16;
/// A step that is shorter, in pixels, is the last.
const ENOUGH: f32 = 0.01;

/// A picture's patch where it came from: its values, how they change, and its mean.
struct Patch {
    corner: [usize; 2],
    values: [f32; PATCH * PATCH],
    slopes: [[f32; PATCH * PATCH]; 2],
    inverse: [f32; 3],
}

/// What the patches of a picture say of where it has gone, begun at what is known from a coarser one.
pub(super) fn search(from: &Level, to: &Level, known: &Flow) -> Flow {
    if from.width < PATCH || from.height < PATCH {
        return known.clone();
    }
    let corners = |size: usize| -> Vec<usize> {
        let last = size - PATCH;
        (0..last).step_by(STRIDE).chain([last]).collect()
    };
    let (columns, rows) = (corners(from.width), corners(from.height));
    let found: Vec<Vec<[f32; 2]>> = rows
        .par_iter()
        .map(|y| columns.iter().map(|x| found(from, to, known, [*x, *y])).collect())
        .collect();
    laid(from, to, (&columns, &rows), &found)
}

fn found(from: &Level, to: &Level, known: &Flow, corner: [usize; 2]) -> [f32; 2] {
    let patch = Patch::of(from, corner);
    let middle = [corner[0] + PATCH / 2, corner[1] + PATCH / 2];
    let at = |x: usize, y: usize| {
        let place = y.min(from.height - 1) * from.width + x.min(from.width - 1);
        [known.across[place], known.down[place]]
    };
    let far = 2 * PATCH;
    let starts = [
        at(middle[0], middle[1]),
        at(middle[0].saturating_sub(far), middle[1]),
        at(middle[0] + far, middle[1]),
        at(middle[0], middle[1].saturating_sub(far)),
        at(middle[0], middle[1] + far),
        [0.0; 2],
    ];
    let best = starts.into_iter().map(|start| (patch.misfit(to, start), start));
    let start = best.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(starts[0], |(_, start)| start);
    patch.improved(to, start)
}

impl Patch {
    fn of(from: &Level, corner: [usize; 2]) -> Self {
        let (mut values, mut slopes) = ([0.0; PATCH * PATCH], [[0.0; PATCH * PATCH]; 2]);
        let at = |x: usize, y: usize| {
            from.values[y.min(from.height - 1) * from.width + x.min(from.width - 1)]
        };
        let mut sums = [0.0_f32; 3];
        for place in 0..PATCH * PATCH {
            let (x, y) = (corner[0] + place % PATCH, corner[1] + place / PATCH);
            values[place] = at(x, y);
            let across = 0.5 * (at(x + 1, y) - at(x.saturating_sub(1), y));
            let down = 0.5 * (at(x, y + 1) - at(x, y.saturating_sub(1)));
            (slopes[0][place], slopes[1][place]) = (across, down);
            sums[0] += across * across;
            sums[1] += across * down;
            sums[2] += down * down;
        }
        sums[0] += 1.0;
        sums[2] += 1.0;
        let one = (sums[0] * sums[2] - sums[1] * sums[1]).max(1e-6);
        let inverse = [sums[2] / one, -sums[1] / one, sums[0] / one];
        Self { corner, values, slopes, inverse }
    }

    /// What is there after a move, less what was here, less the mean of that: light that changes is no movement.
    #[inline(always)]
    fn differences(&self, to: &Level, [across, down]: [f32; 2]) -> [f32; PATCH * PATCH] {
        let mut differences = [0.0; PATCH * PATCH];
        let (left, top) = (self.corner[0] as f32 + across, self.corner[1] as f32 + down);
        let is_within = left >= 0.0
            && top >= 0.0
            && left + (PATCH as f32) < to.width as f32
            && top + (PATCH as f32) < to.height as f32;
        if is_within {
            let (x, y) = (left as usize, top as usize);
            let (part, part_down) = (left - x as f32, top - y as f32);
            let weights = [
                (1.0 - part) * (1.0 - part_down),
                part * (1.0 - part_down),
                (1.0 - part) * part_down,
                part * part_down,
            ];
            for line in 0..PATCH {
                let above = &to.values[(y + line) * to.width + x..][..=PATCH];
                let below = &to.values[(y + line + 1) * to.width + x..][..=PATCH];
                for column in 0..PATCH {
                    let there = weights[0] * above[column]
                        + weights[1] * above[column + 1]
                        + weights[2] * below[column]
                        + weights[3] * below[column + 1];
                    differences[line * PATCH + column] = there - self.values[line * PATCH + column];
                }
            }
        } else {
            for (place, difference) in differences.iter_mut().enumerate() {
                let (x, y) = ((place % PATCH) as f32, (place / PATCH) as f32);
                *difference = to.at(left + x, top + y) - self.values[place];
            }
        }
        let mean = differences.iter().sum::<f32>() / (PATCH * PATCH) as f32;
        differences.iter_mut().for_each(|difference| *difference -= mean);
        differences
    }

    fn misfit(&self, to: &Level, shift: [f32; 2]) -> f32 {
        self.differences(to, shift).iter().map(|difference| difference * difference).sum()
    }

    fn improved(&self, to: &Level, start: [f32; 2]) -> [f32; 2] {
        let (mut here, mut best, mut least) = (start, start, f32::MAX);
        for _ in 0..STEPS {
            let differences = self.differences(to, here);
            let misfit = differences.iter().map(|difference| difference * difference).sum::<f32>();
            if misfit >= least {
                break;
            }
            (best, least) = (here, misfit);
            let mut sums = [0.0_f32; 2];
            for (place, difference) in differences.iter().enumerate() {
                sums[0] += self.slopes[0][place] * difference;
                sums[1] += self.slopes[1][place] * difference;
            }
            let step = [
                self.inverse[0] * sums[0] + self.inverse[1] * sums[1],
                self.inverse[1] * sums[0] + self.inverse[2] * sums[1],
            ];
            here = [here[0] - step[0], here[1] - step[1]];
            let is_lost = (here[0] - start[0]).hypot(here[1] - start[1]) > PATCH as f32;
            if is_lost || !here[0].is_finite() || !here[1].is_finite() {
                return start;
            }
            if step[0].hypot(step[1]) < ENOUGH {
                break;
            }
        }
        best
    }
}

/// The field of all patches: at every pixel the mean of those over it, each by how well it fits there.
fn laid(
    from: &Level,
    to: &Level,
    (columns, rows): (&[usize], &[usize]),
    found: &[Vec<[f32; 2]>],
) -> Flow {
    let width = from.width;
    let mut flow = Flow::still(width, from.height);
    let lines = flow.across.par_chunks_mut(width).zip(flow.down.par_chunks_mut(width)).enumerate();
    lines.for_each(|(y, (across, down))| {
        let mut weights = vec![0.0_f32; width];
        let over = |(_, top): &(usize, &usize)| (**top..**top + PATCH).contains(&y);
        for (row, _) in rows.iter().enumerate().filter(over) {
            for (column, left) in columns.iter().enumerate() {
                let [shift_x, shift_y] = found[row][column];
                for x in *left..*left + PATCH {
                    let there = to.at(x as f32 + shift_x, y as f32 + shift_y);
                    let weight = 1.0 / (there - from.values[y * width + x]).abs().max(1.0);
                    weights[x] += weight;
                    across[x] += weight * shift_x;
                    down[x] += weight * shift_y;
                }
            }
        }
        for (x, weight) in weights.iter().enumerate() {
            across[x] /= weight.max(1e-9);
            down[x] /= weight.max(1e-9);
        }
    });
    flow
}
