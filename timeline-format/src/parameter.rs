//! Values that may move: constants and keyframes.

use crate::time::Frames;
use serde::{Deserialize, Serialize};

/// One value of a parameter. Numbers are finite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// On or off.
    Flag(bool),
    /// One number, in the unit that the parameter's description states.
    Number(f64),
    /// Several numbers: a point, a colour, a rectangle; the points of a curve, across and up in turn; or those of a
    /// path, seven numbers each.
    Vector(Vec<f64>),
    /// A word from a list, or free text.
    Text(String),
}

/// A parameter: one value, or keyframes.
///
/// In a file: the bare value, or `{"keys": [{"at": 0, "value": 1}, ...]}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Param {
    /// The same value throughout.
    Constant(Value),
    /// Values at frames.
    Animated(Curve),
}

/// Keyframes, at strictly increasing positions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// The keys; before the first and after the last, the nearest key's value holds.
    pub keys: Vec<Key>,
    /// What the positions are counted from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub follow: Follow,
}

/// What a curve's positions are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Follow {
    /// The first frame of the clip (or of the track or bus): a trim of its head moves the curve.
    #[default]
    Clip,
    /// The source's own frame 0: trims, slips and splits leave the curve on the content.
    Content,
}

/// A value at a position, and the way from it to the next key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Frames (of the sequence for `clip`, of the source for `content`).
    pub at: Frames,
    /// The value there.
    pub value: Value,
    /// The way to the next key.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ease: Ease,
}

/// The way from a key to the next.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ease {
    /// Straight.
    #[default]
    Linear,
    /// The value stays until the next key.
    Hold,
    /// Slow out of this key and slow into the next: `3x^2 - 2x^3`.
    Ease,
    /// A cubic from (0, 0) to (1, 1) with handles `[x1, y1, x2, y2]`, `x` within 0 and 1
    /// (CSS Easing Functions Level 1, section 2.2).
    Bezier([f64; 4]),
}

impl Param {
    /// A constant number.
    pub fn number(number: f64) -> Self {
        Self::Constant(Value::Number(number))
    }

    /// A constant point.
    pub fn point(x: f64, y: f64) -> Self {
        Self::Constant(Value::Vector(vec![x, y]))
    }

    /// Whether the value can change over time.
    pub fn is_animated(&self) -> bool {
        matches!(self, Self::Animated(curve) if curve.keys.len() > 1)
    }

    /// The value at `at`, a position in frames (a fraction of a frame is allowed: a frame is
    /// evaluated at its start, a sample where it lies). Text and flags hold until the next key.
    pub fn at(&self, at: f64) -> Value {
        match self {
            Self::Constant(value) => value.clone(),
            Self::Animated(curve) => curve.at(at),
        }
    }

    /// The number at `at`, or `default` where the value is no number.
    pub fn number_at(&self, at: f64, default: f64) -> f64 {
        match self.at(at) {
            Value::Number(number) => number,
            _ => default,
        }
    }

    /// The point at `at`, or `default` where the value is no pair.
    pub fn point_at(&self, at: f64, default: [f64; 2]) -> [f64; 2] {
        match self.at(at) {
            Value::Vector(numbers) if numbers.len() == 2 => [numbers[0], numbers[1]],
            _ => default,
        }
    }
}

impl Curve {
    fn at(&self, at: f64) -> Value {
        let next = self.keys.partition_point(|key| key.at.to_f64() <= at);
        let (Some(from), to) = (self.keys.get(next.saturating_sub(1)), self.keys.get(next)) else {
            return Value::Number(0.0);
        };
        match to {
            Some(to) if next > 0 => {
                let (start, end) = (from.at.to_f64(), to.at.to_f64());
                mix(&from.value, &to.value, from.ease.progress((at - start) / (end - start)))
            }
            _ => from.value.clone(),
        }
    }
}

fn mix(from: &Value, to: &Value, progress: f64) -> Value {
    match (from, to) {
        (Value::Number(a), Value::Number(b)) => Value::Number(a + (b - a) * progress),
        (Value::Vector(a), Value::Vector(b)) if a.len() == b.len() => {
            Value::Vector(a.iter().zip(b).map(|(a, b)| a + (b - a) * progress).collect())
        }
        _ => from.clone(),
    }
}

impl Ease {
    /// How far the value has come when `x` of the way in time has passed, both 0 to 1.
    pub fn progress(self, x: f64) -> f64 {
        let x = x.clamp(0.0, 1.0);
        match self {
            Self::Linear => x,
            Self::Hold => 0.0,
            Self::Ease => x * x * (3.0 - 2.0 * x),
            Self::Bezier(_) if x == 0.0 || x == 1.0 => x,
            Self::Bezier([x1, y1, x2, y2]) => cubic(y1, y2, solve_cubic(x1, x2, x)),
        }
    }
}

impl Ease {
    /// The area under [`Self::progress`] from 0 to `x`, 0 to 1: for values whose sum over time counts,
    /// as a pitch's does.
    pub fn area(self, x: f64) -> f64 {
        let x = x.clamp(0.0, 1.0);
        match self {
            Self::Linear => 0.5 * x * x,
            Self::Hold => 0.0,
            Self::Ease => x * x * x * (1.0 - 0.5 * x),
            Self::Bezier([x1, y1, x2, y2]) => {
                let (x1, x2) = (x1.clamp(0.0, 1.0), x2.clamp(0.0, 1.0));
                let end = if x == 1.0 { 1.0 } else { solve_cubic(x1, x2, x) };
                let at = |t: f64| cubic(y1, y2, t) * cubic_slope(x1, x2, t);
                GAUSS.iter().map(|(place, weight)| weight * end * at(place * end)).sum()
            }
        }
    }
}

/// Places and weights of Gauss and Legendre's rule of three points on 0 to 1: exact up to degree 5, which
/// is that of a cubic over the slope of another (Abramowitz and Stegun, 25.4.29).
const GAUSS: [(f64, f64); 3] = [
    (0.112_701_665_379_258_31, 5.0 / 18.0),
    (0.5, 4.0 / 9.0),
    (0.887_298_334_620_741_7, 5.0 / 18.0),
];

fn cubic_slope(p1: f64, p2: f64, t: f64) -> f64 {
    let s = 1.0 - t;
    3.0 * s * s * p1 + 6.0 * s * t * (p2 - p1) + 3.0 * t * t * (1.0 - p2)
}

fn cubic(p1: f64, p2: f64, t: f64) -> f64 {
    let s = 1.0 - t;
    3.0 * s * s * t * p1 + 3.0 * s * t * t * p2 + t * t * t
}

/// The curve parameter at which a monotonic cubic reaches `x`, by bisection to 2^-53.
fn solve_cubic(x1: f64, x2: f64, x: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..53 {
        let middle = 0.5 * (low + high);
        if cubic(x1.clamp(0.0, 1.0), x2.clamp(0.0, 1.0), middle) < x {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Ratio;

    fn curve(ease: Ease) -> Param {
        let key = |at, value| Key { at: Ratio::whole(at), value: Value::Number(value), ease };
        Param::Animated(Curve { keys: vec![key(10, 0.0), key(20, 1.0)], follow: Follow::Clip })
    }

    #[test]
    fn a_curve_holds_outside_its_keys_and_moves_between() {
        for (ease, half) in [
            (Ease::Linear, 0.5),
            (Ease::Hold, 0.0),
            (Ease::Ease, 0.5),
            (Ease::Bezier([0.25, 0.1, 0.25, 1.0]), 0.8024033877399112),
        ] {
            let at = |frame| curve(ease).number_at(frame, f64::NAN);
            assert_eq!([at(0.0), at(10.0), at(20.0), at(30.0)], [0.0, 0.0, 1.0, 1.0]);
            assert!((at(15.0) - half).abs() < 1e-9, "{ease:?} {}", at(15.0));
        }
    }

    #[test]
    fn an_area_is_the_sum_of_the_progress() {
        let steps = 20_000;
        for ease in [
            Ease::Linear,
            Ease::Hold,
            Ease::Ease,
            Ease::Bezier([0.25, 0.1, 0.25, 1.0]),
            Ease::Bezier([0.9, -0.5, 0.1, 1.8]),
        ] {
            let mut sum = 0.0;
            for step in 0..steps {
                let x = (f64::from(step) + 0.5) / f64::from(steps);
                sum += ease.progress(x) / f64::from(steps);
                if step % 1000 == 999 {
                    let area = ease.area(f64::from(step + 1) / f64::from(steps));
                    assert!((area - sum).abs() < 1e-7, "{ease:?}: {area} {sum}");
                }
            }
        }
    }

    #[test]
    fn parameters_are_plain_in_text() {
        for text in ["1.5", "[960.0,540.0]", "true", "\"fit\""] {
            let param: Param = serde_json::from_str(text).unwrap();
            assert!(matches!(param, Param::Constant(_)));
            assert_eq!(serde_json::to_string(&param).unwrap(), text);
        }
        let text = r#"{"keys":[{"at":0,"value":1.0,"ease":"hold"},{"at":"1/2","value":0.0}]}"#;
        let param: Param = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&param).unwrap(), text);
    }
}
