//! What a preset says. The same words make a preset of a user's own, in a JSON file.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::Path;
use timeline_format::mix::Layout;

use super::names;
use crate::deliver::leveling::Goal;
use crate::signal::{Colour, PixelFormat};

/// What is made of a film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Its name on the command line: lower case, `-` between words.
    pub id: Cow<'static, str>,
    /// Its name for people.
    pub label: Cow<'static, str>,
    /// What it is for, in a sentence.
    pub help: Cow<'static, str>,
    /// The kind of file.
    pub container: Container,
    /// How the picture is coded; absent for sound alone.
    #[serde(default)]
    pub picture: Option<PictureTarget>,
    /// How the sound is coded; absent for a mute picture.
    #[serde(default)]
    pub sound: Option<SoundTarget>,
    /// What a person who uses it should know; said in every report.
    #[serde(default)]
    pub caution: Option<Cow<'static, str>>,
}

/// The kind of file, or of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// MPEG-4, its index in front.
    Mp4,
    /// QuickTime.
    Mov,
    /// Matroska.
    Mkv,
    /// Wave, with a broadcast extension.
    Wav,
    /// FLAC, the sound alone.
    Flac,
    /// A folder of numbered pictures, and the sound as a Wave file beside them.
    Frames,
}

impl Container {
    /// What its files' names end in; none for a folder.
    pub const fn extension(self) -> Option<&'static str> {
        match self {
            Self::Mp4 => Some("mp4"),
            Self::Mov => Some("mov"),
            Self::Mkv => Some("mkv"),
            Self::Wav => Some("wav"),
            Self::Flac => Some("flac"),
            Self::Frames => None,
        }
    }
}

/// How the picture is coded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureTarget {
    /// The codec.
    pub codec: PictureCodec,
    /// The encoder's options, by FFmpeg's names; none for numbered pictures.
    #[serde(default, with = "names::options")]
    pub options: Options,
    /// Seconds from a key frame to the next at most; absent is the encoder's choice.
    #[serde(default)]
    pub keyframes: Option<u32>,
    /// How the planes are laid out: `yuv420p8`, `yuv422p10`, `yuva444p10`, `rgb16`, `rgba-f32`.
    #[serde(with = "names::format")]
    pub format: PixelFormat,
    /// What the numbers mean; written into stream and container.
    #[serde(with = "names::colour")]
    pub colour: Colour,
}

/// Options of an encoder: names and values.
pub(super) type Options = Cow<'static, [(Cow<'static, str>, Cow<'static, str>)]>;

/// A picture codec, and who encodes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureCodec {
    /// H.264 by x264.
    H264,
    /// HEVC by x265.
    Hevc,
    /// AV1 by SVT-AV1.
    Av1,
    /// Apple ProRes by FFmpeg's `prores_ks`.
    Prores,
    /// Avid DNxHR by FFmpeg.
    Dnxhr,
    /// FFV1 by FFmpeg.
    Ffv1,
    /// Numbered PNG.
    Png,
    /// Numbered OpenEXR.
    Exr,
}

impl PictureCodec {
    /// FFmpeg's name of the encoder; none for numbered pictures.
    pub const fn encoder(self) -> Option<&'static str> {
        match self {
            Self::H264 => Some("libx264"),
            Self::Hevc => Some("libx265"),
            Self::Av1 => Some("libsvtav1"),
            Self::Prores => Some("prores_ks"),
            Self::Dnxhr => Some("dnxhd"),
            Self::Ffv1 => Some("ffv1"),
            Self::Png | Self::Exr => None,
        }
    }

    /// Whether a picture comes out as it went in.
    pub const fn is_lossless(self) -> bool {
        matches!(self, Self::Ffv1 | Self::Png)
    }
}

/// How the sound is coded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoundTarget {
    /// The codec.
    pub codec: SoundCodec,
    /// Bits a second for stereo, where the codec loses; other layouts have as many a channel.
    #[serde(default)]
    pub bit_rate: Option<u32>,
    /// The channels; absent are those of the film.
    #[serde(default)]
    pub layout: Option<Layout>,
    /// The same sound for fewer loudspeakers too, from the same pass: a second stream, or a second file beside
    /// a Wave file.
    #[serde(default)]
    pub fold: Option<Layout>,
    /// How loud it is to be; absent is as it was mixed.
    #[serde(default)]
    pub loudness: Option<Goal>,
}

impl SoundTarget {
    /// The film's own channels, as loud as they were mixed.
    pub const fn of(codec: SoundCodec, bit_rate: Option<u32>) -> Self {
        Self { codec, bit_rate, layout: None, fold: None, loudness: None }
    }
}

/// A sound codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SoundCodec {
    /// AAC-LC by FFmpeg.
    Aac,
    /// Opus by libopus.
    Opus,
    /// FLAC, 24 bits.
    Flac,
    /// Plain samples of 16 bits, dithered; in Wave files.
    Pcm16,
    /// Plain samples of 24 bits.
    Pcm24,
    /// Plain 32-bit floats.
    Float32,
}

impl SoundCodec {
    /// FFmpeg's name of the encoder.
    pub const fn encoder(self) -> &'static str {
        match self {
            Self::Aac => "aac",
            Self::Opus => "libopus",
            Self::Flac => "flac",
            Self::Pcm16 => "pcm_s16le",
            Self::Pcm24 => "pcm_s24le",
            Self::Float32 => "pcm_f32le",
        }
    }

    /// Whether it is plain samples.
    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Pcm16 | Self::Pcm24 | Self::Float32)
    }

    /// Whether samples come out as they went in, to 24 bits.
    pub const fn is_lossless(self) -> bool {
        matches!(self, Self::Flac | Self::Pcm24 | Self::Float32)
    }
}

/// An option in a preset of the program's own.
pub(super) const fn option(
    name: &'static str,
    value: &'static str,
) -> (Cow<'static, str>, Cow<'static, str>) {
    (Cow::Borrowed(name), Cow::Borrowed(value))
}

/// Reads a preset from a JSON file.
pub fn read(path: &Path) -> Result<Preset, String> {
    let tried = format!("read the preset {}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| format!("{tried}: {error}"))?;
    let preset: Preset =
        serde_json::from_str(&text).map_err(|error| format!("{tried}: {error}"))?;
    match preset.fault() {
        None => Ok(preset),
        Some(fault) => Err(format!("{tried}: {fault}")),
    }
}

impl Preset {
    /// Why this can be no delivery, whatever the film: parts that do not go together.
    pub fn fault(&self) -> Option<String> {
        let still = self.picture.as_ref().map(|target| target.codec.encoder().is_none());
        match (self.container, still, &self.sound) {
            (_, None, None) => Some("it has neither picture nor sound".into()),
            (Container::Frames, None | Some(false), _) => {
                Some("a folder of frames holds png or exr".into())
            }
            (Container::Mp4 | Container::Mov | Container::Mkv, Some(true), _) => {
                Some("numbered pictures go into the container \"frames\"".into())
            }
            (Container::Wav | Container::Flac, Some(_), _) => {
                Some("a wav or flac file holds no picture".into())
            }
            (Container::Flac, _, Some(sound)) if sound.codec != SoundCodec::Flac => {
                Some("a flac file holds the codec flac".into())
            }
            (Container::Flac | Container::Frames, _, Some(SoundTarget { fold: Some(_), .. })) => {
                Some("it holds one sound and no fold; use wav, mov, mp4 or mkv".into())
            }
            (Container::Wav | Container::Frames, _, Some(sound)) if !sound.codec.is_plain() => {
                Some("a wav file holds the codec pcm16, pcm24 or float32".into())
            }
            (Container::Mp4 | Container::Mov | Container::Mkv, _, Some(sound))
                if sound.codec == SoundCodec::Pcm16 =>
            {
                Some("16 bits go into a wav file; use pcm24".into())
            }
            (Container::Mp4, _, Some(sound)) if sound.codec.is_plain() => {
                Some("mp4 holds no plain samples that players know; use aac or mov".into())
            }
            _ => None,
        }
    }
}
