//! What sound is read from: given by the caller, so that nothing here opens a file.

use super::resampler::Resampler;
use super::texture::learned::{Learned, learn};
use signal::Samples;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use timeline_format::Id;

/// The sound of one media.
pub trait SoundFile: Send {
    /// Samples a second.
    fn rate(&self) -> u32;
    /// How many channels.
    fn channels(&self) -> usize;
    /// Its length in samples.
    fn length(&self) -> i64;
    /// Fills `out` with the samples from `at` on. Before the first and after the last is silence;
    /// what cannot be read is silence too. Never called from a real-time thread.
    fn read(&mut self, at: i64, out: &mut Samples);
}

/// Where the sound of media comes from.
pub trait Sources {
    /// The sound of `media`; `None` where it has none or cannot be opened. Every call gives a reader
    /// of its own. A film opens all of its media at once: keep this cheap.
    fn open(&self, media: Id) -> Option<Box<dyn SoundFile>>;
}

/// A file that several tracks read, one at a time.
#[derive(Clone)]
pub(super) struct SharedFile {
    file: Arc<Mutex<Box<dyn SoundFile>>>,
    rate: u32,
    channels: usize,
    length: i64,
}

impl SharedFile {
    pub(super) fn new(file: Box<dyn SoundFile>) -> Self {
        let (rate, channels, length) = (file.rate(), file.channels(), file.length());
        Self { file: Arc::new(Mutex::new(file)), rate, channels, length }
    }
}

impl SoundFile for SharedFile {
    fn rate(&self) -> u32 {
        self.rate
    }

    fn channels(&self) -> usize {
        self.channels
    }

    fn length(&self) -> i64 {
        self.length
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).read(at, out);
    }
}

/// The sounds of a film, as far as a node may ask for them while it is built.
#[derive(Clone, Copy, Default)]
pub struct Library<'a> {
    sources: Option<&'a dyn Sources>,
    lessons: Option<&'a Lessons>,
}

impl std::fmt::Debug for Library<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Library").field(&self.sources.is_some()).finish()
    }
}

impl<'a> Library<'a> {
    /// These sounds.
    pub fn of(sources: &'a dyn Sources) -> Self {
        Self { sources: Some(sources), lessons: None }
    }

    /// The same, where what is learned of them is kept.
    pub(super) const fn with(self, lessons: &'a Lessons) -> Self {
        Self { lessons: Some(lessons), ..self }
    }

    /// The tone of the room in which `of` was recorded; `None` where there is nothing to learn from. Learned
    /// once for all who ask for the same.
    pub(super) fn tone(&self, of: Stretch) -> Option<Arc<Learned>> {
        let learned = || self.stretch(of).and_then(|sound| learn(&sound, of.sample_rate.into()));
        match self.lessons {
            Some(lessons) => lessons.tone(of, learned),
            None => learned().map(Arc::new),
        }
    }

    /// The samples of a stretch.
    fn stretch(&self, of: Stretch) -> Option<Samples> {
        let mut sound = self.whole(of.media, of.sample_rate, of.to as f64 / 1000.0)?;
        let first = (of.from * u64::from(of.sample_rate) / 1000) as usize;
        for channel in sound.channels_mut() {
            channel.drain(..first.min(channel.len()));
        }
        Some(sound)
    }

    /// The whole of a sound at `sample_rate`, or as much of it as `seconds` hold.
    pub(super) fn whole(&self, media: Id, sample_rate: u32, seconds: f64) -> Option<Samples> {
        let mut file = self.sources?.open(media)?;
        let (rate, channels) = (file.rate(), file.channels());
        if rate == 0 || channels == 0 {
            return None;
        }
        let length = file.length() as f64 * f64::from(sample_rate) / f64::from(rate);
        let most = seconds * f64::from(sample_rate);
        let mut samples = Samples::silence(channels, length.min(most).ceil() as usize);
        if rate == sample_rate {
            file.read(0, &mut samples);
        } else {
            let mut resampler = Resampler::new(rate, sample_rate, channels)?;
            resampler.read(&mut *file, 0, 0, &mut samples);
        }
        Some(samples)
    }
}

/// A stretch of a recording, in thousandths of a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) media: Id,
    pub(super) from: u64,
    pub(super) to: u64,
    /// Samples a second at which it is heard.
    pub(super) sample_rate: u32,
}

/// What was learned of sounds while a mix is built: a tone in hundreds of gaps is learned once.
#[derive(Debug, Default)]
pub(super) struct Lessons(Mutex<BTreeMap<Stretch, Option<Arc<Learned>>>>);

impl Lessons {
    fn tone(&self, of: Stretch, learn: impl FnOnce() -> Option<Learned>) -> Option<Arc<Learned>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(of).or_insert_with(|| learn().map(Arc::new)).clone()
    }
}
