//! One encoder of FFmpeg's, owned.

use ffmpeg_next::ffi;
use std::ffi::CString;
use std::ptr::NonNull;

use super::Packet;
use crate::ffmpeg::error::Error;
use crate::ffmpeg::quiet;

/// An encoder, before and after it is opened.
#[derive(Debug)]
pub(in crate::ffmpeg) struct Context {
    pointer: NonNull<ffi::AVCodecContext>,
    codec: *const ffi::AVCodec,
    name: String,
}

// SAFETY: the context is used by one thread at a time (no method but through &mut or by its owner),
// and FFmpeg's encoders are not bound to the thread that opened them.
unsafe impl Send for Context {}

impl Context {
    /// The encoder called `name`, not yet open.
    pub(super) fn new(name: &str) -> Result<Self, Error> {
        let tried = || format!("find the encoder {name}");
        quiet::hush();
        let text = c_string(name, &tried())?;
        // SAFETY: the text ends in a zero and outlives the call.
        let codec = unsafe { ffi::avcodec_find_encoder_by_name(text.as_ptr()) };
        if codec.is_null() {
            return Err(Error::new(tried(), ffi::AVERROR_ENCODER_NOT_FOUND));
        }
        // SAFETY: codec is one of FFmpeg's own static descriptions.
        let pointer = unsafe { ffi::avcodec_alloc_context3(codec) };
        let pointer = NonNull::new(pointer).ok_or_else(|| Error::new(tried(), -libc::ENOMEM))?;
        Ok(Self { pointer, codec, name: name.to_owned() })
    }

    /// The settings, to read.
    pub(in crate::ffmpeg) fn get(&self) -> &ffi::AVCodecContext {
        // SAFETY: the pointer is valid while self is.
        unsafe { self.pointer.as_ref() }
    }

    /// The settings, to write before it is opened.
    pub(super) fn get_mut(&mut self) -> &mut ffi::AVCodecContext {
        // SAFETY: the pointer is valid while self is, and self is borrowed alone.
        unsafe { self.pointer.as_mut() }
    }

    /// Sets an option of FFmpeg's or of the encoder's own, by name.
    pub(super) fn set(&mut self, option: &str, value: &str) -> Result<(), Error> {
        let tried = format!("set {option} = {value} for the encoder {}", self.name);
        let (key, text) = (c_string(option, &tried)?, c_string(value, &tried)?);
        let children = ffi::AV_OPT_SEARCH_CHILDREN;
        let context = self.pointer.as_ptr().cast();
        // SAFETY: the context begins with its class; both texts end in a zero and outlive the call.
        let code = unsafe { ffi::av_opt_set(context, key.as_ptr(), text.as_ptr(), children) };
        Error::check(code, || tried).map(drop)
    }

    /// Opens it; settings are fixed from here on.
    pub(super) fn open(&mut self) -> Result<(), Error> {
        let none = std::ptr::null_mut();
        // SAFETY: the context was made for this codec and is not open yet.
        let code = unsafe { ffi::avcodec_open2(self.pointer.as_ptr(), self.codec, none) };
        Error::check(code, || format!("open the encoder {}", self.name)).map(drop)
    }

    /// Hands it a frame, or with null says that there are no more.
    ///
    /// # Safety
    /// `frame` is null or a valid frame of the format that the encoder was opened with.
    pub(super) unsafe fn send(&mut self, frame: *const ffi::AVFrame) -> Result<(), Error> {
        // SAFETY: the context is open; the caller vouches for the frame.
        let code = unsafe { ffi::avcodec_send_frame(self.pointer.as_ptr(), frame) };
        Error::check(code, || format!("encode with {}", self.name)).map(drop)
    }

    /// The next packet; `None` where it wants more frames, or has ended.
    pub(super) fn receive(&mut self) -> Result<Option<Packet>, Error> {
        let packet = Packet::new()?;
        // SAFETY: the context is open and the packet is empty and ours.
        let code = unsafe { ffi::avcodec_receive_packet(self.pointer.as_ptr(), packet.as_ptr()) };
        if code == -libc::EAGAIN || code == ffi::AVERROR_EOF {
            return Ok(None);
        }
        Error::check(code, || format!("encode with {}", self.name))?;
        Ok(Some(packet))
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        let mut pointer = self.pointer.as_ptr();
        // SAFETY: the context was made by avcodec_alloc_context3 and is freed once.
        unsafe { ffi::avcodec_free_context(&raw mut pointer) };
    }
}

/// `text` for FFmpeg; an error where it holds a zero.
pub(in crate::ffmpeg) fn c_string(text: &str, tried: &str) -> Result<CString, Error> {
    CString::new(text).map_err(|zero| Error {
        tried: tried.to_owned(),
        said: zero.to_string(),
        code: -libc::EINVAL,
    })
}
