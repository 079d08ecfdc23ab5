//! The loudness range of a programme (EBU Tech 3342, Loudness Range, section 2).

/// What counts at all, in LUFS (the absolute gate).
const ABSOLUTE_GATE: f64 = -70.0;
/// How far below the mean of what counts the rest begins, in LU (the relative gate).
const RELATIVE_GATE: f64 = -20.0;
/// From which to which part of the values, in order, the range goes.
const PARTS: [f64; 2] = [0.1, 0.95];

/// The short-term loudness of a programme, one value every 100 ms.
#[derive(Debug, Clone, Default)]
pub(super) struct ShortTerms(Vec<f64>);

impl ShortTerms {
    /// Takes the next value, in LUFS; what is below the absolute gate does not count.
    pub(super) fn take(&mut self, lufs: f64) {
        if lufs >= ABSOLUTE_GATE {
            self.0.push(lufs);
        }
    }

    /// From the quiet to the loud of them, in LU; `None` where nothing counts.
    pub(super) fn range(&self) -> Option<f64> {
        let power = |lufs: &f64| 10.0_f64.powf(lufs / 10.0);
        let mean = self.0.iter().map(power).sum::<f64>() / self.0.len() as f64;
        let gate = 10.0 * mean.log10() + RELATIVE_GATE;
        let mut kept: Vec<f64> = self.0.iter().copied().filter(|lufs| *lufs >= gate).collect();
        kept.sort_by(f64::total_cmp);
        let last = kept.len().checked_sub(1)?;
        let [low, high] = PARTS.map(|part| kept[(last as f64 * part).round() as usize]);
        Some(high - low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(values: impl IntoIterator<Item = f64>) -> Option<f64> {
        let mut terms = ShortTerms::default();
        values.into_iter().for_each(|value| terms.take(value));
        terms.range()
    }

    #[test]
    fn it_goes_from_a_tenth_to_nineteen_twentieths_of_what_counts() {
        let steps = || (0..=20).map(|step| -40.0 + f64::from(step));
        assert_eq!(range(steps()), Some(17.0));
        assert_eq!(range(steps().chain([-70.1, -90.0, f64::NEG_INFINITY])), Some(17.0));
        assert_eq!(range(steps().chain([-60.0; 5])), Some(17.0), "20 LU below the mean");
        assert_eq!(range([-23.0]), Some(0.0));
        assert_eq!(range([-71.0]), None);
    }
}
