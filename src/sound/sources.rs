//! What sound is read from: given by the caller, so that nothing here opens a file.

use crate::signal::Samples;
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
