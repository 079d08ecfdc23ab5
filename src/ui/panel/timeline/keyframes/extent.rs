//! Between which values a lane is drawn: about those of its keys.

use crate::signal::Parameter;
use crate::signal::parameter::Curve;
use crate::ui::panel::quantity::Quantity;
use timeline_format::Value;
use timeline_format::parameter::Key;

/// The values at a lane's lower and upper edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    low: f64,
    high: f64,
    is_logarithmic: bool,
    /// What values are held within.
    range: (f64, f64),
}

impl Extent {
    /// About the values of `keys`, with room above and below to drag them to.
    pub(super) fn of(parameter: &Parameter, keys: &[Key]) -> Self {
        let quantity = Quantity::of(parameter);
        let is_logarithmic = parameter.curve() == Curve::Logarithmic;
        let along = |value: f64| if is_logarithmic { value.max(1e-9).ln() } else { value };
        let numbers = keys.iter().flat_map(|key| numbers_of(&key.value)).map(along);
        let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
            (low.min(it), high.max(it))
        });
        let (least, most) = (along(quantity.range.0), along(quantity.range.1));
        let middle = f64::midpoint(low, high);
        let room = (0.75 * (high - low)).max(40.0 * quantity.speed(middle).min(most - least));
        let room = if is_logarithmic { room.clamp(0.7, 3.0) } else { room };
        let (low, high) = ((middle - room).max(least), (middle + room).min(most));
        Self { low, high, is_logarithmic, range: quantity.range }
    }

    /// How high a value is drawn: 0 at the lower edge, 1 at the upper.
    pub(super) fn part_of(&self, value: f64) -> f64 {
        let value = if self.is_logarithmic { value.max(1e-9).ln() } else { value };
        (value - self.low) / (self.high - self.low).max(1e-9)
    }

    /// A value dragged up by a part of the lane's height, as far as it may go.
    pub(super) fn raised(&self, value: f64, by: f64) -> f64 {
        let far = by * (self.high - self.low);
        let raised = if self.is_logarithmic { value * far.exp() } else { value + far };
        let raised = if by == 0.0 { value } else { rounded(raised, self.grain(value)) };
        raised.clamp(self.range.0, self.range.1)
    }

    /// The steps of values that are dragged: about a point each, round in figures.
    fn grain(&self, value: f64) -> f64 {
        let width = if self.is_logarithmic { value.abs() * 0.02 } else { self.high - self.low };
        let fine = (width / 200.0).max(1e-6);
        10_f64.powf(fine.log10().floor())
    }
}

fn rounded(value: f64, grain: f64) -> f64 {
    let parts = (1.0 / grain).round().max(1.0);
    if grain < 1.0 { (value * parts).round() / parts } else { (value / grain).round() * grain }
}

/// The numbers of a value; none of a word or a switch.
pub(super) fn numbers_of(value: &Value) -> Vec<f64> {
    match value {
        Value::Number(number) => vec![*number],
        Value::Vector(numbers) => numbers.clone(),
        Value::Flag(_) | Value::Text(_) => Vec::new(),
    }
}

/// A value as it is read.
pub(super) fn words_of(parameter: &Parameter, value: &Value) -> String {
    match value {
        Value::Flag(flag) => if *flag { "on" } else { "off" }.to_owned(),
        Value::Text(word) => word.clone(),
        value => {
            let quantity = Quantity::of(parameter);
            let words: Vec<String> =
                numbers_of(value).into_iter().map(|number| quantity.text(number)).collect();
            words.join("  ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Kind;
    use timeline_format::Frames;
    use timeline_format::parameter::Ease;

    fn extent(kind: Kind, values: &[f64]) -> Extent {
        let key = |value: &f64| Key {
            at: Frames::ZERO,
            value: Value::Number(*value),
            ease: Ease::Linear,
        };
        let keys: Vec<Key> = values.iter().map(key).collect();
        Extent::of(&Parameter { id: "", label: "", help: "", kind }, &keys)
    }

    #[test]
    fn every_key_lies_within_and_what_is_dragged_stays_in_range() {
        let number = |least, most, unit| Kind::Number { least, most, default: 0.0, unit };
        for (kind, values) in [
            (number(0.0, 1.0, ""), vec![0.0, 1.0]),
            (number(-96.0, 24.0, "dB"), vec![-6.0]),
            (number(20.0, 20_000.0, "Hz"), vec![100.0, 5000.0]),
            (number(-1000.0, 1000.0, ""), vec![1.0, 1.5]),
        ] {
            let extent = extent(kind, &values);
            for value in values {
                let part = extent.part_of(value);
                assert!((0.0..=1.0).contains(&part), "{kind:?} {value} {part}");
                assert_eq!(extent.raised(value, 0.0), value);
                let up = extent.raised(value, 0.25);
                let (least, most) = extent.range;
                assert!(up >= value && up <= most, "{kind:?}");
                assert!(extent.raised(value, 1e6) <= most && extent.raised(value, -1e6) >= least);
                let far = extent.part_of(up) - part;
                assert!((far - 0.25).abs() < 0.02 || up == most, "{kind:?} {value}: {far}");
            }
        }
    }
}
