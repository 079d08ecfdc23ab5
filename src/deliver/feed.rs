//! The film's own thread: makes pictures and sound, in step, and hands them on.

use crossbeam::channel::{Receiver, Sender, bounded};
use std::ops::Range;
use std::sync::Arc;

use super::Error;
use super::presets::PictureTarget;
use crate::media::coded::Coding;
use crate::picture::convert;
use crate::play::{Copied, Failed, Programme};
use crate::signal::{Image, Samples};
use crate::workers::{self, Stop, Worker};

/// Pictures that may wait for the encoder.
const AHEAD: usize = 4;

/// What the film hands on: a picture, and for how many frames it is shown.
pub(super) struct Run {
    pub(super) first: i64,
    pub(super) count: i64,
    pub(super) image: Arc<Image>,
    /// What decides the picture, also in another run of the program, where that can be said.
    pub(super) lasting: Option<u128>,
}

/// Says whether a frame of this lasting key is there already, and need not be made.
pub(super) type Whole = Box<dyn FnMut(i64, u128) -> bool + Send>;

/// The next frames of the film.
pub(super) enum Next {
    /// To be coded.
    Picture(Run),
    /// Coded already, from frame `first` on.
    Copied { first: i64, copied: Copied },
}

/// The running film: what it hands on, and the thread itself.
pub(super) struct Feed {
    /// Pictures in order; closed at the end, or where the film failed.
    pub(super) pictures: Option<Receiver<Next>>,
    /// Sound in order.
    pub(super) sound: Option<Receiver<Samples>>,
    /// The film's thread; its result says whether all was handed on.
    pub(super) worker: Worker<Result<(), Error>>,
}

/// How the film is to hand on its pictures: one by one, each made, where nothing is said.
#[derive(Default)]
pub(super) struct Pace {
    /// Equal frames are made once; up to so many of them go as one run, and one at least.
    pub(super) most: i64,
    /// What the encoder makes, where pictures may be copied.
    pub(super) coding: Option<Coding>,
    /// What an interrupted delivery left, where one can go on.
    pub(super) whole: Option<Whole>,
}

/// Starts the film.
pub(super) fn start(
    mut programme: Box<dyn Programme>,
    target: Option<&PictureTarget>,
    with_sound: bool,
    pace: Pace,
    abandon: &Stop,
) -> Result<Feed, Error> {
    let (send_picture, pictures) = bounded(AHEAD);
    let (send_sound, sound) = bounded(AHEAD * 4);
    let has_picture = target.is_some();
    if let Some(target) = target {
        programme.prefer(target.format, target.colour);
    }
    if let Some(coding) = pace.coding {
        programme.offer(coding);
    }
    let film = Film {
        programme,
        target: target.cloned(),
        last: None,
        pictures: send_picture,
        sound: with_sound.then_some(send_sound),
        heard: 0,
        whole: pace.whole,
        abandon: abandon.clone(),
    };
    let worker = workers::start("deliver: film", move |_| film.run(pace.most))
        .map_err(|error| Error::Coding(format!("start a thread: {error}")))?;
    Ok(Feed {
        pictures: has_picture.then_some(pictures),
        sound: with_sound.then_some(sound),
        worker,
    })
}

struct Film {
    programme: Box<dyn Programme>,
    target: Option<PictureTarget>,
    last: Option<(u128, Arc<Image>)>,
    pictures: Sender<Next>,
    sound: Option<Sender<Samples>>,
    heard: i64,
    whole: Option<Whole>,
    abandon: Stop,
}

/// Nobody takes what the film makes: the delivery has ended by itself and says why.
struct Unwanted;

impl Film {
    fn run(mut self, most: i64) -> Result<(), Error> {
        let length = self.programme.length();
        let mut frame = 0;
        while frame < length {
            if self.abandon.is_raised() {
                return Ok(());
            }
            let (count, handed) = if let Some(copied) = self.programme.copied(frame) {
                (copied.pictures.len() as i64, self.copy(frame, copied))
            } else if self.is_whole(frame) {
                (1, self.hear(frame))
            } else {
                let count = if self.target.is_some() { self.equal(frame, most) } else { 1 };
                (count, self.run_of(frame, count))
            };
            match handed {
                Ok(Ok(())) => {}
                Ok(Err(Unwanted)) => return Ok(()),
                Err(failed) => return Err(Error::of_film(&*self.programme, frame, &failed)),
            }
            frame += count;
        }
        Ok(())
    }

    /// Whether an interrupted delivery left this frame, just as it would be made now.
    fn is_whole(&mut self, frame: i64) -> bool {
        let Some(whole) = &mut self.whole else { return false };
        self.programme.lasting(frame).is_some_and(|key| whole(frame, key))
    }

    /// Frames from `frame` on that show the same picture, up to `most`.
    fn equal(&mut self, frame: i64, most: i64) -> i64 {
        let length = self.programme.length();
        if most <= 1 {
            return 1;
        }
        let key = self.programme.key(frame);
        let mut count = 1;
        while count < most && frame + count < length && self.programme.key(frame + count) == key {
            count += 1;
        }
        count
    }

    fn run_of(&mut self, first: i64, count: i64) -> Result<Result<(), Unwanted>, Failed> {
        if self.target.is_some() {
            let image = self.picture(first)?;
            let lasting = self.whole.as_ref().and_then(|_| self.programme.lasting(first));
            if self.pictures.send(Next::Picture(Run { first, count, image, lasting })).is_err() {
                return Ok(Err(Unwanted));
            }
        }
        self.hear_all(first..first + count)
    }

    fn copy(&mut self, first: i64, copied: Copied) -> Result<Result<(), Unwanted>, Failed> {
        let frames = first..first + copied.pictures.len() as i64;
        if self.pictures.send(Next::Copied { first, copied }).is_err() {
            return Ok(Err(Unwanted));
        }
        self.hear_all(frames)
    }

    fn hear_all(&mut self, frames: Range<i64>) -> Result<Result<(), Unwanted>, Failed> {
        for frame in frames {
            if let Err(Unwanted) = self.hear(frame)? {
                return Ok(Err(Unwanted));
            }
        }
        Ok(Ok(()))
    }

    fn picture(&mut self, frame: i64) -> Result<Arc<Image>, Failed> {
        let key = self.programme.key(frame);
        if let Some((known, image)) = &self.last
            && *known == key
        {
            return Ok(Arc::clone(image));
        }
        let image = self.programme.picture(frame)?;
        let raster = self.programme.raster();
        if (image.width, image.height) != (raster.width, raster.height) {
            let size = format!("{}x{}", image.width, image.height);
            return Err(Failed(format!("the picture is {size}, and the film {raster}")));
        }
        let image = match &self.target {
            Some(target) => fitted(image, target),
            None => image,
        };
        self.last = Some((key, Arc::clone(&image)));
        Ok(image)
    }

    /// Hands on the sound under `frame`; the last frame takes what is left.
    fn hear(&mut self, frame: i64) -> Result<Result<(), Unwanted>, Failed> {
        let Some(sound) = &self.sound else { return Ok(Ok(())) };
        let total = self.programme.samples();
        let programme = &mut self.programme;
        let is_last = frame + 1 == programme.length();
        let until = programme.rate().sample_of(frame + 1, programme.sample_rate());
        let until = if is_last { total } else { until.min(total) };
        let channels = programme.layout().channels();
        while self.heard < until {
            let length = (until - self.heard).min(1 << 16);
            let mut block = Samples::silence(channels, length as usize);
            programme.sound(&mut block)?;
            self.heard += length;
            if sound.send(block).is_err() {
                return Ok(Err(Unwanted));
            }
        }
        Ok(Ok(()))
    }
}

/// A picture as the encoder takes it: itself where it is so already.
fn fitted(image: Arc<Image>, target: &PictureTarget) -> Arc<Image> {
    if convert::is_already(&image, target.format, target.colour) {
        return image;
    }
    let options = convert::Options { shared: true, ..convert::Options::default() };
    Arc::new(convert::with(&image, target.format, target.colour, options))
}
