//! Work that touches no memory and never differs: how long it takes is what the machine makes of it.

use super::worked::worked;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Turns of a chain of multiplications.
pub(super) fn turn(turns: u64) {
    let mut value = black_box(1_u64);
    for _ in 0..turns {
        value = value.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    }
    black_box(value);
}

/// How many turns last so long, as the fastest of some tries has it.
pub(super) fn turns_of(time: Duration) -> u64 {
    const TRIED: u64 = 100_000;
    let tries = (0..50).map(|_| {
        let start = Instant::now();
        turn(TRIED);
        start.elapsed()
    });
    let least = tries.min().unwrap_or_default().max(Duration::from_nanos(1));
    (TRIED as f64 * time.as_secs_f64() / least.as_secs_f64()) as u64
}

/// The processor's time that so many turns took.
pub(super) fn timed(turns: u64) -> Duration {
    let start = worked();
    turn(turns);
    worked().saturating_sub(start)
}
