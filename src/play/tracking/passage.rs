//! The frames of a clip in which something is followed.

use super::NotTracked;
use crate::edit::{Seat, seat_of};
use crate::picture::{Showing, showing};
use std::ops::Range;
use timeline_format::parameter::Follow;
use timeline_format::{Clip, Frames, Id, Media, Ratio, Timeline};

/// The frames of a clip in which something is followed, and the one in which it is taken up.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The clip's id.
    pub id: Id,
    /// The clip.
    pub clip: &'a Clip,
    /// What keyframes are counted from.
    pub follow: Follow,
    /// The frames.
    pub frames: Vec<Passed>,
    /// Which of them it is taken up in.
    pub taken: usize,
}

/// A frame of the film.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passed {
    /// Its number in the film.
    pub film: i64,
    /// Where its keyframe stands.
    pub key: Frames,
    /// What the clip shows there.
    pub showing: Showing,
}

impl<'a> Passage<'a> {
    /// The frames of a clip of the film's main sequence, from one to before another or to its ends, and the one in which
    /// something is taken up: numbers of the film.
    ///
    /// # Errors
    /// Where the clip is not seen in them, or shows no media.
    pub fn of(
        film: &'a Timeline,
        id: Id,
        (taken, part): (i64, [Option<i64>; 2]),
    ) -> Result<Self, NotTracked> {
        let found = film.main().and_then(|main| Some((main, seat_of(main, id)?)));
        let Some((main, Seat { clip, start, length })) = found else {
            return Err(NotTracked::Asked(format!("the clip {id} lies nowhere")));
        };
        let rate = main.header.rate;
        let covered = start.ceil()..start.plus(length).map_or(0, Ratio::ceil);
        let range = part[0].unwrap_or(covered.start)..part[1].unwrap_or(covered.end);
        within(&covered, &range, taken)?;
        let first = start.ceil();
        let see = |number: i64| {
            let k = number - first;
            Some((k, showing(film, rate, (clip, length), k)?))
        };
        let seen: Option<Vec<_>> = range.clone().map(see).collect();
        let seen = seen.ok_or_else(|| {
            let words = "the clip shows no shot and no media: there is nothing to follow in it";
            NotTracked::Asked(words.to_owned())
        })?;
        let is_plain = seen.windows(2).all(|pair| {
            let by = pair[1].1.moment.content - pair[0].1.moment.content;
            (by - 1.0).abs() < 1e-9
        });
        let content = |k: i64| clip.source_in.plus(Ratio::whole(k)).unwrap_or(clip.source_in);
        let frame = |(k, showing): (i64, Showing)| Passed {
            film: first + k,
            key: if is_plain { content(k) } else { Ratio::whole(k) },
            showing,
        };
        let follow = if is_plain { Follow::Content } else { Follow::Clip };
        let frames = seen.into_iter().map(frame).collect();
        let taken = (taken - range.start) as usize;
        Ok(Self { id, clip, follow, frames, taken })
    }

    /// The media that it shows.
    ///
    /// # Errors
    /// Where the film has it not.
    pub fn media(&self, film: &'a Timeline) -> Result<&'a Media, NotTracked> {
        let media = self.frames[self.taken].showing.media;
        let found = film.media.get(&media).map(|media| &**media);
        found.ok_or_else(|| NotTracked::Film(format!("the film has no media {media}")))
    }
}

fn within(covered: &Range<i64>, range: &Range<i64>, taken: i64) -> Result<(), NotTracked> {
    let is_in = covered.start <= range.start && range.end <= covered.end && range.contains(&taken);
    if is_in {
        return Ok(());
    }
    let words = format!(
        "the clip lies from frame {} to before {} of the film; it is followed from {} to before {}, and taken up at {taken}: \
         name frames in which it is seen",
        covered.start, covered.end, range.start, range.end
    );
    Err(NotTracked::Asked(words))
}
