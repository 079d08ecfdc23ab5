//! What sound is read from: given by the caller, so that nothing here opens a file.

use super::resampler::Resampler;
use crate::signal::Samples;
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
pub struct Library<'a>(pub Option<&'a dyn Sources>);

impl std::fmt::Debug for Library<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Library").field(&self.0.is_some()).finish()
    }
}

impl Library<'_> {
    /// The whole of a sound at `sample_rate`, or as much of it as `seconds` hold.
    pub(super) fn whole(&self, media: Id, sample_rate: u32, seconds: f64) -> Option<Samples> {
        let mut file = self.0?.open(media)?;
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
