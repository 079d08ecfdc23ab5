//! What sound loses on its way: distance, air, and what stands between.

/// The part of the amplitude that air of `celsius` degrees and `humidity` percent leaves of a tone of
/// `frequency` Hz after `distance` metres, at one atmosphere (ISO 9613-1:1993, equations 3 to 5).
pub(super) fn air(frequency: f64, distance: f64, celsius: f64, humidity: f64) -> f64 {
    let kelvin = celsius + 273.15;
    let ratio = kelvin / 293.15;
    let saturation = 10.0_f64.powf(-6.8346 * (273.16 / kelvin).powf(1.261) + 4.6151);
    let water = humidity * saturation;
    let oxygen = 24.0 + 4.04e4 * water * (0.02 + water) / (0.391 + water);
    let nitrogen =
        ratio.powf(-0.5) * (9.0 + 280.0 * water * (-4.170 * (ratio.powf(-1.0 / 3.0) - 1.0)).exp());
    let square = frequency * frequency;
    let relaxed = 0.01275 * (-2239.1 / kelvin).exp() / (oxygen + square / oxygen)
        + 0.1068 * (-3352.0 / kelvin).exp() / (nitrogen + square / nitrogen);
    let decibels =
        8.686 * square * (1.84e-11 * ratio.sqrt() + ratio.powf(-2.5) * relaxed) * distance;
    10.0_f64.powf(-decibels / 20.0)
}

/// A single leaf: its mass by area, in kg/m2, the frequency at which waves in it are as fast as in air,
/// in Hz, and how much it damps them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leaf {
    pub(super) mass: f64,
    pub(super) coincidence: f64,
    pub(super) damping: f64,
}

impl Leaf {
    /// Its sound reduction index in dB (mass law for a diffuse field, `20 lg(m f) - 47`, and above the
    /// coincidence `+ 10 lg(f / fc - 1) + 10 lg(loss) - 2`, with a dip between the two: L. Cremer 1942,
    /// in the form of B. H. Sharp, Prediction Methods for the Sound Transmission of Building Elements,
    /// 1978; the quantity is that of EN ISO 12354-1, annex B).
    pub(super) fn reduction(&self, frequency: f64) -> f64 {
        let frequency = frequency.max(20.0);
        let law = |frequency: f64| (20.0 * (self.mass * frequency).log10() - 47.0).max(0.0);
        let above = |frequency: f64| {
            let over = (frequency / self.coincidence - 1.0).max(1e-3);
            let mass = 20.0 * (self.mass * frequency).log10() - 42.0;
            (mass
                + 10.0 * over.log10()
                + 10.0 * (2.0 * self.damping / std::f64::consts::PI).log10())
            .max(0.0)
        };
        let (low, high) = (self.coincidence / 2.0, self.coincidence);
        let bottom = above(high * 1.2).min(law(low));
        match frequency {
            _ if frequency <= low => law(frequency),
            _ if frequency <= high => {
                let part = (frequency / low).log2();
                law(low) + (bottom - law(low)) * part
            }
            _ => above(frequency).clamp(bottom, law(frequency) + 6.0),
        }
    }

    /// What two leaves with a gap of so many metres between them reduce: below the resonance of their
    /// masses on the air as one, above it more and more as two (Sharp 1978); bridges between them let
    /// through what lies 12 dB above that.
    pub(super) fn double(one: Self, other: Self, gap: f64, frequency: f64) -> f64 {
        let mass = one.mass + other.mass;
        let together = Self { mass, ..one }.reduction(frequency);
        let resonance = 60.0 * (mass / (gap * one.mass * other.mass)).sqrt();
        if frequency <= resonance {
            return together;
        }
        let coupling = (20.0 * (frequency * gap).log10() - 29.0).min(6.0);
        let apart = one.reduction(frequency) + other.reduction(frequency) + coupling;
        apart.clamp(together, together + 12.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 9613-2:1996, table 2, in dB a kilometre, for octaves from 63 Hz to 8 kHz, at their exact
    /// middles, which are tenths of a decade apart (ISO 266).
    #[test]
    fn air_takes_what_the_table_says() {
        let table = [
            (10.0, 70.0, [0.1, 0.4, 1.0, 1.9, 3.7, 9.7, 32.8, 117.0]),
            (20.0, 70.0, [0.1, 0.3, 1.1, 2.8, 5.0, 9.0, 22.9, 76.6]),
            (15.0, 20.0, [0.3, 0.6, 1.2, 2.7, 8.2, 28.2, 88.8, 202.0]),
            (15.0, 50.0, [0.1, 0.5, 1.2, 2.2, 4.2, 10.8, 36.2, 129.0]),
        ];
        for (celsius, humidity, row) in table {
            for (octave, stated) in row.into_iter().enumerate() {
                let frequency = 1000.0 * 10.0_f64.powf(0.3 * (octave as f64 - 4.0));
                let lost = -20.0 * air(frequency, 1000.0, celsius, humidity).log10();
                let apart = (lost - stated).abs();
                assert!(apart < 0.06 + 0.01 * stated, "{frequency} Hz: {lost} {stated}");
            }
        }
    }

    #[test]
    fn a_leaf_obeys_the_mass_law_and_dips_at_its_coincidence() {
        let glass = Leaf { mass: 10.0, coincidence: 3100.0, damping: 0.05 };
        assert!((glass.reduction(500.0) - 26.98).abs() < 0.01);
        assert!((glass.reduction(1000.0) - glass.reduction(500.0) - 6.02).abs() < 0.01);
        assert!(glass.reduction(3500.0) < glass.reduction(1500.0) - 3.0);
        assert!(glass.reduction(12_000.0) > glass.reduction(3500.0) + 6.0);
        let two = Leaf::double(glass, glass, 0.1, 1000.0);
        assert!(two > glass.reduction(1000.0) + 6.0, "{two}");
    }
}
