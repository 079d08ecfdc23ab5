//! No file is replaced unasked.

use super::{Done, Failure};
use std::path::Path;

/// Refuses to write over what is at `path`, unless `force` says so.
pub(super) fn refuse(path: &Path, force: bool) -> Done {
    if !force && path.exists() {
        let words = "is there already: choose another name, or replace it with --force";
        return Err(Failure::call(format!("{} {words}", path.display())));
    }
    Ok(())
}
