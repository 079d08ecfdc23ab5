//! Packets into frames.

use crate::ffmpeg::input::Input;
use crate::ffmpeg::{Error, Frame, Packet};
use ffmpeg_next::ffi;
use std::ptr::NonNull;

/// The most pixels that a picture may have: a bound on memory, not on sides.
const MOST_PIXELS: i64 = 1 << 28;

/// Which frames are worth decoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// All of them.
    All,
    /// Those that others are made from: what is skipped is never seen.
    References,
}

/// A decoder of one stream, freed when dropped.
pub struct Decoder {
    context: NonNull<ffi::AVCodecContext>,
    name: String,
}

// SAFETY: a context is used by one thread at a time, and what it points to belongs to it.
unsafe impl Send for Decoder {}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "decoder of {}", self.name)
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        let mut pointer = self.context.as_ptr();
        // SAFETY: the context is ours alone, and the pointer is not used again.
        unsafe { ffi::avcodec_free_context(&raw mut pointer) };
    }
}

impl Decoder {
    /// A decoder for stream `stream` of `input` with so many threads (0: as many as cores).
    pub fn open(input: &Input, stream: usize, threads: usize) -> Result<Self, Error> {
        let tried = || format!("decoding stream {stream} of {}", input.name());
        let facts = input.stream(stream);
        let facts = facts.ok_or_else(|| Error::refused(tried(), "there is no such stream"))?;
        // SAFETY: a stream has parameters that live as long as it.
        let codec_id = unsafe { (*facts.codecpar).codec_id };
        // SAFETY: it gives a constant or null.
        let codec = unsafe { ffi::avcodec_find_decoder(codec_id) };
        if codec.is_null() {
            return Err(Error::refused(tried(), "there is no decoder for it"));
        }
        // SAFETY: a codec is a constant; null is looked at.
        let context = unsafe { ffi::avcodec_alloc_context3(codec) };
        let context = NonNull::new(context).ok_or_else(|| Error::no_memory(&tried()))?;
        let decoder = Self { context, name: input.name().to_owned() };
        let pointer = decoder.as_ptr();
        // SAFETY: both are alive, and the parameters are copied.
        let code = unsafe { ffi::avcodec_parameters_to_context(pointer, facts.codecpar) };
        Error::check(code, tried)?;
        // SAFETY: the context is ours and not yet open.
        unsafe { (*pointer).pkt_timebase = facts.time_base };
        // SAFETY: as above.
        unsafe { (*pointer).thread_count = threads as i32 };
        // SAFETY: as above.
        unsafe { (*pointer).max_pixels = MOST_PIXELS };
        // SAFETY: as above; no options are given.
        let code = unsafe { ffi::avcodec_open2(pointer, codec, std::ptr::null_mut()) };
        Error::check(code, tried)?;
        Ok(decoder)
    }

    const fn as_ptr(&self) -> *mut ffi::AVCodecContext {
        self.context.as_ptr()
    }

    /// Which frames to decode from the next packet on.
    pub fn set_speed(&mut self, speed: Speed) {
        let skip = match speed {
            Speed::All => ffi::AVDiscard::AVDISCARD_DEFAULT,
            Speed::References => ffi::AVDiscard::AVDISCARD_NONREF,
        };
        // SAFETY: the context is ours alone.
        unsafe { (*self.as_ptr()).skip_frame = skip };
    }

    /// Takes a packet, or the news that none is left. Take all frames first: it never waits.
    ///
    /// A packet that is damaged is an error; the next may be sound.
    pub fn send(&mut self, packet: Option<&Packet>) -> Result<(), Error> {
        let packet = packet.map_or(std::ptr::null(), |packet| packet.as_ptr().cast_const());
        // SAFETY: the context is open; the packet is alive or null.
        let code = unsafe { ffi::avcodec_send_packet(self.as_ptr(), packet) };
        if code == ffi::AVERROR_EOF {
            return Ok(());
        }
        Error::check(code, || format!("decoding {}", self.name)).map(|_| ())
    }

    /// The next frame; `None` when it needs another packet, or has given its last.
    pub fn receive(&mut self) -> Result<Option<Frame>, Error> {
        let frame = Frame::new()?;
        // SAFETY: the context is open and the frame is ours and empty.
        let code = unsafe { ffi::avcodec_receive_frame(self.as_ptr(), frame.as_ptr()) };
        if code == -libc::EAGAIN || code == ffi::AVERROR_EOF {
            return Ok(None);
        }
        Error::check(code, || format!("decoding {}", self.name))?;
        Ok(Some(frame))
    }

    /// Forgets what it was given, to start at another place.
    pub fn flush(&mut self) {
        // SAFETY: the context is open.
        unsafe { ffi::avcodec_flush_buffers(self.as_ptr()) };
    }
}
