//! The time of a thread alone.

use std::time::Duration;

/// The time that the processor has worked for this thread: what other programs take does not count.
#[cfg(target_os = "linux")]
pub(crate) fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The time since the program began to measure.
#[cfg(not(target_os = "linux"))]
pub(crate) fn worked() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}
