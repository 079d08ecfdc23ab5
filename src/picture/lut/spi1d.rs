//! `.spi1d`: a curve for one or three colours over a range (Sony Pictures Imageworks).

use super::rows::Rows;
use super::{Format, MOST_ENTRIES, Stage, count, curves};

pub(super) const FORMAT: Format =
    Format { id: "spi1d", help: "Imageworks': a curve of one or three colours over a range.", read };

fn read(text: &str) -> Result<Vec<Stage>, String> {
    let rows = &mut Rows::new(text);
    let (mut from, mut to, mut length, mut components) = (0.0, 1.0, 0, 1);
    loop {
        let row = rows.wanted("a curve in braces")?;
        let (word, rest) = row.split_once(char::is_whitespace).unwrap_or((row, ""));
        match word {
            "{" => break,
            "From" => [from, to] = rows.read_exactly(rest, "two numbers")?,
            "Length" => {
                let [number] = rows.read_exactly(rest, "a number")?;
                length = count(number, "Length", MOST_ENTRIES)?;
            }
            "Components" => {
                let [number] = rows.read_exactly(rest, "1 or 3")?;
                components = if number == 1.0 { 1 } else { 3 };
            }
            "Version" => {}
            _ => return Err(rows.wrong(row, "Version, From, Length, Components or {")),
        }
    }
    if from >= to {
        return Err(format!("its range from {from} to {to} is none"));
    }
    let mut entries = Vec::with_capacity(length);
    for place in 0..length {
        let what = format!("entry {} of {length}", place + 1);
        let row = rows.wanted(&what)?;
        entries.push(match components {
            1 => rows.read_exactly::<1>(row, &what).map(|[one]| [one as f32; 3])?,
            _ => rows.read_exactly::<3>(row, &what)?.map(|number| number as f32),
        });
    }
    if length == 0 || rows.next() != Some("}") {
        return Err("its curve has no Length, or more entries than it says".to_owned());
    }
    Ok(vec![curves(&entries, [from as f32; 3], [to as f32; 3])])
}
