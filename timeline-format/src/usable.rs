//! What of a take is good to use, and what a clip shows beside it.

use crate::footage::Footage;
use crate::{Clip, Frames, Rate, Source, Take, Timeline};

/// Frames of the sequence that a clip shows outside what is good of its take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beyond {
    /// At its head.
    pub head: i64,
    /// At its tail.
    pub tail: i64,
}

impl Beyond {
    /// What a clip of `length` frames of a sequence at `rate`, with so many frames used for transitions ahead of its
    /// head and behind its tail, shows outside every window of its shot's take: beside the window that holds the most of
    /// it. `None` where all that it shows is good, or nothing is said.
    pub fn of(
        film: &Timeline,
        rate: Rate,
        clip: &Clip,
        length: Frames,
        used: [i64; 2],
    ) -> Option<Self> {
        let Source::Shot(shot) = &clip.source else { return None };
        let take = film.shots.get(shot)?.chosen()?;
        let whole = Footage::of_take(film, rate, take);
        let beside = take.windows.iter().filter_map(|window| {
            let footage = within(whole, take, *window)?;
            let beside = footage.beside(clip, length, rate)?;
            let lacks =
                |have: i64, used: i64| used.saturating_sub(have).clamp(0, length.ceil() + used);
            Some(Self { head: lacks(beside.head, used[0]), tail: lacks(beside.tail, used[1]) })
        });
        let least = beside.min_by_key(|beyond| beyond.head + beyond.tail)?;
        (least != Self::default()).then_some(least)
    }
}

/// A window of a take's own frames, on the grid of its shot; where it reaches as far as the take, it ends nothing.
fn within(whole: Footage, take: &Take, [from, to]: [Frames; 2]) -> Option<Footage> {
    let (from, to) = (from.minus(take.offset)?, to.minus(take.offset)?);
    let first = whole.first.is_none_or(|first| from > first).then_some(from);
    let end = whole.end.is_none_or(|end| to < end).then_some(to);
    Some(Footage { first, end, ..whole })
}
