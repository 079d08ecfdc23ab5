//! What a file says of itself.

use ffmpeg_next::ffi;
use std::ffi::CStr;
use std::os::raw::c_char;

use super::handles::Input;
use crate::ffmpeg::{colour::Tags, pixel};
use crate::signal::PixelFormat;

/// What a file says of itself.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its first picture.
    pub picture: Option<PictureFacts>,
    /// Its first sound.
    pub sound: Option<SoundFacts>,
    /// The label of its first frame.
    pub timecode: Option<String>,
    /// The time of its first sample since midnight, in samples (Wave).
    pub time_reference: Option<u64>,
}

/// What a file says of its picture.
#[derive(Debug, Clone)]
pub struct PictureFacts {
    /// FFmpeg's name of the codec.
    pub codec: String,
    /// Pixels across.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// The planes; none where they are of no format of ours.
    pub format: Option<PixelFormat>,
    /// Its colour tags.
    pub colour: Tags,
    /// Frames in so many seconds.
    pub rate: (i64, i64),
    /// Ticks in so many seconds.
    pub ticks: (i64, i64),
    /// Its length in ticks, where it says.
    pub length: Option<i64>,
}

/// What a file says of its sound.
#[derive(Debug, Clone)]
pub struct SoundFacts {
    /// FFmpeg's name of the codec.
    pub codec: String,
    /// Samples a second.
    pub rate: u32,
    /// How many channels.
    pub channels: usize,
    /// Ticks in so many seconds.
    pub ticks: (i64, i64),
    /// Its length in samples, where it says and counts in samples.
    pub length: Option<i64>,
}

pub(super) fn read(input: &Input, picture: Option<usize>, sound: Option<usize>) -> Facts {
    let container = input.context().metadata;
    let streams = (0..input.count()).map(|index| input.stream(index).metadata);
    let timecode = streams.chain([container]).find_map(|tags| tag(tags, c"timecode"));
    Facts {
        picture: picture.map(|index| picture_facts(input, index)),
        sound: sound.map(|index| sound_facts(input, index)),
        timecode,
        time_reference: tag(container, c"time_reference").and_then(|text| text.parse().ok()),
    }
}

fn picture_facts(input: &Input, index: usize) -> PictureFacts {
    let (stream, parameters) = (input.stream(index), input.parameters(index));
    let ratio = |ratio: ffi::AVRational| (i64::from(ratio.num), i64::from(ratio.den));
    PictureFacts {
        codec: codec_name(parameters.codec_id),
        width: parameters.width.max(0) as u32,
        height: parameters.height.max(0) as u32,
        format: pixel::known(parameters.format).map(|known| known.format),
        colour: colour_tags(parameters),
        rate: ratio(stream.avg_frame_rate),
        ticks: (i64::from(stream.time_base.den), i64::from(stream.time_base.num)),
        length: known(stream.duration),
    }
}

fn colour_tags(parameters: &ffi::AVCodecParameters) -> Tags {
    let primaries = (&raw const parameters.color_primaries).cast::<i32>();
    let transfer = (&raw const parameters.color_trc).cast::<i32>();
    let matrix = (&raw const parameters.color_space).cast::<i32>();
    let range = (&raw const parameters.color_range).cast::<i32>();
    let [primaries, transfer, matrix, range] = [primaries, transfer, matrix, range].map(|field| {
        // SAFETY: the address of a field of 32 bits, which C fills with any number.
        unsafe { field.read() }
    });
    Tags::from_codes(primaries, transfer, matrix, range)
}

fn sound_facts(input: &Input, index: usize) -> SoundFacts {
    let (stream, parameters) = (input.stream(index), input.parameters(index));
    let rate = parameters.sample_rate.max(0);
    let in_samples = (stream.time_base.num, stream.time_base.den) == (1, rate);
    SoundFacts {
        codec: codec_name(parameters.codec_id),
        rate: rate as u32,
        channels: usize::try_from(parameters.ch_layout.nb_channels).unwrap_or(0),
        ticks: (i64::from(stream.time_base.den), i64::from(stream.time_base.num)),
        length: known(stream.duration).filter(|_| in_samples),
    }
}

fn known(length: i64) -> Option<i64> {
    (length != ffi::AV_NOPTS_VALUE).then_some(length)
}

fn codec_name(codec: ffi::AVCodecID) -> String {
    // SAFETY: it takes a number and returns a static text, never null.
    let name = unsafe { ffi::avcodec_get_name(codec) };
    text(name)
}

fn tag(tags: *mut ffi::AVDictionary, name: &CStr) -> Option<String> {
    // SAFETY: the map is valid or null; the name ends in a zero.
    let entry = unsafe { ffi::av_dict_get(tags, name.as_ptr(), std::ptr::null(), 0) };
    if entry.is_null() {
        return None;
    }
    // SAFETY: the entry is valid while the map is.
    let value = unsafe { (*entry).value };
    Some(text(value))
}

fn text(text: *const c_char) -> String {
    // SAFETY: FFmpeg's texts end in a zero; these are copied while valid.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}
