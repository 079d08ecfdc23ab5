//! A grade as a table: what it makes of an even cube of display-coded colours.

use super::cubic::Cube;
use super::{Lut, Stage};
use crate::grade::{Grade, Space};
use std::fmt::Write as _;

/// The table of a grade, `side` entries along each axis, display-coded colours in and out; `None` where the side is
/// none that a table has.
pub fn bake(grade: &Grade, side: usize) -> Option<Lut> {
    let cube = Cube::new([side; 3], [[0.0; 3], [1.0; 3]], colours(grade, side)?);
    cube.map(|cube| Lut::of(vec![Stage::Cube(cube)]))
}

/// The same as the text of a `.cube` file with a title.
pub fn to_cube(grade: &Grade, side: usize, title: &str) -> Option<String> {
    let title: String =
        title.chars().filter(|letter| !letter.is_control() && *letter != '"').collect();
    let mut text =
        format!("TITLE \"{title}\"\nLUT_3D_SIZE {side}\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n");
    for [red, green, blue] in colours(grade, side)? {
        writeln!(text, "{red:.7} {green:.7} {blue:.7}").ok()?;
    }
    Some(text)
}

/// What every colour of the cube becomes, red fastest.
fn colours(grade: &Grade, side: usize) -> Option<Vec<[f32; 3]>> {
    if !(2..=super::MOST_SIDE).contains(&side) {
        return None;
    }
    let part = |at: usize| at as f32 / (side - 1) as f32;
    let mut colours = Vec::with_capacity(side * side * side);
    for (green, blue) in (0..side * side).map(|index| (index % side, index / side)) {
        let red: Vec<f32> = (0..side).map(part).collect();
        let mut planes = [red, vec![part(green); side], vec![part(blue); side]];
        let spaces = [Space::Display; 2];
        grade.through(spaces, planes.each_mut().map(|plane| &mut plane[..]));
        colours.extend((0..side).map(|at| planes.each_ref().map(|plane| plane[at])));
    }
    Some(colours)
}
