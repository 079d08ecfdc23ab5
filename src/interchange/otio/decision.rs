//! A clip's colour decision, as OTIO's adapters write it: `cdl` in the clip's metadata, with `asc_sop` (`slope`,
//! `offset`, `power`, three numbers each) and `asc_sat`.

use super::object::{Object, number};
use super::{THEIRS, json};
use crate::interchange::cdl::Correction;
use serde_json::{Map, Value};
use timeline_format::{Clip, Effect, Extra, Id};

/// The key of a decision in the metadata of a clip.
const KEY: &str = "cdl";
/// Its two parts.
const PARTS: [&str; 2] = ["asc_sop", "asc_sat"];

/// What was found of a clip's decision.
pub(super) enum Found {
    /// There is none.
    Nothing,
    /// It is the clip's now.
    Taken,
    /// It is none that can be worked, and stays where it is.
    Kept,
}

/// Takes the decision in a clip's metadata as its first working operation `cdl`: what our own record says already
/// stays as it is, what another program has changed is changed.
pub(super) fn take(object: &Object, clip: &mut Clip, new_id: impl FnOnce() -> Id) -> Found {
    let stated = object.get("metadata").and_then(|metadata| metadata.get(KEY)?.as_object());
    let Some(stated) = stated.filter(|stated| PARTS.iter().any(|part| stated.contains_key(*part)))
    else {
        return Found::Nothing;
    };
    let Some(correction) = read(stated) else { return Found::Kept };
    match first(&mut clip.look.effects) {
        Some(effect) if Correction::of(effect).is_like(&correction) => {}
        Some(effect) => effect.values = correction.effect(effect.id).values,
        None => clip.look.effects.insert(0, correction.effect(new_id())),
    }
    forget(&mut clip.extra);
    Found::Taken
}

/// The decision of a clip that is written, if it has one.
pub(super) fn of(clip: &Clip) -> Option<&Effect> {
    clip.look.effects.iter().find(|effect| is_decision(effect))
}

/// The metadata of a clip, with its decision beside what was kept of a file.
pub(super) fn metadata(kept: Option<&Value>, clip: &Clip) -> Option<Value> {
    let Some(effect) = of(clip) else { return kept.cloned() };
    let mut metadata = kept.and_then(Value::as_object).cloned().unwrap_or_default();
    let mut stated = metadata.get(KEY).and_then(Value::as_object).cloned().unwrap_or_default();
    stated.extend(write(&Correction::of(effect)));
    metadata.insert(KEY.to_owned(), Value::Object(stated));
    Some(Value::Object(metadata))
}

fn is_decision(effect: &Effect) -> bool {
    effect.kind == Correction::KIND && !effect.bypass
}

fn first(effects: &mut [Effect]) -> Option<&mut Effect> {
    effects.iter_mut().find(|effect| is_decision(effect))
}

fn read(stated: &Object) -> Option<Correction> {
    let mut correction = Correction::default();
    if let Some(colours) = stated.get(PARTS[0]) {
        let colours = colours.as_object()?;
        correction.slope = three(colours, "slope", 1.0, 0.0)?;
        correction.offset = three(colours, "offset", 0.0, f64::MIN)?;
        correction.power = three(colours, "power", 1.0, 0.0)?;
    }
    if stated.contains_key(PARTS[1]) {
        correction.saturation = number(stated, PARTS[1]).filter(|it| it.is_finite() && *it >= 0.0)?;
    }
    Some(correction)
}

fn three(colours: &Object, name: &str, neutral: f64, least: f64) -> Option<[f64; 3]> {
    let Some(stated) = colours.get(name) else { return Some([neutral; 3]) };
    let numbers = stated.as_array()?.iter().map(json::float).collect::<Option<Vec<_>>>()?;
    let three: [f64; 3] = numbers.try_into().ok()?;
    three.iter().all(|number| number.is_finite() && *number >= least).then_some(three)
}

fn write(correction: &Correction) -> Map<String, Value> {
    let colours = [
        ("slope".to_owned(), serde_json::json!(correction.slope)),
        ("offset".to_owned(), serde_json::json!(correction.offset)),
        ("power".to_owned(), serde_json::json!(correction.power)),
    ];
    Map::from_iter([
        (PARTS[0].to_owned(), Value::Object(Map::from_iter(colours))),
        (PARTS[1].to_owned(), serde_json::json!(correction.saturation)),
    ])
}

/// Takes out of what was kept of a file what the clip says itself now.
fn forget(extra: &mut Extra) {
    let Some(theirs) = extra.get_mut(THEIRS).and_then(Value::as_object_mut) else { return };
    let Some(metadata) = theirs.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    if let Some(stated) = metadata.get_mut(KEY).and_then(Value::as_object_mut) {
        PARTS.iter().for_each(|part| drop(stated.shift_remove(*part)));
        if stated.is_empty() {
            metadata.shift_remove(KEY);
        }
    }
    if metadata.is_empty() {
        theirs.shift_remove("metadata");
    }
    if theirs.is_empty() {
        extra.shift_remove(THEIRS);
    }
}
