//! Laying sources into the cut: insert, overwrite, append, by three or four points.

use super::{Desk, Viewer};
use crate::edit::{self, Manner, Points};
use timeline_format::media::MediaKind;
use timeline_format::track::TrackKind;
use timeline_format::{Frames, Id, Source, Timeline};

/// How long a still lies in the cut unless one says otherwise, in seconds.
const STILL_SECONDS: i64 = 3;

impl Desk {
    /// Lays the viewed source by the marks of source and timeline, at the playhead where they lack.
    pub(in crate::ui) fn lay(&mut self, manner: Manner) {
        let Some(viewed) = self.source.clone() else {
            return self
                .notices
                .trouble("there is nothing in the source viewer to lay: choose media");
        };
        let (record_in, record_out) = self.marks();
        let points = Points {
            source_in: viewed.mark_in.map(Frames::whole),
            source_out: viewed.mark_out.map(Frames::whole),
            record_in,
            record_out,
            playhead: self.position(),
            tracks: self.tracks_for(&viewed.source),
            manner,
            fit: false,
            source: viewed.source,
        };
        self.lay_by(points);
    }

    /// Lays a source behind the last clip of the targeted tracks.
    pub(in crate::ui) fn append(&mut self) {
        let Some(viewed) = self.source.clone() else { return };
        let tracks = self.tracks_for(&viewed.source);
        let end = self.sequence().map_or(0, |sequence| {
            let reels = tracks.iter().filter_map(|id| sequence.track(*id)?.1.reel());
            reels.map(timeline_format::Reel::length).max().unwrap_or(0)
        });
        let points = Points {
            source_in: viewed.mark_in.map(Frames::whole),
            source_out: viewed.mark_out.map(Frames::whole),
            record_in: Some(end),
            record_out: None,
            playhead: end,
            tracks,
            manner: Manner::Overwrite,
            fit: false,
            source: viewed.source,
        };
        self.lay_by(points);
    }

    /// Lays a source at a frame of a track and where its sound goes: what a drop does.
    pub(in crate::ui) fn drop_source(
        &mut self,
        source: Source,
        (track, at): (Id, i64),
        manner: Manner,
    ) {
        let mut tracks = self.tracks_for(&source);
        if let Some(kind) = self.track(track).map(|track| track.header.kind) {
            tracks.retain(|id| self.track(*id).is_some_and(|track| track.header.kind != kind));
        }
        tracks.insert(0, track);
        let points = Points {
            source,
            source_in: None,
            source_out: None,
            record_in: Some(at),
            record_out: None,
            playhead: at,
            tracks,
            manner,
            fit: false,
        };
        self.lay_by(points);
    }

    fn lay_by(&mut self, mut points: Points) {
        if points.tracks.is_empty() {
            return self.notices.trouble("no targeted track takes this: target one by its name");
        }
        if self.source_length(&points.source).is_none()
            && (points.source_out.is_none() || points.source_in.is_none())
            && (points.record_in.is_none() || points.record_out.is_none())
        {
            let seconds = Frames::whole(STILL_SECONDS);
            let rate = self.sequence().map(|sequence| sequence.header.rate);
            let length = rate.and_then(|rate| rate.frames(seconds)).map_or(72, Frames::round);
            points.record_in = points.record_in.or(Some(points.playhead));
            points.record_out = points.record_in.map(|start| start + length);
        }
        let name = if points.manner == Manner::Insert { "Insert" } else { "Overwrite" };
        if self.edit(name, |film, scope, ids| edit::lay_points(film, scope, &points, ids)) {
            let made = std::mem::take(&mut self.made);
            let ends = made.iter().filter_map(|clip| self.span_of(*clip)).map(|span| span.end);
            let end = ends.max();
            self.selection.choose(made);
            self.focus_on(Viewer::Program);
            end.into_iter().for_each(|end| self.go(end));
        }
    }

    /// The targeted tracks that a source has something for: at most one of pictures, one of sound.
    fn tracks_for(&self, source: &Source) -> Vec<Id> {
        let (Some(film), Some(sequence)) = (self.film(), self.sequence()) else {
            return Vec::new();
        };
        let has = streams_of(film.now(), source);
        let targeted = |kind| {
            let mut tracks = sequence.tracks.iter();
            tracks.find(|track| track.header.kind == kind && self.targets.contains(&track.id))
        };
        let kinds = [(TrackKind::Picture, has.0), (TrackKind::Sound, has.1)];
        let wanted =
            kinds.into_iter().filter(|(_, has)| *has).filter_map(|(kind, _)| targeted(kind));
        wanted.map(|track| track.id).collect()
    }
}

/// Whether a source has a picture, and sound.
pub(super) fn streams_of(film: &Timeline, source: &Source) -> (bool, bool) {
    let of_media = |id: &Id| {
        let media = film.media.get(id);
        let is_sound = |kind| kind == MediaKind::Sound;
        media.map_or((true, false), |media| (!is_sound(media.kind), media.sound.is_some()))
    };
    match source {
        Source::Media(id) => of_media(id),
        Source::Shot(id) => {
            let take = film.shots.get(id).and_then(|shot| shot.chosen());
            take.map_or((true, false), |take| of_media(&take.media))
        }
        Source::Sequence(id) => film.sequences.get(id).map_or((true, true), |nested| {
            let has = |kind| nested.tracks.iter().any(|track| track.header.kind == kind);
            (has(TrackKind::Picture), has(TrackKind::Sound))
        }),
        Source::Generator(made) => {
            let is_sound = crate::sound::generators::find(&made.kind).is_some();
            (!is_sound, is_sound)
        }
    }
}

/// What a source is called.
pub(super) fn name_of(film: &Timeline, source: &Source) -> String {
    match source {
        Source::Shot(id) => {
            let name = film.shots.get(id).map(|shot| shot.name.clone());
            name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_string())
        }
        Source::Media(id) => film
            .media
            .get(id)
            .map_or_else(|| id.to_string(), |media| super::facts::name_of(media).to_owned()),
        Source::Sequence(id) => {
            let name = film.sequences.get(id).map(|nested| nested.header.name.clone());
            name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_string())
        }
        Source::Generator(made) => made.kind.clone(),
    }
}
