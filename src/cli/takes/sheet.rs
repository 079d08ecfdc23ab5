//! The contact sheet of a list of takes, each above its name.

use super::Arguments;
use super::rows::Row;
use crate::cli::Done;
use crate::cli::output::Output;
use crate::media::caption;
use crate::picture::{above, contact_sheet};
use crate::signal::Image;
use serde_json::json;

/// A row's small picture above its name, if a sheet was asked for.
pub(super) fn cell(row: &Row) -> Option<Image> {
    row.seen.small.as_ref().map(|small| above(small, &caption(&row.name, small.width)))
}

/// Writes the sheet that was asked for, of cells in the order of the list; none, if none was.
pub(super) fn write(arguments: &Arguments, pictures: &[Image], output: Output) -> Done {
    let Some(path) = &arguments.sheet else { return Ok(()) };
    let sheet = contact_sheet(pictures, arguments.columns, arguments.width);
    let sheet = sheet.ok_or_else(|| anyhow::anyhow!("no take was listed, so there is no sheet"))?;
    crate::project::write_whole(path, &crate::deliver::png(&sheet, false)?)?;
    let words = format!("{} pictures: {}", pictures.len(), path.display());
    output.say(words, || json!({"pictures": pictures.len(), "sheet": path}));
    Ok(())
}
