//! Levels.

/// A ratio of amplitudes in decibels: `20 log10(gain)`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Decibels(pub f64);

impl Decibels {
    /// Silence.
    pub const OFF: Self = Self(f64::NEG_INFINITY);

    /// The factor on samples.
    pub fn gain(self) -> f64 {
        10.0_f64.powf(self.0 / 20.0)
    }

    /// The level of a factor; 0 is silence.
    pub fn of_gain(gain: f64) -> Self {
        Self(20.0 * gain.abs().log10())
    }
}

impl std::fmt::Display for Decibels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 == f64::NEG_INFINITY {
            f.write_str("-inf dB")
        } else {
            write!(f, "{:.1} dB", self.0)
        }
    }
}
