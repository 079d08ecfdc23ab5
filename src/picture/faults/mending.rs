//! The effect that mends a find: its operation, when it is seen, and where.

use super::find::seen_in;
use super::{Find, Remedy};
use timeline_format::{Effect, Id, IdSource, Mask, Param, Value};

/// By how much of the picture a region is made larger, for the soft edge of the mask.
const WIDER: f64 = 0.02;

/// The effect that mends a find, under an id; `None` where no effect does.
pub fn mending(find: &Find, id: Id, ids: &mut IdSource) -> Option<Effect> {
    let Some(Remedy::Effect { kind, values, only_there }) = &find.remedy else { return None };
    let mut effect = Effect { values: values.clone(), ..Effect::new(id, *kind) };
    if *only_there {
        effect.mix = Some(seen_in(&find.frames));
    }
    let is_placed = !matches!(*kind, "gains" | "unlattice" | "edge");
    if let (true, Some(region)) = (is_placed, find.region) {
        effect.masks = vec![mask(region, ids.next_id())];
    }
    Some(effect)
}

/// A rectangle over a region, as the catalogue of masks has it.
fn mask([left, top, right, bottom]: [f64; 4], id: Id) -> Mask {
    let mut mask = Mask::new(id, "rectangle");
    let pair = |x: f64, y: f64| Param::Constant(Value::Vector(vec![x, y]));
    let values = [
        ("centre", pair(0.5 * (left + right), 0.5 * (top + bottom))),
        ("size", pair(right - left + WIDER, bottom - top + WIDER)),
        ("feather", Param::number(12.0)),
    ];
    mask.values.extend(values.map(|(name, value)| (name.to_owned(), value)));
    mask
}
