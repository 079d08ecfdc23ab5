//! What the source viewer shows: a media or a shot, a place in it, and its marks.

use super::Desk;
use timeline_format::footage::Footage;
use timeline_format::{Frames, Source};

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

impl Desk {
    /// Shows a media or a shot in the source viewer.
    pub(in crate::ui) fn view_source(&mut self, source: Source) {
        self.take = None;
        if self.source.as_ref().is_none_or(|viewed| viewed.source != source) {
            self.source = Some(Viewed::of(source));
        }
    }

    /// How many frames the source has on its own grid; `None` is endless.
    pub(in crate::ui) fn source_length(&self, source: &Source) -> Option<i64> {
        let film = self.film()?.now();
        let rate = self.sequence()?.header.rate;
        Footage::of(film, rate, source).end.map(Frames::floor)
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
        let (Some(film), Some(rate)) = (self.film(), self.sequence().map(|it| it.header.rate))
        else {
            return;
        };
        let footage = Footage::of(film.now(), rate, &clip.source);
        let within = Frames::whole(self.position() - span.start);
        let step = footage.step(clip.speed, rate);
        let at = step.and_then(|step| clip.source_in.plus(within.times(step)?));
        let viewed =
            Viewed { frame: at.map_or(0, Frames::floor), ..Viewed::of(clip.source.clone()) };
        (self.source, self.take) = (Some(viewed), None);
    }
}
