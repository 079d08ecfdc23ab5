//! Parameters are finite and their keys go forward.

use super::Found;
use super::facts::Facts;
use super::parameters;
use crate::parameter::{Curve, Ease};
use crate::{Param, Problem, Value};

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    parameters::each(facts, &mut |place, name, param| {
        if let Some((code, what)) = fault(param) {
            let (film, pointer) = place();
            let problem = Problem::error(code, format!("the parameter {name} {what}"));
            found.add(problem.in_film(film).in_file(pointer).remedy("set it again"));
        }
    });
}

fn fault(param: &Param) -> Option<(&'static str, &'static str)> {
    match param {
        Param::Constant(value) => value_fault(value),
        Param::Animated(curve) => curve_fault(curve),
    }
}

fn value_fault(value: &Value) -> Option<(&'static str, &'static str)> {
    let is_finite = match value {
        Value::Number(number) => number.is_finite(),
        Value::Vector(numbers) => numbers.iter().all(|number| number.is_finite()),
        Value::Flag(_) | Value::Text(_) => true,
    };
    (!is_finite).then_some(("not-finite", "is no finite number"))
}

fn curve_fault(curve: &Curve) -> Option<(&'static str, &'static str)> {
    if curve.keys.is_empty() {
        return Some(("curve-empty", "moves, and has no keys"));
    }
    if curve.keys.windows(2).any(|pair| pair[0].at >= pair[1].at) {
        return Some(("curve-order", "has keys that do not go forward in time"));
    }
    let kind = |value: &Value| match value {
        Value::Flag(_) => 0,
        Value::Number(_) => 1,
        Value::Vector(numbers) => 2 + numbers.len(),
        Value::Text(_) => usize::MAX,
    };
    if curve.keys.windows(2).any(|pair| kind(&pair[0].value) != kind(&pair[1].value)) {
        return Some(("curve-kinds", "has keys with values of different kinds"));
    }
    let is_handle = |ease: &Ease| match ease {
        Ease::Bezier([x1, y1, x2, y2]) => {
            [x1, x2].into_iter().all(|x| (0.0..=1.0).contains(x))
                && y1.is_finite()
                && y2.is_finite()
        }
        _ => true,
    };
    if !curve.keys.iter().all(|key| is_handle(&key.ease)) {
        return Some(("curve-handles", "has a bezier whose handles leave its span in time"));
    }
    curve.keys.iter().find_map(|key| value_fault(&key.value))
}
