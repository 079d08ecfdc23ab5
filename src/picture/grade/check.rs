//! What is wrong with a film's effects: kinds, parameters and values that no catalogue has.

use super::{ALL, Operation, named};
use crate::picture::values;
use std::collections::BTreeMap;
use timeline_format::problem::FilmPlace;
use timeline_format::shot::Look;
use timeline_format::track::Content;
use timeline_format::{Clip, Effect, Id, Param, Problem, Ratio, Sequence, Timeline, Track, Value};

/// Every effect of a film that is left out because nobody here knows it, and every value of one that is not
/// taken as it is stated. Kinds of other programs, `x:vendor.name`, are kept and are no problem.
pub fn problems(film: &Timeline) -> Vec<Problem> {
    let mut found = Vec::new();
    for (id, shot) in &film.shots {
        let takes = shot.takes.iter().map(|take| &take.look);
        for look in std::iter::once(&shot.look).chain(takes) {
            let place = |problem: Problem| problem.in_file(format!("/shots/{id}"));
            found.extend(of_look(look).into_iter().map(place));
        }
    }
    for (id, sequence) in &film.sequences {
        sequence.tracks.iter().for_each(|track| of_track((*id, sequence), track, &mut found));
    }
    found
}

fn of_track((id, sequence): (Id, &Sequence), track: &Track, found: &mut Vec<Problem>) {
    let mut add = |clip: Id, of: &Clip, start: Option<i64>| {
        if of.look.effects.is_empty() {
            return;
        }
        let place = FilmPlace::sequence(id).track(track.id).clip(clip);
        let place = match start {
            Some(start) => place.frame(sequence, start),
            None => place,
        };
        let placed = of_look(&of.look).into_iter();
        found.extend(placed.map(|it| it.in_film(place.clone()).in_file(format!("/clips/{clip}"))));
    };
    match &track.content {
        Content::Sequential(reel) => {
            for (start, item) in reel.placed() {
                item.clip.iter().for_each(|clip| add(item.id, clip, Some(start)));
            }
        }
        Content::Free(layers) => {
            for (id, layer) in layers {
                add(*id, &layer.clip, sequence.start_of(layer).map(Ratio::floor));
            }
        }
    }
}

fn of_look(look: &Look) -> Vec<Problem> {
    look.effects.iter().flat_map(of_effect).collect()
}

fn of_effect(effect: &Effect) -> Vec<Problem> {
    let Effect { id, kind, .. } = effect;
    match named(kind) {
        Some(operation) => of_values(*id, operation, &effect.values),
        None if kind.starts_with("x:") => Vec::new(),
        None => {
            let known: Vec<_> = ALL.iter().map(|operation| operation.id).collect();
            let words = format!("effect {id} is left out: there is no {kind:?}");
            let remedy = format!("see `roomtone list grade`: {}", known.join(", "));
            vec![Problem::warning("unknown-effect", words).remedy(remedy)]
        }
    }
}

fn of_values(id: Id, operation: &Operation, stated: &BTreeMap<String, Param>) -> Vec<Problem> {
    let of_value = |(name, param): (&String, &Param)| {
        let parameter = operation.parameters.iter().find(|known| known.id == name);
        let Some(parameter) = parameter else {
            let known: Vec<_> = operation.parameters.iter().map(|known| known.id).collect();
            let words = format!("effect {id}, {}, has no {name:?}", operation.id);
            let remedy = format!("it has {}", known.join(", "));
            return Some(Problem::warning("unknown-effect-value", words).remedy(remedy));
        };
        let wanted = stated_values(param).find_map(|it| values::asked_for(parameter, it))?;
        let words = format!("{name} of effect {id}, {}, is not {wanted}", operation.id);
        Some(Problem::warning("effect-value", words).remedy("another value is taken for it"))
    };
    stated.iter().filter_map(of_value).collect()
}

/// What a parameter says: its one value, or that of every key.
fn stated_values(param: &Param) -> Box<dyn Iterator<Item = &Value> + '_> {
    match param {
        Param::Constant(value) => Box::new(std::iter::once(value)),
        Param::Animated(curve) => Box::new(curve.keys.iter().map(|key| &key.value)),
    }
}
