//! What a stream is, copied out of FFmpeg's own description.

use crate::ffmpeg::Tags;
use crate::ffmpeg::pixel;
use crate::signal::{PixelFormat, Range};
use ffmpeg_next::ffi;
use std::collections::BTreeMap;
use timeline_format::{Rate, Ratio};

/// What a stream carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// Moving pictures.
    Picture,
    /// A cover or thumbnail that goes with sound.
    Cover,
    /// Sound.
    Sound,
    /// Timecode, subtitles or other data.
    Other,
}

/// What a stream is.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamFacts {
    /// Its number.
    pub index: usize,
    /// What it carries.
    pub medium: Medium,
    /// FFmpeg's name of the codec.
    pub codec: String,
    /// Seconds of one tick of its time stamps.
    pub tick: Ratio,
    /// Ticks before its first packet, if known.
    pub start: Option<i64>,
    /// Ticks from its start to its end as the container says, edit lists minded.
    pub duration: Option<i64>,
    /// Frames a second, as the container says and as FFmpeg estimated: the likelier first.
    pub rates: Vec<Rate>,
    /// Pixels across.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// Width of a pixel over its height, if it is stated.
    pub pixel_aspect: Option<Ratio>,
    /// Degrees clockwise to turn it for viewing: 0, 90, 180, 270.
    pub rotation: u16,
    /// What its pictures become; `None` if they cannot be read.
    pub format: Option<PixelFormat>,
    /// Its colour tags.
    pub colour: Tags,
    /// Samples a second.
    pub sample_rate: u32,
    /// Channels.
    pub channels: u16,
    /// Samples in a coded block, if they are all equal.
    pub block: u32,
    /// Frames that the decoder holds back to put them in order.
    pub delay: u32,
    /// What the container says of it: `timecode`, `language` and the like.
    pub tags: BTreeMap<String, String>,
}

/// The text at `pointer`; empty for null.
pub(super) fn text(pointer: *const libc::c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: FFmpeg's texts end in a zero.
    unsafe { std::ffi::CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}

/// A copy of a dictionary. Keys are in lower case.
pub(in crate::ffmpeg) fn dictionary(
    dictionary: *const ffi::AVDictionary,
) -> BTreeMap<String, String> {
    let mut copy = BTreeMap::new();
    let mut entry: *const ffi::AVDictionaryEntry = std::ptr::null();
    let any = ffi::AV_DICT_IGNORE_SUFFIX;
    loop {
        // SAFETY: the dictionary is alive, and the entry is null or the one before.
        entry = unsafe { ffi::av_dict_get(dictionary, c"".as_ptr(), entry, any) };
        // SAFETY: an entry lives as long as its dictionary.
        let Some(found) = (unsafe { entry.as_ref() }) else { return copy };
        copy.insert(text(found.key).to_lowercase(), text(found.value));
    }
}

/// What `stream` is; `None` if FFmpeg does not say.
pub(super) fn stream(stream: &ffi::AVStream, index: usize) -> Option<StreamFacts> {
    // SAFETY: a stream's parameters live as long as it.
    let codec = unsafe { stream.codecpar.as_ref() }?;
    let known = pixel::known(codec.format);
    let medium = medium(stream, codec);
    let picture = matches!(medium, Medium::Picture | Medium::Cover);
    let mut colour = tags(stream.codecpar);
    if known.is_some_and(|known| known.full && picture) {
        colour.range = Some(Range::Full);
    }
    let rates = [stream.avg_frame_rate, stream.r_frame_rate];
    Some(StreamFacts {
        index,
        medium,
        // SAFETY: it gives a constant for every number.
        codec: text(unsafe { ffi::avcodec_get_name(codec.codec_id) }),
        tick: ratio(stream.time_base)?,
        start: (stream.start_time != ffi::AV_NOPTS_VALUE).then_some(stream.start_time),
        duration: (stream.duration > 0).then_some(stream.duration),
        rates: rates
            .iter()
            .filter_map(|rate| Rate::new(rate.num.into(), rate.den.into()))
            .collect(),
        width: codec.width.max(0) as u32,
        height: codec.height.max(0) as u32,
        pixel_aspect: ratio(stream.sample_aspect_ratio)
            .filter(|aspect| aspect.numerator() > 0)
            .or_else(|| ratio(codec.sample_aspect_ratio)),
        rotation: rotation(stream),
        format: known.filter(|_| picture).map(|known| known.format),
        colour,
        sample_rate: codec.sample_rate.max(0) as u32,
        channels: u16::try_from(codec.ch_layout.nb_channels).unwrap_or(0),
        block: codec.frame_size.max(0) as u32,
        delay: codec.video_delay.max(0) as u32,
        tags: dictionary(stream.metadata),
    })
}

fn ratio(ratio: ffi::AVRational) -> Option<Ratio> {
    Ratio::new(ratio.num.into(), ratio.den.into())
}

fn medium(stream: &ffi::AVStream, codec: &ffi::AVCodecParameters) -> Medium {
    let cover = stream.disposition & ffi::AV_DISPOSITION_ATTACHED_PIC != 0;
    match codec.codec_type {
        ffi::AVMediaType::AVMEDIA_TYPE_VIDEO if cover => Medium::Cover,
        ffi::AVMediaType::AVMEDIA_TYPE_VIDEO => Medium::Picture,
        ffi::AVMediaType::AVMEDIA_TYPE_AUDIO => Medium::Sound,
        _ => Medium::Other,
    }
}

fn tags(codec: *const ffi::AVCodecParameters) -> Tags {
    // SAFETY: the field's address, in parameters that are alive; nothing is read.
    let primaries = unsafe { &raw const (*codec).color_primaries };
    // SAFETY: as above.
    let transfer = unsafe { &raw const (*codec).color_trc };
    // SAFETY: as above.
    let matrix = unsafe { &raw const (*codec).color_space };
    // SAFETY: as above.
    let range = unsafe { &raw const (*codec).color_range };
    let code = |field: *const i32| {
        // SAFETY: fields of 32 bits, which C fills with any number.
        unsafe { field.read() }
    };
    let [primaries, transfer, matrix, range] =
        [primaries.cast(), transfer.cast(), matrix.cast(), range.cast()].map(code);
    Tags::from_codes(primaries, transfer, matrix, range)
}

/// Degrees clockwise, from the display matrix: FFmpeg gives them counter-clockwise.
fn rotation(stream: &ffi::AVStream) -> u16 {
    let kind = ffi::AVPacketSideDataType::AV_PKT_DATA_DISPLAYMATRIX;
    let mut size = 0;
    // SAFETY: the stream is alive; it gives its own memory or null.
    let matrix = unsafe { ffi::av_stream_get_side_data(stream, kind, &raw mut size) };
    if matrix.is_null() || size < 36 {
        return 0;
    }
    // SAFETY: a display matrix is nine numbers of 32 bits.
    let degrees = unsafe { ffi::av_display_rotation_get(matrix.cast()) };
    if !degrees.is_finite() {
        return 0;
    }
    ((-degrees / 90.0).round() as i64).rem_euclid(4) as u16 * 90
}
