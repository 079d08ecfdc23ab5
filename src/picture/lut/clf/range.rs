//! `Range`: one range brought to another, held to it or not.

use super::{Element, Formula, Node, Stage, depth, formula};
use signal::wide;

pub(super) const NODE: Node = Node { id: "Range", read };

/// `x scale + offset`, held to what is between two numbers.
#[derive(Debug)]
struct Range {
    scale: f32,
    offset: f32,
    least: f32,
    most: f32,
}

/// A limit on the way in and what it becomes; `None` where neither is stated.
type Limit = Option<[f64; 2]>;

fn read(element: &Element) -> Result<Vec<Stage>, String> {
    let whites = depth::whites(element)?;
    let low = limit(element, ["minInValue", "minOutValue"], whites)?;
    let high = limit(element, ["maxInValue", "maxOutValue"], whites)?;
    let is_held = match element.attribute("style") {
        None | Some("clamp" | "Clamp") => true,
        Some("noClamp") => false,
        Some(other) => {
            return Err(format!("its style is {other:?}, and there are clamp and noClamp"));
        }
    };
    let (scale, offset) = line(low, high)?;
    if !is_held && (low.is_none() || high.is_none()) {
        return Err("its style noClamp needs both limits".to_owned());
    }
    let least = low.filter(|_| is_held).map_or(f32::NEG_INFINITY, |[_, to]| to as f32);
    let most = high.filter(|_| is_held).map_or(f32::INFINITY, |[_, to]| to as f32);
    Ok(formula(Range { scale: scale as f32, offset: offset as f32, least, most }))
}

fn limit(element: &Element, names: [&str; 2], whites: [f64; 2]) -> Result<Limit, String> {
    let number = |place: usize| -> Result<Option<f64>, String> {
        let Some(child) = element.maybe(names[place]) else { return Ok(None) };
        child.finite::<1>().map(|[number]| Some(number / whites[place]))
    };
    match (number(0)?, number(1)?) {
        (Some(from), Some(to)) => Ok(Some([from, to])),
        (None, None) => Ok(None),
        _ => Err(format!("it states one of {} and {} without the other", names[0], names[1])),
    }
}

/// The line through both limits; through one, which has to stay where it is, what is.
fn line(low: Limit, high: Limit) -> Result<(f64, f64), String> {
    match (low, high) {
        (Some([from, to]), Some([far, end])) => {
            if far <= from || end < to {
                return Err("its greatest value is below its least".to_owned());
            }
            let scale = (end - to) / (far - from);
            Ok((scale, to - scale * from))
        }
        (Some([from, to]), None) | (None, Some([from, to])) => {
            let is_same = (from - to).abs() <= 1e-6 * from.abs().max(1.0);
            is_same.then_some((1.0, 0.0)).ok_or_else(|| {
                "a limit alone has to be the same on the way in and on the way out".to_owned()
            })
        }
        (None, None) => Err("it states no limit".to_owned()),
    }
}

impl Formula for Range {
    fn line(&self, channels: [&mut [f32]; 3]) {
        let Self { scale, offset, least, most } = *self;
        for channel in channels {
            wide(
                #[inline(always)]
                move || {
                    for value in channel.iter_mut() {
                        *value = (*value * scale + offset).max(least).min(most);
                    }
                },
            );
        }
    }

    fn words(&self) -> String {
        "range".to_owned()
    }
}
