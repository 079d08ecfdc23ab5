//! Ordered dither: a pattern of the place alone, so that what stands still does not shimmer.

/// Whether parts of a code are spread over neighbouring pixels when they are rounded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dither {
    /// Where a picture of more than 8 bits, or of floats, comes to 8 bits.
    #[default]
    Auto,
    /// Never: every sample is the nearest code.
    Off,
}

/// Bayer's matrix of order 8 in parts of a code, -0.5 to 0.5 (B. E. Bayer, An optimum method for
/// two-level rendition of continuous-tone pictures, 1973). What is a whole code stays itself.
pub(super) fn line(y: usize) -> [f32; 8] {
    std::array::from_fn(|x| (f32::from(rank(x as u8, (y & 7) as u8)) + 0.5) / 64.0 - 0.5)
}

/// Interleaves the bits of `x ^ y` and `y`, the lowest first to the top.
fn rank(x: u8, y: u8) -> u8 {
    (0..3).fold(0, |rank, bit| {
        let (both, down) = ((x ^ y) >> bit & 1, y >> bit & 1);
        rank << 2 | both << 1 | down
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_holds_every_threshold_once() {
        let mut all: Vec<f32> = (0..8).flat_map(line).collect();
        all.sort_by(f32::total_cmp);
        for (rank, part) in all.iter().enumerate() {
            assert_eq!(*part, (rank as f32 + 0.5) / 64.0 - 0.5);
        }
    }
}
