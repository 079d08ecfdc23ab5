//! Pictures as FFmpeg's frames, their planes where they are.

use ffmpeg_next::ffi;
use std::os::raw::c_void;
use std::ptr::NonNull;
use std::sync::Arc;

use crate::ffmpeg::error::Error;
use crate::signal::image::Bytes;
use crate::signal::{Colour, Depth, Image, Matrix, Model, PixelFormat, Plane};
use crate::signal::{Primaries, Range, Transfer};

/// FFmpeg's four tags.
pub(super) struct Tags {
    pub(super) primaries: ffi::AVColorPrimaries,
    pub(super) transfer: ffi::AVColorTransferCharacteristic,
    pub(super) matrix: ffi::AVColorSpace,
    pub(super) range: ffi::AVColorRange,
}

pub(super) fn ffmpeg_colour(colour: Colour) -> Tags {
    use ffi::AVColorPrimaries::*;
    use ffi::AVColorRange::*;
    use ffi::AVColorSpace::*;
    use ffi::AVColorTransferCharacteristic::*;
    Tags {
        primaries: match colour.primaries {
            Primaries::Bt709 => AVCOL_PRI_BT709,
            Primaries::Bt601Ntsc => AVCOL_PRI_SMPTE170M,
            Primaries::Bt601Pal => AVCOL_PRI_BT470BG,
            Primaries::Bt2020 => AVCOL_PRI_BT2020,
            Primaries::P3D65 => AVCOL_PRI_SMPTE432,
        },
        transfer: match colour.transfer {
            Transfer::Bt709 => AVCOL_TRC_BT709,
            Transfer::Srgb => AVCOL_TRC_IEC61966_2_1,
            Transfer::Gamma22 => AVCOL_TRC_GAMMA22,
            Transfer::Gamma28 => AVCOL_TRC_GAMMA28,
            Transfer::Linear => AVCOL_TRC_LINEAR,
            Transfer::Pq => AVCOL_TRC_SMPTE2084,
            Transfer::Hlg => AVCOL_TRC_ARIB_STD_B67,
        },
        matrix: match colour.matrix {
            Matrix::Rgb => AVCOL_SPC_RGB,
            Matrix::Bt709 => AVCOL_SPC_BT709,
            Matrix::Bt601 => AVCOL_SPC_SMPTE170M,
            Matrix::Bt2020 => AVCOL_SPC_BT2020_NCL,
        },
        range: match colour.range {
            Range::Full => AVCOL_RANGE_JPEG,
            Range::Limited => AVCOL_RANGE_MPEG,
        },
    }
}

pub(super) fn ffmpeg_format(format: PixelFormat) -> Option<ffi::AVPixelFormat> {
    use ffi::AVPixelFormat::*;
    Some(match (format.model, format.alpha, format.depth) {
        (Model::Yuv { across: 1, down: 1 }, false, Depth::U8) => AV_PIX_FMT_YUV420P,
        (Model::Yuv { across: 1, down: 1 }, false, Depth::U10) => AV_PIX_FMT_YUV420P10LE,
        (Model::Yuv { across: 1, down: 0 }, false, Depth::U8) => AV_PIX_FMT_YUV422P,
        (Model::Yuv { across: 1, down: 0 }, false, Depth::U10) => AV_PIX_FMT_YUV422P10LE,
        (Model::Yuv { across: 0, down: 0 }, false, Depth::U8) => AV_PIX_FMT_YUV444P,
        (Model::Yuv { across: 0, down: 0 }, false, Depth::U10) => AV_PIX_FMT_YUV444P10LE,
        (Model::Yuv { across: 0, down: 0 }, false, Depth::U12) => AV_PIX_FMT_YUV444P12LE,
        (Model::Yuv { across: 0, down: 0 }, true, Depth::U10) => AV_PIX_FMT_YUVA444P10LE,
        (Model::Rgb, false, Depth::U16) => AV_PIX_FMT_GBRP16LE,
        _ => return None,
    })
}

pub(super) struct Frame(NonNull<ffi::AVFrame>);

impl Frame {
    pub(super) const fn as_ptr(&self) -> *const ffi::AVFrame {
        self.0.as_ptr()
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let mut frame = self.0.as_ptr();
        // SAFETY: the frame was made by av_frame_alloc and is freed once.
        unsafe { ffi::av_frame_free(&raw mut frame) };
    }
}

pub(super) fn of_image(image: &Image, at: i64) -> Result<Frame, Error> {
    let none = || Error::new("make room for a picture", -libc::ENOMEM);
    // SAFETY: it takes nothing; null is looked at below.
    let frame = unsafe { ffi::av_frame_alloc() };
    let mut frame = Frame(NonNull::new(frame).ok_or_else(none)?);
    // SAFETY: the frame was just made and nothing else has it.
    let inner = unsafe { frame.0.as_mut() };
    inner.width = image.width as i32;
    inner.height = image.height as i32;
    inner.pts = at;
    inner.format = ffmpeg_format(image.format).ok_or_else(none)? as i32;
    let tags = ffmpeg_colour(image.colour);
    inner.color_primaries = tags.primaries;
    inner.color_trc = tags.transfer;
    inner.colorspace = tags.matrix;
    inner.color_range = tags.range;
    for (index, plane) in image.planes.iter().enumerate() {
        inner.data[index] = plane.bytes().as_ptr().cast_mut();
        inner.linesize[index] = plane.stride() as i32;
        inner.buf[index] = shared(plane).ok_or_else(none)?;
    }
    Ok(frame)
}

/// A reference of FFmpeg's to a plane's memory, which keeps it alive.
fn shared(plane: &Plane) -> Option<*mut ffi::AVBufferRef> {
    let bytes = plane.bytes();
    let (data, size) = (bytes.as_ptr().cast_mut(), bytes.len());
    let owner = Box::into_raw(Box::new(Arc::clone(plane.data())));
    let flags = ffi::AV_BUFFER_FLAG_READONLY;
    // SAFETY: the memory lives as long as the owner, which `free` gives back; it is marked as not
    // to be written.
    let buffer =
        unsafe { ffi::av_buffer_create(data, size, Some(free), owner.cast::<c_void>(), flags) };
    if buffer.is_null() {
        // SAFETY: nothing else took the owner.
        drop(unsafe { Box::from_raw(owner) });
        return None;
    }
    Some(buffer)
}

unsafe extern "C" fn free(owner: *mut c_void, _data: *mut u8) {
    // SAFETY: the owner was boxed in `shared`, and FFmpeg frees once.
    drop(unsafe { Box::from_raw(owner.cast::<Arc<dyn Bytes>>()) });
}
