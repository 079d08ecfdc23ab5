//! A decoded frame as what it is: a picture in its own planes, or samples.

use dasp::Sample as _;
use ffmpeg_next::ffi;

use super::Piece;
use crate::ffmpeg::colour::Kind;
use crate::ffmpeg::error::Error;
use crate::ffmpeg::frame::Frame;
use crate::signal::Samples;

pub(super) fn piece(frame: Frame) -> Result<Piece, Error> {
    // SAFETY: the frame is alive.
    let length = unsafe { (*frame.as_ptr()).nb_samples };
    let at = frame.time();
    if length > 0 {
        return sound(&frame).map(|samples| Piece::Sound(at, samples));
    }
    frame.into_image(Kind::Video).map(|image| Piece::Picture(at, image))
}

fn sound(frame: &Frame) -> Result<Samples, Error> {
    use ffi::AVSampleFormat::{
        AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S16P,
        AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_S32P,
    };
    // SAFETY: the frame is alive as long as it is borrowed.
    let inner = unsafe { &*frame.as_ptr() };
    let channels = usize::try_from(inner.ch_layout.nb_channels).unwrap_or(0);
    let is = |format: ffi::AVSampleFormat| inner.format == format as i32;
    let runs = if is(AV_SAMPLE_FMT_FLTP) {
        planar(inner, channels, f32::from_ne_bytes)
    } else if is(AV_SAMPLE_FMT_S32P) {
        planar(inner, channels, |four| i32::from_ne_bytes(four).to_sample())
    } else if is(AV_SAMPLE_FMT_S16P) {
        planar(inner, channels, |two| i16::from_ne_bytes(two).to_sample())
    } else if is(AV_SAMPLE_FMT_FLT) {
        mixed(inner, channels, f32::from_ne_bytes)
    } else if is(AV_SAMPLE_FMT_S32) {
        mixed(inner, channels, |four| i32::from_ne_bytes(four).to_sample())
    } else if is(AV_SAMPLE_FMT_S16) {
        mixed(inner, channels, |two| i16::from_ne_bytes(two).to_sample())
    } else {
        return Err(Error::new("read sound of another sample format", -libc::ENOSYS));
    };
    Ok(Samples::from_channels(runs))
}

fn planar<const N: usize>(
    frame: &ffi::AVFrame,
    channels: usize,
    convert: impl Fn([u8; N]) -> f32,
) -> Vec<Vec<f32>> {
    let length = usize::try_from(frame.nb_samples).unwrap_or(0);
    let run = |channel: usize| {
        // SAFETY: a frame of planes has one a channel in extended_data.
        let place = unsafe { frame.extended_data.add(channel) };
        // SAFETY: as above.
        let data = unsafe { *place };
        // SAFETY: each plane holds nb_samples samples of N bytes.
        let bytes = unsafe { std::slice::from_raw_parts(data, length * N) };
        samples(bytes, &convert).collect()
    };
    (0..channels).map(run).collect()
}

fn mixed<const N: usize>(
    frame: &ffi::AVFrame,
    channels: usize,
    convert: impl Fn([u8; N]) -> f32,
) -> Vec<Vec<f32>> {
    let length = usize::try_from(frame.nb_samples).unwrap_or(0);
    // SAFETY: the one plane holds nb_samples samples of N bytes for every channel.
    let bytes = unsafe { std::slice::from_raw_parts(frame.data[0], length * channels * N) };
    let all: Vec<f32> = samples(bytes, &convert).collect();
    (0..channels)
        .map(|channel| all.iter().skip(channel).step_by(channels).copied().collect())
        .collect()
}

fn samples<const N: usize>(
    bytes: &[u8],
    convert: &impl Fn([u8; N]) -> f32,
) -> impl Iterator<Item = f32> {
    bytes.chunks_exact(N).map(|chunk| {
        let mut array = [0; N];
        array.copy_from_slice(chunk);
        convert(array)
    })
}
