//! WAV, AIFF and FLAC files through Symphonia.

use crate::ffmpeg::open_plain;
use crate::media::Error;
use crate::media::block::Block;
use crate::media::still;
use std::path::{Path, PathBuf};
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, SeekMode, SeekTo, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::units::{TimeBase, Timestamp};

/// Samples that are read on rather than sought.
const NEAR: i64 = 48_000;

/// Files above this are left to FFmpeg: a RIFF header cannot say how long they are.
const LARGEST: u64 = u32::MAX as u64;

/// An open file of sound and where in it we are.
pub(super) struct SoundFile {
    path: PathBuf,
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    rate: u32,
    channels: usize,
    length: i64,
    block: Block,
}

impl std::fmt::Debug for SoundFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "sound file {}", self.path.display())
    }
}

/// Whether a file that starts with these bytes is read here.
fn is_one(start: &[u8]) -> bool {
    let kind = (start.get(..4), start.get(8..12));
    matches!(
        kind,
        (Some(b"RIFF"), Some(b"WAVE"))
            | (Some(b"FORM"), Some(b"AIFF" | b"AIFC"))
            | (Some(b"fLaC"), _)
    )
}

impl SoundFile {
    /// Opens the file at `path`; `None` where it is not one of these, or not wholly understood.
    pub(super) fn open(path: &Path) -> Option<Self> {
        if !is_one(&still::start(path, 12)) {
            return None;
        }
        let file = open_plain(path).ok()?;
        if file.metadata().ok()?.len() >= LARGEST {
            return None;
        }
        let source = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
        let (format, meta) = (FormatOptions::default(), MetadataOptions::default());
        let reader =
            symphonia::default::get_probe().probe(&Hint::new(), source, format, meta).ok()?;
        let track = reader.default_track(TrackType::Audio)?;
        let parameters = track.codec_params.as_ref()?.audio()?;
        let options = AudioDecoderOptions::default();
        let decoder = symphonia::default::get_codecs().make_audio_decoder(parameters, &options);
        let rate = parameters.sample_rate?;
        let a_tick_a_sample = track.time_base == TimeBase::try_new(1, rate);
        let (track_id, delay) = (track.id, track.delay.unwrap_or(0));
        let channels = parameters.channels.as_ref()?.count();
        let length = i64::try_from(track.num_frames?).ok()?;
        let decoder = decoder.ok().filter(|_| a_tick_a_sample && delay == 0 && channels > 0)?;
        let mut file = Self {
            path: path.to_owned(),
            reader,
            decoder,
            track: track_id,
            rate,
            channels,
            length,
            block: Block::default(),
        };
        file.is_whole().then_some(file)
    }

    /// Whether the last sample that the header promises is there.
    fn is_whole(&mut self) -> bool {
        self.length == 0 || matches!(self.around(self.length - 1), Ok(Some(_)))
    }

    pub(super) const fn rate(&self) -> u32 {
        self.rate
    }

    pub(super) const fn channels(&self) -> usize {
        self.channels
    }

    pub(super) const fn length(&self) -> i64 {
        self.length
    }

    pub(super) const fn block(&self) -> &Block {
        &self.block
    }

    /// The run of samples that `position` lies in; `None` outside the sound.
    pub(super) fn around(&mut self, position: i64) -> Result<Option<&Block>, Error> {
        if !self.block.holds(position) && (0..self.length).contains(&position) {
            self.go(position).map_err(|error| Error::new(&self.path, error))?;
        }
        Ok(Some(&self.block).filter(|block| block.holds(position)))
    }

    fn go(&mut self, position: i64) -> Result<(), symphonia::core::errors::Error> {
        let ahead = position - self.block.end();
        if self.block.is_empty() && position > 0 || !(0..NEAR).contains(&ahead) {
            let to = SeekTo::Timestamp { ts: Timestamp::new(position), track_id: self.track };
            self.reader.seek(SeekMode::Accurate, to)?;
            self.decoder.reset();
        }
        while let Some(packet) = self.reader.next_packet()? {
            if packet.track_id != self.track {
                continue;
            }
            let decoded = self.decoder.decode(&packet)?;
            decoded.copy_to_vecs_planar(self.block.fill(packet.pts.get()));
            if self.block.end() > position {
                return Ok(());
            }
        }
        Ok(())
    }
}
