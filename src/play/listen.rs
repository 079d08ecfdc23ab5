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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};
    use timeline_format::media::MediaKind;
    use timeline_format::sequence::Raster;

    /// A Wave file of one channel at 8 kHz: steps that never are the same within a second.
    fn wave(seconds: u32) -> Vec<u8> {
        let bytes = seconds * 16_000;
        let mut file = b"RIFF".to_vec();
        file.extend((36 + bytes).to_le_bytes());
        file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
        file.extend(8000_u32.to_le_bytes());
        file.extend(16_000_u32.to_le_bytes());
        file.extend(b"\x02\0\x10\0data");
        file.extend(bytes.to_le_bytes());
        let step = |index: u32| ((index * 7919 % 65_521) as i16).to_le_bytes();
        file.extend((0..seconds * 8000).flat_map(step));
        file
    }

    fn film(names: &[&str]) -> Arc<Timeline> {
        let raster = Raster { width: 16, height: 16 };
        let main = Id::parse("main").unwrap();
        let mut film = Timeline::new(raster, "24".parse().unwrap(), 48_000, main);
        for name in names {
            let media = Media::new(MediaKind::Sound, format!("{name}.wav"));
            film.media.insert(Id::parse(name).unwrap(), Arc::new(media));
        }
        Arc::new(film)
    }

    fn until(is_so: impl Fn() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < Duration::from_secs(20), "it did not come to be");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_short_sound_is_kept_a_long_one_is_read_and_both_are_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let film = film(&["short", "long"]);
        let vault = Arc::new(Vault::new());
        let unread = Unread::default();
        let sources = Listener::new(Arc::clone(&film), folder.path(), unread).keeping(&vault);
        for (name, seconds, is_kept) in [("short", 60, true), ("long", 61, false)] {
            let path = folder.path().join(format!("{name}.wav"));
            std::fs::write(&path, wave(seconds)).unwrap();
            let id = Id::parse(name).unwrap();
            let media = &film.media[&id];
            let mut file = sources.open_file(id, &path, media).unwrap();
            assert_eq!(file.slot.is_some(), is_kept, "{name}");
            if let Some(slot) = &file.slot {
                until(|| slot.get().is_some());
            }
            let mut read = Sounds::open(&path, media).unwrap();
            for at in [0, 100_000, 3, -50, 479_000, 488_000, 1_000_000] {
                let mut pair = [Samples::silence(1, 1500), Samples::silence(1, 1500)];
                file.read(at, &mut pair[0]);
                read.read(at, &mut pair[1]).unwrap();
                assert!(pair[0].channels() == pair[1].channels(), "{name} at {at}");
            }
            assert_eq!(
                file.sounds.is_none(),
                is_kept,
                "{name}: read from memory, or from the file"
            );
        }
    }
}
