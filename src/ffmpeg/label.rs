//! The timecode that a decoded picture carries itself.

use super::frame::Frame;
use super::input::dictionary;

impl Frame {
    /// The timecode in the picture's own data, as its decoder tells it: the header of a group of
    /// MPEG-2 pictures (ISO/IEC 13818-2, 6.3.8), or a message beside one of H.264 or HEVC (SMPTE ST
    /// 12-1 in supplemental enhancement information).
    pub fn timecode(&self) -> Option<String> {
        // SAFETY: the frame is alive as long as it is borrowed.
        let tags = unsafe { (*self.as_ptr()).metadata };
        dictionary(tags).remove("timecode")
    }
}
