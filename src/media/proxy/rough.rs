//! A stand-in that is open, and what comes out of it.

use super::name;
use super::shrink::{Like, enlarge};
use crate::media::{Error, Opening, Pictures, Timing};
use crate::signal::Image;
use std::path::Path;
use std::sync::Arc;
use timeline_format::Media;
use timeline_format::media::MediaKind;

/// An open stand-in.
#[derive(Debug)]
pub struct Proxy {
    pictures: Pictures,
    like: Like,
}

/// A frame as a stand-in has it: good to look at while one works, and for nothing else.
#[derive(Debug, Clone)]
pub struct Rough {
    small: Arc<Image>,
    like: Like,
}

impl Proxy {
    /// The stand-in of the file at `original`, for a film in `folder`, if one has been made of that file
    /// as it is now. `timing` is the original's, `frame` one of its frames.
    pub fn find(original: &Path, folder: &Path, timing: &Timing, frame: &Image) -> Option<Self> {
        let place = name::place(original, folder).filter(|place| place.is_file())?;
        let opening = Opening { budget: 0, threads: 1, ..Opening::default() };
        let media = Media::new(MediaKind::Video, "");
        let pictures = Pictures::open_with(&place, &media, &opening).ok()?;
        let counts = (pictures.count(), timing.count());
        (counts.0 == counts.1).then(|| Self { pictures, like: Like::of(frame) })
    }

    /// Frame `n` of the original.
    ///
    /// # Errors
    /// Where it cannot be decoded.
    pub fn frame(&mut self, n: i64) -> Result<Rough, Error> {
        Ok(Rough { small: self.pictures.frame(n)?, like: self.like })
    }
}

impl Rough {
    /// The picture at the original's size.
    pub fn enlarged(&self) -> Arc<Image> {
        Arc::new(enlarge(&self.small, &self.like))
    }

    /// The original's size.
    pub const fn size(&self) -> (u32, u32) {
        (self.like.width, self.like.height)
    }

    /// The small picture itself, whose numbers mean what the original's mean.
    pub fn small(&self) -> Arc<Image> {
        let Like { colour, alpha, .. } = self.like;
        Arc::new(Image { colour, alpha, ..(*self.small).clone() })
    }
}
