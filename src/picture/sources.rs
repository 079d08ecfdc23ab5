//! Where frames come from: asked for by media and number, never opened here.

use super::lut::Lut;
use signal::Image;
use std::sync::Arc;
use timeline_format::{Frames, Id};

/// Gives the frames of media. What stands behind it may read ahead and keep frames.
pub trait Sources: Sync {
    /// The number of the real frame that is shown at position `at` of the media's own frame grid:
    /// before the first, the first; after the last, the last; of a still, 0.
    fn resolve(&self, media: Id, at: Frames) -> i64;

    /// The frame itself. It never fails: a slate stands for what is missing.
    fn frame(&self, media: Id, frame: i64) -> Arc<Image>;

    /// What the file with a look-up table at `path`, from the film, says; `None` where it cannot be read.
    fn table(&self, _path: &str) -> Option<Arc<Lut>> {
        None
    }

    /// The name by which titles ask for the font in the file at `path`, from the film; `None` where it cannot
    /// be read.
    fn font(&self, _path: &str) -> Option<String> {
        None
    }
}

/// What the files with look-up tables say, by their paths from the film.
pub(super) type Files<'a> = &'a dyn Fn(&str) -> Option<Arc<Lut>>;
