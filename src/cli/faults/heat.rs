//! A picture of where a fault is.

use crate::cli::output::Output;
use crate::cli::{Done, replacing};
use crate::media::Pictures;
use crate::picture::faults::{Known, shown};
use serde_json::json;
use std::path::Path;
use timeline_format::{Media, Ratio};

/// Writes the picture of a fault into a folder, named by its kind and its id.
pub(super) fn write(
    (folder, force): (&Path, bool),
    (path, media): (&Path, &Media),
    known: &Known,
    output: Output,
) -> Done {
    let fault = &known.fault;
    let file = folder.join(format!("{}-{}.png", fault.kind, fault.id));
    replacing::refuse(&file, force)?;
    let [from, to] = fault.frames.map(Ratio::floor);
    let mut pictures = Pictures::open(path, media)?;
    let frame = ((from + to - 1) / 2).clamp(0, (pictures.count() - 1).max(0));
    let image = pictures.frame(frame)?;
    let heat = known.find.as_ref().and_then(|find| find.heat.as_ref());
    let shown = shown(&image, fault.region, heat);
    crate::project::write_whole(&file, &crate::deliver::png(&shown, false)?)?;
    output.say(
        format_args!("  frame {frame}: {}", file.display()),
        || json!({"fault": fault.id, "frame": frame, "picture": file}),
    );
    Ok(())
}
