//! The contact sheet of a list of takes, each above its name: a PNG, or a PDF with what is known of each.

use super::Arguments;
use super::rows::{self, Row};
use crate::cli::Done;
use crate::cli::output::Output;
use crate::cli::sheet::is_pdf;
use crate::deliver::contact::{Print, contact_pdf};
use crate::media::caption;
use crate::picture::{above, contact_sheet};
use crate::signal::Image;
use serde_json::json;

/// Letters of a prompt that a sheet shows.
const PROMPT: usize = 120;

/// Writes the sheet that was asked for, of rows in the order of the list; none, if none was.
pub(super) fn write(arguments: &Arguments, rows: &[Row], output: Output) -> Done {
    let Some(path) = &arguments.sheet else { return Ok(()) };
    let seen: Vec<(&Row, &Image)> =
        rows.iter().filter_map(|row| Some((row, row.seen.small.as_ref()?))).collect();
    if seen.is_empty() {
        return Err(anyhow::anyhow!("no take was listed, so there is no sheet").into());
    }
    let bytes = if is_pdf(path) { pdf(arguments, &seen)? } else { png(arguments, &seen)? };
    crate::project::write_whole(path, &bytes)?;
    let words = format!("{} pictures: {}", seen.len(), path.display());
    output.say(words, || json!({"pictures": seen.len(), "sheet": path}));
    Ok(())
}

fn png(arguments: &Arguments, seen: &[(&Row, &Image)]) -> Result<Vec<u8>, anyhow::Error> {
    let cell = |(row, small): &(&Row, &Image)| above(small, &caption(&row.name, small.width));
    let pictures: Vec<Image> = seen.iter().map(cell).collect();
    let sheet = contact_sheet(&pictures, arguments.columns, arguments.width);
    let sheet = sheet.ok_or_else(|| anyhow::anyhow!("the takes have no picture for a sheet"))?;
    Ok(crate::deliver::png(&sheet, false)?)
}

fn pdf(arguments: &Arguments, seen: &[(&Row, &Image)]) -> Result<Vec<u8>, anyhow::Error> {
    let print =
        |(row, small): &(&Row, &Image)| Print { picture: Image::clone(small), lines: lines(row) };
    let prints: Vec<Print> = seen.iter().map(print).collect();
    let place = arguments.place.file_stem().unwrap_or(arguments.place.as_os_str());
    let shot = arguments.shot.map(|shot| format!(", {shot}")).unwrap_or_default();
    let title = format!("{}{shot}", place.to_string_lossy());
    Ok(contact_pdf(&title, &prints, arguments.columns)?)
}

/// What is written below a take.
fn lines(row: &Row) -> Vec<String> {
    let origin = |name: &str| row.seen.media.origin.get(name).map(String::as_str);
    let came = [("seed ", origin("seed")), ("", origin("model"))];
    let came: Vec<String> =
        came.iter().filter_map(|(word, value)| value.map(|it| format!("{word}{it}"))).collect();
    let figure = |(measure, value): &(&crate::picture::measures::Measure, f64)| {
        format!("{}\u{a0}{value:.digits$}", measure.id, digits = measure.digits)
    };
    let measured: Vec<String> = row.seen.measured.iter().map(figure).collect();
    let prompt = rows::shortened(origin("prompt").unwrap_or_default(), PROMPT);
    vec![row.name.clone(), row.said.clone(), measured.join("  "), came.join(", "), prompt]
}
