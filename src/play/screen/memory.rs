//! How much memory decoded frames may take.

/// Where the system does not tell how much there is, and the most that is taken of any.
const UNKNOWN: usize = 1 << 30;
const MOST: usize = 2 << 30;

/// A quarter of the machine's memory, at most 2 GB.
pub fn usual_budget() -> usize {
    let told = std::fs::read_to_string("/proc/meminfo").ok();
    let bytes = told.as_deref().and_then(total);
    bytes.map_or(UNKNOWN, |bytes| bytes / 4).min(MOST)
}

fn total(told: &str) -> Option<usize> {
    let line = told.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes = line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read_in_kilobytes() {
        assert_eq!(total("MemTotal:       24689764 kB\nMemFree: 1 kB\n"), Some(24_689_764 << 10));
        assert_eq!(total("nothing"), None);
        assert!((1 << 20..=MOST).contains(&usual_budget()));
    }
}
