//! A coverage made soft: the shadow of letters.

use super::coverage::Coverage;

/// `coverage` through a Gaussian of this deviation, in pixels; beyond its sides there is nothing.
pub(super) fn soft(coverage: &Coverage, deviation: f64) -> Coverage {
    if deviation < 0.05 {
        return coverage.clone();
    }
    let weights = weights(deviation);
    let across = filtered(&coverage.values, coverage.width, &weights);
    let turned = transposed(&across, coverage.width);
    let down = filtered(&turned, coverage.height, &weights);
    Coverage { values: transposed(&down, coverage.height), ..*coverage }
}

/// The pixels that a soft edge reaches.
pub(super) fn reach(deviation: f64) -> f64 {
    (3.0 * deviation).ceil()
}

fn weights(deviation: f64) -> Vec<f32> {
    let far = reach(deviation) as i64;
    let weight = |at: i64| (-0.5 * (at as f64 / deviation).powi(2)).exp();
    let sum: f64 = (-far..=far).map(weight).sum();
    (-far..=far).map(|at| (weight(at) / sum) as f32).collect()
}

fn filtered(values: &[f32], width: usize, weights: &[f32]) -> Vec<f32> {
    let far = weights.len() / 2;
    let mut out = vec![0.0; values.len()];
    let mut padded = vec![0.0; width + 2 * far];
    for (line, out) in values.chunks_exact(width.max(1)).zip(out.chunks_exact_mut(width.max(1))) {
        if line.iter().all(|value| *value == 0.0) {
            continue;
        }
        padded[far..far + width].copy_from_slice(line);
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                for (tap, weight) in weights.iter().enumerate() {
                    for (out, value) in out.iter_mut().zip(&padded[tap..tap + width]) {
                        *out += value * weight;
                    }
                }
            },
        );
    }
    out
}

fn transposed(values: &[f32], width: usize) -> Vec<f32> {
    let height = values.len() / width.max(1);
    let mut out = Vec::with_capacity(values.len());
    for x in 0..width {
        out.extend((0..height).map(|y| values[y * width + x]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_soft_weighs_as_much_as_before_and_is_even() {
        let mut values = vec![0.0; 41 * 31];
        values[15 * 41 + 20] = 1.0;
        let point = Coverage { left: 0, top: 0, width: 41, height: 31, values };
        let soft = soft(&point, 3.0);
        let sum: f32 = soft.values.iter().sum();
        assert!((sum - 1.0).abs() < 1e-5, "{sum}");
        for (x, y) in [(3, 0), (5, 2), (0, 4)] {
            let at = |x: i64, y: i64| soft.values[((15 + y) * 41 + 20 + x) as usize];
            assert!((at(x, y) - at(-x, -y)).abs() < 1e-8);
            let gauss = (-0.5 * (x * x + y * y) as f64 / 9.0).exp();
            assert!((f64::from(at(x, y) / at(0, 0)) - gauss).abs() < 1e-4);
        }
    }
}
