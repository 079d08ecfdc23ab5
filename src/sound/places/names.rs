//! Ids of what a place adds to a sequence: the same for the same place, and nobody else's.

use timeline_format::{Id, IdSource};

/// The id of the strip that a bed of a place is heard through.
pub fn strip_of(place: Id, bed: Id) -> Id {
    derived(&["bed", place.as_str(), bed.as_str()])
}

/// The id that belongs to these words: 80 bits, as all made ids are (FNV-1a over the words, after G. Fowler,
/// L. C. Noll and P. Vo).
pub(super) fn derived(words: &[&str]) -> Id {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    IdSource::seeded(bytes.fold(0xcbf2_9ce4_8422_2325, hash)).next_id()
}
