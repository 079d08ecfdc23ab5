//! Looks that are ready to be taken, one a file: each a list of operations to begin from.

use timeline_format::{Effect, Id, Param, SavedLook, Value};

signal::catalogue! {
    /// Every ready look, quiet ones first.
    pub ALL: LOOK: Ready = cool_warm_quiet print faded silver amber night
}

/// A look that is ready to be taken: one entry of the catalogue.
#[derive(Debug)]
pub struct Ready {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    operations: &'static [Made],
}

/// A kind of operation, and its values.
#[derive(Debug)]
struct Made(&'static str, &'static [(&'static str, Set)]);

/// A value.
#[derive(Debug, Clone, Copy)]
enum Set {
    Number(f64),
    Numbers(&'static [f64]),
}

/// The look called `id`.
pub fn named(id: &str) -> Option<&'static Ready> {
    ALL.iter().find(|look| look.id == id).copied()
}

impl Ready {
    /// The look as a film has it.
    pub fn look(&self) -> Option<SavedLook> {
        let effect = |made: &Made| {
            let mut effect = Effect::new(Id::parse("e")?, made.0);
            effect.values =
                made.1.iter().map(|(name, set)| ((*name).to_owned(), set.param())).collect();
            Some(effect)
        };
        let effects = self.operations.iter().map(effect).collect::<Option<Vec<_>>>()?;
        Some(SavedLook::new(self.label, effects))
    }
}

impl Set {
    fn param(self) -> Param {
        match self {
            Self::Number(number) => Param::number(number),
            Self::Numbers(numbers) => Param::Constant(Value::Vector(numbers.to_vec())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{effects, values};

    #[test]
    fn every_look_is_made_of_operations_and_values_that_there_are() {
        for ready in ALL {
            let look = ready.look().unwrap();
            assert!(!look.effects.is_empty(), "{}", ready.id);
            for effect in &look.effects {
                let known = effects::named(&effect.kind).unwrap();
                for (name, param) in &effect.values {
                    let parameter = known.parameters.iter().find(|it| it.id == name).unwrap();
                    let wrong = values::asked_for(parameter, &param.at(0.0));
                    assert_eq!(wrong, None, "{}: {} {name}", ready.id, effect.kind);
                }
            }
        }
    }
}
