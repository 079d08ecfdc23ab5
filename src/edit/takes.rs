//! Takes: chosen, rated, put in order. No cut moves.

use crate::edit::Edited;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::footage::handles_of;
use std::sync::Arc;
use timeline_format::shot::TakeState;
use timeline_format::track::Content;
use timeline_format::{Effect, Frames, Id, Rate, Shot, Source, Take, Timeline};

/// Chooses the take that a shot shows, wherever it is cut in. No cut moves; where the new take is
/// too short for a clip, a [`Note::Shortage`] says by how much, and it holds its last frame there.
pub fn choose_take(film: &Timeline, (shot, take): (Id, Id)) -> Result<Edited, Refused> {
    let timeline = change_shot(film, shot, |changed| {
        if changed.takes.iter().all(|known| known.id != take) {
            return Err(Refused::NoSuch { what: "take", id: take });
        }
        changed.take = take;
        Ok(())
    })?;
    let notes = shortages(&timeline, shot);
    Ok(Edited { notes, ..Edited::plain(timeline) })
}

/// The clips of a shot whose take does not reach as far as they do, in every sequence.
pub fn shortages(film: &Timeline, shot: Id) -> Vec<Note> {
    let mut notes = Vec::new();
    for (sequence, content) in &film.sequences {
        let rate = content.header.rate;
        let mut short = |clip: Id, found: &timeline_format::Clip, length: i64| {
            notes.extend(shortage(film, rate, found, length).map(|(before, after)| {
                Note::Shortage { sequence: *sequence, clip, before, after }
            }));
        };
        for track in &content.tracks {
            match &track.content {
                Content::Sequential(reel) => {
                    for item in reel.showing(shot).filter_map(|index| reel.get(index)) {
                        if let Some(clip) = &item.clip {
                            short(item.id, clip, item.length);
                        }
                    }
                }
                Content::Free(layers) => {
                    let of_shot =
                        layers.iter().filter(|(_, l)| l.clip.source == Source::Shot(shot));
                    of_shot.for_each(|(id, layer)| short(*id, &layer.clip, layer.length.ceil()));
                }
            }
        }
    }
    notes
}

fn shortage(
    film: &Timeline,
    rate: Rate,
    clip: &timeline_format::Clip,
    length: i64,
) -> Option<(i64, i64)> {
    let handles = handles_of(film, rate, clip, length)?;
    let missing = ((-handles.head).max(0), (-handles.tail).max(0));
    (missing != (0, 0)).then_some(missing)
}

/// What an artist says of a take; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rating {
    /// Keep, maybe, reject.
    pub state: Option<TakeState>,
    /// A note.
    pub note: Option<String>,
    /// Why it is not the one: these words are said, or taken back where they were said.
    pub turned: Vec<String>,
}

/// Why takes are rejected, most often: what gives generated pictures away, and what is wrong with any.
pub const REASONS: [&str; 6] = ["hands", "face", "flicker", "drift", "light", "framing"];

/// Rates a take.
pub fn rate_take(
    film: &Timeline,
    (shot, take): (Id, Id),
    rating: &Rating,
) -> Result<Edited, Refused> {
    change_take(film, (shot, take), |take| {
        take.state = rating.state.unwrap_or(take.state);
        if let Some(note) = &rating.note {
            take.note.clone_from(note);
        }
        for reason in &rating.turned {
            let before = take.reasons.len();
            take.reasons.retain(|known| known != reason);
            if take.reasons.len() == before {
                take.reasons.push(reason.clone());
            }
        }
    })
}

/// Puts takes in an order, the best first: they are ranked from 1, and takes that are not named
/// lose their rank. None is lost.
pub fn order_takes(film: &Timeline, shot: Id, best_first: &[Id]) -> Result<Edited, Refused> {
    let timeline = change_shot(film, shot, |shot| {
        for id in best_first {
            if shot.takes.iter().all(|take| take.id != *id) {
                return Err(Refused::NoSuch { what: "take", id: *id });
            }
        }
        for take in &mut shot.takes {
            let place = best_first.iter().position(|id| *id == take.id);
            take.rank = place.map(|place| place as u32 + 1);
        }
        Ok(())
    })?;
    Ok(Edited::plain(timeline))
}

/// Adds a take to a shot, behind those that it has.
pub fn add_take(film: &Timeline, shot: Id, take: &Take) -> Result<Edited, Refused> {
    if !film.media.contains_key(&take.media) {
        return Err(Refused::NoSuch { what: "media", id: take.media });
    }
    let timeline = change_shot(film, shot, |shot| {
        if shot.takes.iter().any(|known| known.id == take.id) {
            return Err(Refused::Value(format!("shot {} has a take {}", shot.name, take.id)));
        }
        shot.takes.push(take.clone());
        Ok(())
    })?;
    Ok(Edited { made: vec![take.id], ..Edited::plain(timeline) })
}

/// Changes a take: its windows, rate, offset, frames or treatment.
pub fn change_take(
    film: &Timeline,
    (shot, take): (Id, Id),
    change: impl FnOnce(&mut Take),
) -> Result<Edited, Refused> {
    let timeline = change_shot(film, shot, |shot| {
        let found = shot.takes.iter_mut().find(|known| known.id == take);
        let found = found.ok_or(Refused::NoSuch { what: "take", id: take })?;
        change(found);
        found.id = take;
        Ok(())
    })?;
    let notes = shortages(&timeline, shot);
    Ok(Edited { notes, ..Edited::plain(timeline) })
}

/// Says of takes which of their frames is the shot's first.
pub fn begin_takes(film: &Timeline, shot: Id, offsets: &[(Id, Frames)]) -> Result<Edited, Refused> {
    let mut edited = Edited::plain(film.clone());
    for (take, offset) in offsets {
        edited = change_take(&edited.timeline, (shot, *take), |take| take.offset = *offset)?;
    }
    Ok(edited)
}

/// Puts an effect on every clip of a shot, at a place in the order of the shot's own; one with the same id is
/// replaced.
pub fn put_shot_effect(
    film: &Timeline,
    (shot, index, effect): (Id, usize, Effect),
) -> Result<Edited, Refused> {
    let timeline = change_shot(film, shot, |changed| {
        let effects = &mut changed.look.effects;
        effects.retain(|known| known.id != effect.id);
        effects.insert(index.min(effects.len()), effect);
        Ok(())
    })?;
    Ok(Edited::plain(timeline))
}

/// Takes an effect off a shot.
pub fn remove_shot_effect(film: &Timeline, (shot, effect): (Id, Id)) -> Result<Edited, Refused> {
    let timeline = change_shot(film, shot, |changed| {
        let count = changed.look.effects.len();
        changed.look.effects.retain(|known| known.id != effect);
        let is_gone = changed.look.effects.len() < count;
        is_gone.then_some(()).ok_or(Refused::NoSuch { what: "effect", id: effect })
    })?;
    Ok(Edited::plain(timeline))
}

/// Changes a shot, whole.
pub(super) fn change_shot(
    film: &Timeline,
    id: Id,
    change: impl FnOnce(&mut Shot) -> Result<(), Refused>,
) -> Result<Timeline, Refused> {
    let shot = film.shots.get(&id).ok_or(Refused::NoSuch { what: "shot", id })?;
    let mut shot = Shot::clone(shot);
    change(&mut shot)?;
    Ok(Timeline { shots: film.shots.update(id, Arc::new(shot)), ..film.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip_id, film, id, media_id, scope};
    use crate::edit::{Replace, replace_source};
    use std::collections::BTreeMap;
    use timeline_format::{IdSource, Media};

    fn take(name: &str, media: Id) -> Take {
        Take::new(id(name), media)
    }

    fn shot_film() -> Timeline {
        let mut film = film("|AAAA|BB|");
        let mut short = Media::clone(&film.media[&media_id('s')]);
        short.length = Some(Frames::whole(5));
        short.origin = BTreeMap::new();
        film.media.insert(media_id('s'), Arc::new(short));
        let shot = Shot { takes: vec![take("one", media_id('a'))], ..Shot::new("Door", id("one")) };
        film.shots.insert(id("door"), Arc::new(shot));
        let edit =
            Replace { clip: clip_id("A"), source: Source::Shot(id("door")), source_in: None };
        replace_source(&film, scope(), &edit, &mut IdSource::seeded(1)).unwrap().timeline
    }

    #[test]
    fn a_swapped_take_moves_no_cut_and_says_what_it_lacks() {
        let film = shot_film();
        let film = add_take(&film, id("door"), &take("two", media_id('s'))).unwrap().timeline;
        let edited = choose_take(&film, (id("door"), id("two"))).unwrap();
        assert_eq!(edited.timeline.sequences, film.sequences);
        let note = Note::Shortage { sequence: id("main"), clip: clip_id("A"), before: 0, after: 2 };
        assert_eq!(edited.notes, [note]);
        let offset = |take: &mut Take| take.offset = Frames::whole(-4);
        let late = change_take(&edited.timeline, (id("door"), id("two")), offset).unwrap();
        let note = Note::Shortage { sequence: id("main"), clip: clip_id("A"), before: 1, after: 0 };
        assert_eq!(late.notes, [note]);
        assert!(choose_take(&film, (id("door"), id("three"))).is_err());
        assert_eq!(choose_take(&edited.timeline, (id("door"), id("one"))).unwrap().timeline, film);
    }

    #[test]
    fn takes_are_rated_and_ranked_and_none_is_lost() {
        let film = shot_film();
        let film = add_take(&film, id("door"), &take("two", media_id('s'))).unwrap().timeline;
        let rating = Rating {
            state: Some(TakeState::Keep),
            note: Some("the hand".to_owned()),
            turned: Vec::new(),
        };
        let film = rate_take(&film, (id("door"), id("one")), &rating).unwrap().timeline;
        let film = order_takes(&film, id("door"), &[id("two")]).unwrap().timeline;
        let takes = &film.shots[&id("door")].takes;
        assert_eq!((takes[0].state, takes[0].note.as_str()), (TakeState::Keep, "the hand"));
        assert_eq!((takes[0].rank, takes[1].rank), (None, Some(1)));
        let turn = |film: &Timeline, words: &[&str]| {
            let turned = words.iter().map(|word| (*word).to_owned()).collect();
            let rating = Rating { turned, ..Rating::default() };
            rate_take(film, (id("door"), id("two")), &rating).unwrap().timeline
        };
        let said = turn(&turn(&film, &["hands", "light"]), &["hands", "soft"]);
        assert_eq!(said.shots[&id("door")].takes[1].reasons, ["light", "soft"]);
        assert!(order_takes(&film, id("door"), &[id("three")]).is_err());
        assert!(add_take(&film, id("door"), &take("two", media_id('s'))).is_err());
    }
}
