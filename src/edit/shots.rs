//! Shots made of media: the moment at which files become takes.

use crate::edit::Edited;
use crate::edit::Refused;
use std::sync::Arc;
use timeline_format::{Id, IdSource, Shot, Take, Timeline};

/// Makes media takes of the shot `id`, behind those that it has; where the film has no such shot, it is
/// made, called `name`, and shows the first. Media that are takes of it already are left alone.
pub fn bring_takes(
    film: &Timeline,
    (id, name): (Id, &str),
    media: &[Id],
) -> Result<Edited, Refused> {
    let missing = media.iter().find(|media| !film.media.contains_key(*media));
    if let Some(id) = missing {
        return Err(Refused::NoSuch { what: "media", id: *id });
    }
    let Some(first) = media.first() else { return Ok(Edited::plain(film.clone())) };
    let known = film.shots.get(&id).map(|shot| Shot::clone(shot));
    let mut shot = known.unwrap_or_else(|| Shot::new(name, *first));
    let before = shot.takes.len();
    for media in media {
        if shot.takes.iter().all(|take| take.media != *media && take.id != *media) {
            shot.takes.push(Take::new(*media, *media));
        }
    }
    let made = shot.takes[before..].iter().map(|take| take.id).collect();
    let shots = film.shots.update(id, Arc::new(shot));
    Ok(Edited { made, ..Edited::plain(Timeline { shots, ..film.clone() }) })
}

/// An id for a shot of this name: the name itself, as far as ids have its letters, if it is free.
pub fn shot_id(film: &Timeline, name: &str, ids: &mut IdSource) -> Id {
    let letter = |letter: char| match letter {
        'a'..='z' | '0'..='9' | '_' => letter,
        _ => '-',
    };
    let plain: String = name.to_lowercase().chars().map(letter).take(Id::LONGEST).collect();
    let named = Id::parse(plain.trim_matches('-')).filter(|id| !film.shots.contains_key(id));
    named.unwrap_or_else(|| {
        let mut made = std::iter::repeat_with(|| ids.next_id());
        made.find(|id| !film.shots.contains_key(id)).unwrap_or(film.settings.main)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{film, id, media_id};

    #[test]
    fn media_become_takes_once_and_the_first_is_chosen() {
        let film = film("|AAAA|BB|");
        let (a, b) = (media_id('a'), media_id('b'));
        let made = bring_takes(&film, (id("door"), "Door"), &[a]).unwrap();
        assert_eq!(made.made, [a]);
        let more = bring_takes(&made.timeline, (id("door"), "other"), &[a, b]).unwrap();
        let shot = &more.timeline.shots[&id("door")];
        assert_eq!((shot.name.as_str(), shot.take, shot.takes.len()), ("Door", a, 2));
        assert_eq!(more.made, [b]);
        assert_eq!(more.timeline.sequences, film.sequences);
        assert!(bring_takes(&film, (id("door"), "Door"), &[id("nothing")]).is_err());
        assert_eq!(bring_takes(&film, (id("door"), "Door"), &[]).unwrap().timeline, film);
    }

    #[test]
    fn a_shot_is_called_after_its_name_as_long_as_that_is_free() {
        let film = film("|AAAA|BB|");
        let mut ids = IdSource::seeded(7);
        assert_eq!(shot_id(&film, "A Quiet Harbour, Dawn", &mut ids).as_str(), "a-quiet-harbour");
        let made = bring_takes(&film, (id("door"), "Door"), &[media_id('a')]).unwrap().timeline;
        assert_ne!(shot_id(&made, "door", &mut ids), id("door"));
        assert!(!film.shots.contains_key(&shot_id(&film, "港", &mut ids)));
    }
}
