//! Sound that has slipped from the picture it was recorded with.

use super::{Check, Looks};
use timeline_format::problem::FilmPlace;
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Frames, Id, Item, Sequence, Source, Timeline, Track};

pub(super) const CHECK: Check = Check {
    id: "sound-sync",
    label: "Sync",
    help: "A clip of sound that is linked to a picture of the same recording does not lie under it.",
    remedy: "slip or move the sound by so many frames, or unlink it where it is meant",
    looks: Looks::Written(look),
};

/// A linked clip: where it lies, and where its recording's first frame would lie.
struct Linked<'a> {
    track: &'a Track,
    item: &'a Item,
    clip: &'a Clip,
    start: i64,
    origin: Frames,
}

fn look(film: &Timeline, sequence: &Sequence) -> Vec<(FilmPlace, String)> {
    let all: Vec<Linked<'_>> = sequence.tracks.iter().flat_map(|track| linked(track)).collect();
    let is = |one: &Linked<'_>, kind: TrackKind| one.track.header.kind == kind;
    let sounds = all.iter().filter(|one| is(one, TrackKind::Sound));
    let main = FilmPlace::sequence(film.settings.main);
    let found = sounds.filter_map(|sound| slipped(sound, &all));
    found.map(|(sound, words)| (place(main.clone(), sound, sequence), words)).collect()
}

fn linked(track: &Track) -> Vec<Linked<'_>> {
    let Some(reel) = track.reel() else { return Vec::new() };
    reel.placed()
        .filter_map(|(start, item)| {
            let clip = item.clip.as_deref().filter(|clip| clip.link.is_some())?;
            let origin = Frames::whole(start).minus(clip.source_in)?;
            (clip.speed == timeline_format::Ratio::ONE)
                .then_some(Linked { track, item, clip, start, origin })
        })
        .collect()
}

fn place(main: FilmPlace, sound: &Linked<'_>, sequence: &Sequence) -> FilmPlace {
    main.track(sound.track.id).clip(sound.item.id).frame(sequence, sound.start)
}

fn slipped<'a>(sound: &'a Linked<'a>, all: &[Linked<'a>]) -> Option<(&'a Linked<'a>, String)> {
    let source = id_of(&sound.clip.source)?;
    let picture = all.iter().find(|one| {
        one.track.header.kind == TrackKind::Picture
            && one.clip.link == sound.clip.link
            && id_of(&one.clip.source) == Some(source)
    })?;
    let off = sound.origin.minus(picture.origin)?.to_f64();
    if off.abs() < 0.5 {
        return None;
    }
    let word = if off > 0.0 { "late" } else { "early" };
    Some((sound, format!("the sound is {:.0} frames {word} against its picture", off.abs())))
}

const fn id_of(source: &Source) -> Option<Id> {
    match source {
        Source::Shot(id) | Source::Media(id) => Some(*id),
        _ => None,
    }
}
