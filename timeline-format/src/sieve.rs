//! Which ids a run of items may hold, so that a search passes over the rest.

use crate::clip::Source;
use crate::{Id, Item};

/// What is searched for.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    /// An item of this id.
    Item(Id),
    /// Clips of this link.
    Link(Id),
    /// Clips of this group.
    Group(Id),
    /// Clips of this shot, media or sequence.
    Source(Id),
}

impl Key {
    /// Whether the item is one that is searched for.
    pub(crate) fn is_of(self, item: &Item) -> bool {
        match (self, item.clip.as_deref()) {
            (Self::Item(id), _) => item.id == id,
            (Self::Link(id), Some(clip)) => clip.link == Some(id),
            (Self::Group(id), Some(clip)) => clip.group == Some(id),
            (Self::Source(id), Some(clip)) => source_id(&clip.source) == Some(id),
            (_, None) => false,
        }
    }

    /// Three bit positions that depend on the key alone.
    fn bits(self) -> [usize; 3] {
        let (id, salt) = match self {
            Self::Item(id) => (id, 0x9e37_79b9_7f4a_7c15),
            Self::Link(id) => (id, 0xbf58_476d_1ce4_e5b9),
            Self::Group(id) => (id, 0x94d0_49bb_1331_11eb),
            Self::Source(id) => (id, 0xd6e8_feb8_6659_fd93_u64),
        };
        let wide = id.bits();
        let mut mixed = (wide as u64) ^ ((wide >> 64) as u64).rotate_left(29) ^ salt;
        mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^= mixed >> 32;
        [0, 20, 40].map(|shift| (mixed >> shift) as usize % Sieve::BITS)
    }
}

fn source_id(source: &Source) -> Option<Id> {
    match source {
        Source::Shot(id) | Source::Media(id) | Source::Sequence(id) => Some(*id),
        Source::Generator(_) => None,
    }
}

/// A Bloom filter (Bloom, Space/Time Trade-offs in Hash Coding, 1970) over the ids, links, groups
/// and sources of a chunk: it may say yes for nothing, and never no for something.
pub(crate) struct Sieve([u64; Self::BITS / 64]);

impl Sieve {
    const BITS: usize = 8192;

    pub(crate) fn new(items: &[Item]) -> Self {
        let mut sieve = Self([0; Self::BITS / 64]);
        for item in items {
            sieve.add(Key::Item(item.id));
            let Some(clip) = item.clip.as_deref() else { continue };
            let link = clip.link.map(Key::Link);
            let group = clip.group.map(Key::Group);
            let source = source_id(&clip.source).map(Key::Source);
            for key in [link, group, source].into_iter().flatten() {
                sieve.add(key);
            }
        }
        sieve
    }

    fn add(&mut self, key: Key) {
        for bit in key.bits() {
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    pub(crate) fn may_hold(&self, bits: [usize; 3]) -> bool {
        bits.iter().all(|bit| self.0[bit / 64] & (1 << (bit % 64)) != 0)
    }

    pub(crate) fn bits_of(key: Key) -> [usize; 3] {
        key.bits()
    }
}
