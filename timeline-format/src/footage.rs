//! What a clip's source has to give: its grid and its ends.

use crate::media::MediaKind;
use crate::{Clip, Frames, Media, Rate, Ratio, Source, Take, Timeline};

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

/// Frames of the sequence that a clip has beside what it shows; below 0 where it runs out itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// Ahead of its head.
    pub head: i64,
    /// Behind its tail.
    pub tail: i64,
}

impl Footage {
    /// What `source` has to give a clip of a sequence at `rate`. Where the film does not know (a
    /// media without a length or a rate, a missing shot), the source is endless, at `rate`.
    pub fn of(film: &Timeline, rate: Rate, source: &Source) -> Self {
        let length_of = |id: &crate::Id| film.sequences.get(id).map(|nested| nested.length());
        Self::with_lengths(film, rate, source, length_of)
    }

    /// The same, where the lengths of sequences are known already.
    pub(crate) fn with_lengths(
        film: &Timeline,
        rate: Rate,
        source: &Source,
        length_of: impl Fn(&crate::Id) -> Option<i64>,
    ) -> Self {
        let found = Self::find(film, rate, source, length_of);
        found.unwrap_or(Self::endless(rate))
    }

    /// The same; `None` where the film has not what `source` names.
    pub(crate) fn find(
        film: &Timeline,
        rate: Rate,
        source: &Source,
        length_of: impl Fn(&crate::Id) -> Option<i64>,
    ) -> Option<Self> {
        match source {
            Source::Media(id) => film.media.get(id).map(|media| Self::of_media(media, rate)),
            Source::Shot(id) => {
                let take = film.shots.get(id)?.chosen();
                Some(take.map_or(Self::endless(rate), |take| Self::of_take(film, rate, take)))
            }
            Source::Sequence(id) => film.sequences.get(id).map(|nested| Self {
                rate: nested.header.rate.ratio(),
                first: Some(Frames::ZERO),
                end: length_of(id).map(Frames::whole),
            }),
            Source::Generator(_) => Some(Self::endless(rate)),
        }
    }

    pub(crate) const fn endless(rate: Rate) -> Self {
        Self { rate: rate.ratio(), first: None, end: None }
    }

    /// What a take has to give: counted from its `offset`, at its own rate.
    pub fn of_take(film: &Timeline, rate: Rate, take: &Take) -> Self {
        let Some(media) = film.media.get(&take.media) else {
            let rate = take.rate.unwrap_or(rate).ratio();
            return Self { rate, first: None, end: None };
        };
        let whole = Self::of_media(media, rate);
        let listed = take.frames.as_ref().map(|list| Frames::whole(list.length()));
        let length = listed.or(whole.end);
        Self {
            rate: take.rate.map_or(whole.rate, Rate::ratio),
            first: length.and_then(|_| Frames::ZERO.minus(take.offset)),
            end: length.and_then(|length| length.minus(take.offset)),
        }
    }

    /// Whether a media says how fast it runs.
    pub(crate) fn has_rate(media: &Media) -> bool {
        let has_samples = media.sound.as_ref().is_some_and(|sound| sound.rate > 0);
        media.rate.is_some() || (media.kind == MediaKind::Sound && has_samples)
    }

    /// What a media has to give.
    pub fn of_media(media: &Media, rate: Rate) -> Self {
        let sound = media.sound.as_ref();
        let of_sound = sound.filter(|sound| media.kind == MediaKind::Sound && sound.rate > 0);
        let samples = || sound.and_then(|sound| sound.samples).map(Frames::whole);
        let end = match media.kind {
            MediaKind::Still => None,
            MediaKind::Sound => media.length.or_else(samples),
            MediaKind::Video | MediaKind::Sequence => media.length,
        };
        let own = media.rate.unwrap_or(rate).ratio();
        let rate = of_sound.map_or(own, |sound| Ratio::whole(sound.rate.into()));
        Self { rate, first: end.map(|_| Frames::ZERO), end }
    }

    /// How far the source moves in one frame of a sequence at `rate`, in frames of the source:
    /// below 0 backwards, 0 in a freeze.
    pub fn step(&self, speed: Ratio, rate: Rate) -> Option<Ratio> {
        speed.times(self.rate)?.over(rate.ratio())
    }

    /// What a clip of `length` frames of a sequence at `rate` has beside what it shows. The source
    /// frame of an output frame is the one at its centre. `None` where the figures are too big.
    pub fn beside(&self, clip: &Clip, length: Frames, rate: Rate) -> Option<Beside> {
        let step = self.step(clip.speed, rate)?;
        if step == Ratio::ZERO {
            return Some(Beside { head: ENDLESS, tail: ENDLESS });
        }
        let size = step.abs()?;
        let low = match self.first {
            Some(first) => clip.source_in.minus(first)?.over(size)?.floor(),
            None => ENDLESS,
        };
        let is_looped = clip.sound.loop_fade.is_some();
        let high = match self.end.filter(|_| !is_looped) {
            Some(end) => {
                let left = end.minus(clip.source_in)?.over(size)?.minus(length)?;
                left.plus(Ratio::new(1, 2)?)?.ceil() - 1
            }
            None => ENDLESS,
        };
        let (head, tail) = if step > Ratio::ZERO { (low, high) } else { (high, low) };
        Some(Beside { head, tail })
    }
}
