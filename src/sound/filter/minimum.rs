//! Filters of any magnitude that ring only afterwards.

use realfft::{RealFftPlanner, num_complex::Complex64};

/// The impulse response of `length` samples, a power of two, whose magnitude at each frequency in Hz is
/// `magnitude`, with the least delay that it can have.
///
/// The logarithm of its spectrum is folded onto the times after 0 (A. V. Oppenheim and R. W. Schafer,
/// Discrete-Time Signal Processing, 1989, section 12.6): computed four times longer than what is kept.
pub fn minimum_phase(magnitude: impl Fn(f64) -> f64, length: usize, sample_rate: u32) -> Vec<f32> {
    let long = 4 * length;
    let mut planner = RealFftPlanner::<f64>::new();
    let (forward, back) = (planner.plan_fft_forward(long), planner.plan_fft_inverse(long));
    let bin = f64::from(sample_rate) / long as f64;
    let level = |index: usize| magnitude(index as f64 * bin).max(1e-6).ln();
    let mut bins: Vec<Complex64> =
        (0..=long / 2).map(|index| Complex64::new(level(index), 0.0)).collect();
    let mut time = vec![0.0; long];
    let mut done = back.process(&mut bins, &mut time).is_ok();
    for (index, value) in time.iter_mut().enumerate() {
        let times = match index {
            0 => 1.0,
            index if index < long / 2 => 2.0,
            index if index == long / 2 => 1.0,
            _ => 0.0,
        };
        *value *= times / long as f64;
    }
    done &= forward.process(&mut time, &mut bins).is_ok();
    bins.iter_mut().for_each(|bin| *bin = bin.exp());
    bins[0].im = 0.0;
    bins[long / 2].im = 0.0;
    done &= back.process(&mut bins, &mut time).is_ok();
    debug_assert!(done, "the buffers have the sizes that the transforms state");
    let fade = |index: usize| {
        let left = (length - index) as f64 / (length / 8) as f64;
        if left < 1.0 { 0.5 - 0.5 * (std::f64::consts::PI * left).cos() } else { 1.0 }
    };
    (0..length).map(|index| (time[index] / long as f64 * fade(index)) as f32).collect()
}
