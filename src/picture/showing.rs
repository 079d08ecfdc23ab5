//! Which frame of which media a clip shows.

use super::moment::{Span, Way};
use super::planner::take_position;
use super::values::Moment;
use timeline_format::footage::Footage;
use timeline_format::transition::Handles;
use timeline_format::{Clip, Frames, Id, Rate, Ratio, Source, Timeline};

/// What a clip shows in one of its frames.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Showing {
    /// The media.
    pub media: Id,
    /// Where on the media's own grid.
    pub at: Frames,
    /// Where its keyframes are looked at.
    pub moment: Moment,
}

/// What a clip of `length` frames of a sequence at `rate` shows in its frame `k`; `None` where that is no media.
pub fn showing(
    film: &Timeline,
    rate: Rate,
    (clip, length): (&Clip, Frames),
    k: i64,
) -> Option<Showing> {
    let step = Footage::of(film, rate, &clip.source).rate.over(rate.ratio())?;
    let way = Way { source_in: clip.source_in, speed: clip.speed, step, extent: None };
    let none = (0, Handles::Real);
    let span = Span { length, head: none, tail: none };
    let centre = Ratio::new(2 * i128::from(k) + 1, 2)?;
    let at = way.position(centre, &span)?;
    let (media, at) = match &clip.source {
        Source::Media(media) => (*media, at),
        Source::Shot(shot) => {
            let take = film.shots.get(shot)?.chosen()?;
            (take.media, take_position(take, at))
        }
        Source::Sequence(_) | Source::Generator(_) => return None,
    };
    let moment = Moment { clip: k as f64, content: way.content(centre, &span) };
    Some(Showing { media, at, moment })
}
