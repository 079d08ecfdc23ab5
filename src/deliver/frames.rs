//! A delivery into numbered pictures, and the sound as a Wave file beside them.

use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use timeline_format::sequence::Raster;

use super::error::Left;
use super::feed::{self, Feed, Next, Pace, Whole};
use super::job::{Made, Order};
use super::journal::{self, Entries, Entry, Journal};
use super::output::Output;
use super::presets::{PictureCodec, PictureTarget};
use super::progress::{Meter, Progress};
use super::{Error, sound, stills, threads};
use crate::ffmpeg;
use crate::play::Programme;
use crate::workers::{self, Stop, Worker};

/// The number of the first picture, as effects houses count.
const FIRST: i64 = 1001;
/// Frames of the same picture that are coded once and written so many times.
const MOST: i64 = 240;

/// Frames that were written.
struct Written {
    first: i64,
    count: i64,
    /// Of each.
    bytes: u64,
    /// For the journal; absent where the frame may be another in the next run.
    entry: Option<Entry>,
    /// Whether they had been there before.
    kept: bool,
}

/// Writes the film as numbered pictures into the target's folder, and goes on where an interrupted
/// delivery ended.
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
    let folder = output.hidden().to_owned();
    let written = write(programme, order, (target, &output), meter, progress);
    written.and_then(|made| output.keep().map(|()| made)).map_err(|error| {
        match journal::count(&folder) {
            0 => error,
            kept => error.leaving(Left::Frames { kept, folder }),
        }
    })
}

fn write(
    programme: Box<dyn Programme>,
    order: &Order<'_>,
    (target, output): (&PictureTarget, &Output),
    meter: &mut Meter,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Made, Error> {
    let samples = if order.preset.sound.is_some() { programme.samples() } else { 0 };
    let names = Names::new(output.target(), output.hidden(), target.codec, programme.length());
    let wrong = |error| Error::output("write into", output.hidden(), &error);
    let stamp = stamp(target, programme.raster());
    let (journal, entries) = Journal::open(output.hidden(), stamp).map_err(wrong)?;
    let film = 0..programme.length();
    let expected: BTreeSet<_> =
        entries.range(film).map(|(frame, _)| names.picture(*frame)).collect();
    journal::tidy(output.hidden(), |path| expected.contains(path)).map_err(wrong)?;
    let sound = match &order.preset.sound {
        Some(_) => Some(sound::Wave::start(&*programme, order, &names.sound())?),
        None => None,
    };
    let abandon = Stop::new();
    let (send, done) = bounded(64);
    let whole = whole(entries, names.clone(), send.clone());
    let pace = Pace { most: MOST, whole: Some(whole), coding: None };
    let feed = feed::start(programme, Some(target), sound.is_some(), pace, &abandon)?;
    let mut job = Job::start(feed, sound, (&names, target.codec), (send, done), &abandon)?;
    job.journal = Some(journal);
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
    let (kept, written) = (job.kept, job.bytes + wave.written);
    let was_left = output.was_left();
    let clipped = wave.clipped;
    Ok(Made { samples, written, clipped, kept, was_left, ..Made::default() })
}

/// Everything that decides the file of a frame besides its key: the program and its libraries, the
/// preset's picture, the film's size.
fn stamp(target: &PictureTarget, raster: Raster) -> u128 {
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let program = program.map(|facts| (facts.len(), facts.modified().ok()));
    let target = serde_json::to_string(target).unwrap_or_default();
    let version = (env!("CARGO_PKG_VERSION"), ffmpeg::versions());
    journal::hash(format!("{version:?} {:?} {target} {raster}", program.ok()).as_bytes())
}

/// Looks whether a frame is there already, as the journal has it, and counts it then.
fn whole(entries: Entries, names: Names, send: Sender<Written>) -> Whole {
    Box::new(move |frame, key| {
        let entry = entries.get(&frame).filter(|entry| entry.key == key);
        let Some(entry) = entry.filter(|entry| entry.is_whole(&names.picture(frame))) else {
            return false;
        };
        let bytes = entry.bytes;
        drop(send.send(Written { first: frame, count: 1, bytes, entry: None, kept: true }));
        true
    })
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
    journal: Option<Journal>,
    frames: i64,
    kept: i64,
    bytes: u64,
}

impl Job {
    fn start(
        mut feed: Feed,
        mut sound: Option<sound::Wave>,
        (names, codec): (&Names, PictureCodec),
        (send, done): (Sender<Written>, Receiver<Written>),
        abandon: &Stop,
    ) -> Result<Self, Error> {
        let no_thread = |error| Error::Coding(format!("start a thread: {error}"));
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
        drop(send);
        let (feed, done) = (Some(feed), Some(done));
        Ok(Self { feed, sound, writers, done, journal: None, frames: 0, kept: 0, bytes: 0 })
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
                Ok(written) => self.count(&written, meter),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Some(()),
            }
            if meter.is_due() {
                progress(&meter.at(self.frames, self.bytes));
            }
        }
    }

    /// Counts frames, and writes down that they are whole. A line that cannot be written is a frame that
    /// the next run makes again, and no fault of this one.
    fn count(&mut self, written: &Written, meter: &mut Meter) {
        let Written { first, count, bytes, entry, kept } = written;
        self.frames += count;
        self.bytes += bytes * *count as u64;
        if *kept {
            self.kept += count;
            meter.skip(*count);
        }
        if let (Some(journal), Some(entry)) = (&mut self.journal, entry) {
            (*first..first + count).for_each(|frame| drop(journal.note(frame, entry)));
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
            None => Ok(Made::default()),
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
        let entry = run.lasting.map(|key| Entry::of(key, &bytes));
        for frame in run.first..run.first + run.count {
            let path = names.picture(frame);
            let written = File::create(&path).and_then(|mut file| file.write_all(&bytes));
            written.map_err(|error| Error::writing(&path, &error))?;
        }
        let (first, count, bytes) = (run.first, run.count, bytes.len() as u64);
        if send.send(Written { first, count, bytes, entry, kept: false }).is_err() {
            return Ok(());
        }
    }
    Ok(())
}
