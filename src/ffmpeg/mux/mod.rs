//! Containers: packets in, a file out.

mod captions;
mod options;
mod sink;

pub use captions::{CaptionCodec, CaptionSettings};
pub use options::{Container, FileSettings};
pub use sink::Sink;

use ffmpeg_next::ffi;
use sink::Output;
use std::ptr::NonNull;

use crate::ffmpeg::encode::{Context, Packet, PictureEncoder, SoundEncoder};
use crate::ffmpeg::error::Error;
use options::Dictionary;

/// A file being written. Packets may come in any order between streams.
#[derive(Debug)]
pub struct Muxer {
    pointer: NonNull<ffi::AVFormatContext>,
    output: Output,
    bases: Vec<ffi::AVRational>,
    options: Dictionary,
}

/// Which stream of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream(usize);

// SAFETY: the context is used through &mut self alone, and is not bound to a thread.
unsafe impl Send for Muxer {}

impl Muxer {
    /// Starts a file of this kind on `sink`, which is what lies at `path`.
    ///
    /// The path matters where the front of the file is rewritten in the end (fast start): there
    /// FFmpeg reads back what it wrote.
    pub fn new(
        sink: Box<dyn Sink>,
        path: &std::path::Path,
        settings: &FileSettings,
    ) -> Result<Self, Error> {
        let tried = || format!("start a file of kind {}", settings.container.ffmpeg_name());
        let output = Output::new(sink)?;
        let name = options::c_string(settings.container.ffmpeg_name())?;
        let url = options::c_string(&format!("file:{}", path.display()))?;
        let mut pointer = std::ptr::null_mut();
        let no_format = std::ptr::null();
        // SAFETY: both texts end in a zero and outlive the call, which gives a context or null.
        let code = unsafe {
            ffi::avformat_alloc_output_context2(
                &raw mut pointer,
                no_format,
                name.as_ptr(),
                url.as_ptr(),
            )
        };
        Error::check(code, tried)?;
        let mut pointer =
            NonNull::new(pointer).ok_or_else(|| Error::new(tried(), -libc::ENOMEM))?;
        // SAFETY: the context was just made and nothing else has it.
        let inner = unsafe { pointer.as_mut() };
        inner.pb = output.as_ptr();
        inner.flags |= ffi::AVFMT_FLAG_CUSTOM_IO | ffi::AVFMT_FLAG_BITEXACT;
        inner.max_interleave_delta = 0;
        let options = settings.muxer_options()?;
        let muxer = Self { pointer, output, bases: Vec::new(), options };
        muxer.describe(settings)?;
        Ok(muxer)
    }

    fn describe(&self, settings: &FileSettings) -> Result<(), Error> {
        let metadata = settings.tags()?;
        // SAFETY: the context is valid, and takes the dictionary over.
        unsafe { (*self.pointer.as_ptr()).metadata = metadata.into_raw() };
        Ok(())
    }

    /// Adds the picture, with `timecode` as the label of its first frame.
    pub fn add_picture(
        &mut self,
        encoder: &PictureEncoder,
        timecode: Option<&str>,
    ) -> Result<Stream, Error> {
        let stream = self.add(encoder.context())?;
        let context = encoder.context().get();
        let mut tags = Dictionary::new();
        if let Some(timecode) = timecode {
            tags.set("timecode", timecode)?;
        }
        let inner = self.stream(stream);
        // SAFETY: the stream is valid while the muxer is, and takes the dictionary over.
        unsafe { (*inner).metadata = tags.into_raw() };
        // SAFETY: as above.
        unsafe { (*inner).avg_frame_rate = context.framerate };
        // SAFETY: as above.
        unsafe { (*inner).sample_aspect_ratio = context.sample_aspect_ratio };
        Ok(stream)
    }

    /// Adds the sound.
    pub fn add_sound(&mut self, encoder: &SoundEncoder) -> Result<Stream, Error> {
        self.add(encoder.context())
    }

    fn add(&mut self, context: &Context) -> Result<Stream, Error> {
        let tried = || "add a stream to the file".to_owned();
        // SAFETY: the context is valid and its header is not written yet.
        let stream = unsafe { ffi::avformat_new_stream(self.pointer.as_ptr(), std::ptr::null()) };
        let mut stream = NonNull::new(stream).ok_or_else(|| Error::new(tried(), -libc::ENOMEM))?;
        // SAFETY: the stream was just made; the muxer that owns it is borrowed alone.
        let inner = unsafe { stream.as_mut() };
        inner.time_base = context.get().time_base;
        // SAFETY: both are valid; the parameters are copied.
        let code = unsafe {
            ffi::avcodec_parameters_from_context(inner.codecpar, std::ptr::from_ref(context.get()))
        };
        Error::check(code, tried)?;
        self.bases.push(context.get().time_base);
        Ok(Stream(self.bases.len() - 1))
    }

    fn stream(&self, stream: Stream) -> *mut ffi::AVStream {
        // SAFETY: the context is valid while self is.
        let streams = unsafe { self.pointer.as_ref().streams };
        // SAFETY: `add` made this many streams.
        let place = unsafe { streams.add(stream.0) };
        // SAFETY: as above.
        unsafe { *place }
    }

    /// Writes the header; every stream has been added.
    pub fn start(&mut self) -> Result<(), Error> {
        let options = self.options.as_mut_ptr();
        // SAFETY: the context is valid, and leaves in the dictionary what it did not know.
        let code = unsafe { ffi::avformat_write_header(self.pointer.as_ptr(), options) };
        self.check(code, "write the header")?;
        self.options.none_left("write the header")
    }

    /// Writes a packet of `stream`; it may be kept until the other stream catches up.
    pub fn write(&mut self, stream: Stream, packet: &Packet) -> Result<(), Error> {
        let inner = packet.as_ptr();
        // SAFETY: the stream is valid while self is.
        let base = unsafe { (*self.stream(stream)).time_base };
        // SAFETY: the packet is valid and is not used by anyone else.
        unsafe { ffi::av_packet_rescale_ts(inner, self.bases[stream.0], base) };
        // SAFETY: as above.
        unsafe { (*inner).stream_index = stream.0 as i32 };
        // SAFETY: context and packet are valid; the packet's content is taken over.
        let code = unsafe { ffi::av_interleaved_write_frame(self.pointer.as_ptr(), inner) };
        self.check(code, "write a packet")
    }

    /// Writes what is left and completes the file.
    pub fn finish(&mut self) -> Result<(), Error> {
        // SAFETY: the header was written, and this is called once.
        let code = unsafe { ffi::av_write_trailer(self.pointer.as_ptr()) };
        self.output.flush();
        self.check(code, "complete the file")
    }

    /// Bytes in the file so far.
    pub fn written(&self) -> u64 {
        self.output.written()
    }

    /// An error where the call failed, or where a write under it did: the writer's own words then.
    fn check(&self, code: i32, tried: &str) -> Result<(), Error> {
        if let Some(failed) = self.output.failed() {
            let code = -failed.raw_os_error().unwrap_or(libc::EIO);
            return Err(Error { tried: tried.to_owned(), said: failed.to_string(), code });
        }
        Error::check(code, || tried.to_owned()).map(drop)
    }
}

impl Drop for Muxer {
    fn drop(&mut self) {
        // SAFETY: the context was made by avformat_alloc_output_context2 and is freed once; its
        // output is our own and is freed by itself.
        unsafe { ffi::avformat_free_context(self.pointer.as_ptr()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffmpeg::encode::SoundSettings;
    use crate::signal::Samples;
    use std::collections::BTreeMap;
    use std::io::{Cursor, Error as IoError, Result as IoResult, Seek, SeekFrom, Write};

    /// A disk with so much room.
    struct Small(Cursor<Vec<u8>>, usize);

    impl Write for Small {
        fn write(&mut self, bytes: &[u8]) -> IoResult<usize> {
            if self.0.position() as usize + bytes.len() > self.1 {
                return Err(IoError::from_raw_os_error(libc::ENOSPC));
            }
            self.0.write(bytes)
        }
        fn flush(&mut self) -> IoResult<()> {
            Ok(())
        }
    }

    impl Seek for Small {
        fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
            self.0.seek(to)
        }
    }

    fn write(room: usize) -> Result<u64, Error> {
        let mut encoder = SoundEncoder::open(&SoundSettings {
            encoder: "pcm_s24le",
            rate: 48_000,
            layout: timeline_format::mix::Layout::Mono,
            bit_rate: None,
            options: BTreeMap::new(),
        })?;
        let settings = FileSettings {
            container: Container::Matroska,
            fast_start: false,
            rate: timeline_format::Rate::FILM,
            sample_rate: Some(48_000),
            tags: BTreeMap::new(),
        };
        let sink = Box::new(Small(Cursor::new(Vec::new()), room));
        let mut muxer = Muxer::new(sink, std::path::Path::new("out.mkv"), &settings)?;
        let stream = muxer.add_sound(&encoder)?;
        muxer.start()?;
        let mut packets = Vec::new();
        for _ in 0..100 {
            encoder.send(&Samples::silence(1, 4800), &mut packets)?;
            for packet in packets.drain(..) {
                muxer.write(stream, &packet)?;
            }
        }
        encoder.finish(&mut packets)?;
        for packet in packets.drain(..) {
            muxer.write(stream, &packet)?;
        }
        muxer.finish()?;
        Ok(muxer.written())
    }

    #[test]
    fn a_write_that_fails_anywhere_is_the_error() {
        let whole = write(usize::MAX).unwrap();
        assert!(whole > 3 * 480_000, "{whole}");
        for room in [0, 100, 300_000, 1_000_000, whole as usize - 1] {
            let error = write(room).unwrap_err();
            assert_eq!(error.code, -libc::ENOSPC, "{room}: {error}");
        }
        assert_eq!(write(whole as usize).unwrap(), whole);
    }
}
