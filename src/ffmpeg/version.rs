//! Which FFmpeg this is.

use ffmpeg_next::ffi;

/// The versions of the linked libraries, as `("libavcodec", "59.37.100")`.
pub fn versions() -> [(&'static str, String); 3] {
    // SAFETY: it takes nothing and returns a number.
    let codec = unsafe { ffi::avcodec_version() };
    // SAFETY: it takes nothing and returns a number.
    let format = unsafe { ffi::avformat_version() };
    // SAFETY: it takes nothing and returns a number.
    let util = unsafe { ffi::avutil_version() };
    [("libavcodec", text(codec)), ("libavformat", text(format)), ("libavutil", text(util))]
}

fn text(version: u32) -> String {
    format!("{}.{}.{}", version >> 16, version >> 8 & 255, version & 255)
}
