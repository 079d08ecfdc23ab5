//! Which frames show again what the one before them showed.

use super::{Sight, median};

/// Two frames none of whose blocks differ by more codes are one.
const SAME: f32 = 0.25;
/// They are one, too, where they differ by less than this part of what neighbours differ by, and by few codes: a
/// coder has been over them.
const PART: f64 = 0.12;
const FEW: f64 = 1.5;
/// Of the frames of a rhythm, one in so many is new at least.
const MOVING: usize = 8;
/// And so they are where even noise stands still: blocks differ, root mean square, by less than this part of what they
/// usually do, and that is more than so many codes.
const QUIET: f64 = 0.5;
const NOISE: f64 = 0.35;

/// How far each frame is from the one before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Steps {
    start: Option<i64>,
    most: Vec<Option<f32>>,
    all: Vec<Option<f64>>,
}

impl Steps {
    pub(super) fn see(&mut self, sight: &Sight<'_>) {
        self.start.get_or_insert(sight.frame);
        let before = sight.glimpse_before.as_ref();
        self.most.push(before.and_then(|before| sight.glimpse.farthest(before)));
        self.all.push(before.and_then(|before| sight.glimpse.apart(before)));
    }

    /// The first frame that was seen.
    pub(super) fn start(&self) -> i64 {
        self.start.unwrap_or(0)
    }

    /// For each frame, whether it is the one before it.
    pub(super) fn same(&self) -> Vec<bool> {
        let known: Vec<f64> = self.most.iter().flatten().map(|most| f64::from(*most)).collect();
        let moving: Vec<f64> = known.into_iter().filter(|most| *most > f64::from(SAME)).collect();
        self.same_beside(median(moving), median(self.all.iter().flatten().copied().collect()))
    }

    /// The same where most frames may be doubled: they are held against the few that move.
    pub(super) fn same_in_rhythm(&self) -> Vec<bool> {
        let few = |mut known: Vec<f64>| {
            known.sort_by(f64::total_cmp);
            let at = known.len() - known.len().div_ceil(MOVING);
            known.get(at).copied().unwrap_or_default()
        };
        let most = few(self.most.iter().flatten().map(|most| f64::from(*most)).collect());
        self.same_beside(most, few(self.all.iter().flatten().copied().collect()))
    }

    /// The same beside what blocks usually differ by: the most, and root mean square.
    fn same_beside(&self, usual: f64, noise: f64) -> Vec<bool> {
        let limit = f64::from(SAME).max((PART * usual).min(FEW));
        let is_same = |(most, all): (&Option<f32>, &Option<f64>)| {
            let (Some(most), Some(all)) = (most.map(f64::from), all) else { return false };
            most <= limit || noise > NOISE && *all < QUIET * noise && most <= FEW
        };
        self.most.iter().zip(&self.all).map(is_same).collect()
    }

    /// Runs of frames that are the one before them: the first such frame, and how many there are.
    pub(super) fn runs(&self) -> Vec<(usize, usize)> {
        let same = self.same();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for at in (0..same.len()).filter(|at| same[*at]) {
            match runs.last_mut() {
                Some((first, count)) if *first + *count == at => *count += 1,
                _ => runs.push((at, 1)),
            }
        }
        runs
    }

    /// The shortest rhythm in which frames are doubled: every how many frames, and how many of those are new.
    pub(super) fn rhythm(&self, share: f64) -> Option<(usize, usize)> {
        let same = self.same_in_rhythm();
        (2..=25).find_map(|period| {
            if same.len() < 4 * period {
                return None;
            }
            let part_of = |phase: usize| {
                let here: Vec<bool> =
                    same.iter().copied().skip(period + phase).step_by(period).collect();
                here.iter().filter(|same| **same).count() as f64 / here.len().max(1) as f64
            };
            let parts: Vec<f64> = (0..period).map(part_of).collect();
            let doubled = parts.iter().filter(|part| **part >= share).count();
            let others = parts.iter().all(|part| *part >= share || *part <= 1.0 - share);
            (others && doubled > 0 && doubled < period).then_some((period, period - doubled))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(pattern: &str) -> Steps {
        let most = pattern.chars().map(|it| Some(if it == '=' { 0.0 } else { 9.0 }));
        let most: Vec<Option<f32>> = most.collect();
        let all = vec![Some(1.0); most.len()];
        Steps { start: Some(0), most, all }
    }

    #[test]
    fn a_rhythm_is_named_exactly() {
        for (pattern, rhythm) in [
            ("..=", Some((3, 2))),
            (".=", Some((2, 1))),
            (".==", Some((3, 1))),
            ("....=", Some((5, 4))),
            (".=.==", Some((5, 2))),
            (".......", None),
        ] {
            assert_eq!(steps(&pattern.repeat(24)).rhythm(0.9), rhythm, "{pattern}");
        }
        assert_eq!(steps(".....=......==......=").runs(), [(5, 1), (12, 2), (20, 1)]);
    }
}
