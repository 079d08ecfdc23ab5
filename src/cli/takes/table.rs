//! What a list of takes is handed on as: a contact sheet, and a table for any spreadsheet (RFC 4180).

use super::rows::Row;
use super::{Arguments, sheet};
use crate::cli::Done;
use crate::cli::output::Output;
use crate::picture::measures;
use serde_json::{Value, json};

/// What was said of a take, by the names that programs are told.
const SAID: [&str; 8] = ["shot", "take", "chosen", "state", "rank", "reasons", "windows", "note"];
/// Where a take came from.
const ORIGIN: [&str; 3] = ["seed", "model", "prompt"];

/// Writes the sheet and the table that were asked for.
pub(super) fn hand_on(arguments: &Arguments, rows: &[Row], output: Output) -> Done {
    sheet::write(arguments, rows, output)?;
    let Some(path) = &arguments.csv else { return Ok(()) };
    if rows.is_empty() {
        return Err(anyhow::anyhow!("no take was listed, so there is no table").into());
    }
    crate::project::write_whole(path, table(rows).as_bytes())?;
    let words = format!("{} takes: {}", rows.len(), path.display());
    output.say(words, || json!({"takes": rows.len(), "csv": path}));
    Ok(())
}

/// The table: a head, then a line a take.
fn table(rows: &[Row]) -> String {
    let measures = measures::ALL.iter().map(|measure| measure.id);
    let of_file = ["file", "width", "height", "frames"];
    let head = SAID.into_iter().chain(of_file).chain(ORIGIN).chain(measures).chain(["broken"]);
    let head = line(head.map(str::to_owned));
    std::iter::once(head).chain(rows.iter().map(|row| line(cells(row)))).collect()
}

fn cells(row: &Row) -> impl Iterator<Item = String> {
    let media = &row.seen.media;
    let said = SAID.map(|name| row.fields.get(name).map(text).unwrap_or_default());
    let side = |side: fn(&timeline_format::media::PictureStream) -> u32| {
        media.picture.as_ref().map(|picture| side(picture).to_string()).unwrap_or_default()
    };
    let of_file = [
        row.seen.path.display().to_string(),
        side(|picture| picture.width),
        side(|picture| picture.height),
        media.length.map(|length| length.to_string()).unwrap_or_default(),
    ];
    let origin = ORIGIN.map(|name| media.origin.get(name).cloned().unwrap_or_default());
    let figure = |measure: &&'static measures::Measure| {
        let value = row.seen.measure(measure.id);
        value.map(|value| format!("{value:.digits$}", digits = measure.digits)).unwrap_or_default()
    };
    let measured: Vec<String> = measures::ALL.iter().map(figure).collect();
    let broken = row.seen.broken.clone().unwrap_or_default();
    said.into_iter().chain(of_file).chain(origin).chain(measured).chain([broken])
}

/// A value as a cell has it: nothing for nothing, spans of frames as `3..9`.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let spans = items.iter().map(|item| match item.as_array().map(Vec::as_slice) {
                Some([from, to]) => format!("{from}..{to}"),
                _ => item.as_str().map_or_else(|| item.to_string(), str::to_owned),
            });
            spans.collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// Cells as a line: those with a comma, a quote or an end of a line in them are quoted.
fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| {
        let is_plain = !cell.contains([',', '"', '\n', '\r']);
        if is_plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}
