//! A draft to look at soon.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, PixelFormat};

/// A draft to look at soon.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("draft-h264"),
    label: Cow::Borrowed("Draft H.264"),
    help: Cow::Borrowed("H.264 and AAC in MP4, made fast."),
    container: Container::Mp4,
    picture: Some(PictureTarget {
        codec: PictureCodec::H264,
        options: Cow::Borrowed(&[
            option("preset", "veryfast"),
            option("crf", "20"),
        ]),
        keyframes: None,
        format: PixelFormat::YUV420P8,
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Aac, Some(192_000))),
    caution: None,
};
