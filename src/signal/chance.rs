//! Chance that is the same each time: a pure function of a number.

/// The output function of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014): bits without visible relation to those of the next number.
pub const fn mix(number: u64) -> u64 {
    let mut bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A number from 0 to before 1 from mixed bits, evenly spread.
pub const fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// A number of mean 0 and mean square 1 from mixed bits, close to Gaussian: the sum of four even ones.
pub const fn normal(bits: u64) -> f64 {
    const HALF: f64 = 2.0 * 65_535.0;
    const DEVIATION: f64 = 37_836.5;
    let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
    (sum as f64 - HALF) / DEVIATION
}
