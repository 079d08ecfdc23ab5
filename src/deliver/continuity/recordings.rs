//! The recordings behind the clips of sound tracks.

use super::ear::Found;
use super::{ALL, Film, Looks};
use crate::media::Sounds;
use crate::play::path_of;
use crate::signal::Samples;
use crate::workers::Stop;
use timeline_format::problem::FilmPlace;
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Item, Media, Source, Track};

/// The longest part of a recording that is looked at, in seconds.
const LONGEST: f64 = 120.0;

pub(super) fn listen(film: Film<'_>, stop: &Stop) -> Vec<Found> {
    let mut found = Vec::new();
    for track in film.sequence.tracks.iter().filter(|track| track.header.kind == TrackKind::Sound) {
        let Some(reel) = track.reel() else { continue };
        for (start, item) in reel.placed() {
            if stop.is_raised() {
                return found;
            }
            found.extend(listen_to(film, track, (start, item)));
        }
    }
    found
}

fn listen_to(film: Film<'_>, track: &Track, (start, item): (i64, &Item)) -> Vec<Found> {
    let heard = item.clip.as_deref().and_then(|clip| sound_of(film, clip, item.length));
    let Some((sound, rate)) = heard else { return Vec::new() };
    let place = FilmPlace::sequence(film.timeline.settings.main).track(track.id).clip(item.id);
    let place = place.frame(film.sequence, start);
    let one = |check: &super::Check| match check.looks {
        Looks::Behind(look) => {
            look(&sound, rate).map(|words| (start, check.problem(words, place.clone())))
        }
        _ => None,
    };
    ALL.iter().filter_map(|check| one(check)).collect()
}

/// The part of a recording that a clip plays, as far as it can be read.
fn sound_of(film: Film<'_>, clip: &Clip, length: i64) -> Option<(Samples, u32)> {
    let media = media_of(film, clip)?;
    let path = path_of(media, film.folder)?;
    let mut file = Sounds::open(&path, media).ok()?;
    let (rate, channels) = (file.rate(), file.channels());
    let seconds = |frames: f64| frames / film.sequence.header.rate.ratio().to_f64();
    let from = seconds(clip.source_in.to_f64()).max(0.0);
    let count = (seconds(length as f64) * clip.speed.to_f64().abs().max(0.01)).min(LONGEST);
    let mut sound = Samples::silence(channels, (count * f64::from(rate)) as usize);
    file.read((from * f64::from(rate)) as i64, &mut sound).ok()?;
    Some((sound, rate))
}

fn media_of<'a>(film: Film<'a>, clip: &Clip) -> Option<&'a Media> {
    let id = match &clip.source {
        Source::Media(id) => *id,
        Source::Shot(id) => film.timeline.shots.get(id)?.chosen()?.media,
        _ => return None,
    };
    film.timeline.media.get(&id).map(|media| &**media)
}
