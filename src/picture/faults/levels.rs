//! The light and the colour of a whole take, frame by frame, apart at its cuts.

use super::{Sight, median};

/// Frames between two cuts.
#[derive(Debug, Clone, Default)]
pub(super) struct Stretch {
    /// The first of them.
    pub(super) start: i64,
    /// By how many stops each is lighter than the first.
    pub(super) stops: Vec<f64>,
    /// The mean colour differences of each, in codes.
    pub(super) chroma: Vec<[f64; 2]>,
}

/// Stretches between cuts, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels(pub(super) Vec<Stretch>);

impl Levels {
    pub(super) fn see(&mut self, sight: &Sight<'_>) {
        match (sight.lighter(), self.0.last_mut()) {
            (Some(change), Some(last)) => {
                let level = last.stops.last().copied().unwrap_or(0.0) + change;
                last.stops.push(level);
                last.chroma.push(sight.chroma);
            }
            _ => self.0.push(Stretch {
                start: sight.frame,
                stops: vec![0.0],
                chroma: vec![sight.chroma],
            }),
        }
    }
}

impl Stretch {
    /// From each frame to the next, in stops.
    pub(super) fn changes(&self) -> Vec<f64> {
        self.stops.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// The changes without those that are leaps: what stays is how the light moves by itself.
    pub(super) fn calm(&self, least: f64) -> Vec<f64> {
        let changes = self.changes();
        let usual = median(changes.iter().map(|change| change.abs()).collect());
        let most = least.max(6.0 * usual);
        changes.into_iter().map(|change| if change.abs() > most { 0.0 } else { change }).collect()
    }
}

/// The slope of numbers that follow each other, by least squares, and how much of their variance it explains.
pub(super) fn slope(numbers: &[f64]) -> (f64, f64) {
    let count = numbers.len() as f64;
    let (middle, mean) = (0.5 * (count - 1.0), numbers.iter().sum::<f64>() / count.max(1.0));
    let pairs = || numbers.iter().enumerate().map(|(at, value)| (at as f64 - middle, value - mean));
    let both: f64 = pairs().map(|(at, value)| at * value).sum();
    let run: f64 = pairs().map(|(at, _)| at * at).sum();
    let all: f64 = pairs().map(|(_, value)| value * value).sum();
    if run * all > 0.0 { (both / run, both * both / (run * all)) } else { (0.0, 0.0) }
}

/// Numbers made smooth by a parabola through each of them and so many to either side (A. Savitzky and M. J. E. Golay,
/// Smoothing and Differentiation of Data by Simplified Least Squares Procedures, 1964); at the ends fewer.
pub(super) fn smooth(numbers: &[f64], reach: usize) -> Vec<f64> {
    let at = |place: usize| {
        let far = reach.min(place).min(numbers.len() - 1 - place);
        let m = far as f64;
        let scale = (2.0 * m + 3.0) * (2.0 * m + 1.0) * (2.0 * m - 1.0) / 3.0;
        let weight = |step: f64| (3.0 * m * m + 3.0 * m - 1.0 - 5.0 * step * step) / scale;
        if far < 2 {
            let near = &numbers[place - far..=place + far];
            return near.iter().sum::<f64>() / near.len() as f64;
        }
        (0..=2 * far).map(|nth| weight(nth as f64 - m) * numbers[place + nth - far]).sum()
    };
    (0..numbers.len()).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_is_smooth_already_and_a_ramp_has_its_slope() {
        let parabola: Vec<f64> =
            (0..40).map(|n| 0.3 * f64::from(n * n) - 2.0 * f64::from(n)).collect();
        for (smooth, number) in smooth(&parabola, 6).iter().zip(&parabola).skip(6).take(28) {
            assert!((smooth - number).abs() < 1e-9, "{smooth} {number}");
        }
        let (rise, explained) = slope(&[1.0, 3.0, 5.0, 7.0]);
        assert!((rise - 2.0).abs() < 1e-12 && (explained - 1.0).abs() < 1e-12);
    }
}
