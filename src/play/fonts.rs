//! The fonts of the machine, for the titles of films.

use super::place::path_at;
use crate::media::Fonts;
use crate::picture::titles::{FontFiles, fonts};
use std::path::Path;
use std::sync::Arc;

#[derive(Debug)]
struct Machine(Fonts);

impl FontFiles for Machine {
    fn families(&self) -> Vec<String> {
        self.0.families()
    }

    fn of_family(&self, family: &str) -> Vec<Arc<Vec<u8>>> {
        self.0.of_family(family)
    }

    fn family_with(&self, character: char) -> Option<String> {
        self.0.family_with(character)
    }

    fn emoji_in_colour(&self) -> Option<String> {
        self.0.emoji_in_colour()
    }
}

/// Lets titles have the fonts of the machine, besides those that come with the program. They are looked for
/// when the first title asks for one that does not.
pub fn provide_fonts() {
    fonts::provide(Box::new(Machine(Fonts::new())));
}

/// The whole path of the font's file at `path`, from the film in `folder`.
///
/// # Errors
/// Says in words why it is none: no local file, missing, no file.
pub fn file_at(path: &str, folder: &Path) -> Result<String, String> {
    let place = path_at(path, folder).ok_or("a film reads local files only")?;
    let place = std::path::absolute(place).map_err(|error| error.to_string())?;
    let facts = std::fs::metadata(&place).map_err(|error| error.to_string())?;
    if !facts.is_file() {
        return Err("it is no file".to_owned());
    }
    let name = place.display().to_string();
    if fonts::has(&name) { Ok(name) } else { Err("it is no font that can be read".to_owned()) }
}
