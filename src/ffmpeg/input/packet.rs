//! What a packet says of itself.

use crate::ffmpeg::{Error, Packet};
use ffmpeg_next::ffi;

/// What a packet says of itself, in the time base of its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PacketFacts {
    /// Which stream it belongs to.
    pub stream: usize,
    /// When it is shown or heard.
    pub shown: Option<i64>,
    /// When it is to be decoded.
    pub decoded: Option<i64>,
    /// How long it lasts; 0 if not known.
    pub duration: i64,
    /// Where it lies in the file, or -1.
    pub position: i64,
    /// Whether decoding can start here.
    pub key: bool,
    /// Whether what it holds is to be decoded and thrown away (an edit list says so).
    pub discard: bool,
}

impl Packet {
    /// An empty packet, to be read into.
    pub fn empty() -> Result<Self, Error> {
        Self::new()
    }

    /// What it says of itself.
    pub fn facts(&self) -> PacketFacts {
        // SAFETY: the packet is alive as long as we are, and nobody writes to it meanwhile.
        let packet = unsafe { &*self.as_ptr() };
        let stamp = |time: i64| (time != ffi::AV_NOPTS_VALUE).then_some(time);
        PacketFacts {
            stream: packet.stream_index.max(0) as usize,
            shown: stamp(packet.pts),
            decoded: stamp(packet.dts),
            duration: packet.duration.max(0),
            position: packet.pos,
            key: packet.flags & ffi::AV_PKT_FLAG_KEY != 0,
            discard: packet.flags & ffi::AV_PKT_FLAG_DISCARD != 0,
        }
    }

    /// Its data.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: as above.
        let packet = unsafe { &*self.as_ptr() };
        if packet.size <= 0 || packet.data.is_null() {
            return &[];
        }
        // SAFETY: a packet with a size has so many bytes of data, which live as long as it.
        unsafe { std::slice::from_raw_parts(packet.data, packet.size as usize) }
    }

    /// The first byte of its data.
    pub(super) fn first_byte(&self) -> Option<u8> {
        self.bytes().first().copied()
    }

    /// Whether it is plain: not marked as broken, and with no new headers beside it.
    pub fn is_plain(&self) -> bool {
        let headers = ffi::AVPacketSideDataType::AV_PKT_DATA_NEW_EXTRADATA;
        let mut size = 0;
        // SAFETY: the packet is alive; it gives the packet's own memory or null.
        let found = unsafe { ffi::av_packet_get_side_data(self.as_ptr(), headers, &raw mut size) };
        // SAFETY: the packet is alive as long as we are, and nobody writes to it meanwhile.
        let flags = unsafe { (*self.as_ptr()).flags };
        found.is_null() && flags & ffi::AV_PKT_FLAG_CORRUPT == 0
    }

    /// Lets go of what it holds.
    pub(super) fn clear(&mut self) {
        // SAFETY: the packet is ours alone.
        unsafe { ffi::av_packet_unref(self.as_ptr()) };
    }
}
