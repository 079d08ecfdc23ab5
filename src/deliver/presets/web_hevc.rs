//! The web, HEVC: half the size, 10 bits.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, Depth, PixelFormat};

/// The web, HEVC: half the size, 10 bits.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("web-hevc"),
    label: Cow::Borrowed("Web HEVC"),
    help: Cow::Borrowed("HEVC main 10 and AAC in MP4: smaller, free of banding, for players of the last years."),
    container: Container::Mp4,
    picture: Some(PictureTarget {
        codec: PictureCodec::Hevc,
        options: Cow::Borrowed(&[
            option("preset", "medium"),
            option("crf", "20"),
            option("profile", "main10"),
            option("x265-params", "log-level=none:open-gop=0"),
        ]),
        keyframes: Some(2),
        format: PixelFormat::yuv(1, 1, Depth::U10),
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Aac, Some(320_000))),
    caution: None,
};
