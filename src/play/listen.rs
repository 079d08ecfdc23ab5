//! The sound of a film's media, as the mix reads it.

use super::place::path_of;
use super::shelf::Unread;
use crate::media::Sounds;
use crate::signal::Samples;
use crate::sound::{SoundFile, Sources};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Id, Timeline};

/// The sounds of a film's media.
#[derive(Debug)]
pub(super) struct Listener {
    timeline: Arc<Timeline>,
    folder: PathBuf,
    unread: Unread,
}

impl Listener {
    /// The media of `timeline`, whose document lies in `folder`.
    pub(super) fn new(timeline: Arc<Timeline>, folder: &Path, unread: Unread) -> Self {
        Self { timeline, folder: folder.to_owned(), unread }
    }
}

impl Sources for Listener {
    fn open(&self, id: Id) -> Option<Box<dyn SoundFile>> {
        let media = self.timeline.media.get(&id)?;
        let path = path_of(media, &self.folder)?;
        match Sounds::open(&path, media) {
            Ok(sounds) => Some(Box::new(File { id, sounds, unread: self.unread.clone() })),
            Err(error) => {
                self.unread.tell(id, || format!("media {id}: {error}"));
                None
            }
        }
    }
}

/// One open sound file; what cannot be read of it is silence, told once.
struct File {
    id: Id,
    sounds: Sounds,
    unread: Unread,
}

impl SoundFile for File {
    fn rate(&self) -> u32 {
        self.sounds.rate()
    }

    fn channels(&self) -> usize {
        self.sounds.channels()
    }

    fn length(&self) -> i64 {
        self.sounds.length()
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        if let Err(error) = self.sounds.read(at, out) {
            for channel in out.channels_mut() {
                channel.fill(0.0);
            }
            self.unread.tell(self.id, || format!("media {}: {error}", self.id));
        }
    }
}
