//! Decoded frames by media and number, within one budget of bytes: what lies behind the playhead goes
//! first, what is about to be shown stays.

use crate::picture::Key;
use crate::play::shelf::lock;
use crate::signal::Image;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// The most frames that are kept, however small they are.
const MOST: usize = 4096;
/// How far frames are that nothing shown comes from.
const ELSEWHERE: i64 = 1 << 40;

/// Where a media is being looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aim {
    /// The frame that is shown.
    pub(super) at: i64,
    /// Which way one goes: 1, -1, or 0.
    pub(super) way: i64,
    /// Frames that stay.
    pub(super) keep: Range<i64>,
    /// Whether the frame is on screen now, not soon.
    pub(super) is_shown: bool,
}

impl Aim {
    /// How far frame `n` is, doubled behind; `None` of what stays.
    fn distance(&self, n: i64) -> Option<i64> {
        if self.keep.contains(&n) {
            return None;
        }
        let ahead = (n - self.at) * if self.way == 0 { 1 } else { self.way };
        let is_behind = ahead < 0 && self.way != 0;
        Some(if is_behind { 2 * ahead.abs() } else { ahead.abs() })
    }
}

/// The decoded frames of all media.
#[derive(Debug)]
pub(super) struct Store {
    budget: usize,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    bytes: usize,
    count: usize,
    clock: i64,
    reels: BTreeMap<Key, Reel>,
}

#[derive(Debug, Default)]
struct Reel {
    frames: BTreeMap<i64, Arc<Image>>,
    aims: Vec<Aim>,
    aimed: i64,
}

impl Reel {
    fn distance(&self, n: i64, clock: i64) -> Option<i64> {
        if self.aimed < clock || self.aims.is_empty() {
            return Some(ELSEWHERE.saturating_add(clock - self.aimed));
        }
        let mut nearest = i64::MAX;
        for aim in &self.aims {
            nearest = nearest.min(aim.distance(n)?);
        }
        Some(nearest)
    }
}

impl Store {
    /// An empty store.
    pub(super) fn new(budget: usize) -> Self {
        Self { budget, held: Mutex::default() }
    }

    /// How many frames fit, of the size that those here have; of `usual` bytes where none is here.
    pub(super) fn room(&self, usual: usize) -> i64 {
        let held = lock(&self.held);
        let size = held.bytes.checked_div(held.count).unwrap_or(usual);
        (self.budget / size.max(1)).min(MOST) as i64
    }

    /// Bytes that are kept.
    pub(super) fn bytes(&self) -> usize {
        lock(&self.held).bytes
    }

    /// Frame `n`, if it is here.
    pub(super) fn get(&self, key: Key, n: i64) -> Option<Arc<Image>> {
        lock(&self.held).reels.get(&key)?.frames.get(&n).cloned()
    }

    /// Whether frame `n` is here.
    pub(super) fn has(&self, key: Key, n: i64) -> bool {
        let held = lock(&self.held);
        held.reels.get(&key).is_some_and(|reel| reel.frames.contains_key(&n))
    }

    /// The first frame of `range` that is not here.
    pub(super) fn first_missing(&self, key: Key, range: Range<i64>) -> Option<i64> {
        let held = lock(&self.held);
        let Some(reel) = held.reels.get(&key) else { return Some(range.start) };
        let mut expected = range.start;
        for (n, _) in reel.frames.range(range.clone()) {
            if *n != expected {
                break;
            }
            expected += 1;
        }
        (expected < range.end).then_some(expected)
    }

    /// The first run of frames of `range` that are not here.
    pub(super) fn first_gap(&self, key: Key, range: Range<i64>) -> Option<Range<i64>> {
        let start = self.first_missing(key, range.clone())?;
        let held = lock(&self.held);
        let frames = held.reels.get(&key).map(|reel| reel.frames.range(start..range.end));
        let next = frames.and_then(|mut frames| frames.next());
        Some(start..next.map_or(range.end, |(n, _)| *n))
    }

    /// The number of the frame that is here and nearest to `n`.
    pub(super) fn nearest(&self, key: Key, n: i64) -> Option<i64> {
        let held = lock(&self.held);
        let frames = &held.reels.get(&key)?.frames;
        let before = frames.range(..=n).next_back().map(|(n, _)| *n);
        let after = frames.range(n..).next().map(|(n, _)| *n);
        before.into_iter().chain(after).min_by_key(|found| (found - n).abs())
    }

    /// Says where media are being looked at now.
    pub(super) fn aim(&self, aims: Vec<(Key, Aim)>) {
        let mut held = lock(&self.held);
        held.clock += 1;
        let clock = held.clock;
        for (key, aim) in aims {
            let reel = held.reels.entry(key).or_default();
            if reel.aimed != clock {
                reel.aims.clear();
            }
            reel.aimed = clock;
            reel.aims.push(aim);
        }
        held.reels.retain(|_, reel| !reel.frames.is_empty() || reel.aimed == clock);
    }

    /// Says that a frame will be looked at soon.
    pub(super) fn expect(&self, key: Key, n: i64, way: i64) {
        let mut held = lock(&self.held);
        let clock = held.clock;
        let reel = held.reels.entry(key).or_default();
        if reel.aimed != clock {
            reel.aims.clear();
        }
        reel.aimed = clock;
        reel.aims.push(Aim { at: n, way, keep: n..n + 1, is_shown: false });
    }

    /// Keeps a frame if it fits: what is further away makes room.
    pub(super) fn put(&self, key: Key, n: i64, image: &Arc<Image>) {
        let size = bytes(image);
        let mut held = lock(&self.held);
        if held.reels.get(&key).is_some_and(|reel| reel.frames.contains_key(&n)) {
            return;
        }
        let clock = held.clock;
        let own = held.reels.get(&key).map_or(Some(ELSEWHERE), |reel| reel.distance(n, clock));
        while held.bytes + size > self.budget || held.count >= MOST {
            let is_shown = held.is_shown(key, n);
            match held.furthest() {
                Some((far, reel, frame)) if is_shown || own.is_none_or(|own| own < far) => {
                    held.remove(reel, frame);
                }
                None if is_shown => match held.furthest_kept() {
                    Some((_, reel, frame)) => held.remove(reel, frame),
                    None => break,
                },
                _ => return,
            }
        }
        held.bytes += size;
        held.count += 1;
        held.reels.entry(key).or_default().frames.insert(n, Arc::clone(image));
    }
}

impl Held {
    fn furthest(&self) -> Option<(i64, Key, i64)> {
        let of_reel = |(key, reel): (&Key, &Reel)| {
            let far = |n: &i64| Some((reel.distance(*n, self.clock)?, *n));
            let (distance, n) = reel.frames.keys().filter_map(far).max()?;
            Some((distance, *key, n))
        };
        self.reels.iter().filter_map(of_reel).max()
    }

    /// Of frames that are to stay, the furthest from what is shown, which itself is none.
    fn furthest_kept(&self) -> Option<(i64, Key, i64)> {
        let of_reel = |(key, reel): (&Key, &Reel)| {
            let shown = || reel.aims.iter().filter(|aim| aim.is_shown);
            let far = |n: &i64| {
                let near = shown().map(|aim| (aim.at - n).abs()).min();
                Some((near.unwrap_or(ELSEWHERE), *n))
            };
            let (distance, n) = reel.frames.keys().filter_map(far).max()?;
            (distance > 0).then_some((distance, *key, n))
        };
        self.reels.iter().filter_map(of_reel).max()
    }

    /// Whether a frame is what is shown now: it is kept whatever the budget says.
    fn is_shown(&self, key: Key, n: i64) -> bool {
        let reel = self.reels.get(&key).filter(|reel| reel.aimed == self.clock);
        reel.is_some_and(|reel| reel.aims.iter().any(|aim| aim.is_shown && aim.at == n))
    }

    fn remove(&mut self, key: Key, n: i64) {
        if let Some(image) = self.reels.get_mut(&key).and_then(|reel| reel.frames.remove(&n)) {
            self.bytes -= bytes(&image);
            self.count -= 1;
        }
    }
}

/// Bytes of a picture's planes.
pub(super) fn bytes(image: &Image) -> usize {
    image.planes.iter().map(|plane| plane.bytes().len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{AlphaMode, Colour, PixelFormat, Plane};

    fn frame() -> Arc<Image> {
        let planes = (0..3).map(|_| Plane::packed(vec![0; 100], 10)).collect();
        let (format, colour) = (PixelFormat::yuv(0, 0, crate::signal::Depth::U8), Colour::REC709);
        Arc::new(Image {
            width: 10,
            height: 10,
            format,
            colour,
            alpha: AlphaMode::Straight,
            planes,
        })
    }

    fn kept(store: &Store, key: Key) -> Vec<i64> {
        (0..100).filter(|n| store.has(key, *n)).collect()
    }

    #[test]
    fn what_lies_behind_goes_first_and_what_is_kept_stays() {
        let (store, key) = (Store::new(3000), Key(1));
        store.aim(vec![(key, Aim { at: 50, way: 1, keep: 50..54, is_shown: true })]);
        (45..70).for_each(|n| store.put(key, n, &frame()));
        assert_eq!(kept(&store, key), [47, 48, 49, 50, 51, 52, 53, 54, 55, 56]);
        store.aim(vec![(key, Aim { at: 57, way: -1, keep: 50..58, is_shown: true })]);
        store.put(key, 46, &frame());
        assert_eq!(kept(&store, key), [47, 48, 49, 50, 51, 52, 53, 54, 55, 56]);
        assert_eq!((store.bytes(), store.room(50)), (3000, 10));
    }

    #[test]
    fn media_that_nobody_looks_at_make_room_and_too_much_is_not_kept() {
        let (store, old, new) = (Store::new(1500), Key(1), Key(2));
        store.aim(vec![(old, Aim { at: 0, way: 0, keep: 0..5, is_shown: true })]);
        (0..5).for_each(|n| store.put(old, n, &frame()));
        store.aim(vec![(new, Aim { at: 0, way: 1, keep: 0..9, is_shown: true })]);
        (0..9).for_each(|n| store.put(new, n, &frame()));
        assert_eq!((kept(&store, old), kept(&store, new)), (vec![], vec![0, 1, 2, 3, 4]));
        assert_eq!(store.nearest(new, 20), Some(4));
        assert_eq!(store.first_missing(new, 2..9), Some(5));
        assert_eq!(store.first_missing(new, 2..5), None);
        assert_eq!(store.first_gap(new, 2..9), Some(5..9));
        assert_eq!(store.first_gap(new, -3..5), Some(-3..0));
        assert_eq!(store.first_gap(new, 0..5), None);
        store.aim(vec![(new, Aim { at: 8, way: 1, keep: 0..9, is_shown: true })]);
        store.put(new, 8, &frame());
        assert_eq!(kept(&store, new), [1, 2, 3, 4, 8]);
    }
}
