//! A sound encoder.

use ffmpeg_next::ffi;
use std::collections::BTreeMap;
use std::ptr::NonNull;
use timeline_format::mix::Layout;

use super::{Context, Packet};
use crate::ffmpeg::Error;
use crate::signal::Samples;

/// What a sound encoder needs to know.
#[derive(Debug, Clone)]
pub struct SoundSettings<'a> {
    /// FFmpeg's name of it.
    pub encoder: &'a str,
    /// Samples a second.
    pub rate: u32,
    /// The channels.
    pub layout: Layout,
    /// Bits a second, for codecs that lose.
    pub bit_rate: Option<u32>,
    /// Further options, by FFmpeg's names.
    pub options: BTreeMap<String, String>,
}

/// An open sound encoder: takes any number of samples at a time, gives packets.
///
/// Its time base is one sample; the first sample handed in is sample 0, and what the codec needs
/// before it (priming) has negative times.
#[derive(Debug)]
pub struct SoundEncoder {
    context: Context,
    waiting: Vec<Vec<f32>>,
    block: usize,
    sent: i64,
    clipped: u64,
    form: Form,
}

/// How samples lie in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    FloatPlanes,
    FloatMixed,
    Int32Mixed,
}

impl SoundEncoder {
    /// Opens the encoder.
    pub fn open(settings: &SoundSettings<'_>) -> Result<Self, Error> {
        let mut context = Context::new(settings.encoder)?;
        let mask = mask(settings.layout);
        let inner = context.get_mut();
        inner.sample_rate = settings.rate as i32;
        inner.time_base = ffi::AVRational { num: 1, den: settings.rate as i32 };
        let form = form_of(settings.encoder);
        inner.sample_fmt = form.ffmpeg();
        inner.flags |= ffi::AV_CODEC_FLAG_BITEXACT as i32;
        inner.flags |= ffi::AV_CODEC_FLAG_GLOBAL_HEADER as i32;
        if let Some(bit_rate) = settings.bit_rate {
            inner.bit_rate = i64::from(bit_rate);
        }
        if settings.encoder == "flac" {
            inner.bits_per_raw_sample = 24;
        }
        // SAFETY: the layout is the context's own, zeroed since it was made.
        let code = unsafe { ffi::av_channel_layout_from_mask(&raw mut inner.ch_layout, mask) };
        Error::check(code, || format!("set the channels of {}", settings.encoder))?;
        for (option, value) in &settings.options {
            context.set(option, value)?;
        }
        context.open()?;
        let fixed = usize::try_from(context.get().frame_size).unwrap_or(0);
        let block = if fixed > 0 { fixed } else { even_block(settings.rate) };
        let waiting = vec![Vec::new(); settings.layout.channels()];
        Ok(Self { context, waiting, block, sent: 0, clipped: 0, form })
    }

    pub(in crate::ffmpeg) const fn context(&self) -> &Context {
        &self.context
    }

    /// Samples that the codec puts before the first and a player drops.
    pub fn priming(&self) -> i32 {
        self.context.get().initial_padding
    }

    /// Samples outside full scale that an integer codec had to clip.
    pub const fn clipped(&self) -> u64 {
        self.clipped
    }

    /// Encodes the next samples; `packets` gets what is ready.
    pub fn send(&mut self, samples: &Samples, packets: &mut Vec<Packet>) -> Result<(), Error> {
        for (waiting, samples) in self.waiting.iter_mut().zip(samples.channels()) {
            waiting.extend_from_slice(samples);
        }
        while self.waiting[0].len() >= self.block {
            self.send_block(self.block, packets)?;
        }
        Ok(())
    }

    /// Encodes what is left and gives the last packets.
    pub fn finish(&mut self, packets: &mut Vec<Packet>) -> Result<(), Error> {
        let left = self.waiting[0].len();
        if left > 0 {
            self.send_block(left, packets)?;
        }
        // SAFETY: null says that there are no more frames.
        unsafe { self.context.send(std::ptr::null()) }?;
        self.receive(packets)
    }

    fn send_block(&mut self, length: usize, packets: &mut Vec<Packet>) -> Result<(), Error> {
        let mut frame = SoundFrame::new(self.context.get(), length, self.sent)?;
        let head: Vec<Vec<f32>> =
            self.waiting.iter_mut().map(|channel| channel.drain(..length).collect()).collect();
        self.clipped += frame.fill(&head, self.form);
        self.sent += length as i64;
        // SAFETY: the frame has the format, channels and rate of the context.
        unsafe { self.context.send(frame.0.as_ptr()) }?;
        self.receive(packets)
    }

    fn receive(&mut self, packets: &mut Vec<Packet>) -> Result<(), Error> {
        while let Some(packet) = self.context.receive()? {
            packets.push(packet);
        }
        Ok(())
    }
}

/// FFmpeg's channel mask of a layout, whose channels lie in the same order.
const fn mask(layout: Layout) -> u64 {
    match layout {
        Layout::Mono => ffi::AV_CH_LAYOUT_MONO,
        Layout::Stereo => ffi::AV_CH_LAYOUT_STEREO,
        Layout::FiveOne => ffi::AV_CH_LAYOUT_5POINT1_BACK,
        Layout::SevenOne => ffi::AV_CH_LAYOUT_7POINT1,
    }
}

/// About 40 ms of whole milliseconds, so that containers that count in them round nothing.
fn even_block(rate: u32) -> usize {
    let whole = (1..=1000).find(|ms| (rate * ms).is_multiple_of(1000)).unwrap_or(1000);
    let times = 40_u32.div_ceil(whole).max(1);
    (u64::from(rate) * u64::from(whole * times) / 1000).max(1) as usize
}

fn form_of(encoder: &str) -> Form {
    match encoder {
        "aac" => Form::FloatPlanes,
        "libopus" | "pcm_f32le" => Form::FloatMixed,
        _ => Form::Int32Mixed,
    }
}

impl Form {
    const fn ffmpeg(self) -> ffi::AVSampleFormat {
        match self {
            Self::FloatPlanes => ffi::AVSampleFormat::AV_SAMPLE_FMT_FLTP,
            Self::FloatMixed => ffi::AVSampleFormat::AV_SAMPLE_FMT_FLT,
            Self::Int32Mixed => ffi::AVSampleFormat::AV_SAMPLE_FMT_S32,
        }
    }
}

struct SoundFrame(NonNull<ffi::AVFrame>);

impl SoundFrame {
    /// Room for `length` samples, the first being sample `at`.
    fn new(context: &ffi::AVCodecContext, length: usize, at: i64) -> Result<Self, Error> {
        let tried = || "make room for sound".to_owned();
        // SAFETY: it takes nothing; null is looked at below.
        let frame = unsafe { ffi::av_frame_alloc() };
        let mut frame =
            Self(NonNull::new(frame).ok_or_else(|| Error::new(tried(), -libc::ENOMEM))?);
        // SAFETY: the frame was just made and nothing else has it.
        let inner = unsafe { frame.0.as_mut() };
        inner.format = context.sample_fmt as i32;
        inner.nb_samples = length as i32;
        inner.sample_rate = context.sample_rate;
        inner.pts = at;
        // SAFETY: both layouts are valid; the copy owns nothing else yet.
        let code = unsafe {
            ffi::av_channel_layout_copy(&raw mut inner.ch_layout, &raw const context.ch_layout)
        };
        Error::check(code, tried)?;
        // SAFETY: format, channels and length are set; the frame has no buffers yet.
        let code = unsafe { ffi::av_frame_get_buffer(frame.0.as_ptr(), 0) };
        Error::check(code, tried)?;
        Ok(frame)
    }

    /// Writes the samples; answers how many were outside full scale and clipped.
    fn fill(&mut self, channels: &[Vec<f32>], form: Form) -> u64 {
        let length = channels.first().map_or(0, Vec::len);
        match form {
            Form::FloatPlanes => {
                for (index, channel) in channels.iter().enumerate() {
                    put(self.plane(index, 4 * length), 0, 1, channel, f32::to_ne_bytes);
                }
                0
            }
            Form::FloatMixed => {
                let mixed = self.plane(0, 4 * length * channels.len());
                for (index, channel) in channels.iter().enumerate() {
                    put(mixed, index, channels.len(), channel, f32::to_ne_bytes);
                }
                0
            }
            Form::Int32Mixed => {
                let mixed = self.plane(0, 4 * length * channels.len());
                for (index, channel) in channels.iter().enumerate() {
                    put(mixed, index, channels.len(), channel, |sample| {
                        to_24_bits(sample).to_ne_bytes()
                    });
                }
                channels.iter().flatten().map(|&sample| u64::from(is_outside(sample))).sum()
            }
        }
    }

    /// The first `length` bytes of a plane; there are 8 planes at most.
    fn plane(&mut self, index: usize, length: usize) -> &mut [u8] {
        // SAFETY: the frame is valid while self is.
        let data = unsafe { self.0.as_ref().data[index] };
        // SAFETY: the plane was allocated for as many samples of four bytes, and nothing else has
        // it.
        unsafe { std::slice::from_raw_parts_mut(data, length) }
    }
}

impl Drop for SoundFrame {
    fn drop(&mut self) {
        let mut frame = self.0.as_ptr();
        // SAFETY: the frame was made by av_frame_alloc and is freed once.
        unsafe { ffi::av_frame_free(&raw mut frame) };
    }
}

/// Writes a channel into every `step`-th place of four bytes, from place `first` on.
fn put(
    places: &mut [u8],
    first: usize,
    step: usize,
    channel: &[f32],
    bytes: impl Fn(f32) -> [u8; 4],
) {
    let places = places.chunks_exact_mut(4).skip(first).step_by(step);
    for (place, &sample) in places.zip(channel) {
        place.copy_from_slice(&bytes(sample));
    }
}

/// 24 bits at the top of 32: `round(sample 2^23)`, clipped; what is no number is silence.
fn to_24_bits(sample: f32) -> i32 {
    let scaled = (f64::from(sample) * 8_388_608.0).round_ties_even();
    (scaled.clamp(-8_388_608.0, 8_388_607.0) as i32) << 8
}

fn is_outside(sample: f32) -> bool {
    (f64::from(sample) * 8_388_608.0).round_ties_even().abs() > 8_388_608.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_whole_milliseconds() {
        for (rate, block) in [(48_000, 1920), (44_100, 1764), (96_000, 3840), (22_050, 882)] {
            assert_eq!(even_block(rate), block, "{rate}");
            assert_eq!(block as u32 * 1000 % rate, 0, "{rate}");
        }
        assert!(even_block(1) >= 1);
    }

    #[test]
    fn samples_round_to_24_bits_and_clip() {
        assert_eq!(to_24_bits(0.5), 1 << 30);
        assert_eq!(to_24_bits(-1.0), i32::MIN);
        assert_eq!([to_24_bits(1.0), to_24_bits(7.0)], [8_388_607 << 8; 2]);
        assert_eq!(to_24_bits(f32::NAN), 0);
        assert!(is_outside(1.001) && !is_outside(1.0) && !is_outside(f32::NAN));
    }
}
