//! What the libraries write to the terminal by themselves: nothing.

use ffmpeg_next::ffi;

/// Keeps FFmpeg, and the encoders that it calls, from writing to the terminal.
///
/// To be called once, first thing in `main`: it changes the environment, which no other thread may
/// be reading.
pub fn quiet() {
    hush();
    // SAFETY: the program calls this before it starts a thread.
    unsafe { std::env::set_var("SVT_LOG", "1") };
}

/// Keeps FFmpeg alone from writing to the terminal: what it has to say comes as an error.
pub(super) fn hush() {
    // SAFETY: it stores a number.
    unsafe { ffi::av_log_set_level(ffi::AV_LOG_FATAL) };
}
