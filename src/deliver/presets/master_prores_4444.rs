//! The master with alpha.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, Depth, Model, PixelFormat};

/// The master with alpha.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("master-prores-4444"),
    label: Cow::Borrowed("ProRes 4444"),
    help: Cow::Borrowed("ProRes 4444 with alpha and plain 24-bit sound in QuickTime."),
    container: Container::Mov,
    picture: Some(PictureTarget {
        codec: PictureCodec::Prores,
        options: Cow::Borrowed(&[
            option("profile", "4444"),
            option("vendor", "apl0"),
            option("alpha_bits", "16"),
        ]),
        keyframes: None,
        format: PixelFormat {
            model: Model::Yuv { across: 0, down: 0 },
            alpha: true,
            depth: Depth::U10,
        },
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Pcm24, None)),
    caution: Some(Cow::Borrowed(
        "the alpha that FFmpeg before 7.0 writes into ProRes 4444 reads as opaque in Final Cut, Resolve \
         and Premiere on Apple silicon; deliver alpha as frames-exr or frames-png16 to be sure",
    )),
};
