//! Places of the film: made, changed, taken away; and which clips are there, and how near.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use std::sync::Arc;
use timeline_format::track::Content;
use timeline_format::{
    Bed, Clip, Crossing, Id, IdSource, Item, Location, Perspective, Sequence, Source, Timeline,
};

/// Adds a place, or puts another recipe in the place of the one that has this id.
pub fn put_place(film: &Timeline, id: Id, place: &Location) -> Result<Edited, Refused> {
    let mut places = film.places.clone();
    let is_new = places.insert(id, Arc::new(place.clone())).is_none();
    let made = if is_new { vec![id] } else { Vec::new() };
    Ok(Edited { made, ..Edited::plain(Timeline { places, ..film.clone() }) })
}

/// Changes a place.
pub fn change_place(
    film: &Timeline,
    id: Id,
    change: impl FnOnce(&mut Location) -> Result<(), Refused>,
) -> Result<Edited, Refused> {
    let place = film.places.get(&id).ok_or(Refused::NoSuch { what: "place", id })?;
    let mut place = Location::clone(place);
    change(&mut place)?;
    put_place(film, id, &place)
}

/// Changes a bed of a place.
pub fn change_bed(
    film: &Timeline,
    (place, bed): (Id, Id),
    change: impl FnOnce(&mut Bed) -> Result<(), Refused>,
) -> Result<Edited, Refused> {
    change_place(film, place, |place| {
        let found = place.beds.iter_mut().find(|known| known.id == bed);
        let found = found.ok_or(Refused::NoSuch { what: "bed of the place", id: bed })?;
        change(found)?;
        found.id = bed;
        Ok(())
    })
}

/// Takes a place away: no clip and no shot names it any more.
pub fn remove_place(film: &Timeline, id: Id) -> Result<Edited, Refused> {
    if !film.places.contains_key(&id) {
        return Err(Refused::NoSuch { what: "place", id });
    }
    let mut timeline = film.clone();
    timeline.places.remove(&id);
    for (name, shot) in film.shots.iter().filter(|(_, shot)| shot.place == Some(id)) {
        let mut shot = timeline_format::Shot::clone(shot);
        shot.place = None;
        timeline.shots.insert(*name, Arc::new(shot));
    }
    for (name, sequence) in &film.sequences {
        if let Some(left) = without_place(sequence, id) {
            timeline.sequences.insert(*name, Arc::new(left));
        }
    }
    Ok(Edited::plain(timeline))
}

/// A sequence whose clips do not name a place; `None` where none does.
fn without_place(sequence: &Sequence, id: Id) -> Option<Sequence> {
    let is_named = |item: &Item| item.clip.as_ref().is_some_and(|clip| clip.place == Some(id));
    let mut left: Option<Sequence> = None;
    for (index, track) in sequence.tracks.iter().enumerate() {
        let Some(reel) = track.reel().filter(|reel| reel.iter().any(is_named)) else { continue };
        let away = |item: &Item| {
            let clip = item.clip.as_deref().filter(|clip| clip.place == Some(id));
            let clip = clip.map(|clip| Clip { place: None, ..clip.clone() });
            clip.map_or_else(|| item.clone(), |clip| Item::clip(item.id, item.length, clip))
        };
        let reel = reel.iter().map(away).collect();
        let tracks = &mut left.get_or_insert_with(|| sequence.clone()).tracks;
        Arc::make_mut(&mut tracks[index]).content = Content::Sequential(reel);
    }
    left
}

/// Where clips are, and how near; what is `None` stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Setting {
    /// The place; `Some(None)` is none of its own.
    pub place: Option<Option<Id>>,
    /// How near one is.
    pub perspective: Option<Option<Perspective>>,
    /// How the place comes in there: of the clip alone, whatever `of_shot` says.
    pub crossing: Option<Option<Crossing>>,
    /// Said of the shots of the clips, and so of all their clips.
    pub of_shot: bool,
}

/// Sets clips, or their shots, in a place.
pub fn set_scene(
    film: &Timeline,
    scope: Scope,
    (clips, setting): (&[Id], &Setting),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if let Some(Some(id)) = setting.place
        && !film.places.contains_key(&id)
    {
        return Err(Refused::NoSuch { what: "place", id });
    }
    let mut work = Work::begin(film, scope, ids)?;
    let mut shots = Vec::new();
    for id in clips {
        work.change_clip(*id, |clip| {
            shots.extend(set(clip, setting));
            Ok(())
        })?;
    }
    let mut edited = work.finish()?;
    for id in shots {
        let Some(shot) = edited.timeline.shots.get(&id) else { continue };
        let mut shot = timeline_format::Shot::clone(shot);
        shot.place = setting.place.unwrap_or(shot.place);
        shot.perspective = setting.perspective.unwrap_or(shot.perspective);
        edited.timeline.shots.insert(id, Arc::new(shot));
    }
    Ok(edited)
}

/// Sets a clip; or gives its shot, which is to be set instead: the clip then leaves it to the shot.
fn set(clip: &mut Clip, setting: &Setting) -> Option<Id> {
    clip.crossing = setting.crossing.unwrap_or(clip.crossing);
    if let (Source::Shot(shot), true) = (&clip.source, setting.of_shot) {
        clip.place = clip.place.filter(|_| setting.place.is_none());
        clip.perspective = clip.perspective.filter(|_| setting.perspective.is_none());
        return Some(*shot);
    }
    clip.place = setting.place.unwrap_or(clip.place);
    clip.perspective = setting.perspective.unwrap_or(clip.perspective);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip_id, film, id, scope};
    use crate::edit::razor;

    fn set_in(film: &Timeline, clips: &[&str], setting: Setting) -> Result<Timeline, Refused> {
        let clips: Vec<Id> = clips.iter().map(|name| clip_id(name)).collect();
        let ids = &mut IdSource::seeded(3);
        Ok(set_scene(film, scope(), (&clips, &setting), ids)?.timeline)
    }

    fn place_of(film: &Timeline, name: &str) -> Option<Id> {
        film.main().unwrap().clip(clip_id(name)).unwrap().place
    }

    #[test]
    fn clips_are_set_in_a_place_and_stay_there_when_they_are_cut() {
        let bare = film("|AAAA|BBBB|CCCC|");
        let here = Setting { place: Some(Some(id("hall"))), ..Setting::default() };
        assert!(set_in(&bare, &["A"], here).is_err());
        let film = put_place(&bare, id("hall"), &Location::new("Hall")).unwrap().timeline;
        let set = set_in(&film, &["A", "B"], here).unwrap();
        assert_eq!([place_of(&set, "A"), place_of(&set, "C")], [Some(id("hall")), None]);
        let cut = crate::edit::Razor { at: 2, tracks: None };
        let cut = razor(&set, scope(), &cut, &mut IdSource::seeded(4)).unwrap().timeline;
        let reel = cut.main().unwrap().tracks[0].reel().unwrap().clone();
        let there = reel
            .iter()
            .filter(|item| item.clip.as_ref().is_some_and(|clip| clip.place == Some(id("hall"))));
        assert_eq!(there.count(), 3);
        let away = Setting { place: Some(None), ..Setting::default() };
        assert_eq!(set_in(&set, &["A", "B"], away).unwrap(), film);
    }

    #[test]
    fn a_place_that_goes_is_named_by_nobody() {
        let film = film("|AAAA|BBBB|");
        let film = put_place(&film, id("hall"), &Location::new("Hall")).unwrap().timeline;
        let here = Setting { place: Some(Some(id("hall"))), ..Setting::default() };
        let set = set_in(&film, &["A"], here).unwrap();
        let gone = remove_place(&set, id("hall")).unwrap().timeline;
        assert_eq!((place_of(&gone, "A"), gone.places.len()), (None, 0));
        assert!(remove_place(&gone, id("hall")).is_err());
    }
}
