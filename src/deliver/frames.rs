//! A delivery into numbered pictures, and the sound as a Wave file beside them.

use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::feed::{self, Feed, Next, Pace};
use super::job::{Made, Order};
use super::output::Output;
use super::presets::PictureCodec;
use super::progress::{Meter, Progress};
use super::{Error, sound, stills, threads};
use crate::play::Programme;
use crate::workers::{self, Stop, Worker};

/// The number of the first picture, as effects houses count.
const FIRST: i64 = 1001;
/// Frames of the same picture that are coded once and written so many times.
const MOST: i64 = 240;

/// Frames that were written, and their bytes.
type Written = (i64, u64);

/// Writes the film as numbered pictures into the target's folder.
pub(super) fn deliver(
    programme: Box<dyn Programme>,
    order: &Order<'_>,
    meter: &mut Meter,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Made, Error> {
    let Some(target) = &order.preset.picture else {
        return Err(Error::Coding("the preset has no picture".into()));
    };
    let output = Output::folder(&order.target.path, order.target.force)?;
    let samples = if order.preset.sound.is_some() { programme.samples() } else { 0 };
    let names = Names::new(output.target(), output.hidden(), target.codec, programme.length());
    let sound = match &order.preset.sound {
        Some(_) => Some(sound::Wave::start(&*programme, order, &names.sound())?),
        None => None,
    };
    let abandon = Stop::new();
    let pace = Pace { most: MOST, coding: None };
    let feed = feed::start(programme, Some(target), sound.is_some(), pace, &abandon)?;
    let mut job = Job::start(feed, sound, &names, target.codec, &abandon)?;
    let was_stopped = job.watch(order, meter, progress).is_none();
    if was_stopped {
        abandon.raise();
    }
    let path = &order.target.path;
    let wave = job
        .join()
        .map_err(|error| error.with_progress(path, job.frames, meter.frames(), job.bytes))?;
    if was_stopped {
        return Err(Error::Stopped { frame: job.frames, frames: meter.frames() });
    }
    job.check(meter.frames(), &wave, samples)?;
    output.keep()?;
    Ok(Made { samples, copied: 0, written: job.bytes + wave.written, clipped: wave.clipped })
}

/// What the files are called.
#[derive(Debug, Clone)]
struct Names {
    folder: PathBuf,
    stem: String,
    extension: &'static str,
    width: usize,
}

impl Names {
    fn new(target: &Path, folder: &Path, codec: PictureCodec, frames: i64) -> Self {
        let stem = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let last = FIRST.saturating_add(frames).saturating_sub(1);
        Self {
            folder: folder.to_owned(),
            stem,
            extension: stills::extension(codec),
            width: last.to_string().len().max(4),
        }
    }

    fn picture(&self, frame: i64) -> PathBuf {
        let (stem, number, width) = (&self.stem, FIRST + frame, self.width);
        self.folder.join(format!("{stem}.{number:0width$}.{}", self.extension))
    }

    fn sound(&self) -> PathBuf {
        self.folder.join(format!("{}.wav", self.stem))
    }
}

struct Job {
    feed: Option<Feed>,
    sound: Option<sound::Wave>,
    writers: Vec<Worker<Result<(), Error>>>,
    done: Option<Receiver<Written>>,
    frames: i64,
    bytes: u64,
}

impl Job {
    fn start(
        mut feed: Feed,
        mut sound: Option<sound::Wave>,
        names: &Names,
        codec: PictureCodec,
        abandon: &Stop,
    ) -> Result<Self, Error> {
        let no_thread = |error| Error::Coding(format!("start a thread: {error}"));
        let (send, done) = bounded(64);
        let mut writers = Vec::new();
        if let Some(runs) = feed.pictures.take() {
            for _ in 0..threads::cores() {
                let (runs, send, names) = (runs.clone(), send.clone(), names.clone());
                let abandon = abandon.clone();
                let work = move |_: &Stop| {
                    let written = write_pictures(&runs, &names, codec, &send);
                    written.inspect_err(|_| abandon.raise())
                };
                writers.push(workers::start("deliver: pictures", work).map_err(no_thread)?);
            }
        }
        if let (Some(sound), Some(blocks)) = (&mut sound, feed.sound.take()) {
            sound.run(blocks, abandon.clone()).map_err(no_thread)?;
        }
        Ok(Self { feed: Some(feed), sound, writers, done: Some(done), frames: 0, bytes: 0 })
    }

    /// Counts what is written until all is; `None` where it was stopped.
    fn watch(
        &mut self,
        order: &Order<'_>,
        meter: &mut Meter,
        progress: &mut dyn FnMut(&Progress),
    ) -> Option<()> {
        let done = self.done.take()?;
        loop {
            if order.stop.is_raised() {
                return None;
            }
            match done.recv_timeout(Duration::from_millis(100)) {
                Ok((frames, bytes)) => {
                    self.frames += frames;
                    self.bytes += bytes;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Some(()),
            }
            if meter.is_due() {
                progress(&meter.at(self.frames, self.bytes));
            }
        }
    }

    /// Waits for the threads; the first that went wrong says why.
    fn join(&mut self) -> Result<Made, Error> {
        let panicked = |panic: workers::Panicked| Error::Coding(panic.to_string());
        let mut found = Ok(());
        for writer in self.writers.drain(..) {
            found = found.and(writer.join().map_err(panicked).flatten());
        }
        if let Some(feed) = self.feed.take() {
            found = found.and(feed.worker.join().map_err(panicked).flatten());
        }
        let heard = match self.sound.take() {
            Some(sound) => sound.join(),
            None => Ok(Made { samples: 0, copied: 0, written: 0, clipped: 0 }),
        };
        found.and(heard)
    }

    fn check(&self, frames: i64, wave: &Made, samples: i64) -> Result<(), Error> {
        if self.frames == frames && wave.samples == samples {
            return Ok(());
        }
        Err(Error::Coding(format!(
            "{} of {frames} frames and {} of {samples} samples were written",
            self.frames, wave.samples
        )))
    }
}

fn write_pictures(
    film: &Receiver<Next>,
    names: &Names,
    codec: PictureCodec,
    send: &Sender<Written>,
) -> Result<(), Error> {
    for next in film {
        let Next::Picture(run) = next else {
            return Err(Error::Coding("a coded picture came where pictures are written".into()));
        };
        let bytes = stills::encode(codec, &run.image).map_err(Error::Coding)?;
        for frame in run.first..run.first + run.count {
            let path = names.picture(frame);
            let written = File::create_new(&path).and_then(|mut file| file.write_all(&bytes));
            written.map_err(|error| Error::writing(&path, &error))?;
        }
        let all = bytes.len() as u64 * run.count as u64;
        if send.send((run.count, all)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}
