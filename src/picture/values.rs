//! Parameters at one moment: what the film says, held to what the description allows.

use super::drawn;
use super::lut::Lut;
use super::sources::Files;
use signal::{Kind, PATH_POINT, Parameter};
use std::sync::Arc;
use timeline_format::parameter::Follow;
use timeline_format::{Param, Value};

/// The most characters that a text may have; what is behind them is not shown.
pub const MOST_TEXT: usize = 20_000;
/// The most points of a path.
const MOST_POINTS: usize = 2000;

/// The values of a list of parameters at one moment, complete and within their ranges.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    stated: Vec<(&'static str, Value)>,
    /// What files say, by the parameters that name them.
    tables: Vec<(&'static str, Arc<Lut>)>,
}

/// Where a moment lies, for the two ways in which keyframes are counted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moment {
    /// Frames of the sequence from the first frame of the clip.
    pub clip: f64,
    /// Frames of the source from its frame 0.
    pub content: f64,
}

impl Moment {
    /// The number that `param` is at this moment; `default` where it is none.
    pub fn number_of(self, param: &Param, default: f64) -> f64 {
        param.number_at(position(param, self), default)
    }
}

impl Values {
    /// What `given` says of each of `parameters` at `moment`; what it leaves out, or says in
    /// another kind, has its default.
    pub fn resolve<'a>(
        parameters: &[Parameter],
        moment: Moment,
        given: impl Fn(&str) -> Option<&'a Param>,
    ) -> Self {
        let value_of = |parameter: &Parameter| {
            let said = given(parameter.id).map(|param| param.at(position(param, moment)));
            said.and_then(|value| allowed(value, parameter.kind))
                .unwrap_or_else(|| usual(parameter.kind))
        };
        let stated = parameters.iter().map(|parameter| (parameter.id, value_of(parameter)));
        Self { stated: stated.collect(), tables: Vec::new() }
    }

    /// The same with what the files say that `parameters` name, as far as they can be had.
    #[must_use]
    pub(super) fn with_files(mut self, parameters: &[Parameter], files: Files<'_>) -> Self {
        for parameter in parameters.iter().filter(|it| matches!(it.kind, Kind::File { .. })) {
            let path = self.word(parameter.id);
            let found = if path.is_empty() { None } else { files(path) };
            self.tables.extend(found.map(|table| (parameter.id, table)));
        }
        self
    }

    /// What the file called `id` says.
    pub fn table(&self, id: &str) -> Option<&Arc<Lut>> {
        self.tables.iter().find(|(known, _)| *known == id).map(|(_, table)| table)
    }

    /// What files say, by the parameters that name them.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Arc<Lut>> {
        self.tables.iter().map(|(_, table)| table)
    }

    /// These values, with `value` for the parameter called `id`.
    #[must_use]
    pub fn with(mut self, id: &'static str, value: Value) -> Self {
        match self.stated.iter_mut().find(|(known, _)| *known == id) {
            Some((_, own)) => *own = value,
            None => self.stated.push((id, value)),
        }
        self
    }

    /// Every value by its parameter's id, in the order of the descriptions.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.stated.iter().map(|(id, value)| (*id, value))
    }

    /// The number called `id`; 0 where there is none.
    pub fn number(&self, id: &str) -> f64 {
        match self.get(id) {
            Some(Value::Number(number)) => *number,
            Some(Value::Vector(numbers)) => numbers.first().copied().unwrap_or(0.0),
            _ => 0.0,
        }
    }

    /// The pair called `id`; a lone number counts for both.
    pub fn point(&self, id: &str) -> [f64; 2] {
        match self.get(id) {
            Some(Value::Vector(numbers)) if numbers.len() == 2 => [numbers[0], numbers[1]],
            _ => [self.number(id); 2],
        }
    }

    /// The four numbers called `id`; zeros where there are none.
    pub fn four(&self, id: &str) -> [f64; 4] {
        match self.get(id) {
            Some(Value::Vector(numbers)) => {
                std::array::from_fn(|index| numbers.get(index).copied().unwrap_or(0.0))
            }
            _ => [0.0; 4],
        }
    }

    /// The points of the curve called `id`, from left to right: each across and up.
    pub fn points(&self, id: &str) -> Vec<[f64; 2]> {
        self.numbers(id).as_chunks::<2>().0.to_vec()
    }

    /// The text called `id`, if there is one.
    pub fn text(&self, id: &str) -> Option<&str> {
        match self.get(id) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// All numbers called `id`.
    pub fn numbers(&self, id: &str) -> &[f64] {
        match self.get(id) {
            Some(Value::Vector(numbers)) => numbers,
            _ => &[],
        }
    }

    /// The word called `id`; empty where there is none.
    pub fn word(&self, id: &str) -> &str {
        match self.get(id) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// Whether the flag called `id` is on.
    pub fn flag(&self, id: &str) -> bool {
        matches!(self.get(id), Some(Value::Flag(true)))
    }

    fn get(&self, id: &str) -> Option<&Value> {
        self.stated.iter().find(|(known, _)| *known == id).map(|(_, value)| value)
    }
}

fn position(param: &Param, moment: Moment) -> f64 {
    match param {
        Param::Animated(curve) if curve.follow == Follow::Content => moment.content,
        _ => moment.clip,
    }
}

/// What a description asks for, where `value` is something else; `None` where it suits.
pub fn asked_for(parameter: &Parameter, value: &Value) -> Option<String> {
    let is_within = |held: &Value| match (value, held) {
        (Value::Number(all), Value::Vector(held)) => held.last() == Some(all),
        (Value::Number(_) | Value::Flag(_), Value::Text(_)) => true,
        (Value::Vector(numbers), Value::Vector(held)) => held.starts_with(numbers),
        _ => value == held,
    };
    let suits = allowed(value.clone(), parameter.kind).is_some_and(|held| is_within(&held));
    (!suits).then(|| words_of(parameter.kind))
}

fn words_of(kind: Kind) -> String {
    match kind {
        Kind::Number { least, most, unit, .. } | Kind::Setting { least, most, unit, .. } => {
            format!("a number from {least} to {most} {unit}").trim_end().to_owned()
        }
        Kind::Point { .. } => "two numbers, such as [960,540]".to_owned(),
        Kind::Four { .. } => "three or four numbers, such as [0,0,0,1]".to_owned(),
        Kind::Wheel { least, most, default: d } => format!(
            "red, green, blue and all of them, such as [{d},{d},{d},{d}], each from {least} to {most}"
        ),
        Kind::Curve { rest, least, most } => drawn::words_of(rest, [least, most]),
        Kind::Flag { .. } => "true or false".to_owned(),
        Kind::Choice { options } => format!("one of {}", options.join(", ")),
        Kind::Media => "the id of a media".to_owned(),
        Kind::Look => "the id of a look of the film".to_owned(),
        Kind::File { endings } => {
            format!("the path from the film to a file .{}", endings.join(", ."))
        }
        Kind::Text { .. } => format!("a text of at most {MOST_TEXT} characters"),
        Kind::Path => "seven numbers a point, three points or more: x, y, the handles in and out, and the feather".to_owned(),
        Kind::List { most, .. } => format!("a list of numbers, {most} at most"),
    }
}

fn allowed(value: Value, kind: Kind) -> Option<Value> {
    let finite = |numbers: &[f64]| numbers.iter().all(|number| number.is_finite());
    match (value, kind) {
        (
            Value::Number(number),
            Kind::Number { least, most, .. } | Kind::Setting { least, most, .. },
        ) if number.is_finite() => Some(Value::Number(number.clamp(least, most))),
        (Value::Vector(numbers), Kind::Number { least, most, .. })
            if numbers.len() == 2 && finite(&numbers) =>
        {
            let held = numbers.into_iter().map(|number| number.clamp(least, most));
            Some(Value::Vector(held.collect()))
        }
        (Value::Vector(numbers), Kind::Point { .. }) if numbers.len() == 2 && finite(&numbers) => {
            Some(Value::Vector(numbers))
        }
        (Value::Vector(mut numbers), Kind::Four { default, .. })
            if (numbers.len() == 3 || numbers.len() == 4) && finite(&numbers) =>
        {
            numbers.resize(4, default[3]);
            Some(Value::Vector(numbers))
        }
        (Value::Number(all), Kind::Wheel { least, most, default }) if all.is_finite() => {
            let all = all.clamp(least, most);
            Some(Value::Vector(vec![default, default, default, all]))
        }
        (Value::Vector(mut numbers), Kind::Wheel { least, most, default })
            if (numbers.len() == 3 || numbers.len() == 4) && finite(&numbers) =>
        {
            numbers.resize(4, default);
            let held = numbers.into_iter().map(|number| number.clamp(least, most));
            Some(Value::Vector(held.collect()))
        }
        (Value::Vector(numbers), Kind::Curve { rest, least, most }) => {
            drawn::held(&numbers, rest, [least, most]).map(Value::Vector)
        }
        (Value::Vector(numbers), Kind::Path) if is_path(&numbers) && finite(&numbers) => {
            Some(Value::Vector(numbers))
        }
        (Value::Text(id), Kind::Media) => Some(Value::Text(id)),
        (Value::Vector(numbers), Kind::List { most, .. })
            if numbers.len() <= most && finite(&numbers) =>
        {
            Some(Value::Vector(numbers))
        }
        (Value::Flag(flag), Kind::Flag { .. }) => Some(Value::Flag(flag)),
        (Value::Text(text), Kind::Look) => Some(Value::Text(text)),
        (Value::Text(text), Kind::File { endings }) if is_file(&text, endings) => {
            Some(Value::Text(text))
        }
        (Value::Text(text), Kind::Choice { options }) if options.contains(&text.as_str()) => {
            Some(Value::Text(text))
        }
        (Value::Text(text), Kind::Text { .. }) => Some(Value::Text(shortened(text))),
        (Value::Number(number), Kind::Text { .. }) => Some(Value::Text(number.to_string())),
        (Value::Flag(flag), Kind::Text { .. }) => Some(Value::Text(flag.to_string())),
        _ => None,
    }
}

/// Whether a text may be a file's path, or is none at all.
fn is_file(text: &str, endings: &[&str]) -> bool {
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
    text.is_empty() || endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// A text as long as texts may be.
fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MOST_TEXT) {
        text.truncate(end);
    }
    text
}

/// Whether so many numbers are the points of a path: three at least, and no more than a hand draws.
fn is_path(numbers: &[f64]) -> bool {
    let is_whole = numbers.len().is_multiple_of(PATH_POINT);
    is_whole && (3 * PATH_POINT..=MOST_POINTS * PATH_POINT).contains(&numbers.len())
}

/// What a parameter is where nothing is said.
pub fn usual(kind: Kind) -> Value {
    match kind {
        Kind::Number { default, .. } | Kind::Setting { default, .. } => Value::Number(default),
        Kind::Point { default, .. } => Value::Vector(default.to_vec()),
        Kind::Four { default, .. } => Value::Vector(default.to_vec()),
        Kind::Wheel { default, .. } => Value::Vector(vec![default; 4]),
        Kind::Curve { rest, .. } => Value::Vector(drawn::at_rest(rest)),
        Kind::Flag { default } => Value::Flag(default),
        Kind::Choice { options } => {
            Value::Text(options.first().copied().unwrap_or_default().to_owned())
        }
        Kind::Media | Kind::Look | Kind::File { .. } => Value::Text(String::new()),
        Kind::Text { default, .. } => Value::Text(default.to_owned()),
        Kind::Path | Kind::List { .. } => Value::Vector(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[Parameter] = &[
        Parameter {
            id: "size",
            label: "Size",
            help: "",
            kind: Kind::Number { least: 0.0, most: 2.0, default: 1.0, unit: "" },
        },
        Parameter {
            id: "law",
            label: "Law",
            help: "",
            kind: Kind::Choice { options: &["video", "film"] },
        },
    ];

    fn of(param: &Param) -> Values {
        Values::resolve(LIST, Moment::default(), |id| (id == "size").then_some(param))
    }

    #[test]
    fn what_is_wrong_has_its_default_and_what_is_far_is_held() {
        assert_eq!(of(&Param::number(9.0)).number("size"), 2.0);
        assert_eq!(of(&Param::number(f64::NAN)).number("size"), 1.0);
        assert_eq!(of(&Param::Constant(Value::Flag(true))).number("size"), 1.0);
        assert_eq!(of(&Param::point(0.5, 7.0)).point("size"), [0.5, 2.0]);
        assert_eq!(of(&Param::number(0.5)).word("law"), "video");
    }
}
