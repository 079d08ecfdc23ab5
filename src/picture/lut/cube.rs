//! `.cube`: curves, cubes, or curves before a cube (Adobe, Cube LUT Specification 1.0; Resolve's input ranges).

use super::cubic::Cube;
use super::rows::Rows;
use super::{Format, MOST_ENTRIES, MOST_SIDE, Stage, count, curves};

pub(super) const FORMAT: Format = Format {
    id: "cube",
    help: "Adobe's and Resolve's: curves, cubes, or curves before a cube, with their domain.",
    read,
};

/// What stands before the colours.
struct Head {
    line: usize,
    side: usize,
    line_range: [[f32; 3]; 2],
    cube_range: [[f32; 3]; 2],
}

fn read(text: &str) -> Result<Vec<Stage>, String> {
    let rows = &mut Rows::new(text);
    let head = head(rows)?;
    let mut stages = Vec::new();
    if head.line > 0 {
        let [from, to] = within(head.line_range)?;
        stages.push(curves(&rows.colours(head.line)?, from, to));
    }
    if head.side > 0 {
        let colours = rows.colours(head.side * head.side * head.side)?;
        let cube = Cube::new([head.side; 3], within(head.cube_range)?, colours);
        stages.push(Stage::Cube(cube.ok_or("its cube is not whole")?));
    }
    match rows.next() {
        _ if stages.is_empty() => Err("it says neither LUT_1D_SIZE nor LUT_3D_SIZE".to_owned()),
        Some(row) => Err(rows.wrong(row, "the end, as all colours are there")),
        None => Ok(stages),
    }
}

fn within([from, to]: [[f32; 3]; 2]) -> Result<[[f32; 3]; 2], String> {
    let is_wide = from.iter().zip(&to).all(|(from, to)| from < to && (to - from).is_finite());
    is_wide.then_some([from, to]).ok_or_else(|| format!("its domain from {from:?} to {to:?} is none"))
}

fn head(rows: &mut Rows<'_>) -> Result<Head, String> {
    let unit = [[0.0; 3], [1.0; 3]];
    let mut head = Head { line: 0, side: 0, line_range: unit, cube_range: unit };
    while let Some(row) = rows.peek() {
        let (word, rest) = row.split_once(char::is_whitespace).unwrap_or((row, ""));
        if !word.starts_with(|letter: char| letter.is_ascii_alphabetic()) || is_number(word) {
            return Ok(head);
        }
        rows.next();
        match word {
            "LUT_1D_SIZE" => head.line = count(one(rows, rest)?, word, MOST_ENTRIES)?,
            "LUT_3D_SIZE" => head.side = count(one(rows, rest)?, word, MOST_SIDE)?,
            "DOMAIN_MIN" | "DOMAIN_MAX" => {
                let ends = rows.read_exactly::<3>(rest, "three numbers")?.map(|it| it as f32);
                let end = usize::from(word == "DOMAIN_MAX");
                head.line_range[end] = ends;
                head.cube_range[end] = ends;
            }
            "LUT_1D_INPUT_RANGE" => head.line_range = range(rows, rest)?,
            "LUT_3D_INPUT_RANGE" => head.cube_range = range(rows, rest)?,
            _ => {}
        }
    }
    Ok(head)
}

/// Whether a word that begins with a letter is a number: `nan`, `inf`.
fn is_number(word: &str) -> bool {
    word.parse::<f64>().is_ok()
}

fn one(rows: &Rows<'_>, rest: &str) -> Result<f64, String> {
    rows.read_exactly::<1>(rest, "a number").map(|[number]| number)
}

fn range(rows: &Rows<'_>, rest: &str) -> Result<[[f32; 3]; 2], String> {
    let [from, to] = rows.read_exactly::<2>(rest, "two numbers")?;
    Ok([[from as f32; 3], [to as f32; 3]])
}
