//! What is wrong with a film's effects and masks: kinds, parameters and values that no catalogue has.

use super::effects::{all, named};
use super::grade;
use super::masks::{self, COMMON};
use super::values;
use signal::Parameter;
use std::collections::BTreeMap;
use timeline_format::problem::FilmPlace;
use timeline_format::shot::Look;
use timeline_format::track::Content;
use timeline_format::{
    Clip, Effect, Id, Mask, Param, Problem, Ratio, SavedLook, Sequence, Timeline, Track, Value,
};

/// Every effect of a film that is left out because nobody here knows it, and every value of one that is not
/// taken as it is stated. Kinds of other programs, `x:vendor.name`, are kept and are no problem.
pub fn problems(film: &Timeline) -> Vec<Problem> {
    let mut found = Vec::new();
    for (id, shot) in &film.shots {
        let takes = shot.takes.iter().map(|take| &take.look);
        for look in std::iter::once(&shot.look).chain(takes) {
            let place = |problem: Problem| problem.in_file(format!("/shots/{id}"));
            found.extend(of_look(film, look).into_iter().map(place));
        }
    }
    for (id, saved) in &film.looks {
        let place = |problem: Problem| problem.in_file(format!("/looks/{id}"));
        found.extend(saved.effects.iter().flat_map(of_saved).map(place));
    }
    for (id, still) in &film.stills {
        let place = |problem: Problem| problem.in_file(format!("/stills/{id}"));
        found.extend(of_look(film, &still.clip.look).into_iter().map(place));
    }
    for (id, sequence) in &film.sequences {
        let tracks = sequence.tracks.iter();
        tracks.for_each(|track| of_track(film, (*id, sequence), track, &mut found));
    }
    found.extend(super::titles::problems(film));
    found
}

fn of_track(
    film: &Timeline,
    (id, sequence): (Id, &Sequence),
    track: &Track,
    found: &mut Vec<Problem>,
) {
    let mut add = |clip: Id, of: &Clip, start: Option<i64>| {
        if of.look.effects.is_empty() && of.look.masks.is_empty() {
            return;
        }
        let place = FilmPlace::sequence(id).track(track.id).clip(clip);
        let place = match start {
            Some(start) => place.frame(sequence, start),
            None => place,
        };
        let placed = of_look(film, &of.look).into_iter();
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

fn of_look(film: &Timeline, look: &Look) -> Vec<Problem> {
    let of_effects = look.effects.iter().flat_map(of_effect);
    let of_masks = look.masks.iter().flat_map(of_mask);
    let missing = look.effects.iter().filter_map(|effect| missing_look(film, effect));
    of_effects.chain(of_masks).chain(missing).collect()
}

/// That an effect names a look which the film has not.
fn missing_look(film: &Timeline, effect: &Effect) -> Option<Problem> {
    let (kind, name) = SavedLook::EFFECT;
    let param = effect.values.get(name).filter(|_| effect.kind == kind)?;
    let is_there = |id: &str| Id::parse(id).is_some_and(|id| film.looks.contains_key(&id));
    let gone = stated_values(param).find_map(|value| match value {
        Value::Text(id) if !is_there(id) => Some(id),
        _ => None,
    })?;
    let words = format!("effect {} has look {gone:?}, which the film has not", effect.id);
    let known: Vec<_> = film.looks.keys().map(Id::to_string).collect();
    let remedy = match &known[..] {
        [] => "the film has none: save one under this id, or take the effect off".to_owned(),
        known => format!("it has {}; or take the effect off", known.join(", ")),
    };
    Some(Problem::warning("look-missing", words).remedy(remedy))
}

fn of_effect(effect: &Effect) -> Vec<Problem> {
    let name = format!("effect {}", effect.id);
    let mut found = match named(&effect.kind) {
        Some(known) => of_values((&name, known.id), known.parameters, &effect.values),
        None => unknown(("unknown-effect", &name, "grade"), &effect.kind, all().map(|it| it.id)),
    };
    found.extend(effect.masks.iter().flat_map(of_mask));
    found
}

/// What is wrong with an effect of a look, which holds operations on colours alone.
fn of_saved(effect: &Effect) -> Vec<Problem> {
    let Effect { id, kind, masks, .. } = effect;
    let is_foreign = kind.starts_with("x:");
    let is_grade = grade::named(kind).is_some_and(|known| known.id != SavedLook::EFFECT.0);
    if is_foreign || (is_grade && masks.is_empty()) {
        return of_effect(effect);
    }
    let words = format!("effect {id}, {kind}, has no place in a look, or its masks have none");
    let remedy =
        "a look holds operations of `roomtone list grade` without masks: put it on the clips";
    vec![Problem::warning("look-effect", words).remedy(remedy)]
}

fn of_mask(mask: &Mask) -> Vec<Problem> {
    let name = format!("mask {}", mask.id);
    let known = masks::ALL.iter().map(|it| it.id);
    let Some(shape) = masks::named(&mask.kind) else {
        return unknown(("unknown-mask", &name, "masks"), &mask.kind, known);
    };
    let parameters: Vec<Parameter> = COMMON.iter().chain(shape.parameters).copied().collect();
    of_values((&name, shape.id), &parameters, &mask.values)
}

fn unknown(
    (code, name, word): (&'static str, &str, &str),
    kind: &str,
    known: impl Iterator<Item = &'static str>,
) -> Vec<Problem> {
    if kind.starts_with("x:") {
        return Vec::new();
    }
    let known: Vec<_> = known.collect();
    let words = format!("{name} is left out: there is no {kind:?}");
    let remedy = format!("see `roomtone list {word}`: {}", known.join(", "));
    vec![Problem::warning(code, words).remedy(remedy)]
}

fn of_values(
    (name, kind): (&str, &str),
    parameters: &[Parameter],
    stated: &BTreeMap<String, Param>,
) -> Vec<Problem> {
    let of_value = |(id, param): (&String, &Param)| {
        let parameter = parameters.iter().find(|known| known.id == id);
        let Some(parameter) = parameter else {
            let known: Vec<_> = parameters.iter().map(|known| known.id).collect();
            let words = format!("{name}, {kind}, has no {id:?}");
            let remedy = format!("it has {}", known.join(", "));
            return Some(Problem::warning("unknown-effect-value", words).remedy(remedy));
        };
        let wanted = stated_values(param).find_map(|it| values::asked_for(parameter, it))?;
        let words = format!("{id} of {name}, {kind}, is not {wanted}");
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
