//! Which pixel formats of FFmpeg are which of ours, and which must be unpacked into planes.

use crate::signal::{Depth, Model, PixelFormat};
use ffmpeg_next::ffi;
use std::sync::OnceLock;

/// A pixel format of FFmpeg that we can read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// FFmpeg's name of it.
    pub id: ffi::AVPixelFormat,
    /// What it becomes.
    pub format: PixelFormat,
    /// How.
    pub way: Way,
    /// Whether its name says full range (`yuvj420p`).
    pub full: bool,
    /// Where the numbers are, in the order of our planes.
    pub parts: [Part; 4],
    /// Whether numbers of several bytes have the high byte first.
    pub big_endian: bool,
}

/// How a pixel format becomes separate planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// They are our planes already.
    Share,
    /// Number by number.
    Unpack,
    /// Through a palette of 256 colours in the second plane.
    Palette,
    /// One bit a pixel, from the high bit down; a set bit is black where `inverted`.
    Bits {
        /// Whether 1 is black.
        inverted: bool,
    },
}

/// Where the numbers of a plane of ours lie in a frame of FFmpeg's.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    /// In which of its planes.
    pub plane: usize,
    /// Bytes from a number to the next.
    pub step: usize,
    /// Bytes before the first.
    pub offset: usize,
    /// Bits below the value.
    pub shift: u32,
    /// Bits of the value.
    pub depth: u32,
}

/// What we know of the format with FFmpeg's number `id`; `None` where we cannot read it.
pub(super) fn known(id: i32) -> Option<&'static Known> {
    all().iter().find(|known| known.id as i32 == id)
}

/// FFmpeg's format whose planes are ours as they are; `None` where it has none.
pub(super) fn to_av(format: PixelFormat) -> Option<ffi::AVPixelFormat> {
    let same = |known: &&Known| known.way == Way::Share && known.format == format;
    all().iter().find(same).map(|known| known.id)
}

fn all() -> &'static [Known] {
    static ALL: OnceLock<Vec<Known>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut found = Vec::new();
        let mut last = std::ptr::null();
        loop {
            // SAFETY: null or the descriptor that it gave before; it gives a constant or null.
            last = unsafe { ffi::av_pix_fmt_desc_next(last) };
            // SAFETY: a descriptor is a constant of the library.
            let Some(description) = (unsafe { last.as_ref() }) else { break };
            // SAFETY: as above.
            let id = unsafe { ffi::av_pix_fmt_desc_get_id(last) };
            found.extend(understand(id, description));
        }
        found
    })
}

fn understand(id: ffi::AVPixelFormat, description: &ffi::AVPixFmtDescriptor) -> Option<Known> {
    let is = |flag: i32| description.flags & flag as u64 != 0;
    // SAFETY: every descriptor has a name, a constant that ends in a zero.
    let name = unsafe { std::ffi::CStr::from_ptr(description.name) }.to_str().ok()?;
    let strange = name.starts_with("xyz") || name == "uyyvyy411";
    if strange || is(ffi::AV_PIX_FMT_FLAG_HWACCEL) || is(ffi::AV_PIX_FMT_FLAG_BAYER) {
        return None;
    }
    if is(ffi::AV_PIX_FMT_FLAG_PAL) {
        return Some(whole(id, Model::Rgb, true, Way::Palette));
    }
    if is(ffi::AV_PIX_FMT_FLAG_BITSTREAM) {
        let way = Way::Bits { inverted: name == "monow" };
        return name.starts_with("mono").then(|| whole(id, Model::Grey, false, way));
    }
    let rgb = is(ffi::AV_PIX_FMT_FLAG_RGB);
    let alpha = is(ffi::AV_PIX_FMT_FLAG_ALPHA);
    let parts = parts_of(description, rgb);
    let format = PixelFormat {
        model: model_of(description, rgb),
        alpha,
        depth: depth_of(parts[0].depth, is(ffi::AV_PIX_FMT_FLAG_FLOAT))?,
    };
    let big_endian = is(ffi::AV_PIX_FMT_FLAG_BE);
    let native = parts[0].depth <= 8 || big_endian == cfg!(target_endian = "big");
    let shared = native && is_planar(&parts[..format.planes()], format.depth);
    Some(Known {
        id,
        format,
        way: if shared { Way::Share } else { Way::Unpack },
        full: name.starts_with("yuvj"),
        parts,
        big_endian,
    })
}

fn whole(id: ffi::AVPixelFormat, model: Model, alpha: bool, way: Way) -> Known {
    let format = PixelFormat { model, alpha, depth: Depth::U8 };
    Known { id, format, way, full: true, parts: [Part::default(); 4], big_endian: false }
}

/// FFmpeg lists red, green, blue, alpha; or luma, chroma, alpha. Ours: green, blue, red.
fn parts_of(description: &ffi::AVPixFmtDescriptor, rgb: bool) -> [Part; 4] {
    let order = if rgb { [1, 2, 0, 3] } else { [0, 1, 2, 3] };
    order.map(|index| {
        let component = &description.comp[index];
        Part {
            plane: component.plane as usize,
            step: component.step as usize,
            offset: component.offset as usize,
            shift: component.shift as u32,
            depth: component.depth as u32,
        }
    })
}

fn model_of(description: &ffi::AVPixFmtDescriptor, rgb: bool) -> Model {
    match (rgb, description.nb_components) {
        (true, _) => Model::Rgb,
        (false, 1 | 2) => Model::Grey,
        (false, _) => {
            Model::Yuv { across: description.log2_chroma_w, down: description.log2_chroma_h }
        }
    }
}

/// What holds numbers of so many bits.
fn depth_of(bits: u32, float: bool) -> Option<Depth> {
    match (float, bits) {
        (true, 32) => Some(Depth::F32),
        (true, _) => None,
        (false, 1..=8) => Some(Depth::U8),
        (false, 9 | 10) => Some(Depth::U10),
        (false, 11 | 12) => Some(Depth::U12),
        (false, 13..=16) => Some(Depth::U16),
        (false, _) => None,
    }
}

/// Whether plane `i` holds the numbers of part `i` and nothing else, all of the bits of `depth`.
fn is_planar(parts: &[Part], depth: Depth) -> bool {
    parts.iter().all(|part| {
        let whole = part.step == depth.bytes() && part.offset == 0 && part.shift == 0;
        let alone = parts.iter().filter(|other| other.plane == part.plane).count() == 1;
        whole && alone && part.depth == depth.bits()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ffi::AVPixelFormat::*;

    #[test]
    fn planes_of_our_kind_are_shared_both_ways() {
        for (ours, theirs) in [
            (PixelFormat::YUV420P8, AV_PIX_FMT_YUV420P),
            (PixelFormat::YUV422P10, AV_PIX_FMT_YUV422P10LE),
            (PixelFormat::yuv(0, 0, Depth::U12), AV_PIX_FMT_YUV444P12LE),
            (PixelFormat::RGB8, AV_PIX_FMT_GBRP),
            (PixelFormat::RGBA_F32, AV_PIX_FMT_GBRAPF32LE),
            (
                PixelFormat { model: Model::Grey, alpha: false, depth: Depth::U16 },
                AV_PIX_FMT_GRAY16LE,
            ),
            (PixelFormat { alpha: true, ..PixelFormat::YUV420P8 }, AV_PIX_FMT_YUVA420P),
        ] {
            assert_eq!(to_av(ours), Some(theirs), "{ours:?}");
            let known = known(theirs as i32).unwrap();
            assert_eq!((known.format, known.way), (ours, Way::Share), "{theirs:?}");
        }
    }

    #[test]
    fn what_is_packed_or_odd_is_unpacked() {
        for (theirs, ours) in [
            (AV_PIX_FMT_RGB24, PixelFormat::RGB8),
            (AV_PIX_FMT_NV12, PixelFormat::YUV420P8),
            (AV_PIX_FMT_P010LE, PixelFormat::yuv(1, 1, Depth::U10)),
            (AV_PIX_FMT_YUV420P9LE, PixelFormat::yuv(1, 1, Depth::U10)),
            (AV_PIX_FMT_GBRP14LE, PixelFormat { depth: Depth::U16, ..PixelFormat::RGB8 }),
            (AV_PIX_FMT_RGB48BE, PixelFormat { depth: Depth::U16, ..PixelFormat::RGB8 }),
            (AV_PIX_FMT_YUYV422, PixelFormat::yuv(1, 0, Depth::U8)),
        ] {
            let known = known(theirs as i32).unwrap();
            assert_eq!((known.format, known.way), (ours, Way::Unpack), "{theirs:?}");
        }
        assert_eq!(known(AV_PIX_FMT_PAL8 as i32).unwrap().way, Way::Palette);
        assert!(known(AV_PIX_FMT_VAAPI as i32).is_none());
        assert!(known(AV_PIX_FMT_BAYER_BGGR8 as i32).is_none());
        assert!(known(-1).is_none());
    }
}
