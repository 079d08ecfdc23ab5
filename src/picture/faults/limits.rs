//! What counts as a fault: numbers in a file of their own, which a studio may set otherwise.

use std::collections::BTreeMap;

/// The limits that the program comes with.
const OWN: &str = include_str!("limits.json");

/// Numbers by finder and by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits(BTreeMap<String, BTreeMap<String, f64>>);

impl Limits {
    /// The program's own.
    pub fn own() -> Self {
        Self(serde_json::from_str(OWN).unwrap_or_default())
    }

    /// The program's own, with what a text of the same form says otherwise.
    ///
    /// # Errors
    /// Where the text is no such text, or names what no finder has.
    pub fn with(text: &str) -> Result<Self, String> {
        let stated: BTreeMap<String, BTreeMap<String, f64>> = serde_json::from_str(text)
            .map_err(|error| format!("the limits cannot be read: {error}"))?;
        let mut limits = Self::own();
        for (finder, numbers) in stated {
            let Some(known) = limits.0.get_mut(&finder) else {
                let all = limits.0.keys().cloned().collect::<Vec<_>>().join(", ");
                return Err(format!("no finder {finder:?} has limits; these have: {all}"));
            };
            for (name, number) in numbers {
                let Some(own) = known.get_mut(&name) else {
                    let all = known.keys().cloned().collect::<Vec<_>>().join(", ");
                    return Err(format!("{finder} has no limit {name:?}; it has {all}"));
                };
                *own = number;
            }
        }
        Ok(limits)
    }

    /// The limit of a finder that is called `name`; infinite where there is none, so that nothing is found.
    pub fn of(&self, finder: &str, name: &str) -> f64 {
        let found = self.0.get(finder).and_then(|numbers| numbers.get(name));
        found.copied().unwrap_or(f64::INFINITY)
    }

    /// Every finder with its limits.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, f64>)> {
        self.0.iter().map(|(finder, numbers)| (finder.as_str(), numbers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finder_has_limits_and_a_studio_may_set_them_otherwise() {
        let own = Limits::own();
        for finder in crate::faults::ALL {
            assert!(own.iter().any(|(known, _)| known == finder.id), "{}", finder.id);
        }
        let other = Limits::with(r#"{"flicker": {"stops": 0.5}}"#).unwrap();
        assert_eq!(other.of("flicker", "stops"), 0.5);
        assert_eq!(other.of("drift", "stops"), own.of("drift", "stops"));
        assert!(Limits::with(r#"{"flikker": {"stops": 0.5}}"#).is_err());
        assert!(Limits::with(r#"{"flicker": {"stop": 0.5}}"#).is_err());
        assert!(Limits::with("[]").is_err());
    }
}
