//! A picture encoder.

use ffmpeg_next::ffi;
use std::collections::BTreeMap;
use timeline_format::Rate;

use super::{Context, Packet};
use crate::ffmpeg::error::Error;
use crate::ffmpeg::frame::Frame;
use crate::ffmpeg::input::copied;
use crate::ffmpeg::{colour, pixel};
use crate::signal::{Colour, Image, PixelFormat};

/// What a picture encoder needs to know.
#[derive(Debug, Clone)]
pub struct PictureSettings<'a> {
    /// FFmpeg's name of it.
    pub encoder: &'a str,
    /// Pixels across.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// Frames a second; its time base is exactly one frame.
    pub rate: Rate,
    /// How the planes of every picture are laid out.
    pub format: PixelFormat,
    /// What their numbers mean: written into the stream.
    pub colour: Colour,
    /// Options, by FFmpeg's names.
    pub options: BTreeMap<String, String>,
    /// Threads that it may use.
    pub threads: u32,
    /// The four letters that name the codec in MP4 and QuickTime, where the usual are not wanted.
    pub tag: Option<[u8; 4]>,
}

/// How a frame is to be coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coded {
    /// As the encoder thinks best.
    Freely,
    /// So that decoding can start with it and nothing after it leans on what was before.
    Afresh,
    /// Leaning on earlier frames alone, so that nothing waits for the next.
    Last,
}

/// An open picture encoder: takes frames in order, gives packets.
#[derive(Debug)]
pub struct PictureEncoder {
    context: Context,
    sent: i64,
    takes: (u32, u32, PixelFormat),
}

impl PictureEncoder {
    /// Opens the encoder.
    pub fn open(settings: &PictureSettings<'_>) -> Result<Self, Error> {
        let mut context = Context::new(settings.encoder)?;
        let format = pixel::to_av(settings.format)
            .ok_or_else(|| Error::new(format!("encode {:?}", settings.format), -libc::ENOSYS))?;
        let (num, den) = (settings.rate.numerator() as i32, settings.rate.denominator() as i32);
        let inner = context.get_mut();
        inner.width = settings.width as i32;
        inner.height = settings.height as i32;
        inner.time_base = ffi::AVRational { num: den, den: num };
        inner.framerate = ffi::AVRational { num, den };
        inner.sample_aspect_ratio = ffi::AVRational { num: 1, den: 1 };
        inner.pix_fmt = format;
        inner.field_order = ffi::AVFieldOrder::AV_FIELD_PROGRESSIVE;
        inner.chroma_sample_location = ffi::AVChromaLocation::AVCHROMA_LOC_LEFT;
        inner.thread_count = settings.threads as i32;
        inner.flags |= ffi::AV_CODEC_FLAG_BITEXACT as i32;
        set_colour(inner, settings.colour);
        inner.flags |= ffi::AV_CODEC_FLAG_GLOBAL_HEADER as i32;
        if let Some(tag) = settings.tag {
            inner.codec_tag = u32::from_le_bytes(tag);
        }
        for (option, value) in &settings.options {
            context.set(option, value)?;
        }
        context.open()?;
        let takes = (settings.width, settings.height, settings.format);
        Ok(Self { context, sent: 0, takes })
    }

    pub(in crate::ffmpeg) const fn context(&self) -> &Context {
        &self.context
    }

    /// The headers of what it makes that lie apart from the packets.
    pub fn headers(&self) -> Vec<u8> {
        let context = self.context.get();
        copied(context.extradata, context.extradata_size)
    }

    /// The most frames that are shown before a frame and decoded after it.
    pub fn delay(&self) -> i64 {
        i64::from(self.context.get().has_b_frames)
    }

    /// Leaves out so many frames: what is sent next is that much later.
    pub const fn leave_out(&mut self, frames: i64) {
        self.sent += frames;
    }

    /// Encodes the next frame; `packets` gets what is ready.
    ///
    /// The picture has the size and format that the encoder was opened with; its planes are read
    /// where they are.
    pub fn send(
        &mut self,
        image: &Image,
        coded: Coded,
        packets: &mut Vec<Packet>,
    ) -> Result<(), Error> {
        if (image.width, image.height, image.format) != self.takes {
            let size = format!("{}x{} {:?}", image.width, image.height, image.format);
            return Err(Error::new(format!("encode a picture of {size}"), -libc::EINVAL));
        }
        let mut frame = Frame::from_image(image)?;
        frame.set_time(self.sent);
        frame.set_kind(match coded {
            Coded::Freely => ffi::AVPictureType::AV_PICTURE_TYPE_NONE,
            Coded::Afresh => ffi::AVPictureType::AV_PICTURE_TYPE_I,
            Coded::Last => ffi::AVPictureType::AV_PICTURE_TYPE_P,
        });
        self.sent += 1;
        // SAFETY: the frame is valid, and of the encoder's size and format as was checked.
        unsafe { self.context.send(frame.as_ptr()) }?;
        self.receive(packets)
    }

    /// Says that there are no more frames and gives the last packets.
    pub fn finish(&mut self, packets: &mut Vec<Packet>) -> Result<(), Error> {
        // SAFETY: null says that there are no more frames.
        unsafe { self.context.send(std::ptr::null()) }?;
        self.receive(packets)
    }

    fn receive(&mut self, packets: &mut Vec<Packet>) -> Result<(), Error> {
        while let Some(mut packet) = self.context.receive()? {
            packet.default_duration(1);
            packets.push(packet);
        }
        Ok(())
    }
}

fn set_colour(context: &mut ffi::AVCodecContext, tags: Colour) {
    context.color_primaries = colour::primaries(tags.primaries);
    context.color_trc = colour::transfer(tags.transfer);
    context.colorspace = colour::matrix(tags.matrix, tags.primaries);
    context.color_range = colour::range(tags.range);
}
