//! The samples in a frame of sound, as floats.

use crate::ffmpeg::{Error, Frame};
use dasp::Sample as _;
use ffmpeg_next::ffi::AVSampleFormat as Format;

impl Frame {
    /// Samples in each channel.
    pub fn sample_count(&self) -> usize {
        // SAFETY: the frame is alive as long as we are.
        unsafe { (*self.as_ptr()).nb_samples }.max(0) as usize
    }

    /// Samples a second.
    pub fn sample_rate(&self) -> u32 {
        // SAFETY: as above.
        unsafe { (*self.as_ptr()).sample_rate }.max(0) as u32
    }

    fn channel_count(&self) -> usize {
        // SAFETY: as above.
        unsafe { (*self.as_ptr()).ch_layout.nb_channels }.max(0) as usize
    }

    /// Appends the samples of each channel to `out`, which gets as many channels as there are.
    ///
    /// Whole numbers become fractions of full scale: 16 and 24 bits without rounding.
    pub fn hear(&self, out: &mut Vec<Vec<f32>>) -> Result<(), Error> {
        let channels = self.channel_count();
        let refused = |why: &str| Error::refused("reading samples", why);
        let (bytes, planar) = layout(self.format()).ok_or_else(|| refused("an unknown format"))?;
        out.resize(channels.max(out.len()), Vec::new());
        let step = if planar { bytes } else { bytes * channels };
        for (channel, run) in out.iter_mut().enumerate().take(channels) {
            let (plane, skip) = if planar { (channel, 0) } else { (0, channel * bytes) };
            let data = self.sound_plane(plane, step * self.sample_count());
            let data = data.ok_or_else(|| refused("a channel lacks"))?;
            let samples = data.chunks_exact(step).map(|all| &all[skip..skip + bytes]);
            append(self.format(), samples, run);
        }
        Ok(())
    }

    /// The first `length` bytes of a plane of sound.
    fn sound_plane(&self, plane: usize, length: usize) -> Option<&[u8]> {
        // SAFETY: the frame is alive.
        let planes = unsafe { (*self.as_ptr()).extended_data };
        // SAFETY: a frame of sound has one plane, or one for each channel.
        let pointer = unsafe { planes.add(plane) };
        // SAFETY: as above.
        let data = unsafe { *pointer };
        // SAFETY: a plane holds as many samples as the frame says.
        (!data.is_null()).then(|| unsafe { std::slice::from_raw_parts(data, length) })
    }
}

/// Bytes of a sample, and whether channels lie apart.
fn layout(format: i32) -> Option<(usize, bool)> {
    let known = [
        (Format::AV_SAMPLE_FMT_U8, 1, false),
        (Format::AV_SAMPLE_FMT_S16, 2, false),
        (Format::AV_SAMPLE_FMT_S32, 4, false),
        (Format::AV_SAMPLE_FMT_FLT, 4, false),
        (Format::AV_SAMPLE_FMT_DBL, 8, false),
        (Format::AV_SAMPLE_FMT_U8P, 1, true),
        (Format::AV_SAMPLE_FMT_S16P, 2, true),
        (Format::AV_SAMPLE_FMT_S32P, 4, true),
        (Format::AV_SAMPLE_FMT_FLTP, 4, true),
        (Format::AV_SAMPLE_FMT_DBLP, 8, true),
        (Format::AV_SAMPLE_FMT_S64, 8, false),
        (Format::AV_SAMPLE_FMT_S64P, 8, true),
    ];
    known.iter().find(|known| known.0 as i32 == format).map(|known| (known.1, known.2))
}

fn append<'a>(format: i32, samples: impl Iterator<Item = &'a [u8]>, out: &mut Vec<f32>) {
    let is = |plain: Format, planar: Format| format == plain as i32 || format == planar as i32;
    if is(Format::AV_SAMPLE_FMT_U8, Format::AV_SAMPLE_FMT_U8P) {
        out.extend(samples.map(|byte| byte[0].to_sample::<f32>()));
    } else if is(Format::AV_SAMPLE_FMT_S16, Format::AV_SAMPLE_FMT_S16P) {
        out.extend(numbers(samples).map(|bytes| i16::from_ne_bytes(bytes).to_sample::<f32>()));
    } else if is(Format::AV_SAMPLE_FMT_S32, Format::AV_SAMPLE_FMT_S32P) {
        out.extend(numbers(samples).map(|bytes| i32::from_ne_bytes(bytes).to_sample::<f32>()));
    } else if is(Format::AV_SAMPLE_FMT_FLT, Format::AV_SAMPLE_FMT_FLTP) {
        out.extend(numbers(samples).map(f32::from_ne_bytes));
    } else if is(Format::AV_SAMPLE_FMT_DBL, Format::AV_SAMPLE_FMT_DBLP) {
        out.extend(numbers(samples).map(|bytes| f64::from_ne_bytes(bytes) as f32));
    } else {
        out.extend(numbers(samples).map(|bytes| i64::from_ne_bytes(bytes).to_sample::<f32>()));
    }
}

fn numbers<'a, const N: usize>(
    samples: impl Iterator<Item = &'a [u8]>,
) -> impl Iterator<Item = [u8; N]> {
    samples.filter_map(|bytes| bytes.first_chunk().copied())
}
