//! A file that FFmpeg reads through us: it sees bytes, never a name, and can open no other.

use crate::ffmpeg::Error;
use crate::workers::Stop;
use ffmpeg_next::ffi;
use std::ffi::{c_int, c_void};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::ptr::NonNull;

/// Bytes that are read at a time.
const BUFFER: usize = 64 << 10;

/// Opens the plain file at `path` to be read. Pipes, devices and folders are refused, and none of
/// them is waited for.
pub fn open_plain(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    let file = options.open(path)?;
    let refused = |why: &str| std::io::Error::new(std::io::ErrorKind::InvalidInput, why);
    let facts = file.metadata()?;
    if !facts.is_file() {
        return Err(refused("it is not a plain file"));
    }
    if facts.len() == 0 {
        return Err(refused("the file is empty"));
    }
    Ok(file)
}

/// A file as FFmpeg reads it, freed when dropped.
pub(super) struct Source(NonNull<ffi::AVIOContext>);

/// What the callbacks look at.
struct Reading {
    file: File,
    stop: Stop,
}

impl Source {
    /// Reads `file` from its start, until `stop` is raised. Fails only without memory.
    pub(super) fn new(file: File, stop: &Stop) -> Result<Self, Error> {
        let no_memory = || Error::no_memory("reading a file");
        // SAFETY: it takes a number; null is looked at.
        let buffer = NonNull::new(unsafe { ffi::av_malloc(BUFFER) }).ok_or_else(no_memory)?;
        let reading = Box::into_raw(Box::new(Reading { file, stop: stop.clone() }));
        // SAFETY: the buffer and what the callbacks look at are ours, and live until `drop`.
        let context = unsafe {
            ffi::avio_alloc_context(
                buffer.as_ptr().cast(),
                BUFFER as c_int,
                0,
                reading.cast(),
                Some(read),
                None,
                Some(seek),
            )
        };
        let Some(context) = NonNull::new(context) else {
            // SAFETY: nobody else has the buffer.
            unsafe { ffi::av_free(buffer.as_ptr()) };
            // SAFETY: nobody else has what is read.
            drop(unsafe { Box::from_raw(reading) });
            return Err(no_memory());
        };
        Ok(Self(context))
    }

    pub(super) const fn as_ptr(&self) -> *mut ffi::AVIOContext {
        self.0.as_ptr()
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let mut pointer = self.as_ptr();
        // SAFETY: the context is ours alone; FFmpeg may have put another buffer in place of ours.
        let buffer = unsafe { &raw mut (*pointer).buffer };
        // SAFETY: it is the address of a buffer that FFmpeg allocated, or of null.
        unsafe { ffi::av_freep(buffer.cast()) };
        // SAFETY: as above.
        let reading = unsafe { (*pointer).opaque };
        // SAFETY: it is the box that was made into a pointer, and nobody looks at it any more.
        drop(unsafe { Box::from_raw(reading.cast::<Reading>()) });
        // SAFETY: the pointer is not used again.
        unsafe { ffi::avio_context_free(&raw mut pointer) };
    }
}

/// Fills FFmpeg's buffer.
///
/// # Safety
/// `reading` is what [`Source::new`] gave, and the buffer has `size` bytes.
unsafe extern "C" fn read(reading: *mut c_void, buffer: *mut u8, size: c_int) -> c_int {
    // SAFETY: the caller promises it, and calls one function at a time.
    let reading = unsafe { &mut *reading.cast::<Reading>() };
    // SAFETY: the caller promises it.
    let bytes = unsafe { std::slice::from_raw_parts_mut(buffer, size.max(0) as usize) };
    reading.read(bytes)
}

/// Goes to a place of the file, or tells its length.
///
/// # Safety
/// `reading` is what [`Source::new`] gave.
unsafe extern "C" fn seek(reading: *mut c_void, offset: i64, whence: c_int) -> i64 {
    // SAFETY: the caller promises it, and calls one function at a time.
    let reading = unsafe { &mut *reading.cast::<Reading>() };
    reading.seek(offset, whence).unwrap_or(-i64::from(libc::EINVAL))
}

impl Reading {
    fn read(&mut self, bytes: &mut [u8]) -> c_int {
        loop {
            if self.stop.is_raised() {
                return ffi::AVERROR_EXIT;
            }
            match self.file.read(bytes) {
                Ok(0) => return ffi::AVERROR_EOF,
                Ok(count) => return count as c_int,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return -libc::EIO,
            }
        }
    }

    fn seek(&mut self, offset: i64, whence: c_int) -> Option<i64> {
        let place = match whence & !ffi::AVSEEK_FORCE {
            ffi::AVSEEK_SIZE => return i64::try_from(self.file.metadata().ok()?.len()).ok(),
            0 => SeekFrom::Start(u64::try_from(offset).ok()?),
            1 => SeekFrom::Current(offset),
            2 => SeekFrom::End(offset),
            _ => return None,
        };
        i64::try_from(self.file.seek(place).ok()?).ok()
    }
}
