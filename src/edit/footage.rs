//! What a clip's source has to give: its grid and its ends.

use timeline_format::media::MediaKind;
use timeline_format::{Clip, Frames, Media, Rate, Ratio, Sequence, Source, Take, Timeline};

/// Handles without end: stills, generators, freezes.
pub const ENDLESS: i64 = i64::MAX / 4;

/// The grid of a source and the part of it that exists, half-open, in its own frames (samples where
/// a media has sound alone). `None` is endless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Footage {
    /// Frames (or samples) a second.
    pub rate: Ratio,
    /// The first frame that exists.
    pub first: Option<Frames>,
    /// The first frame after the last.
    pub end: Option<Frames>,
}

impl Footage {
    /// What `source` has to give a clip of a sequence at `rate`. Where the film does not know (a
    /// media without a length or a rate, a missing shot), the source is endless, at `rate`.
    pub fn of(film: &Timeline, rate: Rate, source: &Source) -> Self {
        let found = match source {
            Source::Media(id) => film.media.get(id).map(|media| Self::of_media(media, rate)),
            Source::Shot(id) => {
                film.shots.get(id).and_then(|shot| shot.chosen()).map(|take| Self::of_take(film, rate, take))
            }
            Source::Sequence(id) => film.sequences.get(id).map(|nested| Self::of_sequence(nested)),
            Source::Generator(_) => None,
        };
        found.unwrap_or(Self { rate: rate.ratio(), first: None, end: None })
    }

    /// What a take has to give: counted from its `offset`, at its own rate.
    pub fn of_take(film: &Timeline, rate: Rate, take: &Take) -> Self {
        let Some(media) = film.media.get(&take.media) else {
            return Self { rate: take.rate.unwrap_or(rate).ratio(), first: None, end: None };
        };
        let whole = Self::of_media(media, rate);
        let listed = take.frames.as_ref().map(|list| Frames::whole(list.length()));
        let length = if media.kind == MediaKind::Still && listed.is_none() { None } else { listed.or(whole.end) };
        Self {
            rate: take.rate.map_or(whole.rate, Rate::ratio),
            first: length.and_then(|_| Frames::ZERO.minus(take.offset)),
            end: length.and_then(|length| length.minus(take.offset)),
        }
    }

    fn of_media(media: &Media, rate: Rate) -> Self {
        let sound = media.sound.as_ref();
        let of_sound = sound.filter(|_| media.kind == MediaKind::Sound);
        let own = media.rate.unwrap_or(rate).ratio();
        let end = match media.kind {
            MediaKind::Still => None,
            MediaKind::Sound => {
                media.length.or_else(|| sound.and_then(|sound| sound.samples).map(Frames::whole))
            }
            MediaKind::Video | MediaKind::Sequence => media.length,
        };
        Self {
            rate: of_sound.map_or(own, |sound| Ratio::whole(sound.rate.into())),
            first: end.map(|_| Frames::ZERO),
            end,
        }
    }

    fn of_sequence(nested: &Sequence) -> Self {
        let end = Some(Frames::whole(nested.length()));
        Self { rate: nested.header.rate.ratio(), first: Some(Frames::ZERO), end }
    }

    /// How far the source moves in one frame of a sequence at `rate`, in frames of the source:
    /// below 0 backwards, 0 in a freeze.
    pub fn step(&self, speed: Ratio, rate: Rate) -> Option<Ratio> {
        speed.times(self.rate)?.over(rate.ratio())
    }

    /// Frames of the sequence that exist ahead of the clip's head and behind its tail, when it is
    /// `length` frames long; below 0 where the clip itself runs out. The source frame of an output
    /// frame is the one at its centre.
    pub fn handles(&self, clip: &Clip, length: i64, rate: Rate) -> Option<Handles> {
        let step = self.step(clip.speed, rate)?;
        if step == Ratio::ZERO {
            return Some(Handles { head: ENDLESS, tail: ENDLESS });
        }
        let size = step.abs()?;
        let half = Ratio::new(1, 2)?;
        let low = match self.first {
            Some(first) => clip.source_in.minus(first)?.over(size)?.floor(),
            None => ENDLESS,
        };
        let looped = clip.sound.loop_fade.is_some();
        let high = match self.end.filter(|_| !looped) {
            Some(end) => {
                let left = end.minus(clip.source_in)?.over(size)?;
                left.minus(Ratio::whole(length))?.plus(half)?.ceil() - 1
            }
            None => ENDLESS,
        };
        let (head, tail) = if step > Ratio::ZERO { (low, high) } else { (high, low) };
        Some(Handles { head, tail })
    }
}

/// Frames of the sequence that a clip has beside what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handles {
    /// Ahead of its head.
    pub head: i64,
    /// Behind its tail.
    pub tail: i64,
}

/// The handles of `clip`, `length` frames long in a sequence at `rate`.
pub fn handles_of(film: &Timeline, rate: Rate, clip: &Clip, length: i64) -> Option<Handles> {
    Footage::of(film, rate, &clip.source).handles(clip, length, rate)
}
