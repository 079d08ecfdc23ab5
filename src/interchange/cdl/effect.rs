//! Corrections as the operation `cdl` of a film, and back.

use super::Correction;
use timeline_format::{Effect, Id, Param, Value};

impl Correction {
    /// The kind of the operation that says a correction.
    pub const KIND: &'static str = "cdl";

    /// What an operation `cdl` says at its clip's first frame, the wheels' fourth numbers in the others.
    pub fn of(effect: &Effect) -> Self {
        let wheel = |id: &str, neutral: f64, join: fn(f64, f64) -> f64| {
            let numbers = match effect.values.get(id).map(|param| param.at(0.0)) {
                Some(Value::Vector(numbers)) => numbers,
                Some(Value::Number(all)) => vec![neutral, neutral, neutral, all],
                _ => Vec::new(),
            };
            let number = |place: usize| numbers.get(place).copied().unwrap_or(neutral);
            [0, 1, 2].map(|colour| join(number(colour), number(3)))
        };
        let saturation = effect.values.get("saturation").map_or(1.0, |it| it.number_at(0.0, 1.0));
        Self {
            slope: wheel("slope", 1.0, |own, all| own * all),
            offset: wheel("offset", 0.0, |own, all| own + all),
            power: wheel("power", 1.0, |own, all| own * all),
            saturation,
            ..Self::default()
        }
    }

    /// An operation `cdl` that says this, held to black and white as the list has it.
    pub fn effect(&self, id: Id) -> Effect {
        let wheel = |three: [f64; 3], all: f64| {
            let [red, green, blue] = three;
            Param::Constant(Value::Vector(vec![red, green, blue, all]))
        };
        let values = [
            ("slope", wheel(self.slope, 1.0)),
            ("offset", wheel(self.offset, 0.0)),
            ("power", wheel(self.power, 1.0)),
            ("saturation", Param::number(self.saturation)),
            ("clamp", Param::Constant(Value::Flag(true))),
        ];
        let mut effect = Effect::new(id, Self::KIND);
        effect.values = values.into_iter().map(|(name, param)| (name.to_owned(), param)).collect();
        effect
    }

    /// Whether this corrects as another does, whatever they are called.
    pub fn is_like(&self, other: &Self) -> bool {
        let numbers = |it: &Self| (it.slope, it.offset, it.power, it.saturation);
        numbers(self) == numbers(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_comes_back_from_its_operation() {
        let correction = Correction {
            slope: [1.1, 0.95, 0.9],
            offset: [-0.01, 0.0, 0.02],
            power: [1.0, 1.05, 0.97],
            saturation: 0.8,
            ..Correction::default()
        };
        let mut effect = correction.effect(Id::parse("e1").unwrap());
        assert_eq!(Correction::of(&effect), correction);
        let all = Param::Constant(Value::Vector(vec![1.0, 1.0, 1.0, 2.0]));
        effect.values.insert("slope".into(), all);
        effect.values.insert("offset".into(), Param::number(0.5));
        let read = Correction::of(&effect);
        assert_eq!((read.slope, read.offset), ([2.0; 3], [0.5; 3]));
        assert!(!read.is_like(&correction));
    }
}
