//! `.3dl`: a cube of whole numbers with blue fastest, and the curve before it (Autodesk Lustre and Flame).

use super::cubic::Cube;
use super::rows::Rows;
use super::{Format, MOST_SIDE, Stage, curves};

pub(super) const FORMAT: Format = Format {
    id: "3dl",
    help: "Lustre's and Flame's: a cube of whole numbers with its input points.",
    read,
};

fn read(text: &str) -> Result<Vec<Stage>, String> {
    let rows = &mut Rows::new(text);
    while rows.peek().is_some_and(|row| row.starts_with(|c: char| c.is_ascii_alphabetic())) {
        rows.next();
    }
    let points = rows.numbers("the input points")?;
    let side = points.len();
    if !(2..=MOST_SIDE).contains(&side) {
        return Err(format!("it has {side} input points: a cube has 2 to {MOST_SIDE}"));
    }
    let mut entries = vec![[0.0; 3]; side * side * side];
    let colours = rows.colours(entries.len())?;
    let most = colours.iter().flatten().fold(0.0_f32, |most, value| most.max(*value));
    let full = full(most).ok_or("its colours are above 16 bits")?;
    for (place, colour) in colours.iter().enumerate() {
        let (red, green, blue) = (place / side / side, place / side % side, place % side);
        entries[red + side * (green + side * blue)] = colour.map(|value| value / full);
    }
    let cube = Cube::new([side; 3], [[0.0; 3], [1.0; 3]], entries).ok_or("its cube is not whole")?;
    let mut stages: Vec<Stage> = shaper(&points)?.into_iter().collect();
    stages.push(Stage::Cube(cube));
    Ok(stages)
}

/// The greatest code of the fewest bits (8, 10, 12, 14, 16) that a number is likely one of.
fn full(most: f32) -> Option<f32> {
    let bits = [8, 10, 12, 14, 16].into_iter();
    let codes = bits.map(|bits| (1_u32 << bits) as f32);
    codes.into_iter().find(|codes| most <= 2.0 * codes - 1.0).map(|codes| codes - 1.0)
}

/// The input points as a curve; none where they lie at even distances, as they do but in theory.
fn shaper(points: &[f64]) -> Result<Option<Stage>, String> {
    let most = points.iter().fold(0.0_f64, |most, point| most.max(*point)) as f32;
    let full = full(most).ok_or("its input points are above 16 bits")?;
    let last = (points.len() - 1) as f32;
    let is_even = points
        .iter()
        .enumerate()
        .all(|(place, point)| (*point as f32 - place as f32 / last * full).abs() < 2.0);
    if is_even {
        return Ok(None);
    }
    let heights: Vec<_> = points.iter().map(|point| [*point as f32 / full; 3]).collect();
    Ok(Some(curves(&heights, [0.0; 3], [1.0; 3])))
}
