//! `LUT3D`: a cube with blue fastest, taken straight along each axis, or by tetrahedra where it asks for that.

use super::super::cubic::Cube;
use super::super::{MOST_SIDE, count};
use super::{Element, Node, Stage, depth};

pub(super) const NODE: Node = Node { id: "LUT3D", read };

fn read(element: &Element) -> Result<Vec<Stage>, String> {
    if element.maybe("IndexMap").is_some() {
        return Err("it has an IndexMap, which CLF 3 has no more: put a Range before it".to_owned());
    }
    let [_, white] = depth::whites(element)?;
    let array = element.one("Array")?;
    let sizes = array.sizes("dim", 4)?;
    let mut sides = [0; 3];
    for (side, size) in sides.iter_mut().zip(&sizes) {
        *side = count(*size as f64, "a side", MOST_SIDE)?;
    }
    if sizes[3] != 3 {
        return Err(format!("its entries are of {} colours, and those of a cube of 3", sizes[3]));
    }
    let numbers = array.numbers(3 * sides.iter().product::<usize>())?;
    if numbers.iter().any(|number| !number.is_finite()) {
        return Err("its cube has a number without an end".to_owned());
    }
    let [reds, greens, blues] = sides;
    let colour = |index: usize| {
        let (red, green, blue) = (index % reds, index / reds % greens, index / reds / greens);
        let at = 3 * ((red * greens + green) * blues + blue);
        [0, 1, 2].map(|channel| (numbers[at + channel] / white) as f32)
    };
    let entries = (0..numbers.len() / 3).map(colour);
    let cube = Cube::new(sides, [[0.0; 3], [1.0; 3]], entries).ok_or("its cube is not whole")?;
    Ok(vec![Stage::Cube(match element.attribute("interpolation") {
        Some("tetrahedral") => cube,
        None | Some("trilinear") => cube.taken_by_eight(),
        Some(other) => {
            let words = "and there are trilinear and tetrahedral";
            return Err(format!("its interpolation is {other:?}, {words}"));
        }
    })])
}
