//! Numbers as people read and write them: with their unit, parts of one as percent.

use crate::signal::parameter::Curve;
use crate::signal::{Kind, Parameter};

/// How a number of a parameter is shown, typed and scrubbed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ui) struct Quantity {
    /// The least and the most that it may be.
    pub(in crate::ui) range: (f64, f64),
    /// What it is where nothing is said.
    pub(in crate::ui) default: f64,
    unit: &'static str,
    /// Shown times a hundred.
    is_part: bool,
    /// Equal distances of the pointer are equal ratios.
    is_logarithmic: bool,
}

impl Quantity {
    /// That of a parameter; of a point or of four numbers, of each of them.
    pub(in crate::ui) fn of(parameter: &Parameter) -> Self {
        let (range, default, unit) = match parameter.kind {
            Kind::Number { least, most, default, unit }
            | Kind::Setting { least, most, default, unit } => ((least, most), default, unit),
            Kind::Point { unit, .. } => (UNBOUND, 0.0, unit),
            Kind::Four { unit: "", .. } => ((0.0, 1.0), 0.0, ""),
            Kind::Four { unit, .. } => (UNBOUND, 0.0, unit),
            Kind::Wheel { least, most, default } => ((least, most), default, ""),
            Kind::Curve { least, most, .. } => ((least, most), least, ""),
            Kind::Flag { .. }
            | Kind::Choice { .. }
            | Kind::Media
            | Kind::Look
            | Kind::File { .. }
            | Kind::Text { .. }
            | Kind::Path
            | Kind::List { .. } => (UNBOUND, 0.0, ""),
        };
        let is_plain = matches!(parameter.kind, Kind::Wheel { .. } | Kind::Curve { .. });
        let is_part = unit.is_empty() && range == (0.0, 1.0) && !is_plain;
        let is_logarithmic = parameter.curve() == Curve::Logarithmic;
        Self { range, default, unit, is_part, is_logarithmic }
    }

    /// A share of the whole or a factor, shown as percent.
    pub(in crate::ui) const fn percent(least: f64, most: f64, default: f64) -> Self {
        let range = (least, most);
        Self { range, default, unit: "", is_part: true, is_logarithmic: false }
    }

    /// As it is read: `-6 dB`, `2.4 s`, `50 %`.
    pub(in crate::ui) fn text(&self, value: f64) -> String {
        let (value, unit) = if self.is_part { (value * 100.0, "%") } else { (value, self.unit) };
        let number = plain(value);
        match unit {
            "" => number,
            "°" => format!("{number}°"),
            unit => format!("{number} {unit}"),
        }
    }

    /// What somebody typed; a unit that is left out is its own.
    pub(in crate::ui) fn parse(&self, text: &str) -> Option<f64> {
        let text = text.trim().replace(',', ".").replace('\u{2212}', "-");
        let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c)));
        let (number, unit) = text.split_at(end.unwrap_or(text.len()));
        let number: f64 = number.trim_start_matches('+').parse().ok()?;
        let factor = factor(unit.trim(), if self.is_part { "part" } else { self.unit })?;
        Some(number * factor).filter(|number| number.is_finite())
    }

    /// How much a point of the pointer's way is worth at a value.
    pub(in crate::ui) fn speed(&self, value: f64) -> f64 {
        let (least, most) = self.range;
        match self.unit {
            _ if self.is_logarithmic => (value.abs() * 0.01).max(least.abs() * 0.01).max(1e-4),
            "px" => 1.0,
            "°" | "%" => 0.5,
            "dB" | "LU" | "LUFS" => 0.1,
            _ if most - least > 1e6 => 1.0,
            _ if most - least > 500.0 => 0.01,
            _ => ((most - least) / 200.0).max(1e-4),
        }
    }
}

/// For numbers without an end.
const UNBOUND: (f64, f64) = (-1e6, 1e6);

/// At most four places behind the point, and none that says nothing.
fn plain(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// What a number in the unit `typed` is to be taken times, to be one in the unit `own`.
fn factor(typed: &str, own: &str) -> Option<f64> {
    let typed = typed.to_lowercase();
    Some(match (typed.as_str(), own) {
        ("" | "%", "part") => 0.01,
        ("x", "part") => 1.0,
        ("", _) => 1.0,
        ("%", "") => 0.01,
        ("x", "") => 1.0,
        ("ms", "s") => 0.001,
        ("s", "ms") => 1000.0,
        ("k" | "khz", "Hz") => 1000.0,
        ("cm", "m") => 0.01,
        ("deg", "°") => 1.0,
        (typed, own) if typed == own.to_lowercase() => 1.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(least: f64, most: f64, unit: &'static str) -> Quantity {
        let kind = Kind::Number { least, most, default: 0.0, unit };
        Quantity::of(&Parameter { id: "", label: "", help: "", kind })
    }

    #[test]
    fn numbers_are_read_with_their_unit_and_typed_with_any_that_fits() {
        let gain = of(-96.0, 24.0, "dB");
        assert_eq!(gain.text(-6.0), "-6 dB");
        assert_eq!(gain.text(-0.000_01), "0 dB");
        for (text, value) in
            [("-6", -6.0), ("-6 dB", -6.0), ("+1,5db", 1.5), ("\u{2212}3 dB", -3.0)]
        {
            assert_eq!(gain.parse(text), Some(value), "{text}");
        }
        assert_eq!(gain.parse("-6 s"), None);
        let opacity = of(0.0, 1.0, "");
        assert_eq!(opacity.text(0.5), "50 %");
        assert_eq!((opacity.parse("50"), opacity.parse("12.5 %")), (Some(0.5), Some(0.125)));
        let time = of(0.1, 30.0, "s");
        assert_eq!((time.text(2.4), time.parse("2400 ms")), ("2.4 s".to_owned(), Some(2.4)));
        let scale = of(-1000.0, 1000.0, "");
        assert_eq!((scale.text(1.5), scale.parse("150 %")), ("1.5".to_owned(), Some(1.5)));
        assert_eq!(of(20.0, 20_000.0, "Hz").parse("2.5 kHz"), Some(2500.0));
        assert_eq!(of(-360.0, 360.0, "°").text(90.0), "90°");
        for text in ["", "dB", "1.2.3", "nan", "inf", "--2"] {
            assert_eq!(gain.parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_parameter_of_every_catalogue_is_read_back_as_it_is_shown() {
        let lists = crate::picture::transitions::ALL.iter().map(|it| it.parameters);
        let lists = lists.chain(crate::picture::generators::ALL.iter().map(|it| it.parameters));
        let lists = lists.chain(crate::sound::generators::ALL.iter().map(|it| it.parameters));
        let lists = lists.chain(crate::sound::nodes::ALL.iter().map(|it| it.parameters));
        let lists = lists.chain(crate::picture::effects::all().map(|it| it.parameters));
        for parameter in lists.chain([crate::picture::placement::PARAMETERS]).flatten() {
            let quantity = Quantity::of(parameter);
            let (least, most) = quantity.range;
            for value in [least, most, quantity.default.clamp(least, most)] {
                let text = quantity.text(value);
                let read = quantity.parse(&text).unwrap_or(f64::NAN);
                assert!((read - value).abs() <= 1e-4, "{}: {value} is {text}", parameter.id);
            }
        }
    }
}
