//! `Matrix`: red, green and blue as sums of each other, and an offset.

use super::{Element, Formula, Node, Stage, depth, formula};
use signal::wide;

pub(super) const NODE: Node = Node { id: "Matrix", read };

/// A row for each colour: what red, green and blue are multiplied by, and what is added.
#[derive(Debug)]
struct Matrix([[f32; 4]; 3]);

fn read(element: &Element) -> Result<Vec<Stage>, String> {
    let [from, to] = depth::whites(element)?;
    let array = element.one("Array")?;
    let said = array.attribute("dim").unwrap_or_default();
    let sizes: Vec<_> = said.split_whitespace().collect();
    let rows: [[f64; 4]; 3] = match sizes[..] {
        ["3", "3"] | ["3", "3", "3"] => {
            let numbers = array.finite::<9>()?;
            [0, 1, 2].map(|row| [numbers[3 * row], numbers[3 * row + 1], numbers[3 * row + 2], 0.0])
        }
        ["3", "4"] | ["3", "4", "3"] => {
            let numbers = array.finite::<12>()?;
            [0, 1, 2].map(|row| [0, 1, 2, 3].map(|column| numbers[4 * row + column]))
        }
        _ => return Err("the dim of its Array should be \"3 3\" or \"3 4\"".to_owned()),
    };
    Ok(formula(Matrix(rows.map(|[red, green, blue, offset]| {
        let part = |number: f64| (number * from / to) as f32;
        [part(red), part(green), part(blue), (offset / to) as f32]
    }))))
}

impl Formula for Matrix {
    fn line(&self, [red, green, blue]: [&mut [f32]; 3]) {
        let rows = self.0;
        wide(
            #[inline(always)]
            move || {
                for ((red, green), blue) in red.iter_mut().zip(green.iter_mut()).zip(blue.iter_mut()) {
                    let (r, g, b) = (*red, *green, *blue);
                    let of = |row: [f32; 4]| row[0] * r + row[1] * g + row[2] * b + row[3];
                    [*red, *green, *blue] = [of(rows[0]), of(rows[1]), of(rows[2])];
                }
            },
        );
    }

    fn words(&self) -> String {
        "matrix".to_owned()
    }
}
