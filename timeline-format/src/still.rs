//! A still of the gallery: a picture of the film as it was, to be seen beside another, and whose grade can be taken.

use crate::{Clip, Extra};
use serde::{Deserialize, Serialize};

/// A still: one frame of a clip, with all that was done to it at that moment.
///
/// It names what it shows and holds its own copy of the look, each value as it was there, so that no later edit of
/// the cut, of the clip or of its shot changes it. Its picture is made of that again whenever it is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Still {
    /// What it is called.
    pub name: String,
    /// The frame of its sequence where it was kept: for people, nothing follows it.
    #[serde(default, skip_serializing_if = "crate::parameter::is_default")]
    pub at: i64,
    /// What it shows, from the frame that is seen, and its look.
    pub clip: Clip,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Still {
    /// A still of a clip whose first frame is the one that is seen.
    pub fn new(name: impl Into<String>, at: i64, clip: Clip) -> Self {
        Self { name: name.into(), at, clip, extra: Extra::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::Raster;
    use crate::{Effect, Id, Param, Rate, Source, Timeline, check, read, write};
    use std::sync::Arc;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn a_still_comes_back_and_one_without_its_media_is_told_of() {
        let raster = Raster { width: 16, height: 9 };
        let mut film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        assert!(!write(&film).contains("stills"));
        let mut clip = Clip::new(Source::Media(id("gone")));
        let mut effect = Effect::new(id("e1"), "exposure");
        effect.values.insert("stops".into(), Param::number(0.5));
        clip.look.effects.push(effect);
        film.stills.insert(id("dusk"), Arc::new(Still::new("Dusk", 58, clip)));
        let text = write(&film);
        let (back, problems) = read(text.as_bytes()).unwrap();
        assert_eq!((&back, problems.len()), (&film, 0), "{text}");
        assert_eq!(write(&back), text);
        let found = check(&film);
        let codes: Vec<_> = found.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["still-source-missing"]);
    }
}
