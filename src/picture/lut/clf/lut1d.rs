//! `LUT1D`: a curve for all colours or one for each, over black to white or over every half float.

use super::super::half::{self, HalfCurves};
use super::super::{MOST_ENTRIES, count, curves};
use super::{Element, Node, Stage, depth, formula};

pub(super) const NODE: Node = Node { id: "LUT1D", read };

fn read(element: &Element) -> Result<Vec<Stage>, String> {
    if element.maybe("IndexMap").is_some() {
        return Err("it has an IndexMap, which CLF 3 has no more: put a Range before it".to_owned());
    }
    let [_, white] = depth::whites(element)?;
    let is_half = is_true(element, "halfDomain");
    let array = element.one("Array")?;
    let sizes = array.sizes("dim", 2)?;
    let entries = count(sizes[0] as f64, "its curve", MOST_ENTRIES)?;
    let colours = sizes[1];
    if colours != 1 && colours != 3 {
        return Err(format!("it has curves of {colours} colours, and there are 1 or 3"));
    }
    if is_half && entries != half::ENTRIES {
        return Err(format!("it has {entries} entries, and every half float is {}", half::ENTRIES));
    }
    let numbers = array.numbers(entries * colours)?;
    let heights = heights(element, &numbers, white)?;
    let entries: Vec<[f32; 3]> = match colours {
        1 => heights.iter().map(|one| [*one; 3]).collect(),
        _ => heights.as_chunks::<3>().0.to_vec(),
    };
    if !is_half {
        return Ok(vec![curves(&entries, [0.0; 3], [1.0; 3])]);
    }
    let curve = |colour: usize| entries.iter().map(|entry| entry[colour]).collect();
    Ok(formula(HalfCurves([0, 1, 2].map(curve))))
}

fn is_true(element: &Element, name: &str) -> bool {
    element.attribute(name) == Some("true")
}

/// Numbers as heights: of white, or the bits of half floats. In a curve over all of these there are some without an
/// end, which are held to what there is.
fn heights(element: &Element, numbers: &[f64], white: f64) -> Result<Vec<f32>, String> {
    let held = |number: f64| {
        let most = f64::from(half::MOST);
        if number.is_nan() { 0.0 } else { number.clamp(-most * white, most * white) / white }
    };
    if !is_true(element, "rawHalfs") {
        return Ok(numbers.iter().map(|number| held(*number) as f32).collect());
    }
    let raw = |number: &f64| {
        let is_bits = number.fract() == 0.0 && (0.0..half::ENTRIES as f64).contains(number);
        is_bits.then_some(half::number_of(*number as u16))
    };
    let all = numbers.iter().map(raw).collect::<Option<Vec<_>>>();
    all.ok_or_else(|| "its numbers are not all bits of half floats, 0 to 65535".to_owned())
}
