//! Names of records: short, stable, never reused, safe to merge.

use serde::{Deserialize, Serialize};

/// The id of a record: 1 to 16 characters of `a-z`, `0-9`, `-` and `_`, ordered as text.
///
/// Made ids are 80 random bits in base 32 (16 characters), so that two people who add records to
/// the same film do not meet. They say nothing of time or order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Id([u8; Self::LONGEST]);

impl Id {
    /// The longest id, in characters.
    pub const LONGEST: usize = 16;

    /// The id spelled `text`, if it is well formed.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let fits = !bytes.is_empty() && bytes.len() <= Self::LONGEST;
        if !fits || !bytes.iter().all(|byte| is_id_character(*byte)) {
            return None;
        }
        let mut id = [0; Self::LONGEST];
        id[..bytes.len()].copy_from_slice(bytes);
        Some(Self(id))
    }

    /// Stands in a record until the name of the record is known.
    pub(crate) const fn unnamed() -> Self {
        let mut id = [0; Self::LONGEST];
        id[0] = b'-';
        Self(id)
    }

    pub(crate) const fn bits(self) -> u128 {
        u128::from_le_bytes(self.0)
    }

    /// A number that is ordered as the ids are.
    pub(crate) const fn ordinal(self) -> u128 {
        u128::from_be_bytes(self.0)
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(Self::LONGEST);
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

/// Ids are ordered as texts; as one number that is one comparison.
impl Ord for Id {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.ordinal().cmp(&other.ordinal())
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn is_id_character(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Id {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text)
            .ok_or_else(|| format!("{text:?} is no id: write 1 to 16 of a-z, 0-9, - and _"))
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Id;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an id: 1 to 16 characters of a-z, 0-9, - and _")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                Id::parse(text)
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// Where new ids come from: a seeded stream, so that an edit is a pure function of its arguments.
#[derive(Debug, Clone)]
pub struct IdSource {
    state: u64,
}

impl IdSource {
    /// A stream of ids that depends on `seed` alone. Seed it from the system's randomness, once.
    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next id.
    pub fn next_id(&mut self) -> Id {
        const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let (high, low) = (self.next_bits(), self.next_bits());
        let mut bits = (u128::from(high) << 64) | u128::from(low);
        let id = std::array::from_fn(|_| {
            let digit = DIGITS[(bits & 31) as usize];
            bits >>= 5;
            digit
        });
        Id(id)
    }

    /// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    fn next_bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_text_that_they_were_parsed_from() {
        for text in ["a", "v1", "room-tone_2", "abcdefghij234567"] {
            assert_eq!(Id::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "A", "a b", "ä", "abcdefghij2345678", "a\0"] {
            assert_eq!(Id::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_seed_gives_one_stream_of_ids() {
        let take = |seed| {
            let mut ids = IdSource::seeded(seed);
            (0..100).map(|_| ids.next_id()).collect::<Vec<_>>()
        };
        assert_eq!(take(1), take(1));
        let mut all = [take(1), take(2)].concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 200);
        assert!(all.iter().all(|id| id.as_str().len() == 16));
    }
}
