//! The web, H.264: plays everywhere.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, PixelFormat};

/// The web, H.264: plays everywhere.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("web-h264"),
    label: Cow::Borrowed("Web H.264"),
    help: Cow::Borrowed("H.264 high profile and AAC in MP4, for any player and any site."),
    container: Container::Mp4,
    picture: Some(PictureTarget {
        codec: PictureCodec::H264,
        options: Cow::Borrowed(&[
            option("preset", "medium"),
            option("crf", "18"),
            option("profile", "high"),
        ]),
        keyframes: Some(2),
        format: PixelFormat::YUV420P8,
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Aac, Some(320_000))),
    caution: None,
};
