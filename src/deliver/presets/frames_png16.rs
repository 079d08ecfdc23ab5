//! Numbered PNG of 16 bits.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget};
use crate::signal::{Colour, Depth, Model, PixelFormat};

/// Numbered PNG of 16 bits.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("frames-png16"),
    label: Cow::Borrowed("PNG frames"),
    help: Cow::Borrowed("Numbered 16-bit PNG with alpha, sRGB, and the sound as Wave, in a folder."),
    container: Container::Frames,
    picture: Some(PictureTarget {
        codec: PictureCodec::Png,
        options: Cow::Borrowed(&[]),
        keyframes: None,
        format: PixelFormat { model: Model::Rgb, alpha: true, depth: Depth::U16 },
        colour: Colour::SRGB,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Pcm24, None)),
    caution: None,
};
