//! `.csp`: curves at any distances, then curves or a cube (Rising Sun Research, cineSpace).

use super::cubic::Cube;
use super::curve::Curve;
use super::rows::Rows;
use super::{Format, MOST_ENTRIES, MOST_SIDE, Stage, count, curves};

pub(super) const FORMAT: Format = Format {
    id: "csp",
    help: "cineSpace's: curves at any distances, straight between their points, then curves or a cube.",
    read,
};

fn read(text: &str) -> Result<Vec<Stage>, String> {
    let rows = &mut Rows::new(text);
    let first = rows.wanted("CSPLUTV100")?;
    if first != "CSPLUTV100" {
        return Err(rows.wrong(first, "CSPLUTV100"));
    }
    let kind = rows.wanted("1D or 3D")?;
    if rows.peek() == Some("BEGIN METADATA") {
        while rows.wanted("END METADATA")? != "END METADATA" {}
    }
    let mut shaper = Vec::new();
    for colour in ["red", "green", "blue"] {
        shaper.push(shape(rows, colour)?);
    }
    let shaper: [Curve; 3] = shaper.try_into().map_err(|_others: Vec<_>| "it has not three curves")?;
    let table = match kind {
        "1D" => {
            let [number] = rows.exactly("the count of entries")?;
            let entries = rows.colours(count(number, "its curve", MOST_ENTRIES)?)?;
            curves(&entries, [0.0; 3], [1.0; 3])
        }
        "3D" => {
            let numbers = rows.exactly::<3>("three sizes")?;
            let mut sides = [0; 3];
            for (side, number) in sides.iter_mut().zip(numbers) {
                *side = count(number, "a side", MOST_SIDE)?;
            }
            let colours = rows.colours(sides.iter().product())?;
            let cube = Cube::new(sides, [[0.0; 3], [1.0; 3]], colours);
            Stage::Cube(cube.ok_or("its cube is not whole")?)
        }
        _ => return Err(rows.wrong(kind, "1D or 3D")),
    };
    Ok(vec![Stage::Curves(Box::new(shaper)), table])
}

fn shape(rows: &mut Rows<'_>, colour: &str) -> Result<Curve, String> {
    let [number] = rows.exactly(&format!("the count of points of {colour}"))?;
    let points = count(number, colour, MOST_ENTRIES)?;
    let mut of = |what: &str| {
        let numbers = rows.numbers(&format!("{points} {what} of {colour}"))?;
        Ok::<_, String>(numbers.into_iter().map(|number| number as f32).collect::<Vec<_>>())
    };
    let (places, heights) = (of("places")?, of("heights")?);
    let is_whole = places.len() == points && heights.len() == points;
    let curve = Curve::placed(places, heights).filter(|_| is_whole);
    curve.ok_or_else(|| format!("the points of {colour} do not rise, or are not {points}"))
}
