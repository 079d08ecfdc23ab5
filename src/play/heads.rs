//! Several reading positions in one media, so that a dissolve between two places of a file, or a
//! file that many shots come from, does not seek at every frame.

use super::frames::Frames;
use crate::media::{Error, Opening, Pictures};
use crate::signal::Image;
use crate::workers;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::Media;

/// The most positions that one media is read at.
const MOST: usize = 3;
/// A head this far behind a frame runs on to it instead of another head being moved.
const REACH: i64 = 48;
/// A head is at work until so many moments of the film have passed without it.
const AT_WORK: u64 = 2;
/// A head lets go of its pictures when so many moments have passed without it: the film may come back
/// to it from a dissolve or a short shot.
const RESTS: u64 = 24;
/// The pictures of a media that stay, whichever head read them.
const RECENT: usize = 2;

/// Bytes of decoded frames that a head keeps where a shot is played backwards.
const KEPT_BYTES: usize = 128 << 20;

/// Several files are read at a time, beside an encoder: each decoder gets half of the machine at most, and two
/// threads at least, so that the next frame is decoded while the last is worked on.
fn opening() -> Opening {
    Opening {
        budget: KEPT_BYTES,
        threads: (workers::cores() / 2).clamp(2, 4),
        ..Opening::default()
    }
}

/// The reading positions of one media.
pub(super) struct Heads {
    path: PathBuf,
    media: Arc<Media>,
    heads: Vec<Head>,
    recent: Frames,
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
        Ok(Self { path, media, heads, recent: Frames::new(RECENT) })
    }

    /// The first head: every head knows the same of the file.
    pub(super) fn pictures(&self) -> &Pictures {
        &self.heads[0].pictures
    }

    /// Frame `frame`, by the head that gets there with the least work. The film is at the moment where
    /// `moments` start, and the head stays there until they end.
    pub(super) fn frame(&mut self, frame: i64, moments: Range<u64>) -> Result<Arc<Image>, Error> {
        if let Some(image) = self.recent.get(frame) {
            let its = self.heads.iter_mut().filter(|head| head.at == frame);
            its.for_each(|head| head.used = head.used.max(moments.end));
            return Ok(image);
        }
        let index = self.nearest(frame, moments.start)?;
        let head = &mut self.heads[index];
        let image = head.pictures.frame(frame)?;
        (head.at, head.used) = (frame, moments.end);
        self.recent.keep(frame, &image);
        Ok(image)
    }

    /// Has the heads that nobody needs any more let go of their pictures.
    pub(super) fn rest(&mut self, now: u64) {
        for head in &mut self.heads {
            if head.at >= 0 && now.saturating_sub(head.used) >= RESTS {
                head.pictures.rest();
                head.at = -1;
            }
        }
        if self.heads.iter().all(|head| head.at < 0) {
            self.recent = Frames::new(RECENT);
        }
    }

    /// A head that is close behind; else one that nobody needs now; else a new one.
    fn nearest(&mut self, frame: i64, now: u64) -> Result<usize, Error> {
        let behind = |head: &Head| head.at >= 0 && head.at <= frame && frame - head.at <= REACH;
        let close = (0..self.heads.len()).filter(|index| behind(&self.heads[*index]));
        if let Some(index) = close.max_by_key(|index| self.heads[*index].at) {
            return Ok(index);
        }
        let oldest = (0..self.heads.len()).min_by_key(|index| self.heads[*index].used);
        let is_idle = |index: &usize| {
            let head = &self.heads[*index];
            head.at < 0 || now.saturating_sub(head.used) >= AT_WORK
        };
        let may_open = self.heads.len() < MOST && self.pictures().count() > 1;
        match oldest {
            Some(index) if is_idle(&index) || !may_open => Ok(index),
            _ => self.open_another(),
        }
    }

    fn open_another(&mut self) -> Result<usize, Error> {
        let pictures = Pictures::open_with(&self.path, &self.media, &opening())?;
        self.heads.push(Head { pictures, at: -1, used: 0 });
        Ok(self.heads.len() - 1)
    }
}

impl std::fmt::Debug for Heads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} heads in {}", self.heads.len(), self.path.display())
    }
}
