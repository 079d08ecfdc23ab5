//! Where something is and what it is called: for people.

use crate::edit::refused::Site;
use crate::edit::surgery::{Spot, Work};
use timeline_format::{Clip, Item, Source, Timeline, Track, timecode};

impl Work<'_> {
    /// Where something is, for people.
    pub(super) fn site(&self, track: usize, item: Option<&Item>, frame: i64) -> Box<Site> {
        let track = self.sequence.tracks.get(track);
        let header = &self.sequence.header;
        let label =
            timecode::label(frame.saturating_add(header.start), header.rate, header.timecode);
        let clip = item.and_then(|item| item.clip.as_deref());
        Box::new(Site {
            track: track.map_or(self.scope.sequence, |track| track.id),
            track_name: track.map_or_else(String::new, |track| track_name(track)),
            item: item.filter(|item| !item.is_gap()).map(|item| item.id),
            name: clip.map_or_else(String::new, |clip| name_of(self.film, clip)),
            frame,
            timecode: label.unwrap_or_default(),
        })
    }

    /// Where a clip is, for people.
    pub(super) fn site_of(&self, spot: &Spot) -> Box<Site> {
        self.site(spot.track, Some(&spot.item), spot.start)
    }
}

/// A track's name, or its id.
pub(super) fn track_name(track: &Track) -> String {
    if track.header.name.is_empty() { track.id.to_string() } else { track.header.name.clone() }
}

/// A clip's name, or its source's.
pub(super) fn name_of(film: &Timeline, clip: &Clip) -> String {
    if !clip.name.is_empty() {
        return clip.name.clone();
    }
    let found = match &clip.source {
        Source::Shot(id) => film.shots.get(id).map(|shot| shot.name.clone()),
        Source::Media(id) => film.media.get(id).map(|media| media.path.clone()),
        Source::Sequence(id) => film.sequences.get(id).map(|nested| nested.header.name.clone()),
        Source::Generator(generator) => Some(generator.kind.clone()),
    };
    found.filter(|name| !name.is_empty()).unwrap_or_else(|| "a clip without a name".to_owned())
}
