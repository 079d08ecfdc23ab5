//! What of a change no loss of contrast explains.
//!
//! A codec rounds towards the middle, blurs, and bends tones, all over the picture and in every picture
//! alike: what it loses is a function of a cell's level and of the level about it. A fade is just such
//! a function, so no picture by itself can tell whether it was delivered late or coarsely. Here that
//! part is taken from the film's change: within each range of levels, whatever is a straight function
//! of the cell and of its block's mean. What is left of a move is nearly all of it, and of a fade
//! nothing but its rounding.

use super::place::SIDE;

/// Ranges of levels, each of so many 8-bit codes.
const RANGE: f32 = 16.0;
/// Ranges enough for any level about any mean.
const RANGES: usize = 32;
/// The least part of a pattern's energy, and of one cell's code, that must be its own to be told from
/// others.
const OWN: f64 = 1e-3;

/// What is left of `change`, the change of the cells of a plane with the levels `own`.
pub(super) fn rest(mut change: Vec<f32>, own: &[f32], across: usize) -> Vec<f32> {
    let about = about(own, across);
    let mut ranges = [Range::default(); RANGES];
    let cells = own.iter().zip(&about);
    for ((own, about), change) in cells.clone().zip(&change) {
        ranges[range(*own)].add([*own, *about, *change].map(f64::from));
    }
    let lines = ranges.map(|range| range.line());
    for ((own, about), change) in cells.zip(&mut change) {
        let [level, by_own, by_about] = lines[range(*own)];
        *change -= level + by_own * own + by_about * about;
    }
    change
}

fn range(own: f32) -> usize {
    let at = own / RANGE + RANGES as f32 / 2.0;
    (at.max(0.0) as usize).min(RANGES - 1)
}

/// The mean of each cell's block.
fn about(own: &[f32], across: usize) -> Vec<f32> {
    let mut means = vec![0.0; own.len()];
    let lines = own.len().div_ceil(across.max(1));
    for top in (0..lines).step_by(SIDE) {
        for left in (0..across).step_by(SIDE) {
            let rows = (top..lines.min(top + SIDE)).map(|y| y * across);
            let cells = rows.map(|row| row + left..row + across.min(left + SIDE));
            let sum: f32 = cells.clone().map(|cells| own[cells].iter().sum::<f32>()).sum();
            let count: usize = cells.clone().map(|cells| cells.len()).sum();
            cells.for_each(|cells| means[cells].fill(sum / count as f32));
        }
    }
    means
}

/// Sums over the cells of one range of levels: of the level, of the mean about it, of the change, and
/// of their products.
#[derive(Debug, Clone, Copy, Default)]
struct Range {
    count: f64,
    sums: [f64; 3],
    products: [[f64; 3]; 3],
}

impl Range {
    fn add(&mut self, cell: [f64; 3]) {
        self.count += 1.0;
        for (a, row) in self.products.iter_mut().enumerate() {
            self.sums[a] += cell[a];
            row.iter_mut().zip(cell).for_each(|(sum, b)| *sum += cell[a] * b);
        }
    }

    /// The plane of least squares: at level 0, and its slopes along the level and the mean about it.
    fn line(&self) -> [f32; 3] {
        let mean = |at: usize| self.sums[at] / self.count.max(1.0);
        let both = |a: usize, b: usize| self.products[a][b] - self.sums[a] * mean(b);
        let part = |top: f64, own: f64, of: f64| if own > OWN * of { top / own } else { 0.0 };
        let shared = part(both(0, 1), both(0, 0), 1.0);
        let alone = part(both(0, 2), both(0, 0), 1.0);
        let rest = both(1, 1) - shared * both(0, 1);
        let by_about = part(both(1, 2) - shared * both(0, 2), rest, both(1, 1).max(1.0));
        let by_own = alone - by_about * shared;
        let level = mean(2) - by_own * mean(0) - by_about * mean(1);
        [level, by_own, by_about].map(|part| part as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACROSS: usize = 40;

    /// Waves of some lengths, 100 codes high.
    fn wave(shift: f32) -> Vec<f32> {
        let cell = |at: usize| {
            let (x, y) = ((at % ACROSS) as f32 + shift, (at / ACROSS) as f32);
            60.0 * (x * 0.21 + y * 0.05).sin() + 40.0 * (x * 0.9 - y * 0.4).sin()
        };
        (0..ACROSS * 30).map(cell).collect()
    }

    fn energy(cells: &[f32]) -> f32 {
        cells.iter().map(|cell| cell * cell).sum()
    }

    fn change(own: &[f32], of: impl Fn(f32) -> f32) -> Vec<f32> {
        own.iter().map(|&own| of(own)).collect()
    }

    #[test]
    fn nothing_is_left_of_fades_and_little_of_tones_that_bend() {
        let own = wave(0.0);
        let fade = change(&own, |own| own * -0.001 + 0.3);
        assert!(energy(&rest(fade.clone(), &own, ACROSS)) < 1e-6 * energy(&fade));
        let bent = change(&own, |own| (own / 100.0).powi(3));
        assert!(energy(&rest(bent.clone(), &own, ACROSS)) < 1e-3 * energy(&bent));
        let about = about(&own, ACROSS);
        let blurred: Vec<f32> = own.iter().zip(&about).map(|(own, about)| own - about).collect();
        assert!(energy(&rest(blurred.clone(), &own, ACROSS)) < 1e-6 * energy(&blurred));
    }

    #[test]
    fn moves_are_left_as_they_are() {
        let own = wave(0.0);
        let moved: Vec<f32> = wave(0.1).iter().zip(&own).map(|(a, b)| a - b).collect();
        assert!(energy(&rest(moved.clone(), &own, ACROSS)) > 0.9 * energy(&moved));
    }
}
