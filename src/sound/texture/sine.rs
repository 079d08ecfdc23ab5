//! A steady sine whose pitch may drift.

use std::f64::consts::TAU;

/// Samples over which a pitch is held.
const RUN: usize = 64;

/// Adds a sine to the cell from `from` on. `turns` is how often it has gone round at a time in seconds; it
/// is asked once in [`RUN`] samples, on a grid that the cells lie on.
pub(crate) fn add_sine(
    from: i64,
    sample_rate: f64,
    level: f64,
    turns: impl Fn(f64) -> f64,
    out: &mut [f32],
) {
    let time = |sample: i64| sample as f64 / sample_rate;
    let mut start = turns(time(from));
    for (number, run) in (0..).zip(out.chunks_mut(RUN)) {
        let end = turns(time(from + (number + 1) * RUN as i64));
        let step = (end - start) / RUN as f64 * TAU;
        let angle = start.fract() * TAU;
        let (sine, cosine) = step.sin_cos();
        let (mut y, mut x) = (level * angle.sin(), level * angle.cos());
        for sample in run {
            *sample += y as f32;
            (y, x) = (y * cosine + x * sine, x * cosine - y * sine);
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_sine_of_its_turns() {
        let mut out = vec![0.0; 4096];
        add_sine(40_960_000, 48_000.0, 0.5, |seconds| 50.03 * seconds, &mut out);
        for (index, sample) in out.iter().enumerate() {
            let turns = 50.03 * (40_960_000 + index) as f64 / 48_000.0;
            let exact = 0.5 * (turns.fract() * TAU).sin();
            assert!((f64::from(*sample) - exact).abs() < 1e-5, "{index}");
        }
    }
}
