//! Colour decision lists of the ASC: `.cc` (one correction), `.ccc` (several) and `.cdl` (several with their media);
//! read also from the remarks of an edit decision list.

mod edl;
mod effect;
mod read;
mod write;

pub use read::read;
pub use write::write;

/// A correction: `(x slope + offset)^power`, then saturation (ASC CDL, version 1.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Its id in the list; empty where it has none.
    pub id: String,
    /// What somebody said of it.
    pub description: String,
    /// What red, green and blue are multiplied by.
    pub slope: [f64; 3],
    /// What is added to them.
    pub offset: [f64; 3],
    /// What power they are taken to.
    pub power: [f64; 3],
    /// How far colours are from grey.
    pub saturation: f64,
}

impl Default for Correction {
    fn default() -> Self {
        Self {
            id: String::new(),
            description: String::new(),
            slope: [1.0; 3],
            offset: [0.0; 3],
            power: [1.0; 3],
            saturation: 1.0,
        }
    }
}

/// What a list of corrections is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `.cc`: one correction.
    One,
    /// `.ccc`: a collection.
    Collection,
    /// `.cdl`: a decision list.
    List,
}

impl Form {
    /// The form that the ending of a file's name says.
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "cc" => Some(Self::One),
            "ccc" => Some(Self::Collection),
            "cdl" => Some(Self::List),
            _ => None,
        }
    }
}
