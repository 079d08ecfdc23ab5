//! The web, AV1: the smallest, 10 bits.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, Depth, PixelFormat};

/// The web, AV1: the smallest, 10 bits.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("web-av1"),
    label: Cow::Borrowed("Web AV1"),
    help: Cow::Borrowed("AV1 of 10 bits and Opus in MP4: the smallest, for new browsers; sound at 48 kHz."),
    container: Container::Mp4,
    picture: Some(PictureTarget {
        codec: PictureCodec::Av1,
        options: Cow::Borrowed(&[
            option("preset", "8"),
            option("crf", "28"),
        ]),
        keyframes: Some(5),
        format: PixelFormat::yuv(1, 1, Depth::U10),
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Opus, Some(160_000))),
    caution: None,
};
