//! The recordings behind the clips of sound tracks.

use super::ear::Found;
use super::placed::{Placed, placed};
use super::{ALL, Film, Looks};
use crate::media::Sounds;
use crate::play::path_of;
use crate::signal::Samples;
use crate::workers::Stop;
use timeline_format::footage::Footage;
use timeline_format::problem::FilmPlace;
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Frames, Media, Source};

/// The longest part of a recording that is looked at, in seconds.
const LONGEST: f64 = 120.0;

pub(super) fn listen(film: Film<'_>, stop: &Stop) -> Vec<Found> {
    let tracks = film.sequence.tracks.iter();
    let sound = tracks.filter(|track| track.header.kind == TrackKind::Sound);
    let clips = sound.flat_map(|track| placed(film.sequence, track));
    clips.take_while(|_| !stop.is_raised()).flat_map(|placed| listen_to(film, placed)).collect()
}

fn listen_to(film: Film<'_>, placed: Placed<'_>) -> Vec<Found> {
    let Some((sound, rate)) = sound_of(film, placed) else { return Vec::new() };
    let start = placed.start.floor();
    let place = FilmPlace::sequence(film.timeline.settings.main).track(placed.track.id);
    let place = place.clip(placed.id).frame(film.sequence, start);
    let one = |check: &super::Check| match check.looks {
        Looks::Behind(look) => {
            look(&sound, rate).map(|words| (start, check.problem(words, place.clone())))
        }
        _ => None,
    };
    ALL.iter().filter_map(|check| one(check)).collect()
}

/// The part of a recording that a clip plays, as far as it can be read.
fn sound_of(film: Film<'_>, placed: Placed<'_>) -> Option<(Samples, u32)> {
    let clip = placed.clip;
    let (media, offset) = media_of(film, clip)?;
    let path = path_of(media, film.folder)?;
    let mut file = Sounds::open(&path, media).ok()?;
    let (rate, channels) = (file.rate(), file.channels());
    let sequence_rate = film.sequence.header.rate;
    let footage = Footage::of_media(media, sequence_rate);
    let seconds = |frames: Frames| frames.to_f64() / footage.rate.to_f64();
    let step = Footage::of(film.timeline, sequence_rate, &clip.source);
    let covered = placed.length.times(step.step(clip.speed, sequence_rate)?)?.abs()?;
    let from = seconds(clip.source_in.plus(offset)?).max(0.0);
    let count = seconds(covered).min(LONGEST);
    let mut sound = Samples::silence(channels, (count * f64::from(rate)) as usize);
    file.read((from * f64::from(rate)) as i64, &mut sound).ok()?;
    Some((sound, rate))
}

/// The media behind a clip, and where in it the clip's own count begins.
fn media_of<'a>(film: Film<'a>, clip: &Clip) -> Option<(&'a Media, Frames)> {
    let (id, offset) = match &clip.source {
        Source::Media(id) => (*id, Frames::ZERO),
        Source::Shot(id) => {
            let take = film.timeline.shots.get(id)?.chosen()?;
            (take.media, take.offset)
        }
        _ => return None,
    };
    film.timeline.media.get(&id).map(|media| (&**media, offset))
}
