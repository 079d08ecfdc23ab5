//! What FFmpeg answers when it will not.

use ffmpeg_next::ffi;

/// A failed call: what was tried, and FFmpeg's own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{tried}: {said}")]
pub struct Error {
    /// What was tried, on what.
    pub tried: String,
    /// What FFmpeg said.
    pub said: String,
    /// FFmpeg's code, negative.
    pub code: i32,
}

impl Error {
    /// The error of a call that answered `code` while `tried` was tried.
    pub fn new(tried: impl Into<String>, code: i32) -> Self {
        let said = words(code);
        Self { tried: tried.into(), said, code }
    }

    /// `Ok(code)` of a call that succeeded, or its error.
    pub fn check(code: i32, tried: impl FnOnce() -> String) -> Result<i32, Self> {
        if code < 0 { Err(Self::new(tried(), code)) } else { Ok(code) }
    }

    /// The error of something that we do not do: what was tried, and why not.
    pub fn refused(tried: impl Into<String>, why: impl Into<String>) -> Self {
        Self { tried: tried.into(), said: why.into(), code: -libc::ENOSYS }
    }

    /// The error of a call that got no memory `for what`.
    pub fn no_memory(tried: &str) -> Self {
        Self::new(tried, -libc::ENOMEM)
    }
}

/// FFmpeg's own words for one of its codes, or the system's.
fn words(code: i32) -> String {
    let mut text = [0_u8; 128];
    // SAFETY: as many bytes as there are may be written, and it ends in a zero.
    unsafe { ffi::av_strerror(code, text.as_mut_ptr().cast(), text.len()) };
    let end = text.iter().position(|&byte| byte == 0).unwrap_or(0);
    String::from_utf8_lossy(&text[..end]).into_owned()
}
