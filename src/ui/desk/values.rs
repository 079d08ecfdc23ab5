//! Values of what is chosen: what they are at the playhead, their keys about it, and the edits of them.
//!
//! A value that moves is set by a key at the playhead; one that does not is set as it is. Several of the same
//! kind (those of several clips) are set together. While a hand is at it, all is one edit.

use super::Desk;
use crate::edit::{self, Automated, Edited, Refused, Ruler, Scope, Target};
use crate::picture::values::usual;
use crate::signal::Parameter;
use std::collections::BTreeSet;
use timeline_format::parameter::{Ease, Follow, Key};
use timeline_format::track::TrackKind;
use timeline_format::{Frames, Id, IdSource, Param, Ratio, Source, Timeline, Value};

/// How many values are looked at to say whether they differ.
const MANY: usize = 200;

/// The ways from a key to the next, and what they are called.
pub(in crate::ui) const EASES: [(&str, Ease); 5] = [
    ("Linear", Ease::Linear),
    ("Hold", Ease::Hold),
    ("Ease", Ease::Ease),
    ("Slow away from this key", Ease::Bezier([0.42, 0.0, 1.0, 1.0])),
    ("Slow towards the next key", Ease::Bezier([0.0, 0.0, 0.58, 1.0])),
];

/// A value at the playhead.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Reading {
    /// What it is.
    pub(in crate::ui) value: Value,
    /// Whether somebody said so.
    pub(in crate::ui) is_stated: bool,
    /// Whether others of those that were asked for have another.
    pub(in crate::ui) is_mixed: bool,
    /// Its keys, if it has some.
    pub(in crate::ui) keys: Option<Keys>,
}

/// The keys of a value about the playhead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ui) struct Keys {
    /// How the key at the playhead leads on.
    pub(in crate::ui) here: Option<Ease>,
    /// How the key at the playhead, or else the last one before, leads on.
    pub(in crate::ui) ease: Option<Ease>,
    /// The frame of the last key before.
    pub(in crate::ui) before: Option<i64>,
    /// The frame of the next key.
    pub(in crate::ui) after: Option<i64>,
}

impl Desk {
    /// What is stated of a value.
    pub(in crate::ui) fn stated(&self, value: &Automated) -> Option<&Param> {
        value.stated(self.sequence()?)
    }

    /// What holds of a value: what is stated of it, or of the shot that its clip shows.
    pub(in crate::ui) fn given(&self, value: &Automated) -> Option<&Param> {
        value.given(self.film()?.now(), self.sequence()?)
    }

    /// How the places of a value's keys belong to frames.
    pub(in crate::ui) fn ruler(&self, value: &Automated, follow: Follow) -> Option<Ruler> {
        Ruler::of(self.film()?.now(), self.sequence()?, value, follow)
    }

    /// The values of one kind at the playhead: the first one's, and whether the others have another.
    pub(in crate::ui) fn read(&self, parameter: &Parameter, of: &[Automated]) -> Option<Reading> {
        let (lead, others) = of.split_first()?;
        let value = self.value_at_playhead(parameter, lead);
        let differs = |other: &Automated| self.value_at_playhead(parameter, other) != value;
        Some(Reading {
            is_mixed: others.iter().take(MANY).any(differs),
            is_stated: of.iter().take(MANY).any(|value| self.stated(value).is_some()),
            keys: self.keys_about(lead),
            value,
        })
    }

    fn value_at_playhead(&self, parameter: &Parameter, of: &Automated) -> Value {
        let read = |param: &Param| {
            let follow = edit::follow_of(Some(param), Follow::Clip);
            let place = self.ruler(of, follow)?.place_at(Frames::whole(self.position()))?;
            Some(param.at(place.to_f64()))
        };
        self.given(of).and_then(read).unwrap_or_else(|| usual(parameter.kind))
    }

    fn keys_about(&self, of: &Automated) -> Option<Keys> {
        let param = self.given(of).filter(|param| !edit::keys_of(Some(param)).is_empty())?;
        let follow = edit::follow_of(Some(param), Follow::Clip);
        let ruler = self.ruler(of, follow)?;
        let at = self.position();
        let frame_of = |key: &Key| ruler.frame_of(key.at).map(Ratio::round);
        let keys =
            || edit::keys_of(Some(param)).iter().filter_map(|key| Some((frame_of(key)?, key)));
        let frames = || keys().map(|(frame, _)| frame);
        Some(Keys {
            here: keys().find(|(frame, _)| *frame == at).map(|(_, key)| key.ease),
            ease: keys()
                .filter(|(frame, _)| *frame <= at)
                .max_by_key(|it| it.0)
                .map(|it| it.1.ease),
            before: frames().filter(|frame| *frame < at).max(),
            after: frames().filter(|frame| *frame > at).min(),
        })
    }

    /// The same value of every chosen clip that has it, the one that is given first.
    pub(in crate::ui) fn alike(&self, value: &Automated) -> Vec<Automated> {
        let Automated::Clip(lead, target) = value else { return vec![value.clone()] };
        if let Target::Effect(effect, name) = target {
            let like = self.effects_like(*lead, *effect).into_iter();
            let of = |(clip, id)| Automated::Clip(clip, Target::Effect(id, name.clone()));
            return like.map(of).collect();
        }
        if let Target::Mix(effect) = target {
            let like = self.effects_like(*lead, *effect).into_iter();
            return like.map(|(clip, id)| Automated::Clip(clip, Target::Mix(id))).collect();
        }
        if matches!(target, Target::Mask(..)) {
            return vec![value.clone()];
        }
        let kind = self.kind_of(*lead);
        let has = |other: &Id| match target {
            Target::Generator(_) => self.made_by(*other) == self.made_by(*lead),
            _ => self.kind_of(*other) == kind,
        };
        let chosen = self.selection.clips().iter().copied();
        let others = chosen.filter(|other| other != lead).filter(has);
        let others = others.map(|other| Automated::Clip(other, target.clone()));
        std::iter::once(value.clone()).chain(others).collect()
    }

    /// Whether a clip lies among pictures or sounds.
    pub(in crate::ui) fn kind_of(&self, clip: Id) -> Option<TrackKind> {
        let sequence = self.sequence()?;
        let found = sequence.find(clip)?;
        Some(sequence.tracks.get(found.track)?.header.kind)
    }

    fn made_by(&self, clip: Id) -> Option<&str> {
        match &self.clip(clip)?.source {
            Source::Generator(made) => Some(&made.kind),
            _ => None,
        }
    }

    /// Sets values of one kind, as a part of what the hand does now: those that move by a key at the playhead.
    pub(in crate::ui) fn set_values(&mut self, name: &str, of: &[Automated], value: &Value) {
        let at = self.position();
        self.edit_live(name, |film, scope, ids| {
            change(film, scope, ids, of, |film, of, param| {
                if edit::keys_of(param).is_empty() {
                    return Some(Some(Param::Constant(value.clone())));
                }
                Some(Some(keyed(film, scope, of, param, (at, value.clone()))?))
            })
        });
    }

    /// Takes values back to what they are without being stated.
    pub(in crate::ui) fn reset_values(&mut self, name: &str, of: &[Automated]) {
        let gone: Vec<_> = of.iter().map(|value| (value.clone(), None)).collect();
        self.edit(name, |film, scope, ids| edit::set_values(film, scope, &gone, ids));
    }

    /// Sets a key at the playhead, or takes away the one that is there.
    pub(in crate::ui) fn toggle_key(
        &mut self,
        name: &str,
        parameter: &Parameter,
        of: &[Automated],
    ) {
        let is_here = of.first().and_then(|lead| self.keys_about(lead)?.here).is_some();
        if is_here {
            return self.remove_keys_here(name, of);
        }
        let at = self.position();
        let values: Vec<Value> =
            of.iter().map(|value| self.value_at_playhead(parameter, value)).collect();
        self.edit(&format!("Set key of {name}"), |film, scope, ids| {
            let mut values = values.into_iter();
            change(film, scope, ids, of, |film, of, param| {
                Some(Some(keyed(film, scope, of, param, (at, values.next()?))?))
            })
        });
    }

    fn remove_keys_here(&mut self, name: &str, of: &[Automated]) {
        let at = self.position();
        self.edit(&format!("Remove key of {name}"), |film, scope, ids| {
            change(film, scope, ids, of, |film, of, param| {
                let places = places_at(film, scope, of, param, at);
                Some(param.map(|param| edit::without_keys(param, &places)))
            })
        });
    }

    /// Has the keys at the playhead lead on in another way; where there is none, the last one before it.
    pub(in crate::ui) fn set_ease(&mut self, name: &str, of: &[Automated], ease: Ease) {
        let at = self.position();
        self.edit(&format!("Ease of {name}"), |film, scope, ids| {
            change(film, scope, ids, of, |film, of, param| {
                let places = places_at(film, scope, of, param, at);
                Some(param.map(|param| edit::with_ease(param, &places, ease)))
            })
        });
    }

    /// Takes all keys of values away: each stays as it is at the playhead.
    pub(in crate::ui) fn still_values(
        &mut self,
        name: &str,
        parameter: &Parameter,
        of: &[Automated],
    ) {
        let still = |value: &Automated| {
            let now = self.value_at_playhead(parameter, value);
            (value.clone(), Some(Param::Constant(now)))
        };
        let changes: Vec<_> = of.iter().map(still).collect();
        self.edit(&format!("Remove keys of {name}"), |film, scope, ids| {
            edit::set_values(film, scope, &changes, ids)
        });
    }
}

/// Sets each of `of` to what `new` makes of it.
fn change(
    film: &Timeline,
    scope: Scope,
    ids: &mut IdSource,
    of: &[Automated],
    mut new: impl FnMut(&Timeline, &Automated, Option<&Param>) -> Option<Option<Param>>,
) -> Result<Edited, Refused> {
    let missing = Refused::NoSuch { what: "sequence", id: scope.sequence };
    let sequence = film.sequences.get(&scope.sequence).ok_or(missing)?;
    let changed = of.iter().map(|value| {
        let param = new(film, value, value.given(film, sequence)).ok_or(Refused::TooBig)?;
        Ok((value.clone(), param))
    });
    let changes = changed.collect::<Result<Vec<_>, Refused>>()?;
    edit::set_values(film, scope, &changes, ids)
}

/// A value with a key at a frame: the one that is there, or a new one.
fn keyed(
    film: &Timeline,
    scope: Scope,
    of: &Automated,
    param: Option<&Param>,
    (frame, value): (i64, Value),
) -> Option<Param> {
    let follow = edit::follow_of(param, Follow::Clip);
    let ruler = Ruler::of(film, film.sequences.get(&scope.sequence)?, of, follow)?;
    let is_here = |key: &&Key| ruler.frame_of(key.at).is_some_and(|at| at.round() == frame);
    let known = edit::keys_of(param).iter().find(is_here).map(|key| key.at);
    let at = known.or_else(|| ruler.place_at(Frames::whole(frame)))?;
    Some(edit::with_key(param, Key { at, value, ease: usual_ease(of) }, follow))
}

/// The place of the key at a frame, else of the last one before it.
fn places_at(
    film: &Timeline,
    scope: Scope,
    of: &Automated,
    param: Option<&Param>,
    frame: i64,
) -> BTreeSet<Frames> {
    let follow = edit::follow_of(param, Follow::Clip);
    let sequence = film.sequences.get(&scope.sequence);
    let ruler = sequence.and_then(|sequence| Ruler::of(film, sequence, of, follow));
    let Some(ruler) = ruler else { return BTreeSet::new() };
    let placed = edit::keys_of(param).iter().filter_map(|key| {
        let at = ruler.frame_of(key.at)?.round();
        (at <= frame).then_some((at, key.at))
    });
    placed.max().map(|(_, place)| place).into_iter().collect()
}

/// The way of a value's first key: sound moves straight, pictures gently.
pub(super) fn usual_ease(of: &Automated) -> Ease {
    match of {
        Automated::Strip(..) | Automated::Clip(_, Target::Gain | Target::Pan) => Ease::Linear,
        Automated::Clip(..) | Automated::Transition(..) => Ease::Ease,
    }
}
