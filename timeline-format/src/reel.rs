//! A track's clips and gaps in their order: cheap to copy, cheap to change in the middle.
//!
//! A [`Reel`] is a value. It is kept in chunks of a few hundred items that are shared between
//! versions, each with the sum of its lengths: a change copies one chunk and the list of chunks,
//! and a position is found by walking sums, so both cost about the square root of the length.

use crate::sieve::{Key, Sieve};
use crate::{Clip, Id};
use std::ops::Range;
use std::sync::Arc;

/// An item of a sequential track: a clip, or a gap where `clip` is `None`.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: Id,
    /// Its length in frames of the sequence, at least 1.
    pub length: i64,
    /// What is seen or heard; `None` is a gap.
    pub clip: Option<Arc<Clip>>,
}

impl Item {
    /// A gap.
    pub const fn gap(id: Id, length: i64) -> Self {
        Self { id, length, clip: None }
    }

    /// A clip.
    pub fn clip(id: Id, length: i64, clip: Clip) -> Self {
        Self { id, length, clip: Some(Arc::new(clip)) }
    }

    /// Whether it is a gap.
    pub const fn is_gap(&self) -> bool {
        self.clip.is_none()
    }
}

impl PartialEq for Item {
    /// A clip that both share is not looked into.
    fn eq(&self, other: &Self) -> bool {
        let is_shared = |(a, b): (&Arc<Clip>, &Arc<Clip>)| Arc::ptr_eq(a, b);
        (self.id, self.length) == (other.id, other.length)
            && (self.clip.as_ref().zip(other.clip.as_ref()).is_some_and(is_shared)
                || self.clip == other.clip)
    }
}

/// Items from the start of a track to its end, without holes and without overlap.
#[derive(Clone, Default)]
pub struct Reel {
    chunks: Arc<[Arc<Chunk>]>,
    count: usize,
    length: i64,
}

struct Chunk {
    items: Vec<Item>,
    length: i64,
    sieve: Sieve,
}

impl Chunk {
    const FULL: usize = 256;

    fn new(items: Vec<Item>) -> Arc<Self> {
        let length = items.iter().map(|item| item.length).sum();
        let sieve = Sieve::new(&items);
        Arc::new(Self { items, length, sieve })
    }
}

impl Reel {
    /// How many items.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The sum of the lengths, in frames.
    pub const fn length(&self) -> i64 {
        self.length
    }

    /// The item at `index`.
    pub fn get(&self, index: usize) -> Option<&Item> {
        let (chunk, within, _) = self.locate(index)?;
        self.chunks[chunk].items.get(within)
    }

    /// The first frame of the item at `index`; the end of the reel for `index == count`.
    pub fn start_of(&self, index: usize) -> Option<i64> {
        if index == self.count {
            return Some(self.length);
        }
        let (chunk, within, start) = self.locate(index)?;
        Some(start + self.chunks[chunk].items[..within].iter().map(|item| item.length).sum::<i64>())
    }

    /// The index and first frame of the item that covers `frame`.
    pub fn at(&self, frame: i64) -> Option<(usize, i64)> {
        if frame < 0 || frame >= self.length {
            return None;
        }
        let (mut index, mut start) = (0, 0);
        let chunk = self.chunks.iter().find(|chunk| {
            let ends_before = start + chunk.length <= frame;
            if ends_before {
                (index, start) = (index + chunk.items.len(), start + chunk.length);
            }
            !ends_before
        })?;
        for item in &chunk.items {
            if frame < start + item.length {
                break;
            }
            (index, start) = (index + 1, start + item.length);
        }
        Some((index, start))
    }

    /// The index of the item with this id.
    pub fn index_of(&self, id: Id) -> Option<usize> {
        self.search(Key::Item(id)).next()
    }

    /// The indices of the clips with this link, in order.
    pub fn linked(&self, link: Id) -> impl Iterator<Item = usize> {
        self.search(Key::Link(link))
    }

    /// The indices of the clips with this group, in order.
    pub fn grouped(&self, group: Id) -> impl Iterator<Item = usize> {
        self.search(Key::Group(group))
    }

    /// The indices of the clips that show this shot, media or sequence, in order.
    pub fn showing(&self, source: Id) -> impl Iterator<Item = usize> {
        self.search(Key::Source(source))
    }

    fn search(&self, key: Key) -> impl Iterator<Item = usize> {
        let bits = Sieve::bits_of(key);
        let placed = self.chunks.iter().scan(0, |next, chunk| {
            let first = *next;
            *next += chunk.items.len();
            Some((first, chunk))
        });
        placed.filter(move |(_, chunk)| chunk.sieve.may_hold(bits)).flat_map(
            move |(first, chunk)| {
                let found = chunk.items.iter().enumerate().filter(move |(_, item)| key.is_of(item));
                found.map(move |(within, _)| first + within)
            },
        )
    }

    /// Every item, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Item> + Clone {
        items_of(&self.chunks)
    }

    /// Every item with its first frame, in order.
    pub fn placed(&self) -> impl Iterator<Item = (i64, &Item)> + Clone {
        self.placed_from(0)
    }

    /// Items with their first frames, from the item at `index` on.
    pub fn placed_from(&self, index: usize) -> impl Iterator<Item = (i64, &Item)> + Clone {
        let (chunk, within, _) = self.locate(index).unwrap_or((self.chunks.len(), 0, 0));
        let start = self.start_of(index).unwrap_or(self.length);
        let items = self.chunks[chunk..].iter().flat_map(|chunk| chunk.items.iter());
        items.skip(within).scan(start, |next, item| {
            let start = *next;
            *next += item.length;
            Some((start, item))
        })
    }

    /// This reel with the items in `range` replaced by `items`. Indices past the end are the end.
    #[must_use]
    pub fn splice(&self, range: Range<usize>, items: impl IntoIterator<Item = Item>) -> Self {
        let start = range.start.min(self.count);
        let end = range.end.clamp(start, self.count);
        let (first, head) = self.chunk_for(start);
        let (last, tail) = self.chunk_for(end);
        let mut middle = Vec::with_capacity(Chunk::FULL * 2);
        if let Some(chunk) = self.chunks.get(first) {
            middle.extend_from_slice(&chunk.items[..head]);
        }
        middle.extend(items);
        if let Some(chunk) = self.chunks.get(last) {
            middle.extend_from_slice(&chunk.items[tail..]);
        }
        let after = (last + 1).min(self.chunks.len());
        let mut chunks = Vec::with_capacity(self.chunks.len() + 2);
        chunks.extend_from_slice(&self.chunks[..first]);
        if middle.len() < Chunk::FULL / 4
            && let Some(previous) = chunks.pop()
        {
            middle.splice(0..0, previous.items.iter().cloned());
        }
        push_chunks(&mut chunks, middle);
        chunks.extend_from_slice(&self.chunks[after..]);
        Self::of_chunks(chunks)
    }

    fn of_chunks(chunks: Vec<Arc<Chunk>>) -> Self {
        let count = chunks.iter().map(|chunk| chunk.items.len()).sum();
        let length = chunks.iter().map(|chunk| chunk.length).sum();
        Self { chunks: chunks.into(), count, length }
    }

    /// The chunk of the item at `index`, its index within it, and the chunk's first frame.
    fn locate(&self, index: usize) -> Option<(usize, usize, i64)> {
        let (mut within, mut start) = (index, 0);
        for (position, chunk) in self.chunks.iter().enumerate() {
            if within < chunk.items.len() {
                return Some((position, within, start));
            }
            within -= chunk.items.len();
            start += chunk.length;
        }
        None
    }

    /// Like [`Self::locate`], with the end of the reel in the last chunk.
    fn chunk_for(&self, index: usize) -> (usize, usize) {
        if let Some((chunk, within, _)) = self.locate(index) {
            return (chunk, within);
        }
        let last = self.chunks.len().saturating_sub(1);
        (last, self.chunks.get(last).map_or(0, |chunk| chunk.items.len()))
    }
}

fn items_of(chunks: &[Arc<Chunk>]) -> impl DoubleEndedIterator<Item = &Item> + Clone {
    chunks.iter().flat_map(|chunk| chunk.items.iter())
}

/// Adds `items` in chunks of even size, none above [`Chunk::FULL`].
fn push_chunks(chunks: &mut Vec<Arc<Chunk>>, items: Vec<Item>) {
    let pieces = items.len().div_ceil(Chunk::FULL);
    let mut items = items.into_iter();
    for piece in 0..pieces {
        let size = items.len().div_ceil(pieces - piece);
        chunks.push(Chunk::new(items.by_ref().take(size).collect()));
    }
}

impl FromIterator<Item> for Reel {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        let mut chunks = Vec::new();
        push_chunks(&mut chunks, items.into_iter().collect());
        Self::of_chunks(chunks)
    }
}

impl PartialEq for Reel {
    /// What both share at their start and at their end is not looked into: two versions of a reel are told
    /// apart at the cost of what lies between the first change and the last.
    fn eq(&self, other: &Self) -> bool {
        if (self.count, self.length) != (other.count, other.length) {
            return false;
        }
        let is_shared = |(a, b): &(&Arc<Chunk>, &Arc<Chunk>)| Arc::ptr_eq(a, b);
        let head = self.chunks.iter().zip(&*other.chunks).take_while(is_shared).count();
        let (one, two) = (&self.chunks[head..], &other.chunks[head..]);
        let tail = one.iter().rev().zip(two.iter().rev()).take_while(is_shared).count();
        items_of(&one[..one.len() - tail]).eq(items_of(&two[..two.len() - tail]))
    }
}

impl std::fmt::Debug for Reel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(number: usize, length: i64) -> Item {
        Item::gap(Id::parse(&format!("i{number}")).unwrap(), length)
    }

    #[test]
    fn clips_are_found_by_id_link_group_and_source() {
        let id = |text: String| Id::parse(&text).unwrap();
        let items: Vec<Item> = (0..3000)
            .map(|number| {
                let mut clip = Clip::new(crate::Source::Media(id(format!("m{}", number % 700))));
                clip.link = (number % 3 == 0).then(|| id(format!("l{}", number / 6)));
                clip.group = (number % 5 == 0).then(|| id(format!("g{}", number % 50)));
                Item::clip(id(format!("i{number}")), 1, clip)
            })
            .collect();
        let reel: Reel = items.iter().cloned().collect();
        let by_hand = |test: &dyn Fn(&Clip) -> bool| -> Vec<usize> {
            let found = items.iter().enumerate();
            found.filter(|(_, item)| test(item.clip.as_ref().unwrap())).map(|(n, _)| n).collect()
        };
        for number in (0..3000).step_by(17) {
            assert_eq!(reel.index_of(id(format!("i{number}"))), Some(number));
            let (link, group) = (id(format!("l{number}")), id(format!("g{number}")));
            let media = id(format!("m{number}"));
            let found: Vec<_> = reel.linked(link).collect();
            assert_eq!(found, by_hand(&|clip| clip.link == Some(link)));
            let found: Vec<_> = reel.grouped(group).collect();
            assert_eq!(found, by_hand(&|clip| clip.group == Some(group)));
            let found: Vec<_> = reel.showing(media).collect();
            assert_eq!(found, by_hand(&|clip| clip.source == crate::Source::Media(media)));
        }
        assert_eq!(reel.index_of(id("none".to_owned())), None);
    }

    #[test]
    fn reels_are_one_where_every_item_is_whatever_they_share() {
        let items: Vec<Item> = (0..3000).map(|number| item(number, 3)).collect();
        let reel: Reel = items.iter().cloned().collect();
        let apart: Reel = items.iter().cloned().collect();
        assert!(reel == apart, "they share nothing");
        for at in [0, 1, 255, 256, 1500, 2999] {
            let changed = reel.splice(at..at + 1, [item(9000, 3)]);
            assert_ne!(changed, reel, "{at}");
            assert_ne!(reel, changed, "{at}");
            let again = changed.splice(at..at + 1, [items[at].clone()]);
            assert_eq!(again, reel, "{at}");
            assert_eq!(reel, again, "{at}");
            assert!(reel.splice(at..at + 1, [item(at, 4)]) != reel, "{at}: another length");
            assert!(reel.splice(at..at + 1, []) != reel, "{at}: one less");
        }
        let swapped = reel.splice(10..11, [items[2990].clone()]);
        let swapped = swapped.splice(2990..2991, [items[10].clone()]);
        assert!(swapped != reel, "another order");
        let back = swapped.splice(10..11, [items[10].clone()]);
        assert!(back.splice(2990..2991, [items[2990].clone()]) == reel);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_reel_is_the_list_that_it_stands_for(
            start in proptest::collection::vec(1_i64..9, 0..1200),
            changes in proptest::collection::vec((0_usize..1300, 0_usize..400, proptest::collection::vec(1_i64..9, 0..300)), 0..12),
        ) {
            let mut list: Vec<Item> = start.iter().enumerate().map(|(n, l)| item(n, *l)).collect();
            let mut reel: Reel = list.iter().cloned().collect();
            for (at, gone, new) in changes {
                let from = at.min(list.len());
                let to = (from + gone).min(list.len());
                let new: Vec<Item> = new.iter().enumerate().map(|(n, l)| item(n, *l)).collect();
                reel = reel.splice(from..to, new.clone());
                list.splice(from..to, new);
                prop_assert!(reel.chunks.iter().all(|c| !c.items.is_empty() && c.items.len() <= Chunk::FULL));
            }
            prop_assert!(reel.iter().eq(list.iter()));
            prop_assert_eq!(reel.count(), list.len());
            let mut start = 0;
            for (index, item) in list.iter().enumerate() {
                prop_assert_eq!(reel.start_of(index), Some(start));
                prop_assert_eq!(reel.at(start), Some((index, start)));
                prop_assert_eq!(reel.at(start + item.length - 1), Some((index, start)));
                start += item.length;
            }
            prop_assert_eq!(reel.length(), start);
            prop_assert_eq!(reel.at(start), None);
            let half = list.len() / 2;
            prop_assert!(reel.placed_from(half).map(|(_, item)| item).eq(list[half..].iter()));
        }
    }
}
