//! `.spi3d`: a cube whose rows say where they belong (Sony Pictures Imageworks).

use super::cubic::Cube;
use super::rows::Rows;
use super::{Format, MOST_SIDE, Stage, count};

pub(super) const FORMAT: Format =
    Format { id: "spi3d", help: "Imageworks': a cube whose rows say where they belong.", read };

fn read(text: &str) -> Result<Vec<Stage>, String> {
    let rows = &mut Rows::new(text);
    let first = rows.wanted("SPILUT")?;
    if !first.to_uppercase().starts_with("SPILUT") {
        return Err(rows.wrong(first, "SPILUT 1.0"));
    }
    rows.exactly::<2>("3 3")?;
    let sides = rows.exactly::<3>("three sizes")?;
    let mut side = [0; 3];
    for (side, number) in side.iter_mut().zip(sides) {
        *side = count(number, "a side", MOST_SIDE)?;
    }
    let mut entries: Vec<Option<[f32; 3]>> = vec![None; side.iter().product()];
    for place in 0..entries.len() {
        let what = format!("place and colour {} of {}", place + 1, entries.len());
        let row = rows.wanted(&what)?;
        let [red, green, blue, colour @ ..] = rows.read_exactly::<6>(row, &what)?;
        let at = [red, green, blue];
        let is_within = at.iter().zip(side).all(|(at, side)| {
            at.fract() == 0.0 && *at >= 0.0 && *at < side as f64
        });
        if !is_within {
            return Err(rows.wrong(row, "a place within the cube, and its colour"));
        }
        let [red, green, blue] = at.map(|at| at as usize);
        entries[red + side[0] * (green + side[1] * blue)] = Some(colour.map(|it| it as f32));
    }
    let entries = entries.into_iter().collect::<Option<Vec<_>>>();
    let cube = entries.and_then(|entries| Cube::new(side, [[0.0; 3], [1.0; 3]], entries));
    Ok(vec![Stage::Cube(cube.ok_or("a place of its cube has no colour")?)])
}
