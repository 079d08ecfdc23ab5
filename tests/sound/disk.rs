//! Sounds that lie on the disk: Wave files, and a film's way to them.

use roomtone::media::Sounds;
use roomtone::signal::Samples;
use roomtone::sound::SoundFile;
use std::path::Path;
use timeline_format::Media;
use timeline_format::media::MediaKind;

/// A Wave file of floats, as its first definition has it.
pub fn wave(rate: u32, channels: &[Vec<f32>]) -> Vec<u8> {
    let (count, length) = (channels.len(), channels[0].len());
    let bytes = (count * length * 4) as u32;
    let mut file = Vec::with_capacity(44 + bytes as usize);
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(3_u16.to_le_bytes());
    file.extend((count as u16).to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * count as u32 * 4).to_le_bytes());
    file.extend(((count * 4) as u16).to_le_bytes());
    file.extend(32_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    for index in 0..length {
        channels.iter().for_each(|channel| file.extend(channel[index].to_le_bytes()));
    }
    file
}

/// An open file.
pub struct OnDisk(Sounds);

impl OnDisk {
    /// The file at `path`.
    pub fn open(path: &Path) -> Option<Self> {
        let media = Media::new(MediaKind::Sound, path.to_str()?.to_owned());
        Some(Self(Sounds::open(path, &media).ok()?))
    }
}

impl SoundFile for OnDisk {
    fn rate(&self) -> u32 {
        self.0.rate()
    }

    fn channels(&self) -> usize {
        self.0.channels()
    }

    fn length(&self) -> i64 {
        self.0.length()
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        self.0.read(at, out).unwrap();
    }
}
