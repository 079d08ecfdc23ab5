//! Names on the command line: clips, tracks, sources, lengths, moments.

use super::Bench;
use crate::cli::{Failure, moment};
use crate::edit::{Duration, Edge};
use clap::ValueEnum;
use timeline_format::{Id, Source};

/// An end of a clip.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum End {
    /// Its first frame.
    Head,
    /// The end of its last frame.
    Tail,
}

impl From<End> for Edge {
    fn from(end: End) -> Self {
        match end {
            End::Head => Self::Head,
            End::Tail => Self::Tail,
        }
    }
}

impl Bench<'_> {
    /// The frame that `text` names.
    pub(super) fn frame(&self, text: &str) -> Result<i64, Failure> {
        moment::frame_at(text, &self.main)
    }

    /// The frames that `text` lasts.
    pub(super) fn length(&self, text: &str) -> Result<i64, Failure> {
        let header = &self.main.header;
        let length = Duration::parse(text).map_err(Failure::call)?;
        length.frames(header.rate, header.timecode).map_err(Failure::call)
    }

    /// The track called `text`, by id or by name.
    pub(super) fn track(&self, text: &str) -> Result<Id, Failure> {
        let named = |text: &str| {
            self.main
                .tracks
                .iter()
                .find(|track| track.id.as_str() == text || track.header.name == text)
        };
        named(text).map(|track| track.id).ok_or_else(|| {
            let known: Vec<_> = self.main.tracks.iter().map(|track| track.id.to_string()).collect();
            Failure::call(format!(
                "there is no track {text:?}; the tracks are {}",
                known.join(", ")
            ))
        })
    }

    /// The clip called `text`: an id, or TRACK@MOMENT.
    pub(super) fn clip(&self, text: &str) -> Result<Id, Failure> {
        let Some((track, at)) = text.split_once('@') else {
            let id = Id::parse(text).filter(|id| self.main.clip(*id).is_some());
            let words = "name a clip by its id or by a place, such as v1@58";
            return id.ok_or_else(|| Failure::call(format!("there is no clip {text:?}; {words}")));
        };
        let (id, frame) = (self.track(track)?, self.frame(at)?);
        let found = self.main.track(id).and_then(|(_, track)| {
            let reel = track.reel()?;
            reel.get(reel.at(frame)?.0).filter(|item| !item.is_gap()).map(|item| item.id)
        });
        found.ok_or_else(|| Failure::call(format!("there is no clip on track {track} at {at}")))
    }

    /// The shot, media or sequence called `text`.
    pub(super) fn source(&self, text: &str) -> Result<Source, Failure> {
        let id = Id::parse(text).ok_or_else(|| Failure::call(format!("{text:?} is no id")))?;
        if self.film.shots.contains_key(&id) {
            Ok(Source::Shot(id))
        } else if self.film.media.contains_key(&id) {
            Ok(Source::Media(id))
        } else if self.film.sequences.contains_key(&id) {
            Ok(Source::Sequence(id))
        } else {
            let words = "add it with `roomtone add`";
            Err(Failure::call(format!("the film has no shot, media or sequence {text:?}: {words}")))
        }
    }
}
