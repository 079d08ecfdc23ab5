//! What a change of sharpness explains: a picture that was moved by parts of a pixel is softer than one that was not, and
//! that is no texture that changes.

use super::tiles::TILES;

/// What is left between two pictures without what makes the one sharper or softer than the other, tile by tile: by least
/// squares, the part in it of how much the earlier picture, laid under the later one, bends across and down.
pub(super) fn without(left: &[f32], then: &[f32], size: (usize, usize)) -> Vec<f32> {
    let (width, height) = size;
    let bends = [bend(then, size, 1), bend(then, size, width)];
    let mut sums = vec![[0.0_f64; 5]; TILES.0 * TILES.1];
    let tile = |at: usize| at / width * TILES.1 / height * TILES.0 + at % width * TILES.0 / width;
    for (at, left) in left.iter().enumerate() {
        let [across, down] = [0, 1].map(|side| f64::from(bends[side][at]));
        let left = f64::from(*left);
        let these = [across * across, across * down, down * down, across * left, down * left];
        sums[tile(at)].iter_mut().zip(these).for_each(|(sum, value)| *sum += value);
    }
    let parts: Vec<[f32; 2]> = sums.iter().map(solved).collect();
    let rest = |(at, left): (usize, &f32)| {
        let [across, down] = parts[tile(at)];
        left - across * bends[0][at] - down * bends[1][at]
    };
    left.iter().enumerate().map(rest).collect()
}

/// How much a picture bends along a step: the second difference, as a part of white; none at its edges.
fn bend(codes: &[f32], (width, height): (usize, usize), step: usize) -> Vec<f32> {
    let at = |place: usize| {
        let (x, y) = (place % width, place / width);
        let is_inner = x > 0 && y > 0 && x + 1 < width && y + 1 < height;
        if is_inner {
            (codes[place - step] - 2.0 * codes[place] + codes[place + step]) / 255.0
        } else {
            0.0
        }
    };
    (0..codes.len()).map(at).collect()
}

/// The parts of two that explain a third best.
fn solved([across, both, down, of_across, of_down]: &[f64; 5]) -> [f32; 2] {
    let (across, down) = (across + 1e-6, down + 1e-6);
    let one = across * down - both * both;
    if one <= 1e-6 * across * down {
        return [0.0; 2];
    }
    [(of_across * down - of_down * both) / one, (of_down * across - of_across * both) / one]
        .map(|part| part as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blur_is_explained_and_a_pattern_is_not() {
        let size = (200, 120);
        let chance = |at: usize| ((at * 7919 + at / 200 * 104_729) % 251) as f32;
        let then: Vec<f32> = (0..size.0 * size.1).map(chance).collect();
        let soft = |at: usize| {
            let far = |at: usize| then[at.min(then.len() - 1)];
            0.25 * (far(at.saturating_sub(1)) + 2.0 * far(at) + far(at + 1))
        };
        let blurred: Vec<f32> = (0..then.len()).map(|at| (soft(at) - then[at]) / 255.0).collect();
        let energy = |values: &[f32]| values.iter().map(|value| value * value).sum::<f32>();
        assert!(energy(&without(&blurred, &then, size)) < 0.1 * energy(&blurred));
        let other: Vec<f32> = (0..then.len()).map(|at| chance(at * 31 + 17) / 255.0).collect();
        assert!(energy(&without(&other, &then, size)) > 0.9 * energy(&other));
    }
}
