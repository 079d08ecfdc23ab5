//! A counter: the number of the frame, large, to see sync and cadence.

use super::{At, Generator, paint};

/// Digits 0 to 9, three dots across and five down, the top line first.
const DIGITS: [[u8; 5]; 10] = [
    [0b111, 0b101, 0b101, 0b101, 0b111],
    [0b010, 0b110, 0b010, 0b010, 0b111],
    [0b111, 0b001, 0b111, 0b100, 0b111],
    [0b111, 0b001, 0b111, 0b001, 0b111],
    [0b101, 0b101, 0b111, 0b001, 0b001],
    [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111],
    [0b111, 0b001, 0b010, 0b010, 0b010],
    [0b111, 0b101, 0b111, 0b101, 0b111],
    [0b111, 0b101, 0b111, 0b001, 0b111],
];

pub(super) const GENERATOR: Generator = Generator {
    id: "counter",
    label: "Counter",
    help: "The number of the frame from the start of the clip's source.",
    parameters: &[],
    at: |_, at| At { frame: at.frame, ..At::default() },
    make: |_, raster, At { frame, .. }| {
        let digits: Vec<usize> =
            format!("{frame:05}").bytes().map(|byte| usize::from(byte.wrapping_sub(48))).collect();
        let across = digits.len() * 4 + 1;
        let dot = (raster.width as usize / across).min(raster.height as usize / 7).max(1);
        let left = (raster.width as usize).saturating_sub(dot * (across - 2)) / 2;
        let top = (raster.height as usize).saturating_sub(dot * 5) / 2;
        paint(raster, false, |x, y| {
            let place = (x as usize).checked_sub(left).zip((y as usize).checked_sub(top));
            let is_lit = place.is_some_and(|(x, y)| is_lit(&digits, x / dot, y / dot));
            let level = if is_lit { 0.9 } else { 0.1 };
            [level, level, level, 1.0]
        })
    },
};

fn is_lit(digits: &[usize], column: usize, line: usize) -> bool {
    let pattern = digits.get(column / 4).and_then(|digit| DIGITS.get(*digit));
    let bits = pattern.and_then(|lines| lines.get(line)).copied().unwrap_or(0);
    column % 4 < 3 && bits & (0b100 >> (column % 4)) != 0
}
