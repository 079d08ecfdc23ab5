//! A packet: some coded frames, owned.

use ffmpeg_next::ffi;
use std::ptr::NonNull;

use crate::ffmpeg::Error;

/// Coded frames of one stream, in the time base of their encoder.
#[derive(Debug)]
pub struct Packet(NonNull<ffi::AVPacket>);

// SAFETY: the packet owns its data, which nothing else writes; reference counts are atomic.
unsafe impl Send for Packet {}

impl Packet {
    /// An empty packet.
    pub(in crate::ffmpeg) fn new() -> Result<Self, Error> {
        // SAFETY: it takes nothing; null is looked at below.
        let packet = unsafe { ffi::av_packet_alloc() };
        NonNull::new(packet)
            .map(Self)
            .ok_or_else(|| Error::new("make room for a packet", -libc::ENOMEM))
    }

    /// FFmpeg's packet; valid while `self` is.
    pub(in crate::ffmpeg) const fn as_ptr(&self) -> *mut ffi::AVPacket {
        self.0.as_ptr()
    }

    /// A packet of these bytes: decoded at `decoded`, shown for one tick from `shown`.
    pub fn of(bytes: &[u8], shown: i64, decoded: i64, key: bool) -> Result<Self, Error> {
        let mut packet = Self::new()?;
        let tried = || "make room for a packet".to_owned();
        let size = i32::try_from(bytes.len())
            .ok()
            .ok_or_else(|| Error::no_memory("make room for a packet"))?;
        // SAFETY: the packet is empty and ours.
        let code = unsafe { ffi::av_new_packet(packet.as_ptr(), size) };
        Error::check(code, tried)?;
        // SAFETY: the pointer is valid and nothing else has it.
        let inner = unsafe { packet.0.as_mut() };
        // SAFETY: the packet has room for `size` bytes, which are not those that are read.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), inner.data, bytes.len()) };
        (inner.pts, inner.dts, inner.duration) = (shown, decoded, 1);
        if key {
            inner.flags |= ffi::AV_PKT_FLAG_KEY;
        }
        Ok(packet)
    }

    /// Says when it is to be decoded, in the encoder's time base.
    pub fn decode_at(&mut self, time: i64) {
        // SAFETY: the pointer is valid and nothing else has it.
        unsafe { self.0.as_mut() }.dts = time;
    }

    /// Bytes of coded data.
    pub fn size(&self) -> usize {
        // SAFETY: the pointer is valid while self is.
        let packet = unsafe { self.0.as_ref() };
        usize::try_from(packet.size).unwrap_or(0)
    }

    /// When it is shown or heard, in the encoder's time base.
    pub fn shown_at(&self) -> i64 {
        // SAFETY: the pointer is valid while self is.
        let packet = unsafe { self.0.as_ref() };
        packet.pts
    }

    /// The stream of the file that it was read from.
    pub(in crate::ffmpeg) fn stream_index(&self) -> usize {
        // SAFETY: the pointer is valid while self is.
        let packet = unsafe { self.0.as_ref() };
        usize::try_from(packet.stream_index).unwrap_or(usize::MAX)
    }

    /// Says how long it is, in the encoder's time base, where the encoder did not.
    pub(super) fn default_duration(&mut self, duration: i64) {
        // SAFETY: the pointer is valid and nothing else has it.
        let packet = unsafe { self.0.as_mut() };
        if packet.duration == 0 {
            packet.duration = duration;
        }
    }
}

impl Drop for Packet {
    fn drop(&mut self) {
        let mut packet = self.as_ptr();
        // SAFETY: the packet was made by av_packet_alloc and is freed once.
        unsafe { ffi::av_packet_free(&raw mut packet) };
    }
}
