//! Stills of the gallery: a frame of a clip kept with all that was done to it there, its picture as a film, its grade
//! put on other clips, taken away.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::footage::Footage;
use crate::edit::looks::id_of_name;
use crate::edit::piece;
use crate::edit::{Having, give_look};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::parameter::Follow;
use timeline_format::still::Still;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Effect, Frames, Id, IdSource, Item, Mask, Param, Ratio, Reel, SavedLook, Sequence,
    Source, Take, Timeline, Track, Value,
};

/// Keeps a frame of a clip as a still under an id; what had it before is changed.
///
/// The still shows the take or the media itself, held at that frame; it has the operations of shot, take and clip
/// and those of a shared look as its own, and every value as it was at that frame. No later edit of the film
/// changes it.
pub fn keep_still(
    film: &Timeline,
    scope: Scope,
    (clip, frame, id, name): (Id, i64, Id, &str),
) -> Result<Edited, Refused> {
    let sequence = film.sequences.get(&scope.sequence);
    let sequence = sequence.ok_or(Refused::NoSuch { what: "sequence", id: scope.sequence })?;
    let missing = Refused::NoSuch { what: "clip", id: clip };
    let (start, length, clip) = spot(sequence, clip).ok_or(missing)?;
    let within = frame - start;
    if !(0..length).contains(&within) {
        let words = format!("the clip is seen from frame {start} to {}", start + length - 1);
        return Err(Refused::Value(format!("{words}, not at {frame}")));
    }
    let held = held(film, sequence, clip, [within, length]).ok_or(Refused::TooBig)?;
    let mut stills = film.stills.clone();
    let is_new = stills.insert(id, Arc::new(Still::new(name, frame, held))).is_none();
    let made = if is_new { vec![id] } else { Vec::new() };
    Ok(Edited { made, ..Edited::plain(Timeline { stills, ..film.clone() }) })
}

/// Takes a still away.
pub fn remove_still(film: &Timeline, id: Id) -> Result<Edited, Refused> {
    let mut stills = film.stills.clone();
    stills.remove(&id).ok_or(Refused::NoSuch { what: "still", id })?;
    Ok(Edited::plain(Timeline { stills, ..film.clone() }))
}

/// Puts those operations of a still that are `wanted` on a clip: behind what it has, or where `instead`, in place of it.
pub fn give_still(
    film: &Timeline,
    scope: Scope,
    (clip, still, instead): (Id, Id, bool),
    wanted: &dyn Fn(&Effect) -> bool,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let missing = Refused::NoSuch { what: "still", id: still };
    let found = film.stills.get(&still).ok_or(missing)?;
    let effects = found.clip.look.effects.iter().filter(|effect| wanted(effect));
    let look = SavedLook::new(found.name.clone(), effects.cloned());
    if look.effects.is_empty() {
        let words = format!("still {still} has none of these operations");
        return Err(Refused::Value(words));
    }
    give_look(film, scope, (clip, &look, Having::Copy, instead), ids)
}

/// A film of one frame that shows a still, at the size of the film.
pub fn still_film(film: &Timeline, still: Id) -> Option<Timeline> {
    let clip = film.stills.get(&still)?.clip.clone();
    let mut ids = IdSource::seeded(1);
    let main =
        std::iter::repeat_with(|| ids.next_id()).find(|id| !film.sequences.contains_key(id))?;
    let mut sequence = Sequence::new(film.main()?.header.rate);
    sequence.header.raster = film.main()?.header.raster;
    let mut track = Track::sequential(ids.next_id(), TrackKind::Picture);
    let item = Item::clip(ids.next_id(), 1, clip);
    track.content = Content::Sequential(std::iter::once(item).collect::<Reel>());
    sequence.tracks.push_back(track.into());
    let mut alone = film.with_sequence(main, sequence);
    Arc::make_mut(&mut alone.settings).main = main;
    Some(alone)
}

/// An id for a still of this name that the film has not yet.
pub fn still_id(film: &Timeline, name: &str) -> Option<Id> {
    id_of_name(name, "still", &|id| film.stills.contains_key(id))
}

/// Where a clip begins, how long it is, and the clip.
fn spot(sequence: &Sequence, id: Id) -> Option<(i64, i64, &Clip)> {
    let found = sequence.find(id)?;
    match (&sequence.tracks.get(found.track)?.content, found.index) {
        (Content::Sequential(reel), Some(index)) => {
            let item = reel.get(index)?;
            Some((reel.start_of(index)?, item.length, item.clip.as_deref()?))
        }
        (Content::Free(layers), _) => {
            let layer = layers.get(&id)?;
            let start = sequence.start_of(layer)?.floor();
            Some((start, layer.length.floor(), &layer.clip))
        }
        _ => None,
    }
}

/// A clip held at a frame of it, with its own copy of all that was done to it there.
fn held(
    film: &Timeline,
    sequence: &Sequence,
    clip: &Clip,
    [within, length]: [i64; 2],
) -> Option<Clip> {
    let rate = sequence.header.rate;
    let footage = Footage::of(film, rate, &clip.source);
    let step = footage.step(clip.speed, rate)?;
    let rest = piece::tail(clip, step, length, within)?;
    let one = piece::head(&rest, step, length - within, 1)?;
    let half = Ratio::new(1, 2)?;
    let far = if step < Ratio::ZERO { Ratio::ZERO.minus(step)? } else { step };
    let seen = one.source_in.plus(far.times(half)?)?;
    let begun = if step < Ratio::ZERO { one.source_in.plus(far)? } else { one.source_in };
    let moment = [0.0, begun.to_f64()];
    let mut still = Clip::new(clip.source.clone());
    still.name.clone_from(&clip.name);
    still.speed = Ratio::ZERO;
    still.source_in = Frames::whole(seen.floor());
    still.look = one.look;
    if let Source::Shot(id) = &clip.source {
        let shot = film.shots.get(id)?;
        let take = shot.chosen()?;
        still.source = Source::Media(take.media);
        still.source_in = Frames::whole(frame_of(take, seen)?);
        let own = std::mem::take(&mut still.look);
        for look in [shot.look.clone(), take.look.clone(), own] {
            still.look.placement.extend(look.placement);
            still.look.effects.extend(look.effects);
            still.look.masks.extend(look.masks);
        }
    }
    if let Source::Generator(generator) = &mut still.source {
        fix(&mut generator.values, moment);
    }
    still.look.effects = opened(film, std::mem::take(&mut still.look.effects));
    settle(&mut still, moment);
    Some(still)
}

/// The frame of its media that a take shows at a position of the shot.
fn frame_of(take: &Take, at: Frames) -> Option<i64> {
    let on_take = at.plus(take.offset)?.floor();
    Some(take.frames.as_ref().map_or(on_take, |list| list.frame(on_take)))
}

/// Operations, with those of a shared look in its place; a look that is mixed or masked stays one.
fn opened(film: &Timeline, effects: Vec<Effect>) -> Vec<Effect> {
    let (kind, name) = SavedLook::EFFECT;
    let look_of = |effect: &Effect| {
        let is_plain = effect.kind == kind && effect.mix.is_none() && effect.masks.is_empty();
        match effect.values.get(name).filter(|_| is_plain).map(|param| param.at(0.0)) {
            Some(Value::Text(id)) => film.looks.get(&Id::parse(&id)?),
            _ => None,
        }
    };
    let mut open = Vec::with_capacity(effects.len());
    for effect in effects {
        match look_of(&effect) {
            Some(look) => open.extend(
                look.effects
                    .iter()
                    .map(|own| Effect { bypass: own.bypass || effect.bypass, ..own.clone() }),
            ),
            None => open.push(effect),
        }
    }
    open
}

/// Gives all operations and masks ids of their own, and every value what it is at the moment: frames from the
/// clip's first, and frames of its source.
fn settle(clip: &mut Clip, moment: [f64; 2]) {
    fix(&mut clip.look.placement, moment);
    let numbered = |letter: char, place: usize| Id::parse(&format!("{letter}{}", place + 1));
    let settle_masks = |masks: &mut Vec<Mask>| {
        for (place, mask) in masks.iter_mut().enumerate() {
            mask.id = numbered('m', place).unwrap_or(mask.id);
            fix(&mut mask.values, moment);
        }
    };
    settle_masks(&mut clip.look.masks);
    for (place, effect) in clip.look.effects.iter_mut().enumerate() {
        effect.id = numbered('e', place).unwrap_or(effect.id);
        fix(&mut effect.values, moment);
        if let Some(mix) = &mut effect.mix {
            *mix = fixed(mix, moment);
        }
        settle_masks(&mut effect.masks);
    }
}

fn fix(values: &mut BTreeMap<String, Param>, moment: [f64; 2]) {
    values.values_mut().for_each(|param| *param = fixed(param, moment));
}

fn fixed(param: &Param, [clip, content]: [f64; 2]) -> Param {
    match param {
        Param::Constant(_) => param.clone(),
        Param::Animated(curve) if curve.follow == Follow::Content => {
            Param::Constant(param.at(content))
        }
        Param::Animated(_) => Param::Constant(param.at(clip)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::media::MediaKind;
    use timeline_format::parameter::{Curve, Ease, Key};
    use timeline_format::sequence::Raster;
    use timeline_format::{Media, Rate, Shot};

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn key(at: i64, number: f64) -> Key {
        Key { at: Frames::whole(at), value: Value::Number(number), ease: Ease::Linear }
    }

    /// A film of one shot of ten frames from its frame 20, brighter from 0 to 1 stop.
    fn film() -> Timeline {
        let raster = Raster { width: 16, height: 9 };
        let mut film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        let mut media = Media::new(MediaKind::Video, "a.mov");
        (media.rate, media.length) = (Some(Rate::FILM), Some(Frames::whole(100)));
        film.media.insert(id("a"), Arc::new(media));
        let mut shot = Shot::new("A", id("t1"));
        let mut take = Take::new(id("t1"), id("a"));
        take.offset = Frames::whole(5);
        shot.takes.push(take);
        shot.look.effects.push(Effect::new(id("x"), "cdl"));
        film.shots.insert(id("s"), Arc::new(shot));
        let mut look = Effect::new(id("l"), "look");
        look.values.insert("look".into(), Param::Constant(Value::Text("dusk".into())));
        film.looks
            .insert(id("dusk"), Arc::new(SavedLook::new("Dusk", [Effect::new(id("q"), "zones")])));
        let mut clip = Clip::new(Source::Shot(id("s")));
        clip.source_in = Frames::whole(20);
        let mut exposure = Effect::new(id("x"), "exposure");
        let curve = Curve { keys: vec![key(0, 0.0), key(10, 1.0)], follow: Follow::Clip };
        exposure.values.insert("exposure".into(), Param::Animated(curve));
        clip.look.effects = vec![look, exposure];
        let mut track = Track::sequential(id("v1"), TrackKind::Picture);
        let item = Item::clip(id("c"), 10, clip);
        track.content = Content::Sequential(std::iter::once(item).collect::<Reel>());
        let mut sequence = Sequence::new(Rate::FILM);
        sequence.tracks.push_back(track.into());
        film.with_sequence(id("main"), sequence)
    }

    #[test]
    fn a_still_is_the_frame_and_the_grade_of_its_moment_and_stays_so() {
        let (film, scope) = (film(), Scope::of(id("main")));
        let kept = keep_still(&film, scope, (id("c"), 4, id("dawn"), "Dawn")).unwrap();
        assert_eq!(kept.made, [id("dawn")]);
        let film = kept.timeline;
        let still = &film.stills[&id("dawn")];
        assert_eq!((still.at, &still.clip.source), (4, &Source::Media(id("a"))));
        assert_eq!((still.clip.source_in, still.clip.speed), (Frames::whole(29), Ratio::ZERO));
        let kinds: Vec<_> = still.clip.look.effects.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(kinds, ["cdl", "zones", "exposure"]);
        let exposure = &still.clip.look.effects[2].values["exposure"];
        assert_eq!(exposure, &Param::number(0.4));
        let ids: Vec<_> = still.clip.look.effects.iter().map(|it| it.id.to_string()).collect();
        assert_eq!(ids, ["e1", "e2", "e3"]);
        let alone = still_film(&film, id("dawn")).unwrap();
        assert_eq!(alone.main().unwrap().length(), 1);
        assert!(still_film(&film, id("dusk")).is_none());
    }

    #[test]
    fn its_grade_or_a_part_of_it_is_given_and_it_is_taken_away() {
        let (film, scope) = (film(), Scope::of(id("main")));
        let film = keep_still(&film, scope, (id("c"), 0, id("dawn"), "Dawn")).unwrap().timeline;
        let mut ids = IdSource::seeded(7);
        let zones = |effect: &Effect| effect.kind == "zones";
        let give = (id("c"), id("dawn"), true);
        let given = give_still(&film, scope, give, &zones, &mut ids).unwrap().timeline;
        let effects = &given.main().unwrap().clip(id("c")).unwrap().look.effects;
        assert_eq!(effects.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>(), ["zones"]);
        assert!(give_still(&film, scope, give, &|_| false, &mut ids).is_err());
        assert!(keep_still(&film, scope, (id("c"), 10, id("x"), "X")).is_err());
        assert_eq!(still_id(&film, "Dawn"), Some(id("dawn2")));
        let film = remove_still(&film, id("dawn")).unwrap().timeline;
        assert!(film.stills.is_empty() && remove_still(&film, id("dawn")).is_err());
    }
}
