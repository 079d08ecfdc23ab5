//! How loud the last moments were (EBU Tech 3341, 2.2 to 2.4): what every meter looks at as it goes along.
//!
//! It looks a hundred times a second: whatever begins and ends between two looks, a window that holds all of
//! it but 5 milliseconds is among them, and momentary loudness is off by 0.06 LU at most.

/// Looks a second.
const LOOKS: u32 = 100;
/// Looks from one value that gates and ranges count to the next: a tenth of a second.
const COUNTED: usize = 10;
/// Looks in the window of momentary loudness, 0.4 seconds, and in that of short-term loudness, 3 seconds.
const MOMENTARY: usize = 40;
const SHORT_TERM: usize = 300;

/// The weighted powers of the last 3 seconds.
#[derive(Debug, Clone)]
struct Recent {
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
    const fn new() -> Self {
        Self { powers: [0.0; SHORT_TERM], looks: 0 }
    }

    /// Takes the mean power of the next hundredth.
    fn take(&mut self, power: f64) -> Means {
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

/// Takes weighted squares of samples, and looks at the end of every hundredth of a second: where a rate has
/// none of whole samples, at the sample before it.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    sample_rate: u64,
    /// Looks so far.
    number: u64,
    /// Samples from the last look to the next.
    length: usize,
    heard: usize,
    sum: f64,
    recent: Recent,
}

impl Looks {
    pub(super) fn new(sample_rate: u32) -> Self {
        let sample_rate = u64::from(sample_rate.max(LOOKS));
        let (recent, length) = (Recent::new(), (sample_rate / u64::from(LOOKS)) as usize);
        Self { sample_rate, number: 0, length, heard: 0, sum: 0.0, recent }
    }

    /// Takes the next squares; `look` is given what each look shows.
    pub(super) fn hear(&mut self, squares: &[f64], mut look: impl FnMut(Means)) {
        let mut rest = squares;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(self.length - self.heard));
            self.sum += sum(now);
            self.heard += now.len();
            if self.heard == self.length {
                look(self.recent.take(self.sum / self.length as f64));
                self.go_on();
            }
            rest = later;
        }
    }

    fn go_on(&mut self) {
        (self.heard, self.sum, self.number) = (0, 0.0, self.number + 1);
        let end = |number: u64| number * self.sample_rate / u64::from(LOOKS);
        self.length = (end(self.number + 1) - end(self.number)) as usize;
    }

    pub(super) fn reset(&mut self) {
        *self = Self::new(self.sample_rate as u32);
    }
}

/// The sum of some numbers, eight at a time.
fn sum(numbers: &[f64]) -> f64 {
    let (rows, rest) = numbers.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
    sums.iter().chain(rest).sum()
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
