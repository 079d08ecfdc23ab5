//! The fonts of the machine, for the titles of films.

use crate::media::Fonts;
use crate::picture::titles::{FontFiles, fonts};
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
}

/// Lets titles have the fonts of the machine, besides those that come with the program. They are looked for
/// when the first title asks for one that does not.
pub fn provide_fonts() {
    fonts::provide(Box::new(Machine(Fonts::new())));
}
