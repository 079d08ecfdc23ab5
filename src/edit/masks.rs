//! Masks of clips, of shots and of their effects: put on, changed, ordered, taken off.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use crate::edit::takes::change_shot;
use timeline_format::shot::Look;
use timeline_format::{Id, IdSource, Mask, Timeline};

/// Where masks are: in the look of a clip or of a shot, or on one of its effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Masked {
    /// Whose look it is.
    pub whose: Whose,
    /// The effect, where they say where it works; `None`: they say what is left of the picture.
    pub effect: Option<Id>,
}

/// Whose look it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A clip's or a free item's.
    Clip(Id),
    /// That of every clip of a shot.
    Shot(Id),
}

/// Puts a mask at a place in their order; one with the same id is replaced.
pub fn put_mask(
    film: &Timeline,
    scope: Scope,
    (masked, index, mask): (Masked, usize, Mask),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, masked, ids, |masks| {
        masks.retain(|known| known.id != mask.id);
        masks.insert(index.min(masks.len()), mask);
        Ok(())
    })
}

/// Changes a mask.
pub fn change_mask(
    film: &Timeline,
    scope: Scope,
    (masked, mask): (Masked, Id),
    edit: impl FnOnce(&mut Mask),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, masked, ids, |masks| {
        let found = masks.iter_mut().find(|known| known.id == mask);
        found.map(edit).ok_or(Refused::NoSuch { what: "mask", id: mask })
    })
}

/// Takes a mask off.
pub fn remove_mask(
    film: &Timeline,
    scope: Scope,
    (masked, mask): (Masked, Id),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, masked, ids, |masks| {
        let count = masks.len();
        masks.retain(|known| known.id != mask);
        let is_gone = masks.len() < count;
        is_gone.then_some(()).ok_or(Refused::NoSuch { what: "mask", id: mask })
    })
}

/// Moves a mask to a place in their order, counted without it.
pub fn move_mask(
    film: &Timeline,
    scope: Scope,
    (masked, mask, index): (Masked, Id, usize),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, masked, ids, |masks| {
        let found = masks.iter().position(|known| known.id == mask);
        let moved = masks.remove(found.ok_or(Refused::NoSuch { what: "mask", id: mask })?);
        masks.insert(index.min(masks.len()), moved);
        Ok(())
    })
}

fn change(
    film: &Timeline,
    scope: Scope,
    masked: Masked,
    ids: &mut IdSource,
    change: impl FnOnce(&mut Vec<Mask>) -> Result<(), Refused>,
) -> Result<Edited, Refused> {
    match masked.whose {
        Whose::Clip(clip) => {
            let mut work = Work::begin(film, scope, ids)?;
            work.change_clip(clip, |clip| change(list(&mut clip.look, masked.effect)?))?;
            work.finish()
        }
        Whose::Shot(shot) => {
            let changed =
                change_shot(film, shot, |shot| change(list(&mut shot.look, masked.effect)?))?;
            Ok(Edited::plain(changed))
        }
    }
}

fn list(look: &mut Look, effect: Option<Id>) -> Result<&mut Vec<Mask>, Refused> {
    let Some(effect) = effect else { return Ok(&mut look.masks) };
    let found = look.effects.iter_mut().find(|known| known.id == effect);
    found.map(|it| &mut it.masks).ok_or(Refused::NoSuch { what: "effect", id: effect })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip_id, film, id, razored, scope};
    use crate::edit::{SetKey, Target, put_effect, set_key};
    use timeline_format::parameter::{Curve, Ease, Follow};
    use timeline_format::{Effect, Frames, Param, Value};

    fn of(effect: Option<Id>) -> Masked {
        Masked { whose: Whose::Clip(clip_id("A")), effect }
    }

    fn names(film: &Timeline, effect: Option<Id>) -> Vec<String> {
        let mut look = film.main().unwrap().clip(clip_id("A")).unwrap().look.clone();
        list(&mut look, effect).unwrap().iter().map(|mask| mask.id.to_string()).collect()
    }

    #[test]
    fn masks_of_a_clip_and_of_its_effect_are_put_on_ordered_and_taken_off() {
        let mut ids = IdSource::seeded(1);
        let mut now = film("|AAAA|BB|");
        let effect = Effect::new(id("glow"), "glow");
        now = put_effect(&now, scope(), (clip_id("A"), 0, effect), &mut ids).unwrap().timeline;
        for of in [of(None), of(Some(id("glow")))] {
            for name in ["one", "two"] {
                let put = (of, usize::MAX, Mask::new(id(name), "ellipse"));
                now = put_mask(&now, scope(), put, &mut ids).unwrap().timeline;
            }
            now = move_mask(&now, scope(), (of, id("two"), 0), &mut ids).unwrap().timeline;
            assert_eq!(names(&now, of.effect), ["two", "one"]);
            now = remove_mask(&now, scope(), (of, id("two")), &mut ids).unwrap().timeline;
            assert!(remove_mask(&now, scope(), (of, id("two")), &mut ids).is_err());
            assert_eq!(names(&now, of.effect), ["one"]);
        }
        let nobody = (of(Some(id("nobody"))), 0, Mask::new(id("one"), "ellipse"));
        assert!(put_mask(&now, scope(), nobody, &mut ids).is_err());
    }

    #[test]
    fn keys_of_masks_and_of_mixes_stay_on_the_picture_under_a_split() {
        let mut ids = IdSource::seeded(1);
        let mut now = film("|AAAA|BB|");
        let effect = Effect::new(id("glow"), "glow");
        now = put_effect(&now, scope(), (clip_id("A"), 0, effect), &mut ids).unwrap().timeline;
        let put = (of(Some(id("glow"))), 0, Mask::new(id("one"), "ellipse"));
        now = put_mask(&now, scope(), put, &mut ids).unwrap().timeline;
        let targets = [
            Target::Mix(id("glow")),
            Target::Mask(Some(id("glow")), id("one"), "opacity".to_owned()),
        ];
        for target in targets.clone() {
            let key = SetKey {
                clip: clip_id("A"),
                target,
                at: Frames::whole(3),
                value: Value::Number(0.5),
                ease: Ease::Linear,
                follow: Follow::Clip,
            };
            now = set_key(&now, scope(), &key, &mut ids).unwrap().timeline;
        }
        let cut = razored(2)(&now, scope(), &mut ids).unwrap().timeline;
        let second = cut.main().unwrap().tracks[0].reel().unwrap().get(1).unwrap().clip.clone();
        for target in targets {
            let found = crate::edit::parameters::get(second.as_ref().unwrap(), &target);
            let Some(Param::Animated(Curve { keys, .. })) = found else { panic!("{target:?}") };
            assert_eq!(keys[0].at, Frames::whole(1), "{target:?}");
        }
    }
}
