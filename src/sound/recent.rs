//! How loud the last moments were (EBU Tech 3341, 2.2 to 2.4): what every meter looks at as it goes along.
//!
//! It looks a hundred times a second: whatever begins and ends between two looks, a window that holds all of
//! it but 5 milliseconds is among them, and momentary loudness is off by 0.06 LU at most.

/// Looks a second.
pub(super) const LOOKS: u32 = 100;
/// Looks from one value that gates and ranges count to the next: a tenth of a second.
const COUNTED: usize = 10;
/// Looks in the window of momentary loudness, 0.4 seconds, and in that of short-term loudness, 3 seconds.
const MOMENTARY: usize = 40;
const SHORT_TERM: usize = 300;

/// The weighted powers of the last 3 seconds.
#[derive(Debug, Clone)]
pub(super) struct Recent {
    powers: [f64; SHORT_TERM],
    looks: usize,
}

/// Mean powers over both windows. Before the beginning there was silence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means {
    pub(super) momentary: f64,
    pub(super) short_term: f64,
    /// Whether so much was heard that they are whole.
    pub(super) whole: [bool; 2],
    /// Whether gates and ranges count them: a tenth of a second has passed since the last.
    pub(super) count: bool,
}

impl Recent {
    pub(super) const fn new() -> Self {
        Self { powers: [0.0; SHORT_TERM], looks: 0 }
    }

    /// Takes the mean power of the next hundredth.
    pub(super) fn take(&mut self, power: f64) -> Means {
        self.powers[self.looks % SHORT_TERM] = power;
        self.looks += 1;
        Means {
            momentary: self.last(MOMENTARY),
            short_term: self.last(SHORT_TERM),
            whole: [MOMENTARY, SHORT_TERM].map(|window| self.looks >= window),
            count: self.looks.is_multiple_of(COUNTED),
        }
    }

    /// The mean of the last so many.
    fn last(&self, looks: usize) -> f64 {
        let (newer, older) = self.powers.split_at(self.looks % SHORT_TERM);
        let newer = &newer[newer.len().saturating_sub(looks)..];
        let older = &older[older.len() - (looks - newer.len())..];
        older.iter().chain(newer).sum::<f64>() / looks as f64
    }
}

/// The loudness of a weighted power, in LUFS (BS.1770-5, annex 1, equation 2).
pub(super) fn lufs(power: f64) -> f64 {
    -0.691 + 10.0 * power.log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_of_the_last_moments_wherever_they_lie() {
        let mut recent = Recent::new();
        for look in 1..=1000 {
            let means = recent.take(look as f64);
            let mean = |window: i32| {
                let powers = (0..window).map(|back| f64::from((look - back).max(0)));
                powers.sum::<f64>() / f64::from(window)
            };
            assert!((means.momentary - mean(40)).abs() < 1e-9, "{look}");
            assert!((means.short_term - mean(300)).abs() < 1e-9, "{look}");
            assert_eq!(means.whole, [look >= 40, look >= 300]);
            assert_eq!(means.count, look % 10 == 0);
        }
    }
}
