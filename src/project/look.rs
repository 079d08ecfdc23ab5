//! Looks as files of their own: one small text, to be handed on.

use super::write_whole;
use std::path::Path;
use timeline_format::SavedLook;

/// The most bytes of a look.
const MOST_BYTES: u64 = 1 << 20;

/// The look in the file at `path`.
///
/// # Errors
/// Says in words why it is none.
pub fn read(path: &Path) -> Result<SavedLook, String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    let facts = std::fs::metadata(path).map_err(failed)?;
    if !facts.is_file() || facts.len() > MOST_BYTES {
        return Err(format!("{} is no look: it is no file, or larger than 1 MiB", path.display()));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let look: SavedLook = serde_json::from_slice(&bytes)
        .map_err(|error| format!("{} is no look: {error}", path.display()))?;
    if look.effects.is_empty() {
        return Err(format!("{} is no look: it has no effects", path.display()));
    }
    Ok(SavedLook { effects: SavedLook::new("", look.effects).effects, ..look })
}

/// The text of a look's file.
pub fn text_of(look: &SavedLook) -> Result<String, String> {
    serde_json::to_string_pretty(look).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// Writes a look to a file, whole.
///
/// # Errors
/// Where the file system says no.
pub fn write(path: &Path, look: &SavedLook) -> Result<(), String> {
    let text = text_of(look)?;
    write_whole(path, text.as_bytes()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::{Effect, Id, Param};

    #[test]
    fn a_look_comes_back_and_what_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dusk.look.json");
        let mut effect = Effect::new(Id::parse("x").unwrap(), "exposure");
        effect.values.insert("stops".into(), Param::number(-0.5));
        let look = SavedLook::new("Dusk", [effect]);
        write(&path, &look).unwrap();
        assert_eq!(read(&path), Ok(look));
        for text in ["", "[]", "{}", r#"{"name":"a"}"#, r#"{"name":"a","effects":[]}"#, "\u{0}"] {
            std::fs::write(&path, text).unwrap();
            assert!(read(&path).unwrap_err().contains("is no look"), "{text}");
        }
        assert!(read(folder.path()).is_err() && read(&folder.path().join("none")).is_err());
    }
}
