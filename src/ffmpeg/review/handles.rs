//! An open file and an open decoder, owned.

use ffmpeg_next::ffi;
use std::path::Path;
use std::ptr::NonNull;

use crate::ffmpeg::encode::Packet;
use crate::ffmpeg::encode::c_string;
use crate::ffmpeg::error::Error;
use crate::ffmpeg::frame::Frame;
use crate::ffmpeg::quiet;

/// An open file.
#[derive(Debug)]
pub(super) struct Input(NonNull<ffi::AVFormatContext>);

// SAFETY: the context is used by its owner alone, and is not bound to a thread.
unsafe impl Send for Input {}

impl Input {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        quiet::hush();
        let tried = || format!("open {}", path.display());
        let url = c_string(&format!("file:{}", path.display()), &tried())?;
        let mut pointer = std::ptr::null_mut();
        // SAFETY: the text ends in a zero; a context or null comes back.
        let code = unsafe {
            ffi::avformat_open_input(
                &raw mut pointer,
                url.as_ptr(),
                std::ptr::null(),
                std::ptr::null_mut(),
            )
        };
        Error::check(code, tried)?;
        let input = NonNull::new(pointer).map(Self);
        let input = input.ok_or_else(|| Error::new(tried(), -libc::ENOMEM))?;
        // SAFETY: the context is open.
        let code =
            unsafe { ffi::avformat_find_stream_info(input.0.as_ptr(), std::ptr::null_mut()) };
        Error::check(code, tried)?;
        Ok(input)
    }

    pub(super) fn context(&self) -> &ffi::AVFormatContext {
        // SAFETY: the context is valid while self is.
        unsafe { self.0.as_ref() }
    }

    /// How many streams.
    pub(super) fn count(&self) -> usize {
        self.context().nb_streams as usize
    }

    /// A stream; `index` is below [`Self::count`].
    pub(super) fn stream(&self, index: usize) -> &ffi::AVStream {
        // SAFETY: there are nb_streams of them.
        let place = unsafe { self.context().streams.add(index) };
        // SAFETY: as above.
        let stream = unsafe { *place };
        // SAFETY: the stream is valid while the context is.
        unsafe { &*stream }
    }

    /// What a stream is coded with.
    pub(super) fn parameters(&self, index: usize) -> &ffi::AVCodecParameters {
        // SAFETY: every stream has parameters, valid while the context is.
        unsafe { &*self.stream(index).codecpar }
    }

    /// The streams of a kind, by their numbers.
    pub(super) fn all(&self, kind: ffi::AVMediaType) -> impl Iterator<Item = usize> {
        (0..self.count()).filter(move |&index| self.parameters(index).codec_type == kind)
    }

    /// The next packet; `None` at the end.
    pub(super) fn read(&mut self) -> Result<Option<Packet>, Error> {
        let packet = Packet::new()?;
        // SAFETY: the context is open and the packet is empty and ours.
        let code = unsafe { ffi::av_read_frame(self.0.as_ptr(), packet.as_ptr()) };
        if code == ffi::AVERROR_EOF {
            return Ok(None);
        }
        Error::check(code, || "read on".to_owned())?;
        Ok(Some(packet))
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        let mut pointer = self.0.as_ptr();
        // SAFETY: the context was opened and is closed once.
        unsafe { ffi::avformat_close_input(&raw mut pointer) };
    }
}

/// An open decoder.
#[derive(Debug)]
pub(super) struct Decoder(NonNull<ffi::AVCodecContext>);

// SAFETY: the context is used by its owner alone, and is not bound to a thread.
unsafe impl Send for Decoder {}

impl Decoder {
    pub(super) fn open(stream: &ffi::AVStream) -> Result<Self, Error> {
        let tried = || "open a decoder".to_owned();
        // SAFETY: every stream has parameters.
        let parameters = unsafe { &*stream.codecpar };
        // SAFETY: it takes a number.
        let codec = unsafe { ffi::avcodec_find_decoder(parameters.codec_id) };
        // SAFETY: codec is one of FFmpeg's own descriptions, or null.
        let pointer = unsafe { ffi::avcodec_alloc_context3(codec) };
        let none = || Error::new(tried(), ffi::AVERROR_DECODER_NOT_FOUND);
        let mut decoder = Self(NonNull::new(pointer).ok_or_else(none)?);
        // SAFETY: both are valid; the parameters are copied.
        let code = unsafe { ffi::avcodec_parameters_to_context(decoder.0.as_ptr(), parameters) };
        Error::check(code, tried)?;
        // SAFETY: the context was just made and nothing else has it.
        let context = unsafe { decoder.0.as_mut() };
        context.pkt_timebase = stream.time_base;
        context.thread_count = 0;
        // SAFETY: the context is valid and not open yet.
        let code = unsafe { ffi::avcodec_open2(decoder.0.as_ptr(), codec, std::ptr::null_mut()) };
        Error::check(code, tried)?;
        Ok(decoder)
    }

    /// Hands it a packet, or says that there are no more.
    pub(super) fn send(&mut self, packet: Option<&Packet>) -> Result<(), Error> {
        let packet = packet.map_or(std::ptr::null(), |packet| packet.as_ptr().cast_const());
        // SAFETY: the context is open; the packet is valid, or null for the end.
        let code = unsafe { ffi::avcodec_send_packet(self.0.as_ptr(), packet) };
        Error::check(code, || "decode a packet".to_owned()).map(drop)
    }

    /// The next frame; `None` where it wants more packets, or has ended.
    pub(super) fn receive(&mut self) -> Result<Option<Frame>, Error> {
        let frame = Frame::new()?;
        // SAFETY: the context is open and the frame is empty and ours.
        let code = unsafe { ffi::avcodec_receive_frame(self.0.as_ptr(), frame.as_ptr()) };
        if code == -libc::EAGAIN || code == ffi::AVERROR_EOF {
            return Ok(None);
        }
        Error::check(code, || "decode a frame".to_owned())?;
        Ok(Some(frame))
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        let mut pointer = self.0.as_ptr();
        // SAFETY: the context was made by avcodec_alloc_context3 and is freed once.
        unsafe { ffi::avcodec_free_context(&raw mut pointer) };
    }
}
