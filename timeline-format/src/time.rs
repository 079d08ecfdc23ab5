//! Exact time: rates, fractions, and the one way from frames to samples.
//!
//! A position is a count of frames of a declared grid (a sequence's rate, a media's rate, a sample
//! rate). Whole counts are the rule; what lies between two frames (a sound that starts on a sample)
//! is a reduced fraction. Arithmetic goes through `i128` and answers `None` where the result does
//! not fit: it never wraps and never rounds by itself.

use serde::{Deserialize, Serialize};

/// A reduced fraction: `i64` over a positive `u32`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i64,
    denominator: u32,
}

/// A count of frames of a grid that the context declares; a whole number unless off the grid.
///
/// In a file: an integer, or the string `"num/den"` where it is not whole.
pub type Frames = Ratio;

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// `numerator / denominator`, reduced; `None` where the denominator is 0 or the result too big.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        if denominator == 1 {
            return Some(Self::whole(i64::try_from(numerator).ok()?));
        }
        let divisor = greatest_common_divisor(numerator, denominator) * denominator.signum();
        let (numerator, denominator) = match divisor {
            1 => (numerator, denominator),
            _ => (numerator / divisor, denominator / divisor),
        };
        Some(Self {
            numerator: i64::try_from(numerator).ok()?,
            denominator: u32::try_from(denominator).ok()?,
        })
    }

    /// The top of the reduced fraction.
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The bottom of the reduced fraction, at least 1.
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    /// The number, if it is whole.
    pub const fn as_whole(self) -> Option<i64> {
        if self.denominator == 1 { Some(self.numerator) } else { None }
    }

    /// The greatest whole number that is not above.
    pub fn floor(self) -> i64 {
        self.numerator.div_euclid(i64::from(self.denominator))
    }

    /// The least whole number that is not below.
    pub fn ceil(self) -> i64 {
        self.floor() + i64::from(self.denominator != 1)
    }

    /// The nearest whole number, halves up.
    pub fn round(self) -> i64 {
        let twice = 2 * i128::from(self.numerator) + i128::from(self.denominator);
        twice.div_euclid(2 * i128::from(self.denominator)) as i64
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_add(other.numerator).map(Self::whole);
        }
        let (a, b, c, d) = self.with(other);
        Self::new(a * d + c * b, b * d)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_sub(other.numerator).map(Self::whole);
        }
        let (a, b, c, d) = self.with(other);
        Self::new(a * d - c * b, b * d)
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::ONE, number) | (number, Self::ONE) => return Some(number),
            _ => {}
        }
        let (a, b, c, d) = self.with(other);
        Self::new(a * c, b * d)
    }

    /// The quotient.
    pub fn over(self, other: Self) -> Option<Self> {
        if other == Self::ONE {
            return Some(self);
        }
        if self == other && other != Self::ZERO {
            return Some(Self::ONE);
        }
        let (a, b, c, d) = self.with(other);
        Self::new(a * d, b * c)
    }

    /// Without its sign.
    pub fn abs(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_abs()?, ..self })
    }

    /// The nearest float: for parameters and displays, never for a position.
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / f64::from(self.denominator)
    }

    fn with(self, other: Self) -> (i128, i128, i128, i128) {
        (
            i128::from(self.numerator),
            i128::from(self.denominator),
            i128::from(other.numerator),
            i128::from(other.denominator),
        )
    }
}

/// Euclid's algorithm, in 64 bits as soon as both fit: dividing 128 bits is many times slower.
fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        if let (Ok(mut small_a), Ok(mut small_b)) = (u64::try_from(a), u64::try_from(b)) {
            while small_b != 0 {
                (small_a, small_b) = (small_b, small_a % small_b);
            }
            return i128::from(small_a.max(1));
        }
        (a, b) = (b, a % b);
    }
    a.max(1) as i128
}

impl Default for Ratio {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<i64> for Ratio {
    fn from(number: i64) -> Self {
        Self::whole(number)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let (a, b, c, d) = self.with(*other);
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}

impl std::fmt::Debug for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Ratio {
    type Err = String;

    /// Reads `12`, `-7` or a reduced `2002/5`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is neither a whole number nor a reduced \"num/den\"");
        let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
        let (Ok(top), Ok(bottom)) = (top.parse::<i64>(), bottom.parse::<u32>()) else {
            return Err(wrong());
        };
        let ratio = Self::new(top.into(), bottom.into()).ok_or_else(wrong)?;
        if ratio.numerator == top && ratio.denominator == bottom { Ok(ratio) } else { Err(wrong()) }
    }
}

impl Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Ratio;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number or a reduced \"num/den\"")
            }
            fn visit_i64<E>(self, number: i64) -> Result<Ratio, E> {
                Ok(Ratio::whole(number))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Ratio, E> {
                i64::try_from(number).map(Ratio::whole).map_err(E::custom)
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Ratio, E> {
                let ratio: Ratio = text.parse().map_err(E::custom)?;
                match ratio.as_whole() {
                    Some(_) => Err(E::custom(format!("{text:?} is whole: write it as a number"))),
                    None => Ok(ratio),
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Frames a second, exact: 24, 25, 24000/1001 and so on. Always positive.
///
/// In a file: the string `"24"` or `"24000/1001"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Ratio);

impl Rate {
    /// 24 frames a second.
    pub const FILM: Self = Self(Ratio::whole(24));

    /// `numerator / denominator` frames a second; `None` unless positive, reduced within 32 bits.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        let ratio = Ratio::new(numerator.into(), denominator.into())?;
        (ratio.numerator > 0 && u32::try_from(ratio.numerator).is_ok()).then_some(Self(ratio))
    }

    /// The rate that a rounded decimal means: 23.976, 23.98 and 29.97 are the /1001 rates.
    ///
    /// Whole numbers are themselves; anything else within 0.005 of `n * 1000 / 1001`, for `n` a
    /// multiple of 24 or 30, is that rate; other decimals are taken to a thousandth.
    pub fn from_decimal(decimal: f64) -> Option<Self> {
        if !(decimal > 0.0 && decimal < 1e6) {
            return None;
        }
        if (decimal - decimal.round()).abs() < 1e-6 {
            return Self::new(decimal.round() as i64, 1);
        }
        let nominal = decimal.ceil() as i64;
        let is_ntsc = nominal % 24 == 0 || nominal % 30 == 0;
        if is_ntsc && (decimal - nominal as f64 * 1000.0 / 1001.0).abs() < 0.005 {
            return Self::new(nominal * 1000, 1001);
        }
        Self::new((decimal * 1000.0).round() as i64, 1000)
    }

    /// The top of the reduced fraction: frames in [`Self::denominator`] seconds.
    pub const fn numerator(self) -> i64 {
        self.0.numerator
    }

    /// The bottom of the reduced fraction.
    pub const fn denominator(self) -> i64 {
        self.0.denominator as i64
    }

    /// As a fraction.
    pub const fn ratio(self) -> Ratio {
        self.0
    }

    /// Whole frames in a timecode second: 24 for 23.976, 30 for 29.97.
    pub fn nominal(self) -> i64 {
        self.0.ceil()
    }

    /// The length of `frames` in seconds.
    pub fn seconds(self, frames: Frames) -> Option<Ratio> {
        frames.over(self.0)
    }

    /// How many frames `seconds` are.
    pub fn frames(self, seconds: Ratio) -> Option<Frames> {
        seconds.times(self.0)
    }

    /// The first sample of frame `frame`: round half up of the cumulative position.
    ///
    /// `S(n) = floor((2 n fs den + num) / (2 num))`. A clip of frames `[a, b)` owns samples
    /// `[S(a), S(b))`, so that lengths add up and an hour drifts by no sample (the SMPTE five-frame
    /// phase 1602 1601 1602 1601 1602 follows at 29.97 and 48 kHz).
    pub fn sample_of(self, frame: i64, sample_rate: u32) -> i64 {
        let (num, den) = (i128::from(self.numerator()), i128::from(self.denominator()));
        let twice = 2 * i128::from(frame) * i128::from(sample_rate) * den + num;
        twice.div_euclid(2 * num) as i64
    }

    /// The sample nearest to an exact position, halves up; equal to [`Self::sample_of`] on frames.
    pub fn sample_at(self, position: Frames, sample_rate: u32) -> i64 {
        let num = i128::from(self.numerator()) * i128::from(position.denominator);
        let top = i128::from(position.numerator) * i128::from(sample_rate);
        (2 * top * i128::from(self.denominator()) + num).div_euclid(2 * num) as i64
    }

    /// The frame that is on screen when sample `sample` sounds.
    pub fn frame_of_sample(self, sample: i64, sample_rate: u32) -> i64 {
        let (num, den) = (i128::from(self.numerator()), i128::from(self.denominator()));
        let near = (i128::from(sample) * num).div_euclid(i128::from(sample_rate) * den) as i64;
        if self.sample_of(near + 1, sample_rate) <= sample {
            near + 1
        } else if self.sample_of(near, sample_rate) > sample {
            near - 1
        } else {
            near
        }
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Debug for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Rate {
    type Err = String;

    /// Reads `24` or a reduced `24000/1001`; a rounded decimal is refused, by name.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains('.')
            && let Some(meant) = text.parse().ok().and_then(Self::from_decimal)
        {
            return Err(format!("{text} is rounded; write the exact rate {meant}"));
        }
        let ratio: Ratio = text.parse()?;
        Self::new(ratio.numerator, ratio.denominator.into())
            .ok_or_else(|| format!("a rate is positive, and {text:?} is not"))
    }
}

impl Serialize for Rate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    #[test]
    fn fractions_are_reduced_and_have_one_spelling() {
        assert_eq!(Ratio::new(4, -6).unwrap().to_string(), "-2/3");
        assert_eq!("2002/5".parse::<Ratio>().unwrap(), Ratio::new(2002, 5).unwrap());
        for text in ["4/2", "1/0", "1/-2", "", "1.5", "/", "1/"] {
            assert!(text.parse::<Ratio>().is_err(), "{text:?}");
        }
        assert_eq!(Ratio::new(i128::from(i64::MAX) + 1, 1), None);
    }

    #[test]
    fn rounding_goes_down_up_and_half_up() {
        let at = |n, d| Ratio::new(n, d).unwrap();
        assert_eq!([at(-3, 2).floor(), at(-3, 2).ceil(), at(-3, 2).round()], [-2, -1, -1]);
        assert_eq!([at(3, 2).floor(), at(3, 2).ceil(), at(3, 2).round()], [1, 2, 2]);
        assert_eq!([at(4, 2).floor(), at(4, 2).ceil(), at(4, 2).round()], [2, 2, 2]);
    }

    #[test]
    fn rounded_decimals_mean_the_exact_rates() {
        for (decimal, exact) in [
            (23.976, "24000/1001"),
            (23.98, "24000/1001"),
            (23.976024627685547, "24000/1001"),
            (29.97, "30000/1001"),
            (47.952, "48000/1001"),
            (59.94, "60000/1001"),
            (24.0, "24"),
            (12.5, "25/2"),
        ] {
            assert_eq!(Rate::from_decimal(decimal).unwrap().to_string(), exact);
        }
        assert_eq!(
            "29.97".parse::<Rate>().unwrap_err(),
            "29.97 is rounded; write the exact rate 30000/1001"
        );
    }

    #[test]
    fn samples_follow_the_smpte_phase() {
        let lengths = |text: &str, n: i64| {
            let rate = rate(text);
            (0..n)
                .map(|k| rate.sample_of(k + 1, 48_000) - rate.sample_of(k, 48_000))
                .collect::<Vec<_>>()
        };
        assert_eq!(lengths("30000/1001", 5), [1602, 1601, 1602, 1601, 1602]);
        assert_eq!(lengths("60000/1001", 5), [801, 801, 800, 801, 801]);
        assert_eq!(lengths("24000/1001", 3), [2002, 2002, 2002]);
        assert_eq!(rate("24").sample_of(1, 44_100), 1838);
        assert_eq!(rate("24000/1001").sample_of(24_000 * 3600, 48_000), 48_000 * 3600 * 1001);
    }

    #[test]
    fn the_frame_of_a_sample_is_the_one_that_owns_it() {
        for text in ["24000/1001", "24", "25", "30000/1001", "60000/1001", "1000"] {
            let rate = rate(text);
            for frame in -3_i64..2000 {
                let (from, to) = (rate.sample_of(frame, 44_100), rate.sample_of(frame + 1, 44_100));
                assert_eq!(rate.frame_of_sample(from, 44_100), frame);
                assert_eq!(rate.frame_of_sample(to - 1, 44_100), frame);
                assert_eq!(rate.sample_at(Ratio::whole(frame), 44_100), from);
            }
        }
    }
}
