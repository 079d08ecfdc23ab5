//! Values of a clip: placement, effects, level, fades, and keyframes on them.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Clip, Effect, Fade, Frames, Id, IdSource, Param, Source, Timeline, Value};

/// Which value of a clip.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Placement by name: `position`, `scale`, `opacity` ...
    Placement(String),
    /// A value of an effect of the clip.
    Effect(Id, String),
    /// How much of an effect is seen.
    Mix(Id),
    /// A value of a mask: of an effect's, or of those that say what is left of the picture.
    Mask(Option<Id>, Id, String),
    /// A value of the generator that it shows.
    Generator(String),
    /// The level of its sound, in dB.
    Gain,
    /// The position of its sound, -1 to 1.
    Pan,
}

/// Sets a value of a clip; `None` takes it back to what it is without.
pub fn set_parameter(
    film: &Timeline,
    scope: Scope,
    (clip, target, value): (Id, &Target, Option<Param>),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if let Some(Param::Animated(curve)) = &value {
        check_keys(&curve.keys)?;
    }
    change(film, scope, clip, ids, |clip| put(clip, target, value))
}

/// A keyframe to set.
#[derive(Debug, Clone, PartialEq)]
pub struct SetKey {
    /// The clip.
    pub clip: Id,
    /// Which of its values.
    pub target: Target,
    /// Where: frames of the sequence from the clip's head, or of the source, as the curve counts.
    pub at: Frames,
    /// The value there.
    pub value: Value,
    /// The way to the next key.
    pub ease: Ease,
    /// What a curve that this key begins counts from; a curve that is there keeps its own.
    pub follow: Follow,
}

/// Sets a keyframe: a new one, or another value for the one at the same place. A constant becomes a
/// curve of this one key.
pub fn set_key(
    film: &Timeline,
    scope: Scope,
    edit: &SetKey,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, edit.clip, ids, |clip| {
        let mut curve = match get(clip, &edit.target) {
            Some(Param::Animated(curve)) => curve.clone(),
            _ => Curve { keys: Vec::new(), follow: edit.follow },
        };
        let key = Key { at: edit.at, value: edit.value.clone(), ease: edit.ease };
        match curve.keys.binary_search_by(|known| known.at.cmp(&edit.at)) {
            Ok(index) => curve.keys[index] = key,
            Err(index) => curve.keys.insert(index, key),
        }
        put(clip, &edit.target, Some(Param::Animated(curve)))
    })
}

/// Removes the keyframe at a place; the last one leaves its value as a constant.
pub fn remove_key(
    film: &Timeline,
    scope: Scope,
    (clip, target, at): (Id, &Target, Frames),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, clip, ids, |clip| {
        let none = || Refused::Value(format!("there is no keyframe at {at}"));
        let Some(Param::Animated(curve)) = get(clip, target) else { return Err(none()) };
        let mut curve = curve.clone();
        let index = curve.keys.iter().position(|key| key.at == at).ok_or_else(none)?;
        let gone = curve.keys.remove(index);
        let is_last = curve.keys.is_empty();
        let left = if is_last { Param::Constant(gone.value) } else { Param::Animated(curve) };
        put(clip, target, Some(left))
    })
}

/// Puts an effect on a clip, at a place in their order; one with the same id is replaced.
pub fn put_effect(
    film: &Timeline,
    scope: Scope,
    (clip, index, effect): (Id, usize, Effect),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, clip, ids, |clip| {
        clip.look.effects.retain(|known| known.id != effect.id);
        let index = index.min(clip.look.effects.len());
        clip.look.effects.insert(index, effect);
        Ok(())
    })
}

/// Changes an effect of a clip.
pub fn change_effect(
    film: &Timeline,
    scope: Scope,
    (clip, effect): (Id, Id),
    edit: impl FnOnce(&mut Effect),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, clip, ids, |clip| {
        let found = clip.look.effects.iter_mut().find(|known| known.id == effect);
        found.map(edit).ok_or(Refused::NoSuch { what: "effect", id: effect })
    })
}

/// Takes an effect off a clip.
pub fn remove_effect(
    film: &Timeline,
    scope: Scope,
    (clip, effect): (Id, Id),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, clip, ids, |clip| {
        let count = clip.look.effects.len();
        clip.look.effects.retain(|known| known.id != effect);
        let is_gone = clip.look.effects.len() < count;
        is_gone.then_some(()).ok_or(Refused::NoSuch { what: "effect", id: effect })
    })
}

/// Sets the level of a clip's sound to a constant, in dB.
pub fn set_gain(
    film: &Timeline,
    scope: Scope,
    (clip, decibels): (Id, f64),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if !decibels.is_finite() {
        return Err(Refused::Value(format!("{decibels} dB is no level")));
    }
    set_parameter(film, scope, (clip, &Target::Gain, Some(Param::number(decibels))), ids)
}

/// Sets the fade of a clip's sound at an edge; `None` takes it off. Both fades of a clip together
/// are no longer than the clip.
pub fn set_fade(
    film: &Timeline,
    scope: Scope,
    (clip, edge, fade): (Id, Edge, Option<Fade>),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let length = length_of(film, scope, clip)?;
    change(film, scope, clip, ids, |clip| {
        let sound = &mut clip.sound;
        let (here, there) = match edge {
            Edge::Head => (&mut sound.fade_in, sound.fade_out),
            Edge::Tail => (&mut sound.fade_out, sound.fade_in),
        };
        let taken = there.map_or(Frames::ZERO, |fade| fade.length);
        let room = length.minus(taken).ok_or(Refused::TooBig)?;
        if let Some(fade) = fade.filter(|fade| fade.length <= Frames::ZERO || fade.length > room) {
            let text = format!("a fade of {} frames does not fit: there are {room}", fade.length);
            return Err(Refused::Value(text));
        }
        *here = fade;
        Ok(())
    })
}

/// How long a clip or a free item is, in frames of the sequence.
pub(super) fn length_of(film: &Timeline, scope: Scope, clip: Id) -> Result<Frames, Refused> {
    let missing = Refused::NoSuch { what: "clip", id: clip };
    let found = film.sequences.get(&scope.sequence).and_then(|sequence| {
        let found = sequence.find(clip)?;
        let track = sequence.tracks.get(found.track)?;
        match found.index {
            Some(index) => Some(Frames::whole(track.reel()?.get(index)?.length)),
            None => Some(track.layers()?.get(&clip)?.length),
        }
    });
    found.ok_or(missing)
}

fn change(
    film: &Timeline,
    scope: Scope,
    clip: Id,
    ids: &mut IdSource,
    change: impl FnOnce(&mut Clip) -> Result<(), Refused>,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    work.change_clip(clip, change)?;
    work.finish()
}

pub(super) fn check_keys(keys: &[Key]) -> Result<(), Refused> {
    let rising = keys.windows(2).all(|pair| pair[0].at < pair[1].at);
    if rising && !keys.is_empty() {
        return Ok(());
    }
    Err(Refused::Value("a curve has keyframes, each behind the one before it".to_owned()))
}

pub(super) fn get<'a>(clip: &'a Clip, target: &Target) -> Option<&'a Param> {
    match target {
        Target::Placement(name) => clip.look.placement.get(name),
        Target::Effect(id, name) => {
            clip.look.effects.iter().find(|effect| effect.id == *id)?.values.get(name)
        }
        Target::Mix(id) => clip.look.effects.iter().find(|it| it.id == *id)?.mix.as_ref(),
        Target::Mask(effect, id, name) => {
            let look = &clip.look;
            let masks = match effect {
                Some(effect) => &look.effects.iter().find(|it| it.id == *effect)?.masks,
                None => &look.masks,
            };
            masks.iter().find(|mask| mask.id == *id)?.values.get(name)
        }
        Target::Generator(name) => match &clip.source {
            Source::Generator(generator) => generator.values.get(name),
            _ => None,
        },
        Target::Gain => clip.sound.gain.as_ref(),
        Target::Pan => clip.sound.pan.as_ref(),
    }
}

fn effect_mut(effects: &mut [Effect], id: Id) -> Result<&mut Effect, Refused> {
    let found = effects.iter_mut().find(|effect| effect.id == id);
    found.ok_or(Refused::NoSuch { what: "effect", id })
}

pub(super) fn put(clip: &mut Clip, target: &Target, value: Option<Param>) -> Result<(), Refused> {
    let (values, name) = match target {
        Target::Gain => {
            clip.sound.gain = value;
            return Ok(());
        }
        Target::Pan => {
            clip.sound.pan = value;
            return Ok(());
        }
        Target::Placement(name) => (&mut clip.look.placement, name),
        Target::Effect(id, name) => (&mut effect_mut(&mut clip.look.effects, *id)?.values, name),
        Target::Mix(id) => {
            effect_mut(&mut clip.look.effects, *id)?.mix = value;
            return Ok(());
        }
        Target::Mask(effect, id, name) => {
            let masks = match effect {
                Some(effect) => &mut effect_mut(&mut clip.look.effects, *effect)?.masks,
                None => &mut clip.look.masks,
            };
            let mask = masks.iter_mut().find(|mask| mask.id == *id);
            (&mut mask.ok_or(Refused::NoSuch { what: "mask", id: *id })?.values, name)
        }
        Target::Generator(name) => match &mut clip.source {
            Source::Generator(generator) => (&mut generator.values, name),
            _ => return Err(Refused::Value("the clip shows no generator".to_owned())),
        },
    };
    match value {
        Some(value) => values.insert(name.clone(), value),
        None => values.remove(name),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip_id, film, joined, razored, rippled, scope};
    use crate::edit::{Keep, Ripple, SetSpeed, set_speed};
    use timeline_format::{FadeShape, Ratio};

    fn keyed(follow: Follow) -> Timeline {
        let mut ids = IdSource::seeded(1);
        let mut film = film("|AAAAAAAA|BB|");
        for (at, value, ease) in [
            (0, 0.0, Ease::Bezier([0.25, 0.1, 0.25, 1.0])),
            (7, 10.0, Ease::Linear),
            (3, 4.0, Ease::Ease),
        ] {
            let edit = SetKey {
                clip: clip_id("A"),
                target: Target::Placement("scale".to_owned()),
                at: Frames::whole(at),
                value: Value::Number(value),
                ease,
                follow,
            };
            film = set_key(&film, scope(), &edit, &mut ids).unwrap().timeline;
        }
        film
    }

    /// The value of `scale` at every frame of the sequence.
    fn sampled(film: &Timeline) -> Vec<f64> {
        let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
        let mut values = Vec::new();
        for item in reel.iter() {
            let clip = item.clip.as_ref().unwrap();
            for frame in 0..item.length {
                let Some(param) = clip.look.placement.get("scale") else { continue };
                let from = match param {
                    Param::Animated(Curve { follow: Follow::Content, .. }) => {
                        clip.source_in.to_f64()
                    }
                    _ => 0.0,
                };
                values.push(param.number_at(from + frame as f64, f64::NAN));
            }
        }
        values
    }

    #[test]
    fn a_split_and_a_trim_leave_the_curve_where_it_was() {
        for follow in [Follow::Clip, Follow::Content] {
            let film = keyed(follow);
            let mut ids = IdSource::seeded(2);
            let cut = razored(5)(&film, scope(), &mut ids).unwrap().timeline;
            assert_eq!(cut.main().unwrap().tracks[0].reel().unwrap().count(), 3);
            assert_eq!(sampled(&cut), sampled(&film));
            let second = cut.main().unwrap().tracks[0].reel().unwrap().get(1).unwrap().id;
            let edit = crate::edit::Join { clip: second };
            let whole = crate::edit::join(&cut, scope(), &edit, &mut ids).unwrap().timeline;
            assert!(whole == film);
            let trimmed = rippled("A", Edge::Head, 2)(&film, scope(), &mut ids).unwrap().timeline;
            assert_eq!(sampled(&trimmed), sampled(&film)[2..]);
        }
        assert!(joined("B")(&keyed(Follow::Clip), scope(), &mut IdSource::seeded(3)).is_err());
    }

    #[test]
    fn twice_the_speed_and_half_of_it_again_is_nothing() {
        let film = keyed(Follow::Clip);
        let mut ids = IdSource::seeded(2);
        let mut now = film.clone();
        for speed in [Ratio::whole(2), Ratio::ONE] {
            let keep = Keep::Source(Ripple::Follow);
            let edit = SetSpeed { clip: clip_id("A"), speed, keep };
            now = set_speed(&now, scope(), &edit, &mut ids).unwrap().timeline;
        }
        assert!(now == film);
    }

    #[test]
    fn keys_are_removed_one_by_one() {
        let mut film = keyed(Follow::Clip);
        let mut ids = IdSource::seeded(2);
        let target = Target::Placement("scale".to_owned());
        for at in [3, 0, 7] {
            let key = (clip_id("A"), &target, Frames::whole(at));
            film = remove_key(&film, scope(), key, &mut ids).unwrap().timeline;
            assert!(remove_key(&film, scope(), key, &mut ids).is_err());
        }
        assert_eq!(sampled(&film)[0], 10.0);
        let film = set_parameter(&film, scope(), (clip_id("A"), &target, None), &mut ids).unwrap();
        assert!(sampled(&film.timeline).is_empty());
    }

    #[test]
    fn fades_fit_into_their_clip() {
        let mut ids = IdSource::seeded(2);
        let fade = |length| Some(Fade { length: Frames::whole(length), shape: FadeShape::Smooth });
        let start = film("|AAAA|");
        let set = |film: &Timeline, edge, length, ids: &mut IdSource| {
            set_fade(film, scope(), (clip_id("A"), edge, fade(length)), ids)
        };
        let film = set(&start, Edge::Head, 3, &mut ids).unwrap().timeline;
        assert!(set(&film, Edge::Tail, 2, &mut ids).is_err());
        assert!(set(&film, Edge::Tail, 0, &mut ids).is_err());
        let film = set(&film, Edge::Tail, 1, &mut ids).unwrap().timeline;
        let short = rippled("A", Edge::Tail, -2)(&film, scope(), &mut ids).unwrap().timeline;
        let sound = short.main().unwrap().clip(clip_id("A")).unwrap().sound.clone();
        assert_eq!((sound.fade_in, sound.fade_out), (fade(2), None));
        assert!(set_gain(&film, scope(), (clip_id("A"), f64::NAN), &mut ids).is_err());
    }
}
