//! What the source viewer shows: a media, a shot or whatever else a clip may show, a place in it, its marks.

use super::{Desk, Viewer};
use std::sync::Arc;
use timeline_format::footage::Footage;
use timeline_format::media::MediaKind;
use timeline_format::timecode::{self, Counting};
use timeline_format::{Clip, Frames, Id, Media, Rate, Ratio, Source};

/// Seconds that are played of what has no end.
const ENDLESS_SECONDS: i64 = 10;

/// What the source viewer shows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Viewed {
    /// The media or shot.
    pub(in crate::ui) source: Source,
    /// The frame that is seen, on the source's own grid.
    pub(in crate::ui) frame: i64,
    /// The first frame to use.
    pub(in crate::ui) mark_in: Option<i64>,
    /// The first frame behind those to use.
    pub(in crate::ui) mark_out: Option<i64>,
}

impl Viewed {
    /// A source from its beginning.
    pub(in crate::ui) const fn of(source: Source) -> Self {
        Self { source, frame: 0, mark_in: None, mark_out: None }
    }
}

/// How one goes along a source: sound alone is gone along in frames of the film, all else in its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    /// Steps a second.
    pub(super) rate: Rate,
    /// Frames (or samples) of the source in a step.
    step: Ratio,
    /// The timecode of the first step, as a count of steps.
    pub(super) start: i64,
    /// How many steps there are.
    pub(super) length: i64,
}

impl Grid {
    /// The frame of the source at a step.
    pub(super) fn frame_at(&self, step: i64) -> i64 {
        self.step.times(Ratio::whole(step)).map_or(step, Ratio::floor)
    }

    /// The step at which a frame of the source is seen.
    pub(super) fn step_of(&self, frame: i64) -> i64 {
        Ratio::whole(frame).over(self.step).map_or(frame, Ratio::round)
    }
}

impl Desk {
    /// Shows a media or a shot in the source viewer, and gives it the keys.
    pub(in crate::ui) fn view_source(&mut self, source: Source) {
        self.take = None;
        if self.source.as_ref().is_none_or(|viewed| viewed.source != source) {
            self.view(Viewed::of(source));
        }
        self.focus_on(Viewer::Source);
    }

    /// Shows a frame of a source in the source viewer.
    fn view(&mut self, viewed: Viewed) {
        self.source = Some(viewed);
        self.follow_source();
    }

    /// How many frames the source has on its own grid; `None` is endless.
    pub(in crate::ui) fn source_length(&self, source: &Source) -> Option<i64> {
        self.footage_of(source)?.end.map(Frames::floor)
    }

    fn footage_of(&self, source: &Source) -> Option<Footage> {
        Some(Footage::of(self.film()?.now(), self.sequence()?.header.rate, source))
    }

    /// What a source is read from: of a shot, its chosen take.
    pub(in crate::ui) fn media_behind(&self, source: &Source) -> Option<(Id, Arc<Media>)> {
        let film = self.film()?.now();
        let media = match source {
            Source::Media(media) => *media,
            Source::Shot(shot) => film.shots.get(shot)?.chosen()?.media,
            Source::Sequence(_) | Source::Generator(_) => return None,
        };
        Some((media, Arc::clone(film.media.get(&media)?)))
    }

    /// Whether a source is sound alone.
    pub(in crate::ui) fn is_sound_alone(&self, source: &Source) -> bool {
        let is_sound = |(_, media): (Id, Arc<Media>)| media.kind == MediaKind::Sound;
        self.media_behind(source).is_some_and(is_sound)
    }

    /// How one goes along a source.
    pub(super) fn grid_of(&self, source: &Source) -> Option<Grid> {
        let footage = self.footage_of(source)?;
        let of_film = self.sequence()?.header.rate;
        let own = Rate::new(footage.rate.numerator(), footage.rate.denominator().into());
        let rate = own.filter(|_| !self.is_sound_alone(source)).unwrap_or(of_film);
        let step = footage.rate.over(rate.ratio())?;
        let endless = || rate.frames(Ratio::whole(ENDLESS_SECONDS)).map_or(1, Ratio::ceil);
        let is_still = matches!(source, Source::Media(_) | Source::Shot(_));
        let length = match footage.end {
            Some(end) => end.over(step)?.ceil(),
            None if is_still => 1,
            None => endless(),
        };
        Some(Grid { rate, step, start: self.start_of_source(source, rate), length })
    }

    /// The timecode of a source's first frame, where its file states one at this rate.
    fn start_of_source(&self, source: &Source, rate: Rate) -> i64 {
        let start = self.media_behind(source).filter(|(_, media)| media.rate == Some(rate));
        let start = start.map_or(0, |(_, media)| media.start);
        let offset = || {
            let Source::Shot(shot) = source else { return None };
            Some(self.film()?.now().shots.get(shot)?.chosen()?.offset.floor())
        };
        start + offset().unwrap_or(0)
    }

    /// The length that one goes along a source, in its own frames.
    pub(in crate::ui) fn viewed_length(&self, source: &Source) -> i64 {
        self.grid_of(source).map_or(1, |grid| grid.frame_at(grid.length)).max(1)
    }

    /// How many steps of the source are marked, where both its ends are.
    pub(in crate::ui) fn marked_in_source(&self) -> Option<i64> {
        let viewed = self.source.as_ref()?;
        let grid = self.grid_of(&viewed.source)?;
        Some(grid.step_of(viewed.mark_out?) - grid.step_of(viewed.mark_in?))
    }

    /// The timecode of a frame of the viewed source.
    pub(in crate::ui) fn source_label(&self, frame: i64) -> String {
        let grid = self.source.as_ref().and_then(|viewed| self.grid_of(&viewed.source));
        let label = grid.and_then(|grid| {
            let at = grid.start + grid.step_of(frame);
            timecode::label(at, grid.rate, Counting::NonDrop).ok()
        });
        label.unwrap_or_else(|| frame.to_string())
    }

    /// The frame of its source that a clip of `length` shows `within` frames behind its head.
    pub(in crate::ui) fn source_frame(
        &self,
        clip: &Clip,
        within: i64,
        length: Frames,
    ) -> Option<i64> {
        let rate = self.sequence()?.header.rate;
        let footage = self.footage_of(&clip.source)?;
        if footage.end.is_none() && self.media_behind(&clip.source).is_some() {
            return Some(0);
        }
        frame_at(clip, footage.step(clip.speed, rate)?, within, length)
    }

    /// What a source is called.
    pub(in crate::ui) fn name_of(&self, source: &Source) -> String {
        let Some(film) = self.film() else { return String::new() };
        super::laying::name_of(film.now(), source)
    }

    /// Shows the frame under the playhead in the source viewer, as its source has it.
    pub(in crate::ui) fn match_frame(&mut self) {
        let Some((id, span)) = self.clip_span_at_playhead() else { return };
        let Some(clip) = self.clip(id) else { return };
        let (within, length) = (self.position() - span.start, Frames::whole(span.end - span.start));
        let frame = self.source_frame(clip, within, length).unwrap_or(0);
        let viewed = Viewed { frame, ..Viewed::of(clip.source.clone()) };
        self.take = None;
        self.view(viewed);
    }

    /// Marks the frame of the source that is seen as the first to use.
    pub(in crate::ui) fn mark_source_in(&mut self) {
        let Some(viewed) = &mut self.source else { return };
        viewed.mark_in = Some(viewed.frame);
        viewed.mark_out = viewed.mark_out.filter(|out| *out > viewed.frame);
    }

    /// Marks the frame of the source that is seen as the last to use.
    pub(in crate::ui) fn mark_source_out(&mut self) {
        let Some(grid) = self.source.as_ref().and_then(|viewed| self.grid_of(&viewed.source))
        else {
            return;
        };
        let Some(viewed) = &mut self.source else { return };
        viewed.mark_out = Some(grid.frame_at(grid.step_of(viewed.frame) + 1));
        viewed.mark_in = viewed.mark_in.filter(|first| *first <= viewed.frame);
    }

    /// Marks all of the source.
    pub(in crate::ui) fn mark_source(&mut self) {
        let length = self.source.as_ref().and_then(|viewed| self.source_length(&viewed.source));
        if let Some(viewed) = &mut self.source {
            (viewed.mark_in, viewed.mark_out) = (Some(0), length);
        }
    }

    /// Takes the marks of the source away.
    pub(in crate::ui) const fn clear_source_marks(&mut self) {
        if let Some(viewed) = &mut self.source {
            (viewed.mark_in, viewed.mark_out) = (None, None);
        }
    }
}

/// The frame of its source, `step` of which pass in a frame of the sequence, that a clip of `length` shows
/// `within` frames behind its head: the one at the middle of that frame; backwards, from the end on.
pub(in crate::ui) fn frame_at(
    clip: &Clip,
    step: Ratio,
    within: i64,
    length: Frames,
) -> Option<i64> {
    let middle = Ratio::new(2 * i128::from(within) + 1, 2)?;
    let passed = if step < Ratio::ZERO { length.minus(middle)? } else { middle };
    Some(clip.source_in.plus(passed.times(step.abs()?)?)?.floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_shows_the_frames_that_the_film_shows_at_every_speed() {
        let mut clip = Clip::new(Source::Media(Id::parse("m").unwrap()));
        clip.source_in = Frames::whole(10);
        let shown = |step: &str| -> Vec<i64> {
            let step = step.parse().unwrap();
            (0..6).map(|within| frame_at(&clip, step, within, Frames::whole(6)).unwrap()).collect()
        };
        assert_eq!(shown("1"), [10, 11, 12, 13, 14, 15]);
        assert_eq!(shown("1/2"), [10, 10, 11, 11, 12, 12]);
        assert_eq!(shown("-1"), [15, 14, 13, 12, 11, 10]);
        assert_eq!(shown("0"), [10; 6]);
    }

    #[test]
    fn steps_and_frames_of_a_source_lead_to_each_other() {
        for (rate, step) in [("25", "1920"), ("24000/1001", "2002"), ("30000/1001", "8008/5")] {
            let (rate, step) = (rate.parse().unwrap(), step.parse().unwrap());
            let grid = Grid { rate, step, start: 0, length: 100 };
            for n in 0..100 {
                assert_eq!(grid.step_of(grid.frame_at(n)), n);
            }
        }
    }
}
