//! The master for editing houses.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, PixelFormat};

/// The master for editing houses.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("master-prores-422hq"),
    label: Cow::Borrowed("ProRes 422 HQ"),
    help: Cow::Borrowed("ProRes 422 HQ and plain 24-bit sound in QuickTime: the master that every house takes."),
    container: Container::Mov,
    picture: Some(PictureTarget {
        codec: PictureCodec::Prores,
        options: Cow::Borrowed(&[
            option("profile", "hq"),
            option("vendor", "apl0"),
        ]),
        keyframes: None,
        format: PixelFormat::YUV422P10,
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Pcm24, None)),
    caution: None,
};
