//! Where a container is written: any seekable writer, reached by FFmpeg through callbacks.

use ffmpeg_next::ffi;
use std::io::{Seek, SeekFrom, Write};
use std::os::raw::{c_int, c_void};
use std::ptr::NonNull;

use crate::ffmpeg::Error;

/// What a container can be written to.
pub trait Sink: Write + Seek + Send {}

impl<T: Write + Seek + Send> Sink for T {}

const BUFFER: usize = 1 << 18;

/// A writer as FFmpeg sees it.
pub(super) struct Output {
    context: NonNull<ffi::AVIOContext>,
    state: NonNull<State>,
}

struct State {
    sink: Box<dyn Sink>,
    position: u64,
    length: u64,
    failed: Option<std::io::Error>,
}

// SAFETY: FFmpeg calls back only from within calls of the muxer that owns this, on its thread; the
// sink itself is Send.
unsafe impl Send for Output {}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.written())
    }
}

impl Output {
    /// Writes to `sink`, from its start.
    pub(super) fn new(sink: Box<dyn Sink>) -> Result<Self, Error> {
        let state = Box::new(State { sink, position: 0, length: 0, failed: None });
        let none = || Error::new("make room to write", -libc::ENOMEM);
        // SAFETY: it takes a size; null is looked at below.
        let buffer = unsafe { ffi::av_malloc(BUFFER) };
        let buffer = NonNull::new(buffer.cast::<u8>()).ok_or_else(none)?;
        let state = NonNull::from(Box::leak(state));
        let opaque = state.as_ptr().cast::<c_void>();
        // SAFETY: the buffer was made by av_malloc and is handed over; the state outlives the
        // context, being freed after it.
        let context = unsafe {
            ffi::avio_alloc_context(
                buffer.as_ptr(),
                BUFFER as c_int,
                1,
                opaque,
                None,
                Some(write),
                Some(seek),
            )
        };
        let context = NonNull::new(context).ok_or_else(none)?;
        Ok(Self { context, state })
    }

    pub(super) const fn as_ptr(&self) -> *mut ffi::AVIOContext {
        self.context.as_ptr()
    }

    fn state(&self) -> &State {
        // SAFETY: the state is valid while self is; FFmpeg writes it only within calls that borrow
        // self's owner alone.
        unsafe { self.state.as_ref() }
    }

    /// Bytes in the file so far.
    pub(super) fn written(&self) -> u64 {
        self.state().length
    }

    /// The first write that failed, if any did.
    pub(super) fn failed(&self) -> Option<&std::io::Error> {
        self.state().failed.as_ref()
    }

    /// Writes out what the buffers hold.
    pub(super) fn flush(&mut self) {
        // SAFETY: the context is valid while self is.
        unsafe { ffi::avio_flush(self.as_ptr()) };
        // SAFETY: the state is valid and, with self borrowed alone, nothing else has it.
        let state = unsafe { self.state.as_mut() };
        if let Err(error) = state.sink.flush() {
            state.failed.get_or_insert(error);
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        let mut context = self.as_ptr();
        // SAFETY: the context is valid; its buffer may have been replaced by FFmpeg, so it is read
        // from there.
        let buffer = unsafe { (*context).buffer };
        // SAFETY: the buffer was made by av_malloc and is freed once.
        unsafe { ffi::av_free(buffer.cast()) };
        // SAFETY: the context was made by avio_alloc_context and is freed once.
        unsafe { ffi::avio_context_free(&raw mut context) };
        // SAFETY: the state was boxed in `new`, and with the context went all that knew it.
        drop(unsafe { Box::from_raw(self.state.as_ptr()) });
    }
}

impl State {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.sink.write_all(bytes)?;
        self.position += bytes.len() as u64;
        self.length = self.length.max(self.position);
        Ok(())
    }

    fn seek(&mut self, to: SeekFrom) -> std::io::Result<i64> {
        self.position = self.sink.seek(to)?;
        Ok(self.position as i64)
    }

    fn code<T>(&mut self, result: std::io::Result<T>, done: impl FnOnce(T) -> i64) -> i64 {
        match result {
            Ok(value) => done(value),
            Err(error) => {
                let code = error.raw_os_error().unwrap_or(libc::EIO);
                self.failed.get_or_insert(error);
                -i64::from(code)
            }
        }
    }
}

unsafe extern "C" fn write(opaque: *mut c_void, bytes: *mut u8, length: c_int) -> c_int {
    // SAFETY: the opaque pointer is the state that `new` gave; FFmpeg calls from within a call of
    // the muxer that owns it, so nothing else has it.
    let state = unsafe { &mut *opaque.cast::<State>() };
    // SAFETY: FFmpeg hands as many bytes as it says.
    let bytes = unsafe { std::slice::from_raw_parts(bytes, usize::try_from(length).unwrap_or(0)) };
    if state.failed.is_some() {
        return -libc::EIO;
    }
    let result = state.write(bytes);
    state.code(result, |()| i64::from(length)) as c_int
}

unsafe extern "C" fn seek(opaque: *mut c_void, offset: i64, whence: c_int) -> i64 {
    // SAFETY: as in `write`.
    let state = unsafe { &mut *opaque.cast::<State>() };
    let to = match whence & !ffi::AVSEEK_FORCE {
        libc::SEEK_SET => SeekFrom::Start(offset.max(0) as u64),
        libc::SEEK_CUR => SeekFrom::Current(offset),
        libc::SEEK_END => SeekFrom::End(offset),
        ffi::AVSEEK_SIZE => return state.length as i64,
        _ => return -i64::from(libc::EINVAL),
    };
    let result = state.seek(to);
    state.code(result, |position| position)
}
