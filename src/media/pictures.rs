//! The frames of a media by number: of a video, of one still, of a numbered sequence.

use crate::media::coded::{Coding, Groups};
use crate::media::pursuit::Pursuit;
use crate::media::sequence::{Pattern, Sequence};
use crate::media::tags::Said;
use crate::media::timing::{self, Timing};
use crate::media::video::{Opening, Video};
use crate::media::{Error, still};
use crate::signal::Image;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::media::MediaKind;
use timeline_format::{Frames, Media, Rate, Ratio};

/// An open media that gives frames.
#[derive(Debug)]
pub struct Pictures {
    from: From,
    path: PathBuf,
    rate: Option<Rate>,
    /// Frames that the document counts on.
    stated: i64,
    said: Said,
}

/// Frame `n` of a still or of a numbered sequence at `path`, made small while it is read, and at least `across`
/// pixels across; `None` where it must be read whole.
pub fn glance(path: &Path, media: &Media, n: i64, across: u32) -> Option<Arc<Image>> {
    let file = match media.kind {
        MediaKind::Still => path.to_owned(),
        MediaKind::Sequence => Pattern::of(path)?.file(media.first_number?.checked_add(n)?),
        MediaKind::Video | MediaKind::Sound => return None,
    };
    let image = Arc::new(still::quick(&file, across)?.image);
    Some(Said::of(media.picture.as_ref()).apply(image))
}

#[derive(Debug)]
enum From {
    Video { video: Box<Video>, constant: bool },
    Still(Arc<Image>),
    Sequence(Sequence),
}

impl Pictures {
    /// Opens the media at `path` (with `#` in its name for a sequence), described by `media`.
    pub fn open(path: &Path, media: &Media) -> Result<Self, Error> {
        Self::open_with(path, media, &Opening::default())
    }

    /// As [`Self::open`], with a choice of threads and memory.
    pub fn open_with(path: &Path, media: &Media, opening: &Opening) -> Result<Self, Error> {
        let from = match media.kind {
            MediaKind::Still => From::Still(Arc::new(still::read(path)?.image)),
            MediaKind::Sequence => {
                From::Sequence(Sequence::open(path, opening.budget, media.first_number)?)
            }
            MediaKind::Video => {
                let video = Box::new(Video::open(path, opening)?);
                let constant = video.index().constant_rate(&video.stream().rates).is_some();
                From::Video { video, constant }
            }
            MediaKind::Sound => return Err(Error::new(path, "it is sound alone")),
        };
        Ok(Self {
            from,
            path: path.to_owned(),
            rate: media.rate,
            stated: media.length.map_or(0, Ratio::floor),
            said: Said::of(media.picture.as_ref()),
        })
    }

    /// How many frames there are to ask for: as many as the file has, or as `media` states, if that
    /// is more. Those that lack are errors.
    pub fn count(&self) -> i64 {
        match &self.from {
            From::Still(_) => 1,
            From::Video { constant: false, .. } => self.have(),
            From::Video { .. } | From::Sequence(_) => self.have().max(self.stated),
        }
    }

    /// Frames that the file has.
    fn have(&self) -> i64 {
        match &self.from {
            From::Video { video, .. } => video.index().count() as i64,
            From::Still(_) => 1,
            From::Sequence(sequence) => sequence.count() as i64,
        }
    }

    /// The file that frame `n` lies in.
    pub fn file(&self, n: i64) -> PathBuf {
        match &self.from {
            From::Sequence(sequence) => sequence.file(n),
            From::Still(_) | From::Video { .. } => self.path.clone(),
        }
    }

    /// The frame that is shown at `at`, a position on the media's own grid; the first before the
    /// start, the last after the end.
    ///
    /// Where the frames are at a constant rate, that is the whole part of `at`, however the file
    /// rounds its time stamps. Else it is the frame on screen `at / rate` seconds after the first.
    pub fn resolve(&self, at: Frames) -> i64 {
        let n = match (&self.from, self.rate) {
            (From::Video { video, constant: false }, Some(rate)) => {
                video.index().resolve(at, rate) as i64
            }
            _ => at.floor(),
        };
        n.clamp(0, (self.count() - 1).max(0))
    }

    /// What is known of its frames without decoding any.
    pub fn timing(&self) -> Timing {
        let none = || Arc::from([]);
        let (variable, keys) = match &self.from {
            From::Video { video, constant } => {
                let index = video.index();
                ((!constant).then(|| Arc::clone(index)), timing::keys(index))
            }
            From::Still(_) | From::Sequence(_) => (None, none()),
        };
        Timing { count: self.count(), variable, keys }
    }

    /// How many frames are decoded on the way that `pursuit` is, and whether that goes on from where
    /// decoding stands.
    pub fn way_to(&self, pursuit: Pursuit) -> (i64, bool) {
        match &self.from {
            From::Video { video, .. } => video.way_to(pursuit),
            From::Still(_) | From::Sequence(_) => (1, true),
        }
    }

    /// Decodes one frame on the way to `pursuit.to`, and hands it to `take` if it is wanted: true when
    /// that frame has come. See [`Self::frame`].
    ///
    /// # Errors
    /// Where the frame cannot be decoded, a sequence lacks its file, or the file is shorter than
    /// `media` states.
    pub fn step(
        &mut self,
        pursuit: Pursuit,
        take: &mut dyn FnMut(i64, Arc<Image>),
    ) -> Result<bool, Error> {
        let have = self.have();
        if let From::Video { video, .. } = &mut self.from
            && (0..have).contains(&pursuit.to)
        {
            let said = &self.said;
            return video.step(pursuit, &mut |n, image| take(n, said.apply(image)));
        }
        take(pursuit.to, self.frame(pursuit.to)?);
        Ok(true)
    }

    /// The picture of the key frame from which frame `n` is decoded, and its number; the frame itself
    /// where it stands alone.
    ///
    /// # Errors
    /// Where it cannot be decoded.
    pub fn key_picture(&mut self, n: i64) -> Result<Option<(i64, Arc<Image>)>, Error> {
        match &mut self.from {
            From::Video { video, .. } => {
                let found = video.key_picture(usize::try_from(n).unwrap_or(0))?;
                Ok(found.map(|(number, image)| (number, self.said.apply(image))))
            }
            From::Still(_) | From::Sequence(_) => Ok(Some((n, self.frame(n)?))),
        }
    }

    /// Lets go of the pictures that it keeps for the next frame, until that is asked for.
    pub fn rest(&mut self) {
        if let From::Video { video, .. } = &mut self.from {
            video.rest();
        }
    }

    /// The coded pictures of a video whose frames are at a constant rate, where they agree with
    /// `coding` and mean what it says; `None` of anything else.
    pub fn coded(&self, coding: &Coding) -> Option<Groups> {
        let From::Video { video, constant: true } = &self.from else { return None };
        let means_it = self.said.colour(coding.colour, coding.format.model) == coding.colour;
        Groups::open(&self.path, video.index(), coding).filter(|_| means_it)
    }

    /// Frame `n`, from 0; beyond the ends, the one at the end. Fast for the next frame, and for the
    /// one before. Its colours mean what `media` says, where it says so.
    ///
    /// # Errors
    /// Where the frame cannot be decoded, a sequence lacks its file, or the file is shorter than
    /// `media` states.
    pub fn frame(&mut self, n: i64) -> Result<Arc<Image>, Error> {
        let (count, have) = (self.count(), self.have());
        let n = n.clamp(0, (count - 1).max(0));
        if n >= have {
            let why = format!("it ends after {have} frames, and the film counts on {count}");
            return Err(Error::new(&self.path, why));
        }
        let n = usize::try_from(n).unwrap_or(0);
        let image = match &mut self.from {
            From::Video { video, .. } => video.frame(n)?,
            From::Still(image) => image.clone(),
            From::Sequence(sequence) => sequence.frame(n)?,
        };
        Ok(self.said.apply(image))
    }
}
