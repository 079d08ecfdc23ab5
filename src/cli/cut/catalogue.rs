//! Names of the catalogues: what there is, and what may be meant by a name that there is not.

use crate::cli::Failure;
use crate::picture::{self, transitions};
use crate::sound::{self, nodes};

/// A catalogue of `roomtone list`: its word there, what one of its entries is, and their names.
struct Catalogue {
    word: &'static str,
    one: &'static str,
    names: Vec<&'static str>,
}

fn all() -> [Catalogue; 4] {
    let pictures = picture::generators::ALL.iter().map(|known| known.id);
    let sounds = sound::generators::ALL.iter().map(|known| known.id);
    let catalogue = |word, one, names| Catalogue { word, one, names };
    let changes = transitions::ALL.iter().map(|known| known.id).collect();
    let nodes = nodes::ALL.iter().map(|known| known.id).collect();
    let places = sound::places::READY.iter().map(|known| known.id).collect();
    [
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

/// Refuses an effect of a clip that no program is known to have: ours has none yet, and those of
/// others are kept and bypassed under `x:vendor.name`.
pub(super) fn effect(kind: &str) -> Result<(), Failure> {
    let foreign = kind.strip_prefix("x:").map(|rest| rest.split_once('.'));
    if let Some(Some((vendor, name))) = foreign
        && !vendor.is_empty()
        && !name.is_empty()
    {
        return Ok(());
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
