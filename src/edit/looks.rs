//! Looks of the film: kept under a name, given to clips as a copy or as one that they share, taken away.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::{Scope, put_effect, remove_effect};
use std::sync::Arc;
use timeline_format::{Effect, Id, IdSource, Param, SavedLook, Timeline, Value};

/// Keeps a look under an id; what had it before is changed, and every clip that shares it.
pub fn put_look(film: &Timeline, id: Id, look: SavedLook) -> Result<Edited, Refused> {
    let is_look = |effect: &Effect| effect.kind == SavedLook::EFFECT.0;
    if look.effects.iter().any(is_look) {
        return Err(Refused::Value("a look holds no other look: keep the operations alone".into()));
    }
    let mut looks = film.looks.clone();
    let is_new = looks.insert(id, Arc::new(look)).is_none();
    let made = if is_new { vec![id] } else { Vec::new() };
    Ok(Edited { made, ..Edited::plain(Timeline { looks, ..film.clone() }) })
}

/// Takes a look of the film away; a clip that shares it is as it is without.
pub fn remove_look(film: &Timeline, id: Id) -> Result<Edited, Refused> {
    let mut looks = film.looks.clone();
    looks.remove(&id).ok_or(Refused::NoSuch { what: "look", id })?;
    Ok(Edited::plain(Timeline { looks, ..film.clone() }))
}

/// How a clip gets a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Having {
    /// Its operations, as the clip's own.
    Copy,
    /// The look itself, under this id.
    Shared(Id),
}

/// Gives a clip a look: behind what it has, or where `instead`, in place of it.
pub fn give_look(
    film: &Timeline,
    scope: Scope,
    (clip, look, having, instead): (Id, &SavedLook, Having, bool),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut sum = Edited::plain(film.clone());
    if instead {
        for gone in effects_of(film, scope, clip) {
            sum.timeline = remove_effect(&sum.timeline, scope, (clip, gone), ids)?.timeline;
        }
    }
    let effects = match having {
        Having::Copy => look.effects.clone(),
        Having::Shared(id) => vec![shared(id)],
    };
    for effect in effects {
        let effect = Effect { id: ids.next_id(), ..effect };
        sum.made.push(effect.id);
        let put = (clip, usize::MAX, effect);
        sum.timeline = put_effect(&sum.timeline, scope, put, ids)?.timeline;
    }
    Ok(sum)
}

/// The effect that names a look.
fn shared(look: Id) -> Effect {
    let (kind, name) = SavedLook::EFFECT;
    let mut effect = Effect::new(look, kind);
    effect.values.insert(name.to_owned(), Param::Constant(Value::Text(look.to_string())));
    effect
}

fn effects_of(film: &Timeline, scope: Scope, clip: Id) -> Vec<Id> {
    let sequence = film.sequences.get(&scope.sequence);
    let clip = sequence.and_then(|sequence| sequence.clip(clip));
    clip.map_or_else(Vec::new, |clip| clip.look.effects.iter().map(|effect| effect.id).collect())
}

/// An id for a look of this name that the film has not yet.
pub fn look_id(film: &Timeline, name: &str) -> Option<Id> {
    id_of_name(name, "look", &|id| film.looks.contains_key(id))
}

/// An id made of a name's letters, or of `else_word` where it has none, with a number where it is taken.
pub(super) fn id_of_name(
    name: &str,
    else_word: &str,
    is_taken: &dyn Fn(&Id) -> bool,
) -> Option<Id> {
    let letters = name.to_lowercase();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let stem: String = letters.chars().map(plain).take(13).collect();
    let stem = match stem.trim_matches('-') {
        "" => else_word,
        stem => stem,
    };
    let numbered = (2..1000).filter_map(|number| Id::parse(&format!("{stem}{number}")));
    Id::parse(stem).into_iter().chain(numbered).find(|id| !is_taken(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::Rate;
    use timeline_format::sequence::Raster;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn looks_are_kept_changed_and_taken_away_and_hold_no_look() {
        let raster = Raster { width: 16, height: 16 };
        let film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        let look = |kind: &str| SavedLook::new("Dusk", [Effect::new(id("x"), kind)]);
        let edited = put_look(&film, id("dusk"), look("cdl")).unwrap();
        assert_eq!(edited.made, [id("dusk")]);
        let film = edited.timeline;
        assert_eq!(film.looks[&id("dusk")].effects[0].id, id("e1"));
        let film = put_look(&film, id("dusk"), look("zones")).unwrap().timeline;
        assert_eq!(film.looks[&id("dusk")].effects[0].kind, "zones");
        assert!(put_look(&film, id("b"), look("look")).is_err());
        assert_eq!(look_id(&film, "Dusk"), Some(id("dusk2")));
        assert_eq!(look_id(&film, "Äß!"), Some(id("look")));
        let film = remove_look(&film, id("dusk")).unwrap().timeline;
        assert!(film.looks.is_empty() && remove_look(&film, id("dusk")).is_err());
    }
}
