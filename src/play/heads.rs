//! Several reading positions in one media, so that a dissolve between two places of a file, or a
//! file that many shots come from, does not seek at every frame.

use super::frames::Frames;
use crate::media::{Error, Opening, Pictures};
use crate::signal::Image;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::Media;

/// The most positions that one media is read at.
const MOST: usize = 2;
/// A head this far behind a frame runs on to it instead of another head being moved.
const REACH: i64 = 48;

/// Bytes of decoded frames that a head keeps behind it: playing with no clock goes forward.
const KEPT_BYTES: usize = 16 << 20;

fn opening() -> Opening {
    Opening { budget: KEPT_BYTES, ..Opening::default() }
}

/// The reading positions of one media.
pub(super) struct Heads {
    path: PathBuf,
    media: Arc<Media>,
    heads: Vec<Head>,
    recent: Frames,
    moves: u64,
}

struct Head {
    pictures: Pictures,
    at: i64,
    used: u64,
}

impl Heads {
    /// Opens `media` at `path`.
    pub(super) fn open(path: PathBuf, media: Arc<Media>) -> Result<Self, Error> {
        let pictures = Pictures::open_with(&path, &media, &opening())?;
        let heads = vec![Head { pictures, at: -1, used: 0 }];
        Ok(Self { path, media, heads, recent: Frames::new(4), moves: 0 })
    }

    /// The first head: every head knows the same of the file.
    pub(super) fn pictures(&self) -> &Pictures {
        &self.heads[0].pictures
    }

    /// Frame `frame`, by the head that gets there with the least work.
    pub(super) fn frame(&mut self, frame: i64) -> Result<Arc<Image>, Error> {
        if let Some(image) = self.recent.get(frame) {
            return Ok(image);
        }
        let index = self.nearest(frame)?;
        self.moves += 1;
        let head = &mut self.heads[index];
        let image = head.pictures.frame(frame)?;
        (head.at, head.used) = (frame, self.moves);
        self.recent.keep(frame, &image);
        Ok(image)
    }

    fn nearest(&mut self, frame: i64) -> Result<usize, Error> {
        let behind = |head: &Head| head.at >= 0 && head.at <= frame && frame - head.at <= REACH;
        let close = (0..self.heads.len()).filter(|index| behind(&self.heads[*index]));
        if let Some(index) = close.max_by_key(|index| self.heads[*index].at) {
            return Ok(index);
        }
        if let Some(index) = self.heads.iter().position(|head| head.at < 0) {
            return Ok(index);
        }
        if self.heads.len() < MOST && self.pictures().count() > 1 {
            let pictures = Pictures::open_with(&self.path, &self.media, &opening())?;
            self.heads.push(Head { pictures, at: -1, used: 0 });
            return Ok(self.heads.len() - 1);
        }
        Ok((0..self.heads.len()).min_by_key(|index| self.heads[*index].used).unwrap_or(0))
    }
}

impl std::fmt::Debug for Heads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} heads in {}", self.heads.len(), self.path.display())
    }
}
