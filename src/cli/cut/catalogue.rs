//! Names of the catalogues: what there is, and what may be meant by a name that there is not.

use crate::cli::Failure;
use crate::picture::effects::{self, Described};
use crate::picture::masks::{self, Shape};
use crate::picture::placement::PARAMETERS;
use crate::picture::{self, composite, correct, grade, transitions, values};
use crate::signal::{Kind, Parameter};
use crate::sound::{self, nodes};
use timeline_format::Value;

/// A catalogue of `roomtone list`: its word there, what one of its entries is, and their names.
struct Catalogue {
    word: &'static str,
    one: &'static str,
    names: Vec<&'static str>,
}

fn all() -> [Catalogue; 7] {
    let pictures = picture::generators::ALL.iter().map(|known| known.id);
    let sounds = sound::generators::ALL.iter().map(|known| known.id);
    let catalogue = |word, one, names| Catalogue { word, one, names };
    let changes = transitions::ALL.iter().map(|known| known.id).collect();
    let nodes = nodes::ALL.iter().map(|known| known.id).collect();
    let operations = grade::ALL.iter().map(|known| known.id).collect();
    let filters = correct::ALL.iter().chain(composite::ALL).map(|known| known.id).collect();
    let places = sound::places::READY.iter().map(|known| known.id).collect();
    [
        catalogue("grade", "a grade operation", operations),
        catalogue("filters", "a filter", filters),
        catalogue("masks", "a mask", masks::ALL.iter().map(|known| known.id).collect()),
        catalogue("transitions", "a transition", changes),
        catalogue("nodes", "a sound node", nodes),
        catalogue("places", "a ready place", places),
        catalogue("generators", "a generator", pictures.chain(sounds).collect()),
    ]
}

/// Refuses a name that is not in the catalogue of this word.
pub(super) fn known(word: &str, name: &str) -> Result<(), Failure> {
    let Some(own) = all().into_iter().find(|catalogue| catalogue.word == word) else {
        return Ok(());
    };
    if own.names.contains(&name) {
        return Ok(());
    }
    let what = own.one.trim_start_matches("a ");
    let near = match &nearest(name, &own.names)[..] {
        [] => own.names.join(", "),
        near => format!("{}, and others", near.join(", ")),
    };
    let words =
        format!("there is no {what} {name:?}; there are {near}: see `roomtone list {word}`");
    Err(Failure::call(words))
}

/// The operation that an effect of a clip is; `None` for one of another program, `x:vendor.name`, which is kept and
/// bypassed. What no program is known to have is refused.
pub(super) fn effect(kind: &str) -> Result<Option<Described>, Failure> {
    if let Some(operation) = effects::named(kind) {
        return Ok(Some(operation));
    }
    let foreign = kind.strip_prefix("x:").map(|rest| rest.split_once('.'));
    if let Some(Some((vendor, name))) = foreign
        && !vendor.is_empty()
        && !name.is_empty()
    {
        return Ok(None);
    }
    let other = "an effect of another program is written x:vendor.name, and is kept and bypassed";
    if foreign.is_some() {
        return Err(Failure::call(format!("{kind:?} names no effect: {other}")));
    }
    let all = all();
    if let Some(found) = all.iter().find(|catalogue| catalogue.names.contains(&kind)) {
        let Catalogue { word, one, .. } = found;
        let words = format!(
            "{kind:?} is {one} and no effect of a clip: see `roomtone list {word}`; {other}"
        );
        return Err(Failure::call(words));
    }
    let near = all.iter().flat_map(|catalogue| {
        let near = nearest(kind, &catalogue.names).into_iter();
        near.map(|name| format!("{name} ({})", catalogue.one))
    });
    let near: Vec<String> = near.collect();
    let near =
        if near.is_empty() { String::new() } else { format!("; near are {}", near.join(", ")) };
    Err(Failure::call(format!("there is no effect {kind:?}{near}; {other}")))
}

/// Refuses a value that an operation has not, or that is none of those it takes.
pub(super) fn value(operation: Described, name: &str, value: &Value) -> Result<(), Failure> {
    let list = if grade::named(operation.id).is_some() { "grade" } else { "filters" };
    let parameters: Vec<_> = operation.parameters.iter().collect();
    described((operation.id, list), &parameters, name, value)
}

/// Refuses a word that a value of a placement does not take.
pub(super) fn placement_value(name: &str, value: &Value) -> Result<(), Failure> {
    let parameters: Vec<_> = PARAMETERS.iter().collect();
    let is_choice = |it: &&Parameter| it.id == name && matches!(it.kind, Kind::Choice { .. });
    match PARAMETERS.iter().find(is_choice) {
        Some(_) => described(("placement", "placement"), &parameters, name, value),
        None => Ok(()),
    }
}

/// Refuses a value that a mask has not, or that is none of those it takes.
pub(super) fn mask_value(shape: &Shape, name: &str, value: &Value) -> Result<(), Failure> {
    let parameters: Vec<_> = shape.parameters.iter().chain(masks::COMMON).collect();
    described((shape.id, "masks"), &parameters, name, value)
}

fn described(
    (id, list): (&str, &str),
    parameters: &[&'static Parameter],
    name: &str,
    value: &Value,
) -> Result<(), Failure> {
    let names: Vec<_> = parameters.iter().map(|known| known.id).collect();
    let Some(parameter) = parameters.iter().find(|known| known.id == name) else {
        let near = match &nearest(name, &names)[..] {
            near if near.is_empty() || near.len() == names.len() => names.join(", "),
            near => format!("{}, and others", near.join(", ")),
        };
        let words = format!("{id} has no {name:?}; it has {near}: see `roomtone list {list}`");
        return Err(Failure::call(words));
    };
    values::asked_for(parameter, value)
        .map_or(Ok(()), |wanted| Err(Failure::call(format!("{name} of {id} takes {wanted}"))))
}

/// The names that a person may have meant, the likeliest first: three at most.
fn nearest(name: &str, names: &[&'static str]) -> Vec<&'static str> {
    let likeness = |known: &&str| strsim::jaro_winkler(name, known);
    let mut near: Vec<(f64, &'static str)> =
        names.iter().map(|known| (likeness(known), *known)).collect();
    near.retain(|(likeness, _)| *likeness > 0.75);
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    near.truncate(3);
    near.into_iter().map(|(_, name)| name).collect()
}
