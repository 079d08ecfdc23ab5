//! A struck thing that rings: a sine that dies away.

/// One partial of a strike. Its phase begins at 0, so that it begins without a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ring {
    /// When it is struck, in samples.
    pub(crate) at: f64,
    /// In Hz.
    pub(crate) frequency: f64,
    /// Seconds until it has died away to 1/e.
    pub(crate) decay: f64,
    /// The height that it begins with.
    pub(crate) level: f64,
}

impl Ring {
    /// Seconds until it is 90 dB down, as times [`decay`](Self::decay).
    pub(crate) const LENGTH: f64 = 10.4;

    /// Adds what is heard of it in the cell from `from` on.
    pub(crate) fn add(&self, from: i64, sample_rate: f64, out: &mut [f32]) {
        if self.frequency >= 0.49 * sample_rate {
            return;
        }
        let end = self.at + Self::LENGTH * self.decay * sample_rate;
        let first = (self.at.ceil() as i64).max(from);
        let last = (end.ceil() as i64).min(from + out.len() as i64);
        if first >= last {
            return;
        }
        let since = (first as f64 - self.at) / sample_rate;
        let height = self.level * (-since / self.decay).exp();
        let turn = (self.frequency * since).fract() * std::f64::consts::TAU;
        let step = self.frequency / sample_rate * std::f64::consts::TAU;
        let fall = (-1.0 / (self.decay * sample_rate)).exp();
        let (sine, cosine) = (fall * step.sin(), fall * step.cos());
        let (mut y, mut x) = (height * turn.sin(), height * turn.cos());
        for sample in &mut out[(first - from) as usize..(last - from) as usize] {
            *sample += y as f32;
            (y, x) = (y * cosine + x * sine, x * cosine - y * sine);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_dying_sine_wherever_its_cells_begin() {
        let ring = Ring { at: 10.25, frequency: 1234.5, decay: 0.004, level: 0.7 };
        let mut out = vec![0.0; 512];
        let (first, second) = out.split_at_mut(200);
        ring.add(0, 48_000.0, first);
        ring.add(200, 48_000.0, second);
        for (sample, value) in out.iter().enumerate() {
            let since = (sample as f64 - 10.25) / 48_000.0;
            let wave =
                0.7 * (-since / 0.004).exp() * (std::f64::consts::TAU * 1234.5 * since).sin();
            let exact = if since < 0.0 { 0.0 } else { wave };
            assert!((f64::from(*value) - exact).abs() < 1e-6, "{sample}");
        }
    }
}
