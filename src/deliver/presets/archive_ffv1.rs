//! The archive: nothing lost.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, Depth, PixelFormat};

/// The archive: nothing lost.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("archive-ffv1"),
    label: Cow::Borrowed("Archive FFV1"),
    help: Cow::Borrowed("FFV1 of 12 bits, 4:4:4, each frame by itself and with checksums, and plain 24-bit sound in Matroska."),
    container: Container::Mkv,
    picture: Some(PictureTarget {
        codec: PictureCodec::Ffv1,
        options: Cow::Borrowed(&[
            option("level", "3"),
            option("coder", "1"),
            option("context", "1"),
            option("g", "1"),
            option("slices", "16"),
            option("slicecrc", "1"),
        ]),
        keyframes: None,
        format: PixelFormat::yuv(0, 0, Depth::U12),
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Pcm24, None)),
    caution: None,
};
