//! The sound of a film's media, as the mix reads it.

use super::place::path_of;
use super::shelf::Unread;
use super::vault::{Slot, Vault};
use crate::media::Sounds;
use crate::signal::Samples;
use crate::sound::{SoundFile, Sources};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Id, Media, Timeline};

/// The sounds of a film's media.
#[derive(Debug)]
pub(super) struct Listener {
    timeline: Arc<Timeline>,
    folder: PathBuf,
    unread: Unread,
    vault: Option<Arc<Vault>>,
}

impl Listener {
    /// The media of `timeline`, whose document lies in `folder`.
    pub(super) fn new(timeline: Arc<Timeline>, folder: &Path, unread: Unread) -> Self {
        Self { timeline, folder: folder.to_owned(), unread, vault: None }
    }

    /// The same, with short sounds kept in `vault`.
    pub(super) fn keeping(self, vault: &Arc<Vault>) -> Self {
        Self { vault: Some(Arc::clone(vault)), ..self }
    }

    fn open_file(&self, id: Id, path: &Path, media: &Arc<Media>) -> Option<File> {
        let kept = self.vault.as_ref().and_then(|vault| vault.find(path));
        let file = |sounds, slot| File { id, sounds, slot, unread: self.unread.clone() };
        if let Some(slot) = kept.clone().filter(|slot| slot.get().is_some()) {
            return Some(file(None, Some(slot)));
        }
        match Sounds::open(path, media) {
            Ok(sounds) => {
                let keep = |vault: &Arc<Vault>| vault.keep(path, media, &sounds);
                let slot = kept.or_else(|| self.vault.as_ref().and_then(keep));
                Some(file(Some(sounds), slot))
            }
            Err(error) => {
                self.unread.tell(id, || format!("media {id}: {error}"));
                None
            }
        }
    }
}

impl Sources for Listener {
    fn open(&self, id: Id) -> Option<Box<dyn SoundFile>> {
        let media = self.timeline.media.get(&id)?;
        let path = path_of(media, &self.folder)?;
        Some(Box::new(self.open_file(id, &path, media)?))
    }
}

/// One open sound file; what cannot be read of it is silence, told once.
struct File {
    id: Id,
    /// The file, until the whole of it is kept.
    sounds: Option<Sounds>,
    slot: Option<Slot>,
    unread: Unread,
}

impl File {
    /// What it says of itself: samples a second, channels, length.
    fn facts(&self) -> (u32, usize, i64) {
        let whole = self.slot.as_ref().and_then(|slot| slot.get());
        match (whole, &self.sounds) {
            (Some(whole), _) => {
                let samples = &whole.samples;
                (whole.rate, samples.channel_count(), samples.length() as i64)
            }
            (None, Some(sounds)) => (sounds.rate(), sounds.channels(), sounds.length()),
            (None, None) => (0, 0, 0),
        }
    }
}

impl SoundFile for File {
    fn rate(&self) -> u32 {
        self.facts().0
    }

    fn channels(&self) -> usize {
        self.facts().1
    }

    fn length(&self) -> i64 {
        self.facts().2
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        if let Some(whole) = self.slot.as_ref().and_then(|slot| slot.get()) {
            self.sounds = None;
            return whole.read(at, out);
        }
        let Some(sounds) = &mut self.sounds else { return };
        if let Err(error) = sounds.read(at, out) {
            for channel in out.channels_mut() {
                channel.fill(0.0);
            }
            self.unread.tell(self.id, || format!("media {}: {error}", self.id));
        }
    }
}
