//! A look that has a name: operations that any clip may have, changed in one place.

use crate::{Effect, Extra, Id};
use serde::{Deserialize, Serialize};

/// A look of the film: a clip that has it by an effect `look` changes with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedLook {
    /// What it is called.
    pub name: String,
    /// Its operations on colours, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl SavedLook {
    /// The kind of the effect that gives a clip a look of the film, and its value that names it.
    pub const EFFECT: (&str, &str) = ("look", "look");

    /// A look with these operations, which get ids of their own.
    pub fn new(name: impl Into<String>, effects: impl IntoIterator<Item = Effect>) -> Self {
        let numbered = |(place, effect): (usize, Effect)| {
            let id = Id::parse(&format!("e{}", place + 1)).unwrap_or(effect.id);
            Effect { id, ..effect }
        };
        let effects = effects.into_iter().enumerate().map(numbered).collect();
        Self { name: name.into(), effects, extra: Extra::new() }
    }
}
