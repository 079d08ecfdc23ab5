//! Captions in a file: a stream of texts, whose packets are all known before the first picture.

use ffmpeg_next::ffi;
use std::ptr::NonNull;
use timeline_format::Rate;

use super::options::Dictionary;
use super::{Container, Muxer, Stream};
use crate::ffmpeg::encode::Packet;
use crate::ffmpeg::error::Error;

/// How captions are coded in a container; `None` where it holds none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptionCodec {
    /// 3GPP Timed Text, in MPEG-4 and QuickTime: a sample at a time, one after the other.
    Timed,
    /// SubRip's text, in Matroska.
    Plain,
}

impl Container {
    /// How this kind of file holds captions; `None` where it does not.
    pub const fn captions(self) -> Option<CaptionCodec> {
        match self {
            Self::Mp4 | Self::Mov => Some(CaptionCodec::Timed),
            Self::Matroska => Some(CaptionCodec::Plain),
            Self::Flac => None,
        }
    }
}

/// What a file is told of its captions.
#[derive(Debug, Clone)]
pub struct CaptionSettings {
    /// How they are coded.
    pub codec: CaptionCodec,
    /// Frames a second: packets count frames.
    pub rate: Rate,
    /// The language, by three letters of ISO 639-2, or nothing.
    pub language: String,
    /// What they are called.
    pub title: String,
}

/// A sample description of timed text (3GPP TS 26.245, 5.16) without its box: white, in the middle, at the foot.
const DESCRIPTION: [u8; 48] = [
    0, 0, 0, 0, 1, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 18, 0xff, 0xff,
    0xff, 0xff, 0, 0, 0, 18, b'f', b't', b'a', b'b', 0, 1, 0, 1, 5, b'S', b'e', b'r', b'i', b'f',
];

/// How far streams may lie apart, in microseconds, where one of them may have nothing to say for long.
const APART: i64 = 10_000_000;

impl Muxer {
    /// Adds captions.
    pub fn add_captions(&mut self, settings: &CaptionSettings) -> Result<Stream, Error> {
        let tried = || "add captions to the file".to_owned();
        // SAFETY: the context is valid and its header is not written yet.
        let stream = unsafe { ffi::avformat_new_stream(self.pointer.as_ptr(), std::ptr::null()) };
        let mut stream = NonNull::new(stream).ok_or_else(|| Error::new(tried(), -libc::ENOMEM))?;
        let (den, num) = (settings.rate.numerator(), settings.rate.denominator());
        let base = ffi::AVRational { num: num as i32, den: den as i32 };
        let mut tags = Dictionary::new();
        for (name, value) in [("language", &settings.language), ("title", &settings.title)] {
            if !value.is_empty() {
                tags.set(name, value)?;
            }
        }
        // SAFETY: the stream was just made; the muxer that owns it is borrowed alone.
        let inner = unsafe { stream.as_mut() };
        inner.time_base = base;
        inner.metadata = tags.into_raw();
        // SAFETY: a stream has parameters, which nothing else has now.
        let parameters = unsafe { &mut *inner.codecpar };
        parameters.codec_type = ffi::AVMediaType::AVMEDIA_TYPE_SUBTITLE;
        parameters.codec_id = match settings.codec {
            CaptionCodec::Timed => ffi::AVCodecID::AV_CODEC_ID_MOV_TEXT,
            CaptionCodec::Plain => ffi::AVCodecID::AV_CODEC_ID_SUBRIP,
        };
        if settings.codec == CaptionCodec::Timed {
            describe(parameters)?;
        } else {
            // SAFETY: the context is valid while self is.
            unsafe { self.pointer.as_mut() }.max_interleave_delta = APART;
        }
        self.bases.push(base);
        Ok(Stream(self.bases.len() - 1))
    }
}

/// Gives the parameters their sample description.
fn describe(parameters: &mut ffi::AVCodecParameters) -> Result<(), Error> {
    let room = DESCRIPTION.len() + ffi::AV_INPUT_BUFFER_PADDING_SIZE as usize;
    // SAFETY: it takes a size; null is looked at below.
    let bytes = unsafe { ffi::av_mallocz(room) }.cast::<u8>();
    if bytes.is_null() {
        return Err(Error::new("make room for the look of captions", -libc::ENOMEM));
    }
    // SAFETY: the room is larger than the description, and new.
    unsafe { std::ptr::copy_nonoverlapping(DESCRIPTION.as_ptr(), bytes, DESCRIPTION.len()) };
    parameters.extradata = bytes;
    parameters.extradata_size = DESCRIPTION.len() as i32;
    Ok(())
}

impl Packet {
    /// A packet of these bytes that lasts from one tick to another.
    pub fn lasting(bytes: &[u8], ticks: std::ops::Range<i64>) -> Result<Self, Error> {
        let packet = Self::of(bytes, ticks.start, ticks.start, true)?;
        // SAFETY: the packet was just made and nothing else has it.
        unsafe { (*packet.as_ptr()).duration = ticks.end - ticks.start };
        Ok(packet)
    }
}
